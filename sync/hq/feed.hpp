#pragma once
#include "sync/hq/people.hpp"
#include "sync/hq/site_keys.hpp"

/// The people feed: what a terminal is told about people of its units that it does not know from its own journal.
namespace adal::sync::hq {

/// Notes at which position something of these people last changed, and in which branch of which journal. Inside the write that stores it; `journal`
/// is empty for what clerks change (roster, decisions).
Expected<Done> note_change(Store&, const std::set<PersonId>&, const JournalId& journal, std::int64_t branch, std::int64_t position);

/// Everybody of the terminal's scope whom anything changed after the cursor outside of her own branch of her own journal, in the order of positions; an entry
/// is all duty facts of a person, so a repeat or a gap in between harms nothing. A page ends between two positions, near `largest_page` bytes.
struct FeedQuestion {
    TerminalScope scope;
    JournalId journal;
    std::int64_t branch = 0;
    std::int64_t after = 0;
    Date today{};
};
Expected<FeedPage> feed_page(Store&, const FeedQuestion&, const SiteKey&, Random&);

inline constexpr std::size_t largest_feed_page = std::size_t{512} << 10;

} // namespace adal::sync::hq
