#include "sync/terminals/clock_comparisons.hpp"
#include "tests/support/manual_clock.hpp"
#include <doctest/doctest.h>
#include <limits>

using namespace adal;
using namespace adal::sync;
using namespace std::chrono_literals;

namespace {

/// A terminal whose journal is only a clock: the truth goes on, whatever its wall clock says.
struct Desk {
    support::ManualClock clock;
    UtcTime truth = clock.moment.at;
    ClockComparisons comparisons;
    std::uint64_t seq = 0;

    struct Row {
        Moment moment;
        std::uint64_t seq;
        UtcTime truth;
    };
    Row row()
    {
        comparisons.saw(clock.now(), ++seq);
        return {clock.now(), seq, truth};
    }
    void pass(Elapsed by) { clock.advance(by), truth += by; }
    void compare(Elapsed uncertainty = 50ms)
    {
        const auto written = row();
        const auto now = clock.now();
        comparisons.add(comparison_in(now, to_ms(truth), now.uptime.count(), uncertainty.count()), written.seq);
    }
    void reboot(Elapsed off)
    {
        pass(off);
        clock.reboot();
        pass(20s);
    }
    CorrectedTime corrected(const Row& row) const
    {
        const auto time = comparisons.corrected(row.moment, row.seq);
        REQUIRE(time);
        return *time;
    }
    bool is_right(const Row& row, Elapsed at_most) const
    {
        const auto time = corrected(row);
        const auto off = std::chrono::abs(time.at - row.truth);
        return time.uncertainty && off <= *time.uncertainty && *time.uncertainty <= at_most;
    }
};

} // namespace

TEST_CASE("without a single comparison no time is corrected")
{
    Desk desk;
    const auto row = desk.row();
    CHECK_FALSE(desk.comparisons.corrected(row.moment, row.seq));
}

TEST_CASE("a clock that runs ten minutes fast is put right for the whole boot, before the exchange and after it")
{
    Desk desk;
    desk.clock.step(10min);
    const auto before = desk.row();
    desk.pass(1h);
    desk.compare(50ms);
    desk.pass(2h);
    const auto after = desk.row();
    CHECK(desk.corrected(before).at == before.truth);
    CHECK(desk.corrected(before).uncertainty == 50ms + 361ms); // 100 ppm of the hour, and one for rounding
    CHECK(desk.corrected(after).at == after.truth);
    CHECK(desk.corrected(after).uncertainty == 50ms + 721ms);
}

TEST_CASE("a day forward or back in the middle of a test changes no duration and no order")
{
    for (const Elapsed by : {Elapsed{24h}, Elapsed{-24h}}) {
        Desk desk;
        desk.compare();
        desk.pass(5min);
        const auto started = desk.row();
        desk.pass(7min);
        desk.clock.step(by);
        const auto answered = desk.row();
        desk.pass(8min);
        const auto closed = desk.row();
        CHECK(desk.corrected(answered).at - desk.corrected(started).at == 7min);
        CHECK(desk.corrected(closed).at - desk.corrected(answered).at == 8min);
        for (const auto& row : {started, answered, closed}) CHECK(desk.is_right(row, 1s));
    }
}

TEST_CASE("a day forward in a boot that never met HQ changes no duration either, and the order of rows still bounds it")
{
    Desk desk;
    desk.compare();
    desk.reboot(1min);
    const auto started = desk.row();
    desk.pass(7min);
    desk.clock.step(24h);
    const auto answered = desk.row();
    desk.pass(8min);
    desk.reboot(1min);
    desk.compare();
    CHECK(desk.corrected(answered).at - desk.corrected(started).at == 7min);
    CHECK(desk.is_right(started, 20min)); // between the two exchanges
    CHECK(desk.is_right(answered, 20min));
}

