#include "sync/hq/revocations.hpp"
#include "sync/hq/fact_folds.hpp"

namespace adal::sync::hq {
namespace {

Revocation revocation_from(const Row& row) { return {{row.text(0)}, from_ms(row.integer(1)), row.integer(2) != 0}; }

Expected<std::vector<Revocation>> select(Store& store, const std::string& condition, const std::vector<Value>& parameters)
{
    auto rows = store.db().query("SELECT terminal, at_ms, stolen FROM revocation " + condition, parameters);
    if (!rows) return rows.error();
    std::vector<Revocation> all;
    for (const auto& row : *rows) all.push_back(revocation_from(row));
    return all;
}

Expected<std::vector<Continued>> revoked_heads(Store& store, const TerminalId& terminal)
{
    auto rows = store.db().query("SELECT journal, head_seq, head_hash FROM revoked_head WHERE terminal = $1 ORDER BY journal, branch", {terminal.text});
    if (!rows) return rows.error();
    std::vector<Continued> heads;
    for (const auto& row : *rows) heads.push_back({{row.text(0)}, {static_cast<std::uint64_t>(row.integer(1)), hash_in(row, 2)}});
    return heads;
}

/// Rows of a branch that wait, in their order.
Expected<std::vector<JournalRow>> waiting_rows(Store& store, const Waiting& waiting)
{
    auto rows = store.db().query(std::string{"SELECT "} + row_columns + " FROM fact WHERE journal = $1 AND branch = $2 AND quarantined = 1 ORDER BY seq",
                                 {waiting.journal.text, waiting.branch});
    if (!rows) return rows.error();
    std::vector<JournalRow> result;
    for (const auto& row : *rows) result.push_back(journal_row_from(row, 0));
    return result;
}

Expected<Done> release(Store& store, const Waiting& waiting)
{
    auto released = store.db().execute("UPDATE fact SET quarantined = 0 WHERE journal = $1 AND branch = $2 AND quarantined = 1",
                                       {waiting.journal.text, waiting.branch});
    if (!released) return released.error();
    return Done{};
}

} // namespace

Expected<std::optional<Revocation>> revocation_of(Store& store, const TerminalId& terminal)
{
    auto found = select(store, "WHERE terminal = $1", {terminal.text});
    if (!found) return found.error();
    return found->empty() ? std::optional<Revocation>{} : std::optional{found->front()};
}

Expected<std::vector<Revocation>> all_revocations(Store& store) { return select(store, "ORDER BY terminal", {}); }

Expected<std::vector<Continued>> revoke(Store& store, const TerminalId& terminal, bool stolen, UtcTime now)
{
    auto before = revocation_of(store, terminal);
    if (!before) return before.error();
    const std::int64_t is_stolen = stolen || (*before && (*before)->stolen) ? 1 : 0;
    auto put = store.db().execute("INSERT INTO revocation (terminal, at_ms, stolen) VALUES ($1, $2, $3) "
                                  "ON CONFLICT (terminal) DO UPDATE SET stolen = excluded.stolen",
                                  {terminal.text, to_ms(now), is_stolen});
    if (!put) return put.error();
    if (!*before) {
        auto fixed = store.db().execute("INSERT INTO revoked_head (journal, branch, terminal, head_seq, head_hash) "
                                        "SELECT b.journal, b.number, j.terminal, b.head_seq, b.head_hash FROM branch b "
                                        "JOIN journal j ON j.id = b.journal WHERE j.terminal = $1",
                                        {terminal.text});
        if (!fixed) return fixed.error();
    }
    return revoked_heads(store, terminal);
}

Expected<std::vector<Waiting>> waiting_of(Store& store, const TerminalId& terminal)
{
    auto rows = store.db().query("SELECT b.journal, b.number, b.head_seq, b.head_hash, MIN(f.seq), COUNT(*) FROM branch b "
                                 "JOIN journal j ON j.id = b.journal "
                                 "JOIN fact f ON f.journal = b.journal AND f.branch = b.number AND f.quarantined = 1 "
                                 "WHERE j.terminal = $1 GROUP BY b.journal, b.number, b.head_seq, b.head_hash ORDER BY b.journal, b.number",
                                 {terminal.text});
    if (!rows) return rows.error();
    std::vector<Waiting> all;
    for (const auto& row : *rows)
        all.push_back({.journal = {row.text(0)},
                       .branch = row.integer(1),
                       .last = {static_cast<std::uint64_t>(row.integer(2)), hash_in(row, 3)},
                       .first = static_cast<std::uint64_t>(row.integer(4)),
                       .facts = row.integer(5)});
    return all;
}

Expected<Accepted> accept(Store& store, const TerminalId& terminal)
{
    auto all = waiting_of(store, terminal);
    if (!all) return all.error();
    Accepted accepted;
    for (const auto& waiting : *all) {
        auto rows = waiting_rows(store, waiting);
        if (!rows) return rows.error();
        if (auto released = release(store, waiting); !released) return released.error();
        auto people = fold_facts(store, {waiting.journal, terminal, waiting.branch, std::move(*rows)});
        if (!people) return people.error();
        accepted.heads.push_back({waiting.journal, waiting.last});
        accepted.people.insert(people->begin(), people->end());
        accepted.facts += waiting.facts;
    }
    return accepted;
}

} // namespace adal::sync::hq
