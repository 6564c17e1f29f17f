#include "sync/link/bundle.hpp"
#include <algorithm>
#include <cassert>
#include <limits>

namespace adal::sync {
namespace {

constexpr std::size_t label_size = 32 + 8; // in front of what is sealed

Error broken() { return fail(ErrorKind::Corrupt, "bundle.broken"); }

void add(Bytes& bytes, BytesView more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

void add_number(Bytes& bytes, std::uint64_t number, int width)
{
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(number >> shift));
}

std::uint64_t number_in(BytesView bytes)
{
    std::uint64_t number = 0;
    for (const auto byte : bytes) number = number << 8 | byte;
    return number;
}

template <std::size_t n> std::array<std::uint8_t, n> array_in(BytesView bytes)
{
    std::array<std::uint8_t, n> array{};
    std::copy_n(bytes.begin(), n, array.begin());
    return array;
}

// Each item: u8 kind, u32 length, bytes. The end: u8 0, u32 count, SHA-256 of everything before it.
Bytes encoded(const std::vector<BundleItem>& items)
{
    assert(items.size() <= std::numeric_limits<std::uint32_t>::max());
    Bytes bytes;
    for (const auto& item : items) {
        assert(item.bytes.size() <= std::numeric_limits<std::uint32_t>::max());
        bytes.push_back(static_cast<std::uint8_t>(item.kind));
        add_number(bytes, item.bytes.size(), 4);
        add(bytes, item.bytes);
    }
    const auto hash = sha256(bytes);
    bytes.push_back(0);
    add_number(bytes, items.size(), 4);
    add(bytes, hash);
    return bytes;
}

constexpr std::size_t end_size = 1 + 4 + 32;

bool is_the_end(BytesView end, std::size_t items, BytesView before)
{
    return end.size() == end_size && number_in(end.subspan(1, 4)) == items && array_in<32>(end.subspan(5)) == sha256(before);
}

Expected<std::vector<BundleItem>> decoded(BytesView bytes)
{
    std::vector<BundleItem> items;
    auto rest = bytes;
    while (!rest.empty() && rest[0] != 0) {
        if (rest.size() < 5) return broken();
        const auto length = number_in(rest.subspan(1, 4));
        if (length > rest.size() - 5) return broken();
        const auto content = rest.subspan(5, length);
        items.push_back({static_cast<BundleItem::Kind>(rest[0]), {content.begin(), content.end()}});
        rest = rest.subspan(5 + length);
    }
    if (!is_the_end(rest, items.size(), bytes.first(bytes.size() - rest.size()))) return broken();
    return items;
}

} // namespace

Bytes make_bundle(const BundleLabel& label, const std::vector<BundleItem>& items, const Signer& signer)
{
    Bytes body{label.to.begin(), label.to.end()};
    add_number(body, label.number, 8);
    add(body, seal(label.to, pack(encoded(items))));
    return seal_envelope({.purpose = Purpose::Bundle, .sender = label.sender, .incarnation = label.incarnation, .body = std::move(body)}, signer);
}

Expected<Bundle> read_bundle(BytesView bytes)
{
    auto opened = read_envelope(bytes);
    if (!opened || opened->envelope.purpose != Purpose::Bundle || opened->envelope.body.size() < label_size) return broken();
    const auto& envelope = opened->envelope;
    BundleLabel label{.sender = envelope.sender,
                      .incarnation = envelope.incarnation,
                      .to = array_in<32>(envelope.body),
                      .number = number_in(BytesView{envelope.body}.subspan(32, 8))};
    return Bundle{std::move(*opened), std::move(label)};
}

Expected<std::vector<BundleItem>> items_in(const Bundle& bundle, const Unsealer& unsealer, const SealingKey& ours, std::size_t limit)
{
    const auto packed = unsealer.unseal(BytesView{bundle.opened.envelope.body}.subspan(label_size));
    if (!packed && bundle.label.to != ours) return fail(ErrorKind::Denied, "bundle.other_receiver");
    if (!packed) return broken();
    const auto bytes = unpack(*packed, limit);
    if (!bytes && bytes.error().key == "pack.too_large") return bytes.error();
    if (!bytes) return broken();
    return decoded(*bytes);
}

Bytes reply_item(std::uint64_t feed_after, BytesView envelope)
{
    Bytes item;
    add_number(item, feed_after, 8);
    add(item, envelope);
    return item;
}

std::optional<CarriedReply> carried_reply(BytesView item)
{
    if (item.size() < 8) return std::nullopt;
    return CarriedReply{number_in(item.first(8)), {item.begin() + 8, item.end()}};
}

Bytes pack_key_item(const Hash& hash, const SecretKey& key)
{
    Bytes item{hash.begin(), hash.end()};
    add(item, key);
    return item;
}

std::optional<std::pair<Hash, SecretKey>> pack_key(BytesView item)
{
    if (item.size() != 64) return std::nullopt;
    return std::pair{array_in<32>(item), array_in<32>(item.subspan(32))};
}

} // namespace adal::sync
