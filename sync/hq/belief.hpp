#pragma once
#include "sync/journal/chain.hpp"

/// Whom a signature can speak for.
///
/// A terminal's journal tells of the people at it and of the terminal itself. What it says in a clerk's name, in another terminal's, or of what
/// is decided at HQ alone, is kept like everything that is well signed, shown as such, and never believed.
namespace adal::sync::hq {

enum class Belief { Believed, Unread, NotTheirs };
struct Judged {
    Event event;
    Belief belief = Belief::Believed;
};
Judged judged(const TerminalId& owner, const JournalRow&); // the owner of HQ's own journals is "hq"

/// A name that a store can keep in a key. No person and no object of ours is called otherwise; the fact stays in its journal.
inline bool is_keepable(std::string_view name) { return name.size() <= 200 && name.find('\0') == std::string_view::npos; }

} // namespace adal::sync::hq
