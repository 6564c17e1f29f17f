#include "sync/link/terminal_link.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;
using namespace std::chrono_literals;

TEST_CASE("the first exchange is at once, then every minute while all is well")
{
    SyncSchedule schedule;
    CHECK(schedule.wait_time(10s) == 0s);
    schedule.succeeded(10s);
    CHECK(schedule.wait_time(10s) == 60s);
    CHECK(schedule.wait_time(45s) == 25s);
    CHECK(schedule.wait_time(100s) == 0s);
}

TEST_CASE("a decision goes to HQ at once")
{
    SyncSchedule schedule;
    schedule.succeeded(10s);
    schedule.news(20s);
    CHECK(schedule.wait_time(20s) == 0s);
}

TEST_CASE("while HQ is silent the pauses double from five seconds to five minutes, and news wait with them")
{
    SyncSchedule schedule;
    Elapsed now = 10s;
    for (const auto pause : {5s, 10s, 20s, 40s, 80s, 160s, 300s, 300s}) {
        schedule.failed(now);
        CHECK(schedule.wait_time(now) == pause);
        schedule.news(now);
        CHECK(schedule.wait_time(now) == pause);
        now += pause;
    }
    schedule.succeeded(now);
    schedule.failed(now);
    CHECK(schedule.wait_time(now) == 5s);
}
