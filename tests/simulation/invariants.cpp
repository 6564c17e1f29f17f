#include "tests/simulation/invariants.hpp"
#include "sync/hq/journals.hpp"
#include "tests/simulation/demand.hpp"
#include "tests/simulation/template.hpp"

namespace adal::simulation {

using namespace sync;

namespace {

std::string name_of(const Hash& hash) { return to_hex(hash).substr(0, 8); }

} // namespace

void Auditor::note_rows(const Terminal::News& news)
{
    auto previous = news.before;
    for (const auto& row : news.rows) {
        chain_[row.hash] = {previous, row.seq};
        previous = row.hash;
    }
}

void Auditor::note_reply(BytesView envelope)
{
    const auto opened = need(read_envelope(envelope), "HQ's answer");
    const auto json = unpack(opened.envelope.body, largest_message);
    if (!json) return;
    const auto reply = decode_exchange_reply(text_of(*json)); // a notice of revocation is none
    if (reply && reply->receipt.head.seq > 0) promised_[reply->receipt.incarnation].insert(reply->receipt.head.hash);
}

void Auditor::judge(Office& office)
{
    const auto& rows = office.rows();
    if (std::exchange(forgotten_, office.forgotten()) != forgotten_) judged_.clear();
    if (std::exchange(rows_seen_, rows.size()) != rows_seen_) judge_marks(rows);
    for (const auto& head : promised_[to_text(need(office.reader().incarnation(), "incarnation"))])
        for (auto hash = head; hash != Hash{} && judged_.insert(hash).second;) {
            const auto found = chain_.find(hash);
            demand(found != chain_.end(), "HQ gave a receipt for a row that nobody ever had: " + name_of(hash));
            demand(rows.contains(hash), "HQ gave a receipt and has no row " + std::to_string(found->second.seq) + " " + name_of(hash));
            hash = found->second.previous;
        }
}

void Auditor::judge_marks(const std::map<Hash, Office::Row>& rows)
{
    std::map<std::string_view, Hash> marks;
    for (const auto& [hash, row] : rows) {
        if (!row.body.starts_with("{\"mark\":")) continue;
        demand(marks.emplace(row.body, hash).second, "HQ has the fact " + row.body + " twice");
    }
}

void Auditor::judge_pages(Office& office)
{
    auto& store = office.reader();
    std::string now, rebuilt;
    static_cast<void>(store.write([&](std::int64_t) -> Expected<Done> {
        now = need(hq::projected(store), "pages");
        need(hq::rebuild(store, teaching()), "rebuild");
        rebuilt = need(hq::projected(store), "pages");
        return fail(ErrorKind::Unavailable, "test.roll_back"); // looking changes nothing
    }));
    demand(now == rebuilt, "a rebuild makes other pages:\n" + now + "---\n" + rebuilt);
}

void Auditor::judge_chains(Office& office, bool every_signature)
{
    auto& store = office.reader();
    const auto depth = every_signature ? hq::Signatures::Every : hq::Signatures::Last;
    for (const auto& [id, known] : need(hq::all_journals(store), "HQ's journals"))
        need(hq::verify_journal(store, id, known, depth), "HQ's copy of " + id.text.substr(0, 8));
}

void Auditor::judge_arrival(Office& office, const std::vector<std::unique_ptr<Terminal>>& terminals)
{
    const auto& at_hq = office.rows();
    for (const auto& terminal : terminals)
        for (const auto& history : terminal->histories())
            for (const auto& row : history) {
                const auto name = terminal->machine.name + "'s row " + std::to_string(row.seq) + " " + name_of(row.hash);
                const auto found = at_hq.find(row.hash);
                demand(found != at_hq.end(), name + " never came to HQ");
                demand(found->second.seq == row.seq && found->second.body == row.body && found->second.journal == to_hex(history.front().hash),
                       name + " is another at HQ");
            }
}

} // namespace adal::simulation
