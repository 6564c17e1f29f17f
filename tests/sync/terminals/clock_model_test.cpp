#include "sync/terminals/clock_comparisons.hpp"
#include <doctest/doctest.h>
#include <rapidcheck.h>

/// A terminal's clocks as they may really be, against what the fold of its rows makes of them.
using namespace adal;
using namespace adal::sync;

namespace {

using Ms = std::int64_t;
constexpr Ms second = 1'000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;

struct Row {
    Moment moment;
    std::uint64_t seq;
    Ms truth;
};

/// The truth, an oscillator that is off by less than 100 ppm, and a wall clock that people and batteries play with. What it does to the wall clock unseen,
/// while the terminal is off, goes one way only between two comparisons: nobody could tell the other.
class World {
public:
    ClockComparisons comparisons;
    std::vector<Row> rows;

    World() { begin_boot(); }

    void pass(Ms elapsed)
    {
        const Ms before = uptime();
        truth_ += elapsed;
        wall_ += uptime() - before;
    }
    void record()
    {
        comparisons.saw(now(), rows.size() + 1);
        rows.push_back({now(), rows.size() + 1, truth_});
    }
    void compare(Ms uncertainty, Ms error)
    {
        record();
        comparisons.add(comparison_in(now(), truth_ + error, uptime(), uncertainty), rows.size());
        unseen_ = 0;
    }
    void step(Ms by)
    {
        wall_ += by;
        record(); // its journal says so at once
    }
    void reboot(Ms off, Ms set_by)
    {
        pass(off); // by the clock on the board
        truth_ += 1;
        const bool goes_on = unseen_ == 0 || (set_by > 0) == (unseen_ > 0);
        const bool is_a_date = wall_ + set_by > day; // no BIOS knows what was before 1970
        if (set_by != 0 && goes_on && is_a_date) wall_ += set_by, unseen_ = set_by;
        begin_boot();
    }
    void lose_battery(Ms off)
    {
        pass(off);
        wall_ = 0;
        begin_boot();
    }

private:
    Moment now() const { return {from_ms(wall_), "boot-" + std::to_string(boots_), Elapsed{uptime()}}; }
    Ms uptime() const { return (truth_ - started_) + (truth_ - started_) * rate_ / 1'000'000; }
    void begin_boot()
    {
        ++boots_;
        started_ = truth_;
        rate_ = *rc::gen::inRange(-99, 100);
        pass(*rc::gen::inRange<Ms>(5 * second, 2 * minute));
        record();
    }

    Ms truth_ = 1'795'309'200'000, wall_ = truth_, started_ = truth_, rate_ = 0, unseen_ = 0;
    int boots_ = 0;
};

void live(World& world)
{
    const auto chance = *rc::gen::inRange(0, 20);
    if (chance < 6) world.pass(*rc::gen::inRange<Ms>(1, 6 * hour));
    if (chance < 9) return world.record();
    if (chance < 13) {
        const auto uncertainty = *rc::gen::inRange<Ms>(0, 3 * second);
        return world.compare(uncertainty, *rc::gen::inRange<Ms>(-uncertainty, uncertainty + 1));
    }
    if (chance == 13) return world.step(*rc::gen::element(Ms{day}, -day, 5 * second, -5 * second));
    if (chance < 17) return world.reboot(*rc::gen::inRange<Ms>(second, 3 * day), 0);
    if (chance < 19) return world.reboot(*rc::gen::inRange<Ms>(second, 3 * day), *rc::gen::inRange<Ms>(-2 * hour, 2 * hour));
    world.lose_battery(*rc::gen::inRange<Ms>(second, 3 * day));
}

World some_world()
{
    World world;
    const auto length = *rc::gen::inRange(5, 60);
    for (int i = 0; i < length; ++i) live(world);
    return world;
}

} // namespace

TEST_CASE("the true time lies within the uncertainty that is told, whatever people and batteries do to the wall clock")
{
    int bounded = 0, tight = 0, all = 0;
    CHECK(rc::check([&] {
        const auto world = some_world();
        for (const auto& row : world.rows) {
            const auto time = world.comparisons.corrected(row.moment, row.seq);
            ++all;
            if (!time || !time->uncertainty) continue;
            ++bounded;
            tight += *time->uncertainty < Elapsed{10 * second};
            RC_ASSERT(std::chrono::abs(time->at - from_ms(row.truth)) <= *time->uncertainty);
        }
    }));
    CHECK(bounded * 2 > all); // or the promise would be an empty one
    CHECK(tight * 5 > all);
}

TEST_CASE("within one boot what happened first stays first, though its wall clock was set back")
{
    CHECK(rc::check([] {
        const auto world = some_world();
        const Row* last = nullptr;
        for (const auto& row : world.rows) {
            const auto time = world.comparisons.corrected(row.moment, row.seq);
            if (last && time && last->moment.boot == row.moment.boot)
                RC_ASSERT(world.comparisons.corrected(last->moment, last->seq)->at <= time->at);
            last = &row;
        }
    }));
}

TEST_CASE("no row, however strange, overflows anything, and order holds among strange rows, too")
{
    const auto strange = [] { return *rc::gen::oneOf(rc::gen::arbitrary<Ms>(), rc::gen::inRange<Ms>(-day, day), rc::gen::element(Ms{INT64_MIN}, Ms{INT64_MAX}, Ms{0})); };
    CHECK(rc::check([&] {
        ClockComparisons comparisons;
        const auto count = *rc::gen::inRange<std::uint64_t>(1, 12);
        for (std::uint64_t seq = 1; seq <= count; ++seq) {
            const Moment row{from_ms(strange()), seq == 1 ? "a" : *rc::gen::element<std::string>("a", "b", "c"), Elapsed{strange()}};
            comparisons.saw(row, seq);
            if (*rc::gen::arbitrary<bool>()) comparisons.add(comparison_in(row, strange(), strange(), strange()), seq);
        }
        const auto one = strange(), other = strange();
        const auto early = comparisons.corrected({from_ms(strange()), "a", Elapsed{std::min(one, other)}}, count);
        const auto late = comparisons.corrected({from_ms(strange()), "a", Elapsed{std::max(one, other)}}, count);
        RC_ASSERT(early.has_value() == late.has_value());
        if (!early) return;
        RC_ASSERT(early->at <= late->at);
        RC_ASSERT((!early->uncertainty || *early->uncertainty >= Elapsed{0}));
    }));
}
