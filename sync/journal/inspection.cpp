#include "sync/journal/inspection.hpp"
#include "sync/journal/rows.hpp"

namespace adal::sync {
namespace {

constexpr std::size_t page = 1000;

std::int64_t signed_number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

} // namespace

Error broken_journal(const std::filesystem::path& path, std::uint64_t seq)
{
    return fail(ErrorKind::Corrupt, "journal.broken", {{"path", path.string()}, {"seq", std::to_string(seq)}});
}

Expected<std::optional<JournalRow>> Inspection::last_checked_row() const
{
    const auto noted = select_checked(*connection_);
    if (!noted) return noted.error();
    if (!*noted) return std::optional<JournalRow>{};
    const auto seq = signed_number((*noted)->seq);
    const auto rows = select(*connection_, {seq, seq, 1});
    if (!rows) return rows.error();
    const bool stands =
        rows->size() == 1 && rows->front().hash == (*noted)->hash && rows->front().decision_end == rows->front().seq;
    return stands ? std::optional{rows->front()} : std::nullopt;
}

bool Inspection::is_signed(const JournalRow& row) const
{
    return row.signature && verify(key_, Purpose::JournalRow, signed_bytes(journal_, row.hash), *row.signature);
}

bool Inspection::continues(Walk& walk, const JournalRow& row, bool every_signature) const
{
    const auto hash = walk.step(row);
    const bool ends_decision = walk.is_between_decisions();
    if (hash != row.hash || row.signature.has_value() != ends_decision) return false;
    return !every_signature || !ends_decision || is_signed(row);
}

/// Where SQLite cannot read a whole page of rows, one by one goes to the very row.
Expected<std::vector<JournalRow>> Inspection::page_from(std::int64_t seq) const
{
    constexpr auto end = std::numeric_limits<std::int64_t>::max();
    auto rows = select(*connection_, {seq, end, page});
    return !rows && rows.error().kind == ErrorKind::Corrupt ? select(*connection_, {seq, end, 1}) : std::move(rows);
}

/// A walk from the beginning reads from below 1, where nothing may hide.
Expected<Head> Inspection::check_after(std::optional<JournalRow> last, bool every_signature) const
{
    Walk walk{journal_, last ? Head{last->seq, last->hash} : Head{}};
    while (true) {
        auto rows = page_from(last ? signed_number(last->seq) + 1 : std::numeric_limits<std::int64_t>::min());
        if (!rows) return rows.error().kind == ErrorKind::Corrupt ? broken_journal(path_, walk.next()) : rows.error();
        if (rows->empty()) break;
        for (const auto& row : *rows) {
            const auto expected_seq = walk.next();
            if (!continues(walk, row, every_signature)) return broken_journal(path_, expected_seq);
        }
        last = std::move(rows->back());
    }
    if (!last || !walk.is_between_decisions() || !is_signed(*last)) return broken_journal(path_, walk.head().seq);
    return walk.head();
}

} // namespace adal::sync
