#include "sync/keys/envelope.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;

namespace {
const auto key = KeyPair::from_seed({3});
const Envelope sample{Purpose::Exchange, "t-07", "1795600000-0123456789abcdef", {1, 2, 3}};
} // namespace

TEST_CASE("an envelope comes back as it was sent, and its signature judges every byte before it")
{
    auto bytes = seal_envelope(sample, key);
    const auto opened = read_envelope(bytes);
    REQUIRE(opened);
    CHECK(opened->envelope.purpose == Purpose::Exchange);
    CHECK(opened->envelope.sender == "t-07");
    CHECK(opened->envelope.incarnation == "1795600000-0123456789abcdef");
    CHECK(opened->envelope.body == Bytes{1, 2, 3});
    CHECK(opened->is_signed_by(key.public_key()));
    for (auto& byte : bytes) {
        byte ^= 4U;
        const auto changed = read_envelope(bytes);
        CHECK_FALSE((changed && changed->is_signed_by(key.public_key())));
        byte ^= 4U;
    }
}

TEST_CASE("an envelope cut anywhere, or with something behind it, is malformed")
{
    auto bytes = seal_envelope(sample, key);
    for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(read_envelope(BytesView{bytes}.first(size)));
    bytes.push_back(0);
    CHECK(read_envelope(bytes).error().key == "envelope.malformed");
}

TEST_CASE("an incarnation has one spelling, and a later one is greater")
{
    const Incarnation incarnation{1795600000, 0x0123456789abcdef};
    CHECK(to_text(incarnation) == "1795600000-0123456789abcdef");
    CHECK(incarnation_from("1795600000-0123456789abcdef") == incarnation);
    for (auto wrong :
         {"", "-", "1795600000", "01795600000-0123456789abcdef", "1795600000-0123456789ABCDEF", "1795600000-123"})
        CHECK_FALSE(incarnation_from(wrong));
    CHECK(Incarnation{1795600001, 0} > incarnation);
}

TEST_CASE("packed bytes come back, and do not grow beyond the limit")
{
    const Bytes plain(300000, 'a');
    auto packed = pack(plain);
    CHECK(packed.size() < 1000);
    CHECK(unpack(packed, 300000).value() == plain);
    CHECK(unpack(packed, 299999).error().key == "pack.too_large");
    CHECK(unpack(pack({}), 0).value().empty());
    for (std::size_t size : {std::size_t{0}, std::size_t{5}, packed.size() - 1})
        CHECK_FALSE(unpack(BytesView{packed}.first(size), 300000));
    packed.push_back(7);
    CHECK_FALSE(unpack(packed, 300000));
}
