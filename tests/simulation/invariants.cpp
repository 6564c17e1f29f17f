#include "tests/simulation/invariants.hpp"
#include "sync/hq/bodies.hpp"
#include "sync/hq/clocks.hpp"
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
    const auto position = need(office.reader().position(), "HQ's position");
    const bool began_anew = std::exchange(forgotten_, office.forgotten()) != forgotten_;
    if (began_anew) judged_.clear();
    if (std::exchange(position_, position) != position_ || began_anew) {
        judge_marks(rows);
        judge_quarantine(office, rows);
    }
    judge_promises(office, rows);
}

void Auditor::judge_promises(Office& office, const std::map<Hash, Office::Row>& rows)
{
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

std::set<Hash> Auditor::up_to(const std::vector<std::string>& heads) const
{
    std::set<Hash> all;
    for (const auto& text : heads) {
        const auto point = continued_from(text);
        demand(point.has_value(), "HQ's journal names a head that is none: " + text);
        for (auto hash = point->head.hash; hash != Hash{} && all.insert(hash).second;) {
            const auto found = chain_.find(hash);
            demand(found != chain_.end(), "HQ's journal names a row that nobody ever had: " + name_of(hash));
            hash = found->second.previous;
        }
    }
    return all;
}

void Auditor::judge_quarantine(Office& office, const std::map<Hash, Office::Row>& rows)
{
    auto& db = office.reader().db();
    std::map<std::string, std::string> terminal_of;
    for (const auto& row : need(db.query("SELECT id, terminal FROM journal"), "HQ's journals")) terminal_of[row.text(0)] = row.text(1);
    std::map<std::string, std::vector<std::string>> believed; // of withdrawn terminals: up to these heads
    for (const auto& [hash, row] : rows) {
        if (terminal_of[row.journal] != "hq") continue;
        const auto fact = decode(row.kind, row.body);
        if (const auto* revoked = std::get_if<TerminalRevoked>(&fact))
            for (auto& heads = believed[revoked->terminal.text]; const auto& head : revoked->heads) heads.push_back(head);
        if (const auto* accepted = std::get_if<QuarantineAccepted>(&fact))
            for (auto& heads = believed[accepted->terminal.text]; const auto& head : accepted->heads) heads.push_back(head);
    }
    std::set<Hash> waits, should_wait;
    for (const auto& row : need(db.query("SELECT hash FROM fact WHERE quarantined = 1"), "quarantine")) waits.insert(hq::hash_in(row, 0));
    for (const auto& [terminal, heads] : believed) {
        const auto is_believed = up_to(heads);
        for (const auto& [hash, row] : rows)
            if (terminal_of[row.journal] == terminal && !is_believed.contains(hash)) should_wait.insert(hash);
    }
    for (const auto& hash : waits) demand(should_wait.contains(hash), "row " + std::to_string(rows.at(hash).seq) + " " + name_of(hash) + " waits in quarantine and should not");
    for (const auto& hash : should_wait) demand(waits.contains(hash), "row " + std::to_string(rows.at(hash).seq) + " " + name_of(hash) + " should wait in quarantine");
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

void Auditor::judge_arrival(Office& office, const Terminal& terminal)
{
    const auto& at_hq = office.rows();
    for (const auto& history : terminal.histories())
        for (const auto& row : history) {
            const auto name = terminal.machine.name + "'s row " + std::to_string(row.seq) + " " + name_of(row.hash);
            const auto found = at_hq.find(row.hash);
            demand(found != at_hq.end(), name + " never came to HQ");
            demand(found->second.seq == row.seq && found->second.body == row.body && found->second.journal == to_hex(history.front().hash),
                   name + " is another at HQ");
            for (const auto& body : bodies_named_by(decode(row.kind, row.body)))
                demand(need(hq::has_body(office.reader(), body), "HQ's bodies"), "the body that " + name + " names never came to HQ");
        }
}

void Auditor::judge_quiet(const Terminal& terminal)
{
    const auto& name = terminal.machine.name;
    if (terminal.is_withdrawn()) {
        demand(!terminal.beside().get("roster"), name + " is withdrawn and holds a roster");
        for (const auto& person : people()) demand(!need(terminal.beside().feed_of(person), name), name + " is withdrawn and holds people's feed");
        return;
    }
    const auto state = terminal.state();
    demand(!state.alarm, name + " warns of " + (state.alarm ? state.alarm->error.message() : ""));
    demand(!state.forked || state.forked->journal != terminal.journal().id(), name + " is forked and does nothing about it");
    demand(!state.last_error, name + " remembers " + (state.last_error ? state.last_error->message() : ""));
}

void Auditor::judge_times(Office& office, const std::vector<std::unique_ptr<Terminal>>& terminals, const std::vector<std::unique_ptr<Terminal>>& dead)
{
    std::map<Hash, UtcTime> truth;
    std::set<std::string> doubtful;
    for (const auto* group : {&terminals, &dead})
        for (const auto& terminal : *group) {
            truth.insert(terminal->truth().begin(), terminal->truth().end());
            if (terminal->has_blind_spot) doubtful.insert(terminal->id().text);
        }
    auto& store = office.reader();
    hq::Corrections corrections{store};
    const auto rows = need(store.db().query(std::string{"SELECT "} + hq::row_columns + ", journal, branch FROM fact WHERE quarantined = 0"), "rows");
    for (const auto& found : rows) {
        const auto row = hq::journal_row_from(found, 0);
        const auto known = truth.find(row.hash);
        const auto journal = need(hq::find_journal(store, {found.text(10)}), "journal");
        if (known == truth.end() || !journal || doubtful.contains(journal->terminal.text)) continue;
        const auto corrected = need(corrections.of({found.text(10)}, found.integer(11), row), "corrected time");
        if (!corrected || !corrected->uncertainty) continue;
        const auto off = std::chrono::abs(corrected->at - known->second);
        demand(off <= *corrected->uncertainty + Elapsed{2}, journal->terminal.text + "'s row " + std::to_string(row.seq) + " was written " + std::to_string((known->second - corrected->at).count()) +
                                                                " ms after HQ's corrected time, which is sure within " + std::to_string(corrected->uncertainty->count()) + " ms");
    }
}

} // namespace adal::simulation
