#include "sync/link/bundle.hpp"
#include "tests/support/counted_random.hpp"
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>

using namespace adal;
using namespace adal::sync;
using Kind = BundleItem::Kind;

namespace {

KeyPair key_of(std::uint8_t number)
{
    std::array<std::uint8_t, 32> seed{};
    seed.fill(number);
    return KeyPair::from_seed(seed);
}

const KeyPair terminal = key_of(11), hq = key_of(12), stranger = key_of(13);
constexpr std::size_t limit = std::size_t{1} << 20;

Bytes some(std::size_t count, std::uint8_t first) { Bytes bytes(count); for (auto& byte : bytes) byte = first++; return bytes; }

const std::vector<BundleItem> some_items{{Kind::Body, some(300, 1)}, {Kind::Exchange, some(1000, 7)}, {Kind::Exchange, {}}};

BundleLabel label(const SealingKey& to) { return {.sender = "t-07", .incarnation = "1795600000-0123456789abcdef", .to = to, .number = 0}; }

Bytes some_bundle() { return make_bundle(label(hq.sealing_key()), some_items, terminal); }

Bytes fixture(const std::string& name)
{
    std::ifstream file{std::string{ADAL_FIXTURES} + "/link/" + name, std::ios::binary};
    REQUIRE_MESSAGE(file, name);
    return Bytes{std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

TEST_CASE("a bundle gives back what was put in, to whom it is for")
{
    const auto bytes = some_bundle();
    const auto bundle = read_bundle(bytes);
    REQUIRE(bundle);
    CHECK(bundle->label.sender == "t-07");
    CHECK(bundle->label.incarnation == "1795600000-0123456789abcdef");
    CHECK(bundle->label.to == hq.sealing_key());
    CHECK(bundle->is_signed_by(terminal.public_key()));
    CHECK_FALSE(bundle->is_signed_by(stranger.public_key()));
    const auto items = items_in(*bundle, hq, hq.sealing_key(), limit);
    REQUIRE(items);
    CHECK(*items == some_items);
}

TEST_CASE("a bundle for somebody else says so and stays shut")
{
    const auto bundle = read_bundle(some_bundle());
    REQUIRE(bundle);
    const auto items = items_in(*bundle, stranger, stranger.sealing_key(), limit);
    REQUIRE_FALSE(items);
    CHECK(items.error().key == "bundle.other_receiver");
}

TEST_CASE("whichever byte of a bundle is changed, it is not what its sender made")
{
    const auto whole = some_bundle();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto changed = whole;
        changed[at] ^= 0x10;
        const auto bundle = read_bundle(changed);
        const bool is_refused = !bundle || !bundle->is_signed_by(terminal.public_key());
        CHECK_MESSAGE(is_refused, "byte " << at);
    }
}

TEST_CASE("a bundle cut off anywhere is broken, and so is one with something behind it")
{
    const auto whole = some_bundle();
    for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(read_bundle(BytesView{whole}.first(size)));
    auto longer = whole;
    longer.push_back(0);
    CHECK_FALSE(read_bundle(longer));
}

TEST_CASE("an envelope of another purpose is no bundle")
{
    const auto exchange = seal_envelope({.purpose = Purpose::Exchange, .sender = "t-07", .incarnation = "", .body = some(200, 0)}, terminal);
    CHECK(read_bundle(exchange).error().key == "bundle.broken");
}

TEST_CASE("items are counted and hashed: a well signed bundle with a wrong end is refused whole")
{
    const auto sealed_as = [](Bytes plain) {
        Bytes body{hq.sealing_key().begin(), hq.sealing_key().end()};
        body.resize(40);
        const auto sealed = seal(hq.sealing_key(), pack(plain));
        body.insert(body.end(), sealed.begin(), sealed.end());
        return seal_envelope({.purpose = Purpose::Bundle, .sender = "t-07", .incarnation = "", .body = body}, terminal);
    };
    const auto refused = [&](Bytes plain) { return !items_in(read_bundle(sealed_as(std::move(plain))).value(), hq, hq.sealing_key(), limit); };
    Bytes item{1, 0, 0, 0, 2, 'o', 'k'};
    const auto hash = sha256(item);
    auto whole = item;
    whole.insert(whole.end(), {0, 0, 0, 0, 1});
    whole.insert(whole.end(), hash.begin(), hash.end());
    CHECK_FALSE(refused(whole));

    CHECK(refused({}));
    CHECK(refused(item)); // no end
    auto more = whole;
    more.push_back(0);
    CHECK(refused(more));
    auto miscounted = whole;
    miscounted[item.size() + 4] = 2;
    CHECK(refused(miscounted));
    auto changed = whole;
    changed[5] = 'O';
    CHECK(refused(changed));
    auto too_long = item;
    too_long[1] = 0xff;
    CHECK(refused(too_long));
}

TEST_CASE("a small bundle that unpacks to much is stopped")
{
    const auto bundle = read_bundle(make_bundle(label(hq.sealing_key()), {{Kind::Body, Bytes(8 * limit)}}, terminal)).value();
    const auto items = items_in(bundle, hq, hq.sealing_key(), limit);
    REQUIRE_FALSE(items);
    CHECK(items.error().key == "pack.too_large");
}

TEST_CASE("an item of a kind that a newer program wrote is read and left to whoever knows it")
{
    const std::vector<BundleItem> newer{{static_cast<Kind>(77), some(4, 0)}};
    CHECK(items_in(read_bundle(make_bundle(label(hq.sealing_key()), newer, terminal)).value(), hq, hq.sealing_key(), limit).value() == newer);
}

TEST_CASE("items with something in front are read as they were made")
{
    const auto reply = carried_reply(reply_item(0x0102030405060708, some(9, 3)));
    REQUIRE(reply);
    CHECK(reply->feed_after == 0x0102030405060708);
    CHECK(reply->envelope == some(9, 3));
    CHECK_FALSE(carried_reply(some(7, 0)));
    const Hash hash{1, 2, 3};
    const SecretKey key{4, 5, 6};
    CHECK(pack_key(pack_key_item(hash, key)) == std::pair{hash, key});
    CHECK_FALSE(pack_key(some(63, 0)));
}

TEST_CASE("bundles of protocol 1 as they were first written are read for ever")
{
    const auto up = read_bundle(fixture("up-1.adal"));
    REQUIRE(up);
    CHECK(up->is_signed_by(terminal.public_key()));
    CHECK(items_in(*up, hq, hq.sealing_key(), limit).value() == some_items);
    const auto down = read_bundle(fixture("down-1.adal"));
    REQUIRE(down);
    CHECK(down->label.number == 4711);
    CHECK(down->is_signed_by(hq.public_key()));
    CHECK(items_in(*down, terminal, terminal.sealing_key(), limit).value().size() == 3);
}

TEST_CASE("broken bundles that were kept are still refused")
{
    for (const auto* name : {"broken-half-written.adal", "broken-empty.adal", "broken-zeros.adal", "broken-other-purpose.adal"}) {
        CAPTURE(name);
        CHECK_FALSE(read_bundle(fixture(name)));
    }
    CHECK_FALSE(read_bundle(fixture("broken-flipped.adal")).value().is_signed_by(terminal.public_key()));
    CHECK_FALSE(read_bundle(fixture("broken-foreign.adal")).value().is_signed_by(terminal.public_key()));
    const auto missing = read_bundle(fixture("broken-item-missing.adal")).value();
    CHECK(missing.is_signed_by(terminal.public_key()));
    CHECK(items_in(missing, hq, hq.sealing_key(), limit).error().key == "bundle.broken");
    CHECK(items_in(read_bundle(fixture("broken-other-receiver.adal")).value(), hq, hq.sealing_key(), limit).error().key == "bundle.other_receiver");
    CHECK(items_in(read_bundle(fixture("broken-unpacks-to-much.adal")).value(), hq, hq.sealing_key(), limit).error().key == "pack.too_large");
}

// ADAL_WRITE_FIXTURES=FOLDER test_sync_link -tc="*fixtures are written*" --no-skip : once for every version of the format.
TEST_CASE("fixtures are written" * doctest::skip())
{
    const auto* folder = std::getenv("ADAL_WRITE_FIXTURES");
    REQUIRE(folder);
    const auto write = [&](const char* name, const Bytes& bytes) { std::ofstream{std::string{folder} + "/" + name, std::ios::binary} << text_of(bytes); };
    const auto up = some_bundle();
    write("up-1.adal", up);
    const std::vector<BundleItem> news{{Kind::Keys, some(20, 9)}, {Kind::Reply, reply_item(5, some(50, 2))}, {Kind::PackKey, pack_key_item({1}, {2})}};
    write("down-1.adal", make_bundle({"hq", "1795600000-0123456789abcdef", terminal.sealing_key(), 4711}, news, hq));
    write("broken-half-written.adal", {up.begin(), up.begin() + static_cast<std::ptrdiff_t>(up.size() / 2)});
    write("broken-empty.adal", {});
    write("broken-zeros.adal", Bytes(up.size()));
    write("broken-other-purpose.adal", seal_envelope({.purpose = Purpose::Exchange, .sender = "t-07", .incarnation = "", .body = some(200, 0)}, terminal));
    auto flipped = up;
    flipped[flipped.size() / 2] ^= 1;
    write("broken-flipped.adal", flipped);
    write("broken-foreign.adal", make_bundle(label(hq.sealing_key()), some_items, stranger));
    write("broken-other-receiver.adal", make_bundle(label(stranger.sealing_key()), some_items, terminal));
    write("broken-unpacks-to-much.adal", make_bundle(label(hq.sealing_key()), {{Kind::Body, Bytes(8 * limit)}}, terminal));
    Bytes body{hq.sealing_key().begin(), hq.sealing_key().end()};
    body.resize(40);
    const auto item = Bytes{1, 0, 0, 0, 2, 'o', 'k'};
    const auto sealed = seal(hq.sealing_key(), pack(item));
    body.insert(body.end(), sealed.begin(), sealed.end());
    write("broken-item-missing.adal", seal_envelope({.purpose = Purpose::Bundle, .sender = "t-07", .incarnation = "", .body = body}, terminal));
}
