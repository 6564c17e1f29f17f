#pragma once
#include "sync/hq/store.hpp"
#include "sync/link/messages.hpp"

/// What a terminal last said of what is at hand there. Over HTTP nobody needs it, for every question says it anew; a stick is written for a terminal that
/// is not asked.
namespace adal::sync::hq {

/// A copied disk has cursors of its own: they are kept by branch. Inside a write.
Expected<Done> note_said(Store&, const ExchangeRequest&, std::int64_t branch, const std::string& incarnation);

/// As a question without rows. Cursors of another life of ours are none.
Expected<ExchangeRequest> last_said(Store&, const TerminalId&, const JournalId&, std::int64_t branch, const std::string& incarnation);

/// It was heard, but not now: what it says of its clock is of the day when the stick was written. Inside a write.
Expected<Done> heard_by_stick(Store&, const TerminalId&, const ExchangeRequest&, UtcTime now);

} // namespace adal::sync::hq
