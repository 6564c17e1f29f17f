#include "sync/hq/said.hpp"
#include <algorithm>

namespace adal::sync::hq {

Expected<Done> note_said(Store& store, const ExchangeRequest& request, std::int64_t branch, const std::string& incarnation)
{
    auto noted = store.db().execute("INSERT INTO said (journal, branch, incarnation, keys, roster, release, feed) VALUES ($1, $2, $3, $4, $5, $6, $7) "
                                    "ON CONFLICT (journal, branch) DO UPDATE SET incarnation = excluded.incarnation, keys = excluded.keys, "
                                    "roster = excluded.roster, release = excluded.release, feed = excluded.feed",
                                    {request.batch.journal.text, branch, incarnation, request.keys, request.roster, request.release, request.feed});
    if (!noted) return noted.error();
    return Done{};
}

Expected<ExchangeRequest> last_said(Store& store, const TerminalId& terminal, const JournalId& journal, std::int64_t branch, const std::string& incarnation)
{
    auto rows = store.db().query("SELECT incarnation, keys, roster, release, feed FROM said WHERE journal = $1 AND branch = $2", {journal.text, branch});
    if (!rows) return rows.error();
    ExchangeRequest said{.terminal = terminal, .batch = {.journal = journal, .after = {}, .rows = {}, .signature = {}}, .first_row = {}};
    if (rows->empty()) return said;
    const auto& row = rows->front();
    said.keys = row.integer(1);
    if (row.text(0) != incarnation) return said;
    said.roster = row.integer(2);
    said.release = row.integer(3);
    said.feed = row.integer(4);
    return said;
}

Expected<Done> heard_by_stick(Store& store, const TerminalId& terminal, const ExchangeRequest& request, UtcTime now)
{
    const auto written = std::min(request.terminal_time_ms, to_ms(now));
    auto noted = store.db().execute("UPDATE terminal SET seen_ms = CASE WHEN seen_ms IS NULL OR seen_ms < $2 THEN $2 ELSE seen_ms END, "
                                    "release = $3, roster = $4 WHERE id = $1",
                                    {terminal.text, written, request.release, request.roster});
    if (!noted) return noted.error();
    return Done{};
}

} // namespace adal::sync::hq
