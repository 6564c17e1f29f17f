#include "sync/hq/clocks.hpp"
#include "sync/hq/belief.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

std::int64_t number(std::uint64_t seq) { return static_cast<std::int64_t>(seq); }
Moment moment_of(const JournalRow& row) { return {from_ms(row.at_ms), row.boot, Elapsed{row.uptime_ms}}; }

/// "of this journal, on the way to this branch": a condition and its parameters.
struct Condition {
    std::string sql = "journal = $1 AND (";
    std::vector<Value> parameters;
};
Condition within(const JournalId& journal, const std::vector<Stretch>& history)
{
    Condition condition;
    condition.parameters.push_back(journal.text);
    const auto add = [&](Value value) {
        condition.parameters.push_back(std::move(value));
        return "$" + std::to_string(condition.parameters.size());
    };
    for (const auto& [branch, up_to] : history) {
        if (condition.parameters.size() > 1) condition.sql += " OR ";
        condition.sql += "branch = " + add(branch) + " AND seq <= " + add(number(up_to));
    }
    condition.sql += ")";
    return condition;
}

Expected<Done> keep_mark(Store& store, const NewRows& rows, const JournalRow& row, bool is_boot, bool is_step)
{
    auto kept = store.db().execute("INSERT INTO clock_mark (journal, branch, seq, at_ms, boot, uptime_ms, is_boot, is_step) "
                                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                                   {rows.journal.text, rows.branch, number(row.seq), row.at_ms, row.boot, row.uptime_ms, std::int64_t{is_boot},
                                    std::int64_t{is_step}});
    if (!kept) return kept.error();
    return Done{};
}

Expected<std::map<std::string, std::uint64_t>> boots_in(Store& store, const Condition& history)
{
    auto rows = store.db().query("SELECT boot, MIN(seq) FROM clock_mark WHERE " + history.sql + " AND is_boot = 1 GROUP BY boot", history.parameters);
    if (!rows) return rows.error();
    std::map<std::string, std::uint64_t> boots;
    for (const auto& row : *rows) boots[row.text(0)] = static_cast<std::uint64_t>(row.integer(1));
    return boots;
}

Expected<std::optional<JournalRow>> row_before(Store& store, const NewRows& rows, const std::vector<Stretch>& history)
{
    const auto seq = rows.rows.front().seq - 1;
    if (seq == 0) return std::optional<JournalRow>{};
    const auto stretch = std::find_if(history.begin(), history.end(), [&](const Stretch& one) { return seq <= one.up_to; });
    auto found = rows_of_branch(store, rows.journal, stretch->branch, seq - 1, 1);
    if (!found) return found.error();
    return found->empty() ? std::optional<JournalRow>{} : std::optional{std::move(found->front())};
}

/// Boots and steps. Returns the first row of every boot that stands in this history.
Expected<std::map<std::string, std::uint64_t>> fold_marks(Store& store, const NewRows& rows, const std::vector<Stretch>& history)
{
    auto boots = boots_in(store, within(rows.journal, history));
    auto previous = row_before(store, rows, history);
    if (!boots) return boots;
    if (!previous) return previous.error();
    for (const auto& row : rows.rows) {
        const bool is_new = boots->try_emplace(row.boot, row.seq).second;
        const bool is_next = *previous && (is_new || (*previous)->boot == row.boot);
        const bool is_stepped = is_next && clock_was_stepped(moment_of(**previous), moment_of(row));
        if (is_new || is_stepped)
            if (auto kept = keep_mark(store, rows, row, is_new, is_stepped); !kept) return kept.error();
        *previous = row;
    }
    return boots;
}

Expected<Done> keep_comparison(Store& store, const NewRows& rows, const JournalRow& row, const ClockCompared& fact)
{
    auto kept = store.db().execute("INSERT INTO clock_comparison (journal, branch, seq, at_ms, boot, uptime_ms, hq_ms, compared_ms, uncertainty_ms) "
                                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                                   {rows.journal.text, rows.branch, number(row.seq), row.at_ms, row.boot, row.uptime_ms, fact.hq_ms, fact.uptime_ms,
                                    fact.uncertainty_ms});
    if (!kept) return kept.error();
    return Done{};
}

