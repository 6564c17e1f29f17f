#include "app/receipts.hpp"
#include <algorithm>
#include <sstream>

namespace adal::app {
namespace {
std::string name_of(const sync::JournalId& journal) { return "kiosk.receipts." + journal.text.substr(0, 16); }
constexpr std::size_t most =
    2000; // some weeks at a busy terminal; older facts are then said to be there since the oldest kept
} // namespace

Receipts Receipts::read(sync::Beside& beside, const std::vector<Part>& parts)
{
    const auto state = sync::read_sync_state(beside);
    Receipts receipts;
    for (const auto& part : parts) receipts.rows_.push_back(read(beside, state, part));
    return receipts;
}

Receipts::Row Receipts::read(sync::Beside& beside, const sync::SyncState& state, const Part& part)
{
    const auto newest = state.standing_receipt_of(part.journal);
    if (!newest) return {.before = part.before, .life = {}, .kept = {}};
    const auto stored = beside.get(name_of(part.journal));
    auto row = from(stored ? adal::text_of(*stored) : "");
    const auto life = part.journal.text + "/" + newest->incarnation;
    if (row.life != life) row = {.before = 0, .life = life, .kept = {}};
    row.before = part.before;
    if (newest->head.seq == row.head()) return row;
    std::erase_if(row.kept, [&](const Kept& each) { return each.seq >= newest->head.seq; });
    row.kept.push_back({newest->head.seq, newest->committed_at});
    if (row.kept.size() > most) row.kept.erase(row.kept.begin());
    static_cast<void>(beside.put(name_of(part.journal), bytes_of(text_of(row)))); // a convenience: without it the date is only later
    return row;
}

std::uint64_t Receipts::head(std::size_t part) const { return part < rows_.size() ? rows_[part].head() : 0; }

const Receipts::Row* Receipts::row_of(std::uint64_t place) const
{
    const Row* found = nullptr;
    for (const auto& row : rows_)
        if (row.before < place) found = &row;
    return found;
}

bool Receipts::covers(std::uint64_t place) const
{
    const auto* row = row_of(place);
    return !row || place - row->before <= row->head();
}

std::optional<UtcTime> Receipts::since(std::uint64_t place) const
{
    const auto* row = row_of(place);
    if (!row) return std::nullopt;
    const auto found = std::lower_bound(row->kept.begin(), row->kept.end(), place - row->before,
                                        [](const Kept& each, std::uint64_t n) { return each.seq < n; });
    return found == row->kept.end() ? std::nullopt : std::optional{found->at};
}

std::optional<UtcTime> Receipts::last() const
{
    for (auto row = rows_.rbegin(); row != rows_.rend(); ++row)
        if (!row->kept.empty()) return row->kept.back().at;
    return std::nullopt;
}

std::string Receipts::text_of(const Row& row)
{
    std::ostringstream out;
    out << row.life << '\n';
    for (const auto& each : row.kept) out << each.seq << ' ' << to_ms(each.at) << '\n';
    return out.str();
}

Receipts::Row Receipts::from(const std::string& text)
{
    Row row;
    std::istringstream in{text};
    std::getline(in, row.life);
    std::uint64_t seq = 0;
    std::int64_t at = 0;
    while (in >> seq >> at)
        if (seq > row.head()) row.kept.push_back({seq, from_ms(at)});
    return row;
}

} // namespace adal::app
