#pragma once
#include "sync/events/event.hpp"
#include "sync/link/messages.hpp"

namespace adal::app {

/// One of her facts that concern duties, as it stands in a journal of this terminal.
struct OwnFact {
    Hash hash{};
    sync::Event event;
};

/// One of her facts, wherever it happened. Of those from elsewhere HQ has told: they have no place in a journal here (seq 0).
struct UnitedFact {
    sync::Event event;
    bool is_elsewhere = false;
};

/// This terminal's facts and what HQ tells of her, each once, in the order of time. Of our own the journal's order stands, at the time that HQ has corrected
/// where it already knows them.
std::vector<UnitedFact> united(const std::vector<OwnFact>& own, const std::vector<sync::FeedFact>& told);

} // namespace adal::app
