#include "app/attempt_clock.hpp"
#include "app/refusals.hpp"
#include "app/weak_pin.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::app;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {
Moment moment(const char* boot, Elapsed uptime) { return {from_ms(1'795'309'200'000) + uptime, boot, uptime}; }
} // namespace

TEST_CASE("an attempt's time is the sum over the boots")
{
    AttemptClock clock;
    clock.start(moment("a", minutes{10}));
    clock.saw(moment("a", minutes{12}));
    CHECK(clock.used(moment("a", minutes{15}), {}) == minutes{5});
    CHECK(clock.used(moment("b", minutes{1}), {}) == minutes{2});
    CHECK(clock.used(moment("b", minutes{1}), moment("a", minutes{14})) == minutes{4});
    CHECK(clock.used(moment("b", minutes{1}), moment("a", minutes{11})) == minutes{2}); // a stale beat
    CHECK(clock.used(moment("b", minutes{1}), moment("z", minutes{99})) == minutes{2}); // of another boot
    clock.stand(minutes{4});
    CHECK(clock.stands());
    CHECK(clock.used(moment("b", hours{9}), {}) == minutes{4});
    clock.run(moment("b", hours{9}), minutes{4});
    CHECK(clock.used(moment("b", hours{9} + minutes{3}), {}) == minutes{7});
}

TEST_CASE("pauses grow: nothing for the first two, then 5, 15, 30 seconds and up to five minutes")
{
    CHECK(pause_after(0) == seconds{0});
    CHECK(pause_after(2) == seconds{0});
    CHECK(pause_after(3) == seconds{5});
    CHECK(pause_after(4) == seconds{15});
    CHECK(pause_after(5) == seconds{30});
    CHECK(pause_after(9) == minutes{5});
    CHECK(pause_after(99) == minutes{5});
}

TEST_CASE("a pause is never longer than it was and never shortened by the wall clock of the same boot")
{
    const auto last = moment("a", minutes{10});
    auto now = moment("a", minutes{10} + seconds{2});
    now.at += hours{5};
    CHECK(left_of_pause(3, last, now) == seconds{3});
    auto next_boot = moment("b", seconds{1});
    next_boot.at = last.at - hours{100};
    CHECK(left_of_pause(3, last, next_boot) == seconds{4});
    next_boot.at = last.at + seconds{4};
    CHECK(left_of_pause(3, last, next_boot) == seconds{1});
}

TEST_CASE("what anyone would try first is a weak PIN")
{
    for (const auto* pin : {"000000", "999999", "012345", "123456", "567890", "987654", "121212", "123123", "204117"})
        CHECK(is_weak_pin(pin, "204117"));
    for (const auto* pin : {"284617", "135790", "112233", "204118"}) CHECK_FALSE(is_weak_pin(pin, "204117"));
}
