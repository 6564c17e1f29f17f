#pragma once
#include "sync/hq/journals.hpp"

namespace adal::sync::hq {

/// A stored row with its place.
struct StoredRow {
    JournalId journal;
    TerminalId terminal;
    std::int64_t branch = 0, position = 0;
    JournalRow row;
    Event event; // what the row says
};

/// What one actor did, from all journals and branches, in the order in which things happened: an older fact that arrives late stands before a
/// newer one. Each journal keeps its own order, also where its clock was put back. What waits in quarantine is not among them, nor what
/// the journal's owner cannot speak for.
Expected<std::vector<StoredRow>> rows_of_actor(Store&, const Actor&);

/// Only those that concern her duties.
Expected<std::vector<StoredRow>> duty_rows_of(Store&, const PersonId&);

} // namespace adal::sync::hq