TEST_CASE("a dead battery: 1970 after a power cut, and an exchange without any time server")
{
    Desk desk;
    desk.compare();
    desk.pass(1h);
    desk.reboot(3min);
    desk.clock.moment.at = from_ms(20'000);
    const auto early = desk.row();
    desk.pass(30min);
    desk.compare(80ms);
    desk.pass(10min);
    const auto late = desk.row();
    CHECK(desk.corrected(early).at == early.truth);
    CHECK(desk.corrected(late).at == late.truth);
    CHECK(desk.is_right(early, 300ms));
    CHECK(desk.is_right(late, 300ms));
}

TEST_CASE("a boot at 1970 that never met HQ lies between the exchanges around it, with its own durations")
{
    Desk desk;
    desk.compare();
    desk.pass(1h);
    desk.reboot(3min);
    desk.clock.moment.at = from_ms(20'000);
    const auto one = desk.row();
    desk.pass(30min);
    const auto other = desk.row();
    desk.reboot(3min);
    desk.clock.moment.at = desk.truth; // somebody set it in the BIOS
    desk.compare();
    CHECK(desk.corrected(other).at - desk.corrected(one).at == 30min);
    CHECK(desk.is_right(one, 1h));
    CHECK(desk.is_right(other, 1h));
    CHECK_FALSE(desk.is_right(one, 30min)); // more is not known, and more is not claimed
}

TEST_CASE("two boots at 1970 in a row are not taken for one clock that ran on")
{
    Desk desk;
    desk.clock.moment.at = from_ms(60'000);
    desk.compare();
    desk.pass(5min);
    desk.row();
    desk.reboot(5 * 24h);
    desk.clock.moment = {from_ms(600'000), desk.clock.moment.boot, 10min}; // long after the boot, and still later than the row before
    const auto row = desk.row();
    desk.pass(1h);
    desk.reboot(1h);
    desk.clock.moment.at = desk.truth;
    desk.compare();
    const auto time = desk.corrected(row);
    CHECK(std::chrono::abs(time.at - row.truth) <= *time.uncertainty);
}

TEST_CASE("suspend counts: what happened after it is as late as it really was")
{
    Desk desk;
    desk.compare();
    desk.pass(8h); // CLOCK_BOOTTIME goes on while the lid is closed
    const auto row = desk.row();
    CHECK(desk.corrected(row).at == row.truth);
    CHECK(desk.is_right(row, 4s));
}

TEST_CASE("a boot between two that met HQ is put right by both, a little less certainly")
{
    Desk desk;
    desk.clock.step(10min);
    desk.compare();
    desk.pass(1h);
    desk.reboot(10min);
    const auto row = desk.row();
    desk.pass(1h);
    desk.reboot(10min);
    desk.compare();
    CHECK(desk.corrected(row).at == row.truth);
    CHECK(desk.is_right(row, 4s));
}

TEST_CASE("a clock that was put right somewhere between is as uncertain as it was wrong")
{
    Desk desk;
    desk.clock.step(10min);
    desk.compare();
    desk.pass(2h);
    desk.reboot(10min);
    const auto row = desk.row();
    desk.pass(2h);
    desk.reboot(10min);
    desk.clock.step(-10min); // while it was off
    desk.compare();
    CHECK(desk.is_right(row, 6min));
    CHECK_FALSE(desk.is_right(row, 4min));
}

TEST_CASE("with a comparison on one side only the guess is told as one")
{
    Desk desk;
    desk.clock.step(-1h);
    const auto first = desk.row();
    desk.pass(10min);
    desk.reboot(1min);
    desk.compare();
    desk.reboot(1min);
    const auto last = desk.row();
    CHECK(desk.corrected(first) == CorrectedTime{first.truth, std::nullopt});
    CHECK(desk.corrected(last) == CorrectedTime{last.truth, std::nullopt});
}

TEST_CASE("two comparisons in a boot cancel the drift between them")
{
    ClockComparisons comparisons;
    const auto noon = from_ms(1'795'309'200'000);
    const auto at = [&](Elapsed uptime) { return Moment{noon, "b", uptime}; };
    comparisons.add({"b", 0s, noon, noon, 10ms}, 1); // then its clock loses 90 ppm
    comparisons.add({"b", 100'000s, noon, noon + 100'009s, 10ms}, 2);
    const auto middle = comparisons.corrected(at(50'000s), 3);
    CHECK(std::chrono::abs(middle->at - (noon + 50'004'500ms)) <= 2ms);
    CHECK(middle->uncertainty <= 600ms); // one alone leaves 5 s
    CHECK(comparisons.corrected(at(0s), 3)->uncertainty <= 12ms);
    CHECK(std::chrono::abs(comparisons.corrected(at(100'000s), 3)->at - (noon + 100'009s)) <= 2ms);
}

TEST_CASE("when HQ's own clock was set between two comparisons, the uncertainty covers both")
{
    ClockComparisons comparisons;
    const auto noon = from_ms(1'795'309'200'000);
    comparisons.add({"b", 0s, noon, noon, 10ms}, 1);
    comparisons.add({"b", 60s, noon, noon + 3660s, 10ms}, 2);
    const auto time = comparisons.corrected({noon, "b", 30s}, 3);
    CHECK(time->at - *time->uncertainty <= noon + 30s);
    CHECK(time->at + *time->uncertainty >= noon + 3630s);
}

TEST_CASE("a thousand comparisons in one boot are thinned out, and still right")
{
    Desk desk;
    for (int i = 0; i < 1000; ++i) {
        desk.pass(1h);
        desk.compare();
    }
    desk.pass(30min);
    const auto row = desk.row();
    CHECK(desk.corrected(row).at == row.truth);
    CHECK(desk.is_right(row, 60s));
}

TEST_CASE("absurd numbers are told as some time, and nothing overflows")
{
    constexpr auto least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
    const auto year_9999 = std::int64_t{253'402'300'799'999};
    for (const auto one : {least, std::int64_t{0}, year_9999, most})
        for (const auto other : {least, std::int64_t{-1}, year_9999, most})
            for (const auto third : {least, std::int64_t{1'795'309'200'000}, most}) {
                ClockComparisons comparisons;
                const Moment first{from_ms(one), "a", Elapsed{other}}, middle{from_ms(other), "b", Elapsed{third}}, last{from_ms(third), "c", Elapsed{one}};
                comparisons.saw(first, 1);
                comparisons.add(comparison_in(first, other, third, one), 1);
                comparisons.saw(middle, 2);
                comparisons.saw({from_ms(third), "b", Elapsed{one}}, 3);
                comparisons.saw(last, 4);
                comparisons.add({"c", Elapsed{third}, from_ms(one), from_ms(other), Elapsed{third}}, 4);
                for (const auto& moment : {first, middle, last, Moment{from_ms(one), "d", Elapsed{one}}}) {
                    const auto time = comparisons.corrected(moment, 2);
                    REQUIRE(time);
                    CHECK((!time->uncertainty || *time->uncertainty >= 0ms));
                }
            }
}
