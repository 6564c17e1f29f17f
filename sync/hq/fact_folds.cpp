#include "sync/hq/fact_folds.hpp"
#include "sync/hq/clocks.hpp"
#include "sync/hq/projections.hpp"
#include <algorithm>
#include <map>

namespace adal::sync::hq {
namespace {

/// Grows whenever the same rows give other pages than before: facts that were learnt to be read, folds that were mended.
constexpr std::int64_t folds_version = 1;
constexpr std::int64_t page = 1000;

Bytes as_bytes(const Hash& hash) { return {hash.begin(), hash.end()}; }

Expected<Done> done(const Expected<std::int64_t>& changed)
{
    if (!changed) return changed.error();
    return Done{};
}

std::string beginning(const std::string& text)
{
    std::size_t size = std::min<std::size_t>(text.size(), 200);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size; // no half letter
    return text.substr(0, size);
}

Expected<Done> keep_unread(Store& store, const NewRows& rows, const JournalRow& row, Belief belief)
{
    return done(store.db().execute("INSERT INTO unread_fact (hash, journal, branch, seq, kind, reason) VALUES ($1, $2, $3, $4, $5, $6)",
                                   {as_bytes(row.hash), rows.journal.text, rows.branch, static_cast<std::int64_t>(row.seq), beginning(row.kind),
                                    std::string{belief == Belief::Unread ? "unread" : "not theirs"}}));
}

Expected<Done> keep_bodies(Store& store, const NewRows& rows, const JournalRow& row, const Fact& fact)
{
    for (const auto& body : bodies_named_by(fact)) {
        auto kept = store.db().execute("INSERT INTO named_body (body, fact, journal, seq) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                                       {as_bytes(body), as_bytes(row.hash), rows.journal.text, static_cast<std::int64_t>(row.seq)});
        if (!kept) return kept.error();
    }
    return Done{};
}

Expected<Done> count_people(Store& store, const TerminalId& terminal, const std::map<PersonId, std::int64_t>& facts)
{
    for (const auto& [person, count] : facts) {
        auto counted = store.db().execute("INSERT INTO person_at_terminal (terminal, person, facts) VALUES ($1, $2, $3) "
                                          "ON CONFLICT (terminal, person) DO UPDATE SET facts = person_at_terminal.facts + excluded.facts",
                                          {terminal.text, person.text, count});
        if (!counted) return counted.error();
    }
    return Done{};
}

/// All but what people have achieved.
Expected<std::set<PersonId>> fold_rows(Store& store, const NewRows& rows)
{
    std::map<PersonId, std::int64_t> facts;
    for (const auto& row : rows.rows) {
        const auto [event, belief] = judged(rows.terminal, row);
        if (belief != Belief::Believed)
            if (auto kept = keep_unread(store, rows, row, belief); !kept) return kept.error();
        if (belief == Belief::NotTheirs) continue;
        if (auto kept = keep_bodies(store, rows, row, event.fact); !kept) return kept.error();
        if (const auto* person = std::get_if<PersonId>(&event.actor); person && is_keepable(person->text)) ++facts[*person];
    }
    if (auto counted = count_people(store, rows.terminal, facts); !counted) return counted.error();
    std::set<PersonId> people;
    for (const auto& [person, count] : facts) people.insert(person);
    return people;
}

Expected<std::vector<std::int64_t>> branches_of(Store& store, const JournalId& journal)
{
    auto rows = store.db().query("SELECT number FROM branch WHERE journal = $1 ORDER BY number", {journal.text});
    if (!rows) return rows.error();
    std::vector<std::int64_t> numbers;
    for (const auto& row : *rows) numbers.push_back(row.integer(0));
    return numbers;
}

Expected<Done> fold_branch(Store& store, const JournalId& journal, const TerminalId& terminal, std::int64_t branch)
{
    NewRows rows{.journal = journal, .terminal = terminal, .branch = branch, .rows = {}};
    for (std::uint64_t after = 0;; after = rows.rows.back().seq) {
        auto next = believed_rows(store, journal, branch, after, page);
        if (!next) return next.error();
        if (next->empty()) return Done{};
        rows.rows = std::move(*next);
        if (auto folded = fold_rows(store, rows); !folded) return folded.error();
        if (auto folded = fold_clocks(store, rows); !folded) return folded.error();
    }
}

/// The people of the rows whose times are others since a comparison came.
Expected<Done> add_people_since(Store& store, const NewRows& rows, std::uint64_t seq, std::set<PersonId>& people)
{
    auto found = store.db().query("SELECT DISTINCT actor FROM fact WHERE journal = $1 AND branch = $2 AND seq >= $3 AND quarantined = 0 "
                                  "AND actor LIKE 'person:%'",
                                  {rows.journal.text, rows.branch, static_cast<std::int64_t>(seq)});
    if (!found) return found.error();
    for (const auto& row : *found)
        if (auto person = row.text(0).substr(7); is_keepable(person)) people.insert({std::move(person)});
    return Done{};
}

Expected<std::set<PersonId>> everybody(Store& store)
{
    auto rows = store.db().query("SELECT DISTINCT person FROM person_at_terminal");
    if (!rows) return rows.error();
    std::set<PersonId> people;
    for (const auto& row : *rows) people.insert({row.text(0)});
    return people;
}

} // namespace

Expected<std::set<PersonId>> fold_facts(Store& store, const NewRows& rows)
{
    auto people = fold_rows(store, rows);
    if (!people) return people;
    auto changed = fold_clocks(store, rows);
    if (!changed) return changed.error();
    if (*changed)
        if (auto added = add_people_since(store, rows, **changed, *people); !added) return added.error();
    if (auto folded = fold_achievements(store, *people); !folded) return folded.error();
    return people;
}

Expected<Done> refold_facts(Store& store)
{
    for (const char* table : {"unread_fact", "named_body", "person_at_terminal", "clock_mark", "clock_comparison", "achievement"})
        if (auto gone = store.db().execute(std::string{"DELETE FROM "} + table); !gone) return gone.error();
    auto journals = all_journals(store);
    if (!journals) return journals.error();
    for (const auto& [journal, known] : *journals) {
        auto branches = branches_of(store, journal);
        if (!branches) return branches.error();
        for (const auto branch : *branches)
            if (auto folded = fold_branch(store, journal, known.terminal, branch); !folded) return folded;
    }
    auto people = everybody(store);
    if (!people) return people.error();
    if (auto folded = fold_achievements(store, *people); !folded) return folded;
    return store.put_meta("folds", std::to_string(folds_version));
}

Expected<Done> refold_if_other_version(Store& store)
{
    auto version = store.number("folds");
    if (!version) return version.error();
    if (*version == folds_version) return Done{};
    return store.write([&](std::int64_t) -> Expected<Done> {
        auto again = store.number("folds"); // another node may have been quicker
        if (!again) return again.error();
        return *again == folds_version ? Expected<Done>{Done{}} : refold_facts(store);
    });
}

Expected<std::vector<UnreadFact>> unread_facts(Store& store, std::int64_t limit)
{
    auto rows = store.db().query("SELECT j.terminal, u.journal, u.branch, u.seq, u.kind, u.hash, u.reason FROM unread_fact u JOIN journal j ON "
                                 "j.id = u.journal ORDER BY j.terminal, u.journal, u.branch, u.seq LIMIT $1",
                                 {limit});
    if (!rows) return rows.error();
    std::vector<UnreadFact> facts;
    for (const auto& row : *rows)
        facts.push_back({.terminal = {row.text(0)},
                         .journal = {row.text(1)},
                         .branch = row.integer(2),
                         .seq = static_cast<std::uint64_t>(row.integer(3)),
                         .kind = row.text(4),
                         .hash = hash_in(row, 5),
                         .why = row.text(6) == "unread" ? Belief::Unread : Belief::NotTheirs});
    return facts;
}

Expected<std::int64_t> count_unread_facts(Store& store, const TerminalId& terminal)
{
    auto rows = store.db().query("SELECT COUNT(*) FROM unread_fact u JOIN journal j ON j.id = u.journal WHERE j.terminal = $1", {terminal.text});
    if (!rows) return rows.error();
    return rows->front().integer(0);
}

Expected<std::vector<Visitor>> visitors(Store& store, std::int64_t limit)
{
    auto rows = store.db().query("SELECT v.terminal, v.person, v.facts, (SELECT COUNT(*) FROM person p WHERE p.id = v.person) "
                                 "FROM person_at_terminal v JOIN terminal t ON t.id = v.terminal WHERE NOT EXISTS "
                                 "(SELECT 1 FROM assignment a WHERE a.person = v.person AND a.site = t.site) ORDER BY v.terminal, v.person LIMIT $1",
                                 {limit});
    if (!rows) return rows.error();
    std::vector<Visitor> result;
    for (const auto& row : *rows) result.push_back({{row.text(0)}, {row.text(1)}, row.integer(2), row.integer(3) > 0});
    return result;
}

} // namespace adal::sync::hq
