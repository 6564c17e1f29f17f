#pragma once
#include "sync/hq/clocks.hpp"

namespace adal::sync::hq {

/// A stored row with its place.
struct StoredRow {
    JournalId journal;
    TerminalId terminal;
    std::int64_t branch = 0, position = 0;
    JournalRow row;
    std::optional<CorrectedTime> corrected; // by comparisons with HQ's clock; nothing: the terminal's own time is all we know
    Event event;                            // what the row says, at the corrected time
};

/// What one actor did, from all journals and branches, in the order in which things happened: an older fact that arrives late stands before a
/// newer one, and a wrong clock is corrected. Each journal keeps its own order, also where its clock was put back. What waits in quarantine is not among them, nor what
/// the journal's owner cannot speak for.
Expected<std::vector<StoredRow>> rows_of_actor(Store&, const Actor&);

/// Only those that concern her duties.
Expected<std::vector<StoredRow>> duty_rows_of(Store&, const PersonId&);
Expected<std::vector<StoredRow>> duty_rows_of(Store&, const PersonId&, Corrections&);

/// Only those of her attempts at tests.
Expected<std::vector<StoredRow>> attempt_rows_of(Store&, const PersonId&, Corrections&);
bool is_of(const Fact&, const AttemptId&); // does it tell of this attempt

} // namespace adal::sync::hq
