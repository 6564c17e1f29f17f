#pragma once
#include "content/base/clock.hpp"
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace adal::sync {

/// What an exchange with HQ found out: HQ's time `hq` at the terminal's `uptime`, give or take `uncertainty` (half the round trip).
struct Comparison {
    std::string boot;
    Elapsed uptime{};
    UtcTime at; // the terminal's wall clock then
    UtcTime hq;
    Elapsed uncertainty{};
};

/// From a fact in the journal, which was written a little after what it tells.
Comparison comparison_in(const Moment& row, std::int64_t hq_ms, std::int64_t uptime_ms, std::int64_t uncertainty_ms);

struct CorrectedTime {
    UtcTime at;
    std::optional<Elapsed> uncertainty; // the true time is within it on either side; nothing: not known
    bool operator==(const CorrectedTime&) const = default;
};

/// Of two rows, one right after the other, in one boot or the latter the first of its boot: was the wall clock stepped in between?
bool clock_was_stepped(const Moment& earlier, const Moment& later);

/// When things really happened at a terminal whose clock nobody can trust. A pure fold of one terminal's rows, in their order.
///
/// The time since boot is a good measure: nobody can set it, it counts suspend, and it is off by 100 ppm at most (0.36 s an hour). The wall clock
/// is only a number that somebody typed. The order of rows is a fact.
///
/// **A boot with comparisons.** Each one says: the true time at uptime u lies within hq + (u - uptime), give or take uncertainty + 100 ppm of
/// |u - uptime|. All hold at once, so the truth lies where they overlap: corrected is the middle of that, its uncertainty half the width. Both ends
/// grow with u, so the order of what happened in one boot is kept, and two comparisons cancel the drift between them. When they do not
/// overlap, HQ's own clock was set in between; nobody knows which was right, and the uncertainty covers both. The wall clock is not looked at.
///
/// **A boot without one** is placed by its first row; the rest follow by uptime (100 ppm of the distance is added). For the first row:
/// - It lies between the comparison before it and the one after it, whatever any clock said: rows are in order. This bound always holds.
/// - Wall clock + (hq - at) of the one before, and of the one after: while no clock was stepped between the two, the wall clock's error moves
///   from one to the other, so the truth lies between these two, widened by both uncertainties, by 100 ppm of the way (it may drift out and be set
///   back) and by the two seconds that do not yet count as a step. What nobody can see is a clock that was set wrong while the terminal was off,
///   right again while it was off, and so little that it never contradicted the order of rows.
/// - Both together where they agree. Where a step lies between, or they contradict each other, the order of rows alone.
/// - With a comparison on one side only: the best guess, and an uncertainty that is not known.
///
/// A step is told from the rows themselves: within a boot, wall clock and uptime moved differently by more than 2 s (and 100 ppm of the way); or a
/// boot began, says its wall clock, more than 2 s before the last row of the boot before it (a dead battery: 1970 again).
/// Absurd numbers (beyond two million years) count as the last sensible ones; nothing overflows.
class ClockComparisons {
public:
    void saw(const Moment&, std::uint64_t seq); // every row, in order; a boot that was never seen is placed by the moment asked about
    void add(const Comparison&, std::uint64_t seq);

    /// Instead of every row: the first one of each boot, and those before which the clock was stepped.
    void began(const Moment& first, std::uint64_t seq);
    void stepped(std::uint64_t seq) { steps_.insert(seq); }

    std::optional<CorrectedTime> corrected(const Moment&, std::uint64_t seq) const; // nothing: no comparison in this journal yet

private:
    struct Boot {
        Moment first, last;
        std::uint64_t seq = 0; // of the first
    };
    std::optional<CorrectedTime> placed(UtcTime at, std::uint64_t seq) const;
    bool is_stepped(std::uint64_t after, std::uint64_t up_to) const;

    std::map<std::string, std::vector<Comparison>> by_boot_; // sane numbers only, here and below
    std::map<std::uint64_t, Comparison> by_place_;
    std::map<std::string, Boot> boots_;
    std::set<std::uint64_t> steps_; // rows before which the wall clock was stepped
    std::optional<UtcTime> last_;   // row, by its wall clock
};

} // namespace adal::sync
