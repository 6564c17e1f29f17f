#include "tests/sync/link/office.hpp"

using namespace adal;
using namespace adal::sync;
using namespace std::chrono_literals;
using support::Office;

TEST_CASE("a round trip says what HQ's clock was at its middle, give or take half of it")
{
    Office office;
    office.clock.moment.uptime = 100s;
    office.hq.hq_time_ms = 1'800'000'000'000;
    office.hq.while_answering = [&] { office.clock.advance(3s); };
    const auto exchanged = office.exchange();
    REQUIRE(exchanged);
    REQUIRE(exchanged->clock);
    CHECK(exchanged->clock->boot == "boot-1");
    CHECK(exchanged->clock->hq_ms == 1'800'000'000'000);
    CHECK(exchanged->clock->uptime_ms == 101'500);
    CHECK(exchanged->clock->uncertainty_ms == 1'501);
    CHECK(office.state().clock == exchanged->clock);
}

TEST_CASE("a wall clock that somebody sets meanwhile does not matter: uptime measures")
{
    Office office;
    office.hq.while_answering = [&] { office.clock.advance(100ms), office.clock.step(24h); };
    CHECK(office.exchange()->clock->uncertainty_ms == 51);
}

TEST_CASE("of several questions the quickest counts")
{
    Office office;
    for (int i = 0; i < 3; ++i) office.decide(4);
    office.hq.while_answering = [&, count = 0]() mutable { office.clock.advance(++count == 2 ? 40ms : 900ms); };
    CHECK(office.exchange(5)->clock->uncertainty_ms == 21);
}

TEST_CASE("an answer that is not HQ's says nothing of the time, and the last reading stays")
{
    Office office;
    REQUIRE(office.exchange());
    const auto before = office.state().clock;
    REQUIRE(before);
    office.clock.advance(60s);
    office.hq.spoils = [](const Bytes&) { return Bytes{1, 2, 3}; };
    CHECK_FALSE(office.exchange());
    CHECK(office.state().clock == before);
}

TEST_CASE("another boot in between is no measurement")
{
    Office office;
    office.hq.while_answering = [&] { office.clock.reboot(); };
    CHECK_FALSE(office.exchange()->clock);
}
