#include "sync/link/bundle.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/samples.hpp"

namespace adal::fuzz {

using namespace sync;

namespace {

constexpr std::size_t limit = std::size_t{1} << 20;

/// Where whole items end in these bytes, and how many there are: read a second time, by nobody else's rules.
std::pair<std::size_t, std::uint32_t> whole_items(BytesView bytes)
{
    std::size_t at = 0;
    std::uint32_t count = 0;
    while (at + 5 <= bytes.size() && bytes[at] != 0) {
        std::size_t length = 0;
        for (std::size_t i = 1; i < 5; ++i) length = length << 8U | bytes[at + i];
        if (length > bytes.size() - at - 5) break;
        at += 5 + length;
        ++count;
    }
    return {at, count};
}

Bytes with_right_end(BytesView items, std::uint32_t count)
{
    Bytes bytes{items.begin(), items.end()};
    bytes.push_back(0);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes.push_back(static_cast<std::uint8_t>(count >> shift));
    const auto hash = sha256(items);
    bytes.insert(bytes.end(), hash.begin(), hash.end());
    return bytes;
}

Expected<std::vector<BundleItem>> items_sealed_by_anybody(BytesView content)
{
    const auto to = hq_key.sealing_key();
    Bytes body{to.begin(), to.end()};
    body.resize(body.size() + 8);
    const auto sealed = seal(to, pack(content));
    body.insert(body.end(), sealed.begin(), sealed.end());
    const auto bundle = read_bundle(seal_envelope({Purpose::Bundle, "t-07", "", body}, stranger));
    must(bool(bundle), "an envelope of this purpose is a bundle");
    return items_in(*bundle, hq_key, to, limit);
}

void read_items(const std::vector<BundleItem>& items)
{
    std::size_t size = 0;
    for (const auto& item : items) {
        size += item.bytes.size();
        static_cast<void>(carried_reply(item.bytes));
        static_cast<void>(pack_key(item.bytes));
    }
    must(size <= limit, "what it holds is bounded");
}

} // namespace

/// A file from a stick; and what somebody sealed to HQ, with and without the right end.
void run(BytesView foreign)
{
    if (const auto bundle = read_bundle(foreign)) {
        must(!bundle->is_signed_by(hq_key.public_key()) && !bundle->is_signed_by(terminal_key.public_key()), "our keys signed no bundle");
        if (const auto items = items_in(*bundle, hq_key, hq_key.sealing_key(), limit)) read_items(*items);
    }
    must(!items_sealed_by_anybody(foreign), "without its hash at the end a list is not whole");
    const auto [end, count] = whole_items(foreign);
    const auto items = items_sealed_by_anybody(with_right_end(foreign.first(end), count));
    must(items && items->size() == count, "whole items are read, all of them");
    read_items(*items);
}

} // namespace adal::fuzz
