#include "app/receipts.hpp"
#include <algorithm>
#include <sstream>

namespace adal::app {
namespace {
const std::string name = "kiosk.receipts";
constexpr std::size_t most =
    2000; // some weeks at a busy terminal; older facts are then said to be there since the oldest kept
} // namespace

Receipts Receipts::read(sync::Beside& beside, const sync::JournalId& journal)
{
    const auto stored = beside.get(name);
    Receipts receipts = from(stored ? text_of(*stored) : "");
    const auto newest = sync::read_sync_state(beside).receipt_of(journal);
    if (!newest) return {};
    const auto life = journal.text + "/" + newest->incarnation;
    if (receipts.life_ != life) receipts = {};
    if (newest->head.seq == receipts.head()) return receipts;
    receipts.life_ = life;
    std::erase_if(receipts.kept_, [&](const Kept& each) { return each.seq >= newest->head.seq; });
    receipts.kept_.push_back({newest->head.seq, newest->committed_at});
    if (receipts.kept_.size() > most) receipts.kept_.erase(receipts.kept_.begin());
    static_cast<void>(beside.put(name, bytes_of(receipts.text()))); // a convenience: without it the date is only later
    return receipts;
}

std::optional<UtcTime> Receipts::since(std::uint64_t seq) const
{
    const auto found = std::lower_bound(kept_.begin(), kept_.end(), seq,
                                        [](const Kept& each, std::uint64_t n) { return each.seq < n; });
    return found == kept_.end() ? std::nullopt : std::optional{found->at};
}

std::optional<UtcTime> Receipts::last() const { return kept_.empty() ? std::nullopt : std::optional{kept_.back().at}; }

std::string Receipts::text() const
{
    std::ostringstream out;
    out << life_ << '\n';
    for (const auto& each : kept_) out << each.seq << ' ' << to_ms(each.at) << '\n';
    return out.str();
}

Receipts Receipts::from(const std::string& text)
{
    Receipts receipts;
    std::istringstream in{text};
    std::getline(in, receipts.life_);
    std::uint64_t seq = 0;
    std::int64_t at = 0;
    while (in >> seq >> at)
        if (seq > receipts.head()) receipts.kept_.push_back({seq, from_ms(at)});
    return receipts;
}

} // namespace adal::app
