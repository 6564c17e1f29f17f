#pragma once
#include "sync/hq/belief.hpp"
#include "sync/hq/journals.hpp"
#include <set>

/// What is folded from facts alone, row by row: what nobody here can read or believe (`unread_fact`), which sealed bodies are named
/// (`named_body`), who was at which terminal (`person_at_terminal`), how terminals' clocks went (clocks.hpp), and what people have achieved.
namespace adal::sync::hq {

/// Returns whom it concerns: the people whose pages changed. Inside a write.
Expected<std::set<PersonId>> fold_facts(Store&, const NewRows&);

/// All of them again, inside a write.
Expected<Done> refold_facts(Store&);

/// The same if the pages are those of another version of the program, which may have read fewer kinds of facts, or more.
Expected<Done> refold_if_other_version(Store&);

/// What no page counts, and why.
struct UnreadFact {
    TerminalId terminal;
    JournalId journal;
    std::int64_t branch = 0;
    std::uint64_t seq = 0;
    std::string kind;
    Hash hash{};
    Belief why = Belief::Unread;
};
Expected<std::vector<UnreadFact>> unread_facts(Store&, std::int64_t limit = 100);
Expected<std::int64_t> count_unread_facts(Store&, const TerminalId&);

/// People whose facts came from a terminal of a site where they have no assignment: counted like all, and shown.
struct Visitor {
    TerminalId terminal;
    PersonId person;
    std::int64_t facts = 0;
    bool is_known = false; // the roster has her, at another site
};
Expected<std::vector<Visitor>> visitors(Store&, std::int64_t limit = 100);

} // namespace adal::sync::hq
