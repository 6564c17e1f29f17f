#include "sync/terminals/clock_comparisons.hpp"
#include <algorithm>
#include <cstdlib>

namespace adal::sync {

namespace {

using Ms = std::int64_t;

constexpr Ms farthest = Ms{1} << 56;        // two million years; dozens of them still fit into an integer
constexpr Ms step_threshold = 2'000;        // what a clock may be off by without having been stepped
constexpr std::size_t most_in_a_boot = 256; // thinned out beyond: a boot of many years must not make every row slow

Ms sane(Ms value) { return std::clamp(value, -farthest, farthest); }
UtcTime sane(UtcTime at) { return from_ms(sane(to_ms(at))); }
Elapsed sane(Elapsed elapsed) { return Elapsed{sane(elapsed.count())}; }
Moment sane(const Moment& moment) { return {sane(moment.at), moment.boot, sane(moment.uptime)}; }

Ms drift(Ms distance) { return std::abs(distance) / 10'000 + 1; } // 100 ppm, and a millisecond for rounding

/// The truth lies from `low` to `high`.
struct Range {
    Ms low, high;
    Ms middle() const { return low + (high - low) / 2; }
    Ms half() const { return (high - low + 1) / 2; }
    bool is_empty() const { return high < low; }
};

Range around(Ms middle, Ms half) { return {middle - half, middle + half}; }
Range overlap(Range one, Range other) { return {std::max(one.low, other.low), std::min(one.high, other.high)}; }
Range hull(Range one, Range other) { return {std::min(one.low, other.low), std::max(one.high, other.high)}; }

CorrectedTime told(Ms at, Ms uncertainty) { return {from_ms(at), Elapsed{uncertainty}}; }

// What a comparison says about another moment of its boot.
Range said_by(const Comparison& one, Elapsed uptime)
{
    const Ms way = (uptime - one.uptime).count();
    return around(to_ms(one.hq) + way, one.uncertainty.count() + drift(way));
}

// Where all overlap; where they do not, both of those that are farthest apart are covered.
CorrectedTime within(const std::vector<Comparison>& all, Elapsed uptime)
{
    Range latest = said_by(all.front(), uptime), earliest = latest; // the one that begins last, and the one that ends first
    for (const auto& one : all) {
        const auto range = said_by(one, uptime);
        if (range.low > latest.low) latest = range;
        if (range.high < earliest.high) earliest = range;
    }
    const Range common{latest.low, earliest.high};
    if (!common.is_empty()) return told(common.middle(), common.half());
    return told(common.middle(), std::max(latest.high - common.middle(), common.middle() - earliest.low));
}

Ms by_clock(UtcTime at, const Comparison& one) { return to_ms(at) + (one.hq - one.at).count(); }

Range by_order(const Comparison& before, const Comparison& after)
{
    return hull(around(to_ms(before.hq), before.uncertainty.count()), around(to_ms(after.hq), after.uncertainty.count()));
}

// As long as nobody has stepped the clock on the way from one to the other.
Range by_clock(UtcTime at, const Comparison& before, const Comparison& after)
{
    const Ms more = step_threshold + drift((after.hq - before.hq).count()); // it may drift out and be set back
    return hull(around(by_clock(at, before), before.uncertainty.count() + more), around(by_clock(at, after), after.uncertainty.count() + more));
}

bool is_step(const Moment& from, const Moment& to)
{
    const Ms way = (to.uptime - from.uptime).count(), by_wall = (to.at - from.at).count();
    return std::abs(by_wall - way) > step_threshold + drift(way);
}

// A boot whose own beginning lies before what was already written.
bool begins_before(const Moment& row, UtcTime last) { return (row.at - row.uptime) + Elapsed{step_threshold} < last; }

CorrectedTime guessed(Ms guess, Range certain)
{
    if (guess < certain.low || guess > certain.high) return told(certain.middle(), certain.half()); // it knows nothing
    return told(guess, std::max(guess - certain.low, certain.high - guess));
}

} // namespace

Comparison comparison_in(const Moment& row, std::int64_t hq_ms, std::int64_t uptime_ms, std::int64_t uncertainty_ms)
{
    const auto uptime = sane(Elapsed{uptime_ms});
    return {.boot = row.boot,
            .uptime = uptime,
            .at = sane(row.at) - (sane(row.uptime) - uptime),
            .hq = sane(from_ms(hq_ms)),
            .uncertainty = sane(Elapsed{uncertainty_ms})};
}

bool clock_was_stepped(const Moment& earlier, const Moment& later)
{
    const auto from = sane(earlier), to = sane(later);
    return from.boot == to.boot ? is_step(from, to) : begins_before(to, from.at);
}

void ClockComparisons::began(const Moment& first, std::uint64_t seq)
{
    const auto row = sane(first);
    boots_.try_emplace(row.boot, Boot{row, row, seq});
}

void ClockComparisons::saw(const Moment& row, std::uint64_t seq)
{
    const auto now = sane(row);
    const auto [found, is_new] = boots_.try_emplace(now.boot, Boot{now, now, seq});
    auto& last = found->second.last;
    const bool begins_too_early = is_new && last_ && begins_before(now, *last_);
    if (begins_too_early || is_step(last, now)) steps_.insert(seq);
    last = now;
    last_ = now.at;
}

void ClockComparisons::add(const Comparison& comparison, std::uint64_t seq)
{
    const Comparison known{comparison.boot, sane(comparison.uptime), sane(comparison.at), sane(comparison.hq),
                           std::max(Elapsed{0}, sane(comparison.uncertainty))};
    by_place_[seq] = known;
    auto& all = by_boot_[known.boot];
    all.push_back(known);
    if (all.size() <= most_in_a_boot) return;
    std::size_t index = 0;
    std::erase_if(all, [&](const Comparison&) { return index++ % 2 == 1; });
}

bool ClockComparisons::is_stepped(std::uint64_t after, std::uint64_t up_to) const
{
    const auto step = steps_.upper_bound(after);
    return step != steps_.end() && *step <= up_to;
}

// The first row of a boot in which nothing was compared.
std::optional<CorrectedTime> ClockComparisons::placed(UtcTime at, std::uint64_t seq) const
{
    if (by_place_.empty()) return std::nullopt;
    const auto next = by_place_.upper_bound(seq);
    if (next == by_place_.begin()) return CorrectedTime{from_ms(std::min(by_clock(at, next->second), to_ms(next->second.hq))), std::nullopt};
    const auto& [place, before] = *std::prev(next);
    if (next == by_place_.end()) return CorrectedTime{from_ms(std::max(by_clock(at, before), to_ms(before.hq))), std::nullopt};
    const auto& after = next->second;
    const bool is_stepped_before = is_stepped(place, seq), is_stepped_after = is_stepped(seq, next->first);
    const auto certain = by_order(before, after), likely = overlap(certain, by_clock(at, before, after));
    if (!is_stepped_before && !is_stepped_after && !likely.is_empty()) return told(likely.middle(), likely.half());
    return guessed(by_clock(at, is_stepped_before && !is_stepped_after ? after : before), certain);
}

std::optional<CorrectedTime> ClockComparisons::corrected(const Moment& moment, std::uint64_t seq) const
{
    const auto asked = sane(moment);
    if (const auto here = by_boot_.find(asked.boot); here != by_boot_.end()) return within(here->second, asked.uptime);
    const auto boot = boots_.find(asked.boot);
    const auto first = boot == boots_.end() ? Boot{asked, asked, seq} : boot->second;
    auto time = placed(first.first.at, first.seq);
    if (!time) return std::nullopt;
    const auto since = asked.uptime - first.first.uptime;
    time->at += since;
    if (time->uncertainty) *time->uncertainty += Elapsed{drift(since.count())};
    return time;
}

} // namespace adal::sync
