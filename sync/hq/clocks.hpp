#pragma once
#include "sync/hq/journals.hpp"
#include "sync/terminals/clock_comparisons.hpp"

/// When things really happened at terminals whose clocks nobody can trust.
///
/// Kept of each branch is what ClockComparisons asks of its rows: the first row of each boot, each row before which the wall clock was stepped
/// (`clock_mark`), each comparison with HQ's own time (`clock_comparison`). They are folds of rows like every page.
namespace adal::sync::hq {

/// Inside a write, for rows that have just come to be believed. Returns from which row of this branch on other times hold now; nothing
/// when no comparison was among them.
Expected<std::optional<std::uint64_t>> fold_clocks(Store&, const NewRows&);

/// Corrected times of any rows; each branch's comparisons are read once, so one of these serves for one moment.
class Corrections {
public:
    explicit Corrections(Store& store) : store_(store) {}
    Expected<std::optional<CorrectedTime>> of(const JournalId&, std::int64_t branch, const JournalRow&); // nothing: never compared

private:
    Expected<ClockComparisons> read(const JournalId&, std::int64_t branch);

    Store& store_;
    std::map<std::pair<JournalId, std::int64_t>, ClockComparisons> known_;
};

} // namespace adal::sync::hq
