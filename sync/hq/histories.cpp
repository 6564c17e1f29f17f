#include "sync/hq/histories.hpp"
#include <set>

namespace adal::sync::hq {

Expected<std::vector<Line>> lines_of(Store& store, const TerminalId& terminal)
{
    auto rows = store.db().query(
        "SELECT j.id, j.continues, b.number, b.fork_seq, b.head_seq, b.committed_ms, COUNT(f.hash), COALESCE(SUM(f.quarantined), 0), MIN(f.position) "
        "FROM journal j JOIN branch b ON b.journal = j.id LEFT JOIN fact f ON f.journal = b.journal AND f.branch = b.number "
        "WHERE j.terminal = $1 GROUP BY j.id, j.continues, b.number, b.fork_seq, b.head_seq, b.committed_ms ORDER BY 9, j.id, b.number",
        {terminal.text});
    if (!rows) return rows.error();
    std::vector<Line> lines;
    for (const auto& row : *rows)
        lines.push_back({.journal = {row.text(0)},
                         .continues = row.text(1),
                         .branch = row.integer(2),
                         .fork_seq = static_cast<std::uint64_t>(row.integer(3)),
                         .head_seq = static_cast<std::uint64_t>(row.integer(4)),
                         .since = from_ms(row.integer(5)),
                         .facts = row.integer(6),
                         .waiting = row.integer(7)});
    return lines;
}

Continuity continuity_of(const std::vector<Line>& lines)
{
    if (lines.empty()) return Continuity::None;
    std::set<std::string> followed; // twice the same journal: both copies of a disk went on
    for (const auto& line : lines)
        if (line.branch != 0 || (!line.continues.empty() && !followed.insert(line.continues.substr(0, 64)).second)) return Continuity::Forked;
    return lines.size() == 1 ? Continuity::Whole : Continuity::Follows;
}

} // namespace adal::sync::hq
