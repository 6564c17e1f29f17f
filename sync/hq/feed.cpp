#include "sync/hq/feed.hpp"
#include "sync/hq/timeline.hpp"

namespace adal::sync::hq {
namespace {

struct Change {
    PersonId person;
    std::int64_t position = 0;
};

Expected<std::vector<Change>> changes_after(Store& store, const FeedQuestion& question)
{
    const auto [condition, parameters] = people_in_scope(question.scope, question.today, 4);
    std::vector<Value> all{question.journal.text, question.branch, question.after};
    all.insert(all.end(), parameters.begin(), parameters.end());
    auto rows = store.db().query("SELECT person, MAX(position) AS newest FROM person_change WHERE NOT (journal = $1 AND branch = $2) AND position > $3 "
                                 "AND person IN (" + condition + ") GROUP BY person ORDER BY newest, person",
                                 all);
    if (!rows) return rows.error();
    std::vector<Change> changes;
    for (const auto& row : *rows) changes.push_back({{row.text(0)}, row.integer(1)});
    return changes;
}

Expected<std::vector<FeedFact>> facts_of(Store& store, const PersonId& person)
{
    auto rows = duty_rows_of(store, person);
    if (!rows) return rows.error();
    std::vector<FeedFact> facts;
    for (const auto& stored : *rows)
        facts.push_back({.hash = stored.row.hash,
                         .at_ms = to_ms(stored.event.moment.at),
                         .actor = stored.row.actor,
                         .kind = stored.row.kind,
                         .body = stored.row.body});
    return facts;
}

} // namespace

Expected<Done> note_change(Store& store, const std::set<PersonId>& people, const JournalId& journal, std::int64_t branch, std::int64_t position)
{
    for (const auto& person : people) {
        auto noted = store.db().execute("INSERT INTO person_change (person, journal, branch, position) VALUES ($1, $2, $3, $4) "
                                        "ON CONFLICT (person, journal, branch) DO UPDATE SET position = excluded.position",
                                        {person.text, journal.text, branch, position});
        if (!noted) return noted.error();
    }
    return Done{};
}

Expected<FeedPage> feed_page(Store& store, const FeedQuestion& question, const SiteKey& key, Random& random)
{
    const auto now = store.position(); // before the changes are looked up: what comes in between comes again, never not at all
    if (!now) return now.error();
    const auto changes = changes_after(store, question);
    if (!changes) return changes.error();
    FeedPage page{.upto = *now, .more = false, .people = {}};
    std::size_t size = 0;
    for (std::size_t i = 0; i < changes->size(); ++i) {
        const auto& change = (*changes)[i];
        const bool is_boundary = i > 0 && change.position != (*changes)[i - 1].position;
        if (size >= largest_feed_page && is_boundary) {
            page.upto = (*changes)[i - 1].position;
            page.more = true;
            return page;
        }
        const auto facts = facts_of(store, change.person);
        if (!facts) return facts.error();
        page.people.push_back({change.person, lock_feed(change.person, *facts, key.generation, key.key, random)});
        size += page.people.back().locked.size();
    }
    return page;
}

} // namespace adal::sync::hq
