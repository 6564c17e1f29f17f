#include "app/clock_watch.hpp"
#include "tests/app/hands.hpp"

using namespace adal;
using namespace adal::support;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

struct AtTheClock : Hands {
    void hear_from_hq()
    {
        terminal.exchange();
        kiosk().synced();
    }
    std::vector<sync::ClockCompared> comparisons() { return all<sync::ClockCompared>(); }
    std::vector<Elapsed> steps()
    {
        std::vector<Elapsed> by;
        for (const auto& step : all<sync::ClockStepped>()) by.emplace_back(step.by_ms);
        return by;
    }
    std::string time_left() { return see<ItemScreen>().time_left; }
};

} // namespace

TEST_CASE("what HQ's clock said becomes a fact once a boot, and again when it has moved by more than two seconds")
{
    AtTheClock he;
    REQUIRE(he.comparisons().size() == 1);
    CHECK(he.comparisons()[0].hq_ms == to_ms(he.terminal.clock.now().at));
    CHECK(he.comparisons()[0].uptime_ms == he.terminal.clock.now().uptime.count());
    he.wait(minutes{1});
    he.hear_from_hq();
    he.terminal.hq.clock_ahead = seconds{2};
    he.hear_from_hq();
    CHECK(he.comparisons().size() == 1);
    he.terminal.hq.clock_ahead = seconds{5};
    he.hear_from_hq();
    REQUIRE(he.comparisons().size() == 2);
    CHECK(he.comparisons()[1].hq_ms == to_ms(he.terminal.clock.now().at) + 5000);
    he.hear_from_hq();
    CHECK(he.comparisons().size() == 2);
    he.start(); // the program alone
    CHECK(he.comparisons().size() == 2);
    he.power_cut();
    CHECK(he.comparisons().size() == 2); // nobody has asked HQ in this boot yet
    he.hear_from_hq();
    CHECK(he.comparisons().size() == 3);
}

TEST_CASE("a day forward and two days back in the middle of a test: its time stays right, and the evidence is there")
{
    AtTheClock he;
    he.sign_in("100200");
    he.begin_test();
    he.wait(minutes{5});
    he.terminal.clock.step(hours{24});
    he.wait(seconds{1});
    CHECK(he.time_left() == "14:59");
    he.answer();
    he.terminal.clock.step(hours{-48});
    he.want(GoToItem{2}); // the next append, before any tick
    he.wait(seconds{59});
    CHECK(he.time_left() == "14:00");
    REQUIRE(he.steps().size() == 2);
    CHECK(he.steps()[0] == Elapsed{hours{24}});
    CHECK(he.steps()[1] == Elapsed{hours{-48}});
    const auto kinds = he.facts_after(0);
    const auto stepped = std::find(kinds.rbegin(), kinds.rend(), "clock stepped");
    CHECK(*std::prev(stepped) == "item presented"); // the jump stands before the fact that shows it
    he.answer_all(4);
    he.wait(minutes{14});
    REQUIRE(he.shown() == "result");
    CHECK(he.see<ResultScreen>().time_expired);
    CHECK(he.all<quizzes::AttemptClosed>()[0].time_used == minutes{20});
    he.want(ShowDuties{});
    CHECK(he.see<DutiesScreen>().subtitle.find("Today is 22 November") != std::string::npos); // HQ's clock was heard in this boot
}

TEST_CASE("a clock that drifts little by little is noticed when it is two seconds off, once")
{
    AtTheClock he;
    for (int i = 0; i < 10; ++i) {
        he.terminal.clock.step(Elapsed{300});
        he.wait(seconds{1});
    }
    REQUIRE(he.steps().size() == 1);
    CHECK(he.steps()[0] == Elapsed{2100});
}

TEST_CASE("a machine that slept has lost the time of a test, as if it had been awake, and no clock has jumped")
{
    AtTheClock he;
    he.sign_in("100200");
    he.begin_test();
    he.wait(minutes{1});
    he.terminal.clock.advance(minutes{9}); // the lid was shut: boot time and wall clock go on, the program does not
    he.kiosk().tick();
    CHECK(he.time_left() == "10:00");
    CHECK(he.steps().empty());
    he.terminal.clock.advance(hours{2});
    he.kiosk().tick();
    REQUIRE(he.shown() == "result");
    CHECK(he.all<quizzes::AttemptClosed>()[0].time_used == minutes{20});
}

TEST_CASE("a machine without a battery wakes in 1970: people come in, the test goes on, and HQ can tell the true time")
{
    AtTheClock he;
    he.sign_in("100200");
    he.begin_test();
    he.wait(minutes{5} + seconds{1});
    const auto noon = he.terminal.clock.now().at + hours{2};
    he.stop();
    he.terminal.clock.reboot();
    he.terminal.clock.moment.at = from_ms(60'000); // 1 January 1970, one minute past midnight
    he.terminal.clock.moment.uptime = seconds{60};
    he.start();
    he.sign_in("100200");
    REQUIRE(he.shown() == "item");
    CHECK(he.time_left() == "14:59");
    he.answer();
    CHECK(he.events_after(0).back().moment.at < from_ms(3'600'000)); // kept as the clock said it
    he.wait(minutes{1});
    CHECK(he.time_left() == "13:59");

    he.terminal.hq.clock_ahead = noon - he.terminal.clock.now().at;
    he.hear_from_hq();
    REQUIRE(he.comparisons().size() == 2);
    CHECK(he.comparisons()[1].hq_ms == to_ms(noon));
    CHECK(he.kiosk().surround().clock == "08:05"); // two hours after 06:05, in Almaty's time
    he.wait(minutes{1});
    CHECK(he.time_left() == "12:59");
    CHECK(he.steps().empty()); // it never jumped: it was wrong from the beginning
}

TEST_CASE("an expired code is not good again because somebody set the clock back")
{
    AtTheClock she;
    she.wait(seconds{1});
    she.terminal.clock.advance(hours{24 * 4});
    she.hear_from_hq();
    she.terminal.clock.step(hours{-24 * 4});
    she.give_number("204117");
    CHECK(title(she.see<SecretScreen>().notice) == "The one-time code is no longer valid");
}

TEST_CASE("a jump that the disk refuses to note is noted when it takes it")
{
    app::ClockWatch watch{Moment{from_ms(0), "a", Elapsed{0}}};
    const Moment jumped{from_ms(10'000), "a", Elapsed{1000}};
    CHECK(watch.look(jumped) == seconds{9});
    CHECK(watch.look(jumped) == seconds{9});
    watch.noted(jumped);
    CHECK(!watch.look(jumped));
    CHECK(!watch.look({from_ms(0), "b", Elapsed{0}})); // another boot
    CHECK(watch.look({from_ms(-3000), "b", Elapsed{1000}}) == seconds{-4});
}
