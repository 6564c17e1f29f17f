#include "sync/link/messages.hpp"
#include "tests/support/fake_hq.hpp"
#include <doctest/doctest.h>
#include <fstream>

/// Whatever was shipped upward is accepted for ever: tests/fixtures/link keeps what each version sent, byte for byte.
using namespace adal;
using namespace adal::sync;

namespace {

KeyPair key_of(std::uint8_t number)
{
    std::array<std::uint8_t, 32> seed{};
    seed.fill(number);
    return KeyPair::from_seed(seed);
}

Bytes fixture(const char* name)
{
    std::ifstream in{std::string{ADAL_FIXTURES} + "/link/" + name, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

} // namespace

TEST_CASE("a question of 0.1.0 is understood: its facts, its PIN, and that it knows nothing of what came later")
{
    const auto bytes = fixture("exchange-0.1.0.envelope");
    const auto opened = read_envelope(bytes);
    REQUIRE(opened);
    CHECK(opened->envelope.sender == "t-07");
    const auto text = message_in(*opened, Purpose::Exchange, key_of(8).public_key());
    REQUIRE(text);
    const auto request = decode_exchange_request(*text);
    REQUIRE_MESSAGE(request, request.error().message());
    CHECK(request->release == 3);
    CHECK(request->roster == 2);
    CHECK(request->terminal_time_ms == 1'795'309'240'000);
    CHECK(request->first_row.find("\"terminal\":\"t-07\"") != std::string::npos);
    const auto pins = open_verifiers(request->verifiers, key_of(5));
    REQUIRE(pins);
    CHECK(pins->at(0).counter == 2);

    const auto batch = checked(request->batch, key_of(8).public_key());
    REQUIRE_MESSAGE(batch, batch.error().message());
    CHECK(batch->rows.size() == 4);
    CHECK(batch->rows.back().kind == "module completed");
    CHECK(batch->journal.text == to_hex(batch->rows.front().hash));

    CHECK(request->keys == 0);
    CHECK(request->generation == 0);
    CHECK(request->feed == 0);
    CHECK_FALSE(request->known);
    CHECK_FALSE(request->succession);
}