/// What lies between the comparison before and the first new one may now be placed otherwise.
Expected<std::uint64_t> after_last_comparison(Store& store, const Condition& history, std::uint64_t before)
{
    auto parameters = history.parameters;
    parameters.push_back(number(before));
    auto rows = store.db().query("SELECT COALESCE(MAX(seq), 0) FROM clock_comparison WHERE " + history.sql + " AND seq < $" +
                                     std::to_string(parameters.size()),
                                 parameters);
    if (!rows) return rows.error();
    return static_cast<std::uint64_t>(rows->front().integer(0)) + 1;
}

} // namespace

Expected<std::optional<std::uint64_t>> fold_clocks(Store& store, const NewRows& rows)
{
    std::optional<std::uint64_t> changed;
    if (rows.rows.empty() || rows.terminal.text == "hq") return changed; // HQ's own time needs no correction
    auto history = history_of(store, rows.journal, rows.branch);
    if (!history) return history.error();
    auto boots = fold_marks(store, rows, *history);
    if (!boots) return boots.error();
    static const auto compared = kind_of(ClockCompared{});
    for (const auto& row : rows.rows) {
        if (row.kind != compared) continue;
        const auto [event, belief] = judged(rows.terminal, row);
        const auto* fact = std::get_if<ClockCompared>(&event.fact);
        if (belief != Belief::Believed || !fact || std::holds_alternative<PersonId>(event.actor)) continue;
        auto since = after_last_comparison(store, within(rows.journal, *history), row.seq);
        if (!since) return since.error();
        if (auto kept = keep_comparison(store, rows, row, *fact); !kept) return kept.error();
        const auto from = std::min(*since, boots->at(row.boot));
        changed = changed ? std::min(*changed, from) : from;
    }
    return changed;
}

Expected<ClockComparisons> Corrections::read(const JournalId& journal, std::int64_t branch)
{
    auto history = history_of(store_, journal, branch);
    if (!history) return history.error();
    const auto condition = within(journal, *history);
    auto compared = store_.db().query("SELECT seq, at_ms, boot, uptime_ms, hq_ms, compared_ms, uncertainty_ms FROM clock_comparison WHERE " +
                                          condition.sql + " ORDER BY seq",
                                      condition.parameters);
    if (!compared) return compared.error();
    ClockComparisons comparisons;
    if (compared->empty()) return comparisons;
    auto marks = store_.db().query("SELECT seq, at_ms, boot, uptime_ms, is_boot, is_step FROM clock_mark WHERE " + condition.sql + " ORDER BY seq",
                                   condition.parameters);
    if (!marks) return marks.error();
    const auto moment = [](const Row& row) { return Moment{from_ms(row.integer(1)), row.text(2), Elapsed{row.integer(3)}}; };
    for (const auto& row : *marks) {
        const auto seq = static_cast<std::uint64_t>(row.integer(0));
        if (row.integer(4) != 0) comparisons.began(moment(row), seq);
        if (row.integer(5) != 0) comparisons.stepped(seq);
    }
    for (const auto& row : *compared)
        comparisons.add(comparison_in(moment(row), row.integer(4), row.integer(5), row.integer(6)), static_cast<std::uint64_t>(row.integer(0)));
    return comparisons;
}

Expected<std::optional<CorrectedTime>> Corrections::of(const JournalId& journal, std::int64_t branch, const JournalRow& row)
{
    auto known = known_.find({journal, branch});
    if (known == known_.end()) {
        auto comparisons = read(journal, branch);
        if (!comparisons) return comparisons.error();
        known = known_.emplace(std::pair{journal, branch}, std::move(*comparisons)).first;
    }
    return known->second.corrected(moment_of(row), row.seq);
}

} // namespace adal::sync::hq
