#pragma once
#include "sync/hq/people.hpp"
#include "sync/hq/revocations.hpp"
#include "sync/hq/terminals.hpp"

/// Withdrawing a terminal: all that follows from it at HQ, in one decision.
namespace adal::sync::hq {

/// The receipted heads are fixed, the site's key begins a new generation, and a fact says so. A stolen terminal's disk holds verifiers of PINs:
/// everybody it served needs a new one-time code. NotFound (hq.terminal.missing).
struct Withdrawal {
    TerminalId terminal;
    std::int64_t generation = 0;                          // of the site's key from now on
    std::vector<std::pair<Person, IssuedCode>> new_codes; // when stolen
};
Expected<Withdrawal> withdraw(Store&, const HqFolder&, const HqKeys&, const TerminalId&, bool stolen, const Actor&, const Clock&, Random&);

/// A person has looked at what came under the withdrawn terminal's name and believes it: it is folded, and its people's pages change.
Expected<Accepted> accept_waiting(Store&, const HqKeys&, const TerminalId&, const Actor&, const Clock&, Random&);

} // namespace adal::sync::hq
