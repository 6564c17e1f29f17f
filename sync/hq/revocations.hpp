#pragma once
#include "sync/hq/journals.hpp"
#include <set>

/// Terminals that were withdrawn.
///
/// What was receipted before stays believed. Whatever comes afterwards under the terminal's name (later facts, branches, journals under
/// new keys) is stored and waits: no page counts it before a person has judged it.
namespace adal::sync::hq {

struct Revocation {
    TerminalId terminal;
    UtcTime at;
    bool stolen = false;
};
Expected<std::optional<Revocation>> revocation_of(Store&, const TerminalId&);
Expected<std::vector<Revocation>> all_revocations(Store&);

/// Fixes the receipted heads and returns them, for the fact TerminalRevoked. Who was withdrawn before stays so since then, and may
/// turn out to be stolen. Inside a write.
Expected<std::vector<Continued>> revoke(Store&, const TerminalId&, bool stolen, UtcTime now);

/// What waits of a terminal, a branch a line.
struct Waiting {
    JournalId journal;
    std::int64_t branch = 0;
    Head last;
    std::uint64_t first = 0; // seq
    std::int64_t facts = 0;
};
Expected<std::vector<Waiting>> waiting_of(Store&, const TerminalId&);

/// Believes and folds all that waits by now; what comes later waits again. The heads are for the fact QuarantineAccepted. Inside a write.
struct Accepted {
    std::vector<Continued> heads;
    std::set<PersonId> people; // whose pages changed
    std::int64_t facts = 0;
};
Expected<Accepted> accept(Store&, const TerminalId&);

} // namespace adal::sync::hq
