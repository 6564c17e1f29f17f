#include "sync/hq/timeline.hpp"
#include "sync/hq/belief.hpp"
#include <algorithm>
#include <map>

namespace adal::sync::hq {
namespace {

const std::vector<std::string>& duty_kinds()
{
    static const std::vector<std::string> kinds{
        kind_of(content::SectionRead{}),     kind_of(content::DocumentAcknowledged{}), kind_of(content::PageFinished{}),
        kind_of(content::ModuleCompleted{}), kind_of(quizzes::AttemptStarted{}),       kind_of(quizzes::AttemptClosed{})};
    return kinds;
}

const std::vector<std::string>& attempt_kinds()
{
    static const std::vector<std::string> kinds{kind_of(quizzes::AttemptStarted{}), kind_of(quizzes::ItemPresented{}),  kind_of(quizzes::ResponseGiven{}),
                                                kind_of(quizzes::ItemFlagged{}),    kind_of(quizzes::AttemptResumed{}), kind_of(quizzes::AttemptClosed{})};
    return kinds;
}

/// Side by side in the order in which things happened, however late one arrives; each journal in its own order.
void order_by_time(std::vector<StoredRow>& rows)
{
    std::map<std::pair<JournalId, std::int64_t>, std::int64_t> latest;
    std::vector<std::pair<std::int64_t, std::size_t>> keys;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto at = to_ms(rows[i].event.moment.at);
        auto& so_far = latest.try_emplace({rows[i].journal, rows[i].branch}, at).first->second;
        so_far = std::max(so_far, at);
        keys.emplace_back(so_far, i);
    }
    std::sort(keys.begin(), keys.end());
    std::vector<StoredRow> ordered;
    for (const auto& [when, index] : keys) ordered.push_back(std::move(rows[index]));
    rows = std::move(ordered);
}

Expected<std::vector<StoredRow>> read(Store& store, const Actor& actor, const std::vector<std::string>& kinds, Corrections& corrections)
{
    std::vector<Value> parameters{to_text(actor)};
    std::string condition;
    for (const auto& kind : kinds) {
        parameters.push_back(kind);
        condition += (condition.empty() ? " AND substr(kind, 1, 100) IN ($" : ", $") + std::to_string(parameters.size());
    }
    // SQLite would put a plain `actor = $1` into the first condition as well, which then is no way into the index any more
    auto rows = store.db().query(std::string{"SELECT journal, terminal, branch, position, "} + row_columns +
                                     " FROM fact JOIN journal ON journal.id = fact.journal WHERE substr(actor, 1, 100) = substr($1, 1, 100) "
                                     "AND actor || '' = $1 AND quarantined = 0" +
                                     condition + (kinds.empty() ? "" : ")") + " ORDER BY position, seq",
                                 parameters);
    if (!rows) return rows.error();
    std::vector<StoredRow> result;
    for (const auto& row : *rows) {
        auto journal_row = journal_row_from(row, 4);
        auto said = judged({row.text(1)}, journal_row);
        if (said.belief == Belief::NotTheirs) continue;
        auto corrected = corrections.of({row.text(0)}, row.integer(2), journal_row);
        if (!corrected) return corrected.error();
        if (*corrected) said.event.moment.at = (*corrected)->at;
        result.push_back({.journal = {row.text(0)},
                          .terminal = {row.text(1)},
                          .branch = row.integer(2),
                          .position = row.integer(3),
                          .row = std::move(journal_row),
                          .corrected = *corrected,
                          .event = std::move(said.event)});
    }
    order_by_time(result);
    return result;
}

} // namespace

Expected<std::vector<StoredRow>> rows_of_actor(Store& store, const Actor& actor)
{
    Corrections corrections{store};
    return read(store, actor, {}, corrections);
}

Expected<std::vector<StoredRow>> duty_rows_of(Store& store, const PersonId& person, Corrections& corrections)
{
    return read(store, person, duty_kinds(), corrections);
}

bool is_of(const Fact& fact, const AttemptId& attempt)
{
    return std::visit(
        [&](const auto& one) {
            if constexpr (requires { one.attempt; })
                return one.attempt == attempt;
            else
                return false;
        },
        fact);
}

Expected<std::vector<StoredRow>> attempt_rows_of(Store& store, const PersonId& person, Corrections& corrections)
{
    return read(store, person, attempt_kinds(), corrections);
}

Expected<std::vector<StoredRow>> duty_rows_of(Store& store, const PersonId& person)
{
    Corrections corrections{store};
    return duty_rows_of(store, person, corrections);
}

} // namespace adal::sync::hq
