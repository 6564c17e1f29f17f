#pragma once
#include "sync/hq/feed.hpp"
#include "sync/hq/terminals.hpp"

/// What goes down to a terminal beside its receipt: newer keys, the site's keys, release, roster, and what changed about its people. Over HTTP and on a
/// stick alike.
namespace adal::sync::hq {

struct NewsQuestion {
    const TerminalRecord& terminal;
    const ExchangeRequest& at_hand; // its cursors, all of our present incarnation
    JournalId journal;
    PublicKey journal_key{}; // the certificate is for it
    std::int64_t branch = 0; // on which the terminal stands
    Date today{};
};
Expected<Done> add_news(Store&, const HqFolder&, const HqKeys&, const NewsQuestion&, ExchangeReply&, Random&);

} // namespace adal::sync::hq
