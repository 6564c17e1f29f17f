#pragma once
#include "sync/hq/hq_keys.hpp"
#include "sync/hq/store.hpp"

/// The alarm of a machine that was put back to an earlier state without being told so.
///
/// Terminals show the newest receipt they hold. One that this HQ signed in its present life, over rows that are not here, proves that the
/// rows were lost; one of a later life proves that this is the old copy. Facts are taken all the same. What could contradict what HQ has
/// already said (releases, rosters, feed, keys of sites, new terminals) waits until `restore --in-place` begins a later life.
namespace adal::sync::hq {

struct RolledBack {
    TerminalId terminal; // that showed the receipt
    JournalId journal;
    std::uint64_t seq = 0;
    std::string incarnation; // the life that the receipt is of
    UtcTime noticed_at;
};
Expected<std::optional<RolledBack>> rolled_back(Store&);
Error told(const RolledBack&);

/// Looks at a receipt that a terminal shows; whatever is not ours proves nothing. The first proof stays. Inside a write.
Expected<Done> note_shown(Store&, const HqKeys&, const TerminalId& by, const Receipt&, UtcTime now);

} // namespace adal::sync::hq
