#include "tests/simulation/terminal.hpp"
#include "sync/link/succession.hpp"
#include "tests/simulation/demand.hpp"

namespace adal::simulation {

using namespace sync;

Terminal::Terminal(const std::string& name, const std::filesystem::path& folder, std::uint64_t seed)
    : machine(name, folder, seed), folder_{folder}, random_(seed + 1)
{}

Expected<Done> Terminal::open_journal()
{
    journal_.reset();
    if (auto completed = complete_succession(folder_); !completed) return completed;
    auto key = KeyPair::open(folder_.key());
    if (!key) return key.error();
    key_.emplace(std::move(*key));
    auto journal = Journal::open(folder_.journal(), *key_, machine.clock);
    if (!journal) return journal.error();
    journal_.emplace(std::move(*journal));
    told_ = {};
    return Done{};
}

Expected<Done> Terminal::open()
{
    auto beside = Beside::open(folder_.beside());
    if (!beside) return beside.error();
    auto enrolment = read_enrolment(*beside);
    if (!enrolment) return enrolment.error();
    beside_.emplace(std::move(*beside));
    enrolment_.emplace(std::move(*enrolment));
    return open_journal();
}

bool Terminal::start()
{
    if (machine.disk.is_dead()) {
        machine.disk.power_on();
        machine.reboot();
    }
    const auto faults = machine.disk.faults();
    const auto started = open();
    if (!started) {
        demand(machine.disk.faults() > faults, machine.name + " does not start: " + started.error().message());
        stop();
        return false;
    }
    if (watched_ && watched_->boot != machine.clock.now().boot) watched_.reset();
    watch_clock();
    judge_all();
    return true;
}

void Terminal::stop()
{
    journal_.reset();
    beside_.reset();
}

bool Terminal::decide(const Actor& actor, const std::vector<Fact>& facts)
{
    const auto faults = machine.disk.faults();
    const auto before = journal_->head();
    const auto told = journal_->append(actor, facts);
    if (told) {
        promised_[journal_->id()] = journal_->head();
        if (const auto rows = journal_->rows_after(before.seq, facts.size()))
            for (const auto& row : *rows) truth_[row.hash] = machine.true_time;
    }
    demand(told || machine.disk.faults() > faults, machine.name + " refused a decision: " + (told ? "" : told.error().message()));
    return static_cast<bool>(told);
}

std::optional<Hash> Terminal::keep_body(BytesView sealed)
{
    const auto faults = machine.disk.faults();
    const auto kept = beside_->keep_body(sealed);
    demand(kept || machine.disk.faults() > faults, machine.name + " refused a body: " + (kept ? "" : kept.error().message()));
    return kept ? std::optional{*kept} : std::nullopt;
}

void Terminal::watch_clock()
{
    const auto now = machine.clock.now();
    if (!watched_) watched_ = now;
    const auto jump = (now.at - watched_->at) - (now.uptime - watched_->uptime);
    if (std::chrono::abs(jump) <= Elapsed{2000}) return;
    has_blind_spot = has_blind_spot || !decide(id(), {ClockStepped{jump.count()}});
    watched_ = now;
}

/// As the kiosk does: once in a boot, and when it moved.
void Terminal::compare_clocks()
{
    const auto reading = state().clock;
    const auto now = machine.clock.now();
    if (!reading || reading->boot != now.boot) return;
    const auto offset = [](const ClockReading& each, const Moment& then) { return from_ms(each.hq_ms) - (then.at - (then.uptime - Elapsed{each.uptime_ms})); };
    if (noted_ && noted_->second.boot == now.boot) {
        const auto moved = offset(*reading, now) - offset(noted_->first, noted_->second);
        if (std::chrono::abs(moved) <= Elapsed{2000 + reading->uncertainty_ms + noted_->first.uncertainty_ms}) return;
    }
    if (decide(id(), {ClockCompared{reading->hq_ms, reading->uptime_ms, reading->uncertainty_ms}})) noted_ = std::pair{*reading, now};
}

Expected<Exchanged> Terminal::exchange(Road& road, std::size_t batch_limit, bool beside_the_kiosk)
{
    if (!beside_the_kiosk) {
        auto done = exchange_all(folder_, *journal_, *beside_, *key_, *enrolment_, road, machine.clock, batch_limit);
        if (done && !machine.disk.is_dead()) compare_clocks();
        return done;
    }
    const auto reading = Journal::read_only(folder_.journal());
    if (!reading) return reading.error();
    auto beside = Beside::open(folder_.beside());
    if (!beside) return beside.error();
    auto done = exchange_all(folder_, *reading, *beside, *key_, *enrolment_, road, machine.clock, batch_limit);
    if (done && !machine.disk.is_dead()) compare_clocks();
    return done;
}

Expected<Forwarded> Terminal::forward(Road& road) { return forward_carried(*beside_, road); }

TerminalAtStick Terminal::at(Stick& stick)
{
    return {.folder = folder_, .journal = *journal_, .beside = *beside_, .key = *key_, .clock = machine.clock, .stick = stick};
}

Expected<WrittenOut> Terminal::write_out(Stick& stick) { return sync::write_out(at(stick)); }
Expected<TakenIn> Terminal::take_in(Stick& stick) { return sync::take_in(at(stick)); }

bool Terminal::has_said_all() const
{
    const auto known = state();
    const auto is_through = [&](const Journal& journal) {
        const auto receipt = known.receipt_of(journal.id());
        return receipt && receipt->head == journal.head() && receipt->incarnation == known.incarnation;
    };
    const auto closed = need(predecessors(folder_, *journal_), machine.name + "'s earlier journals");
    return is_through(*journal_) && std::all_of(closed.begin(), closed.end(), is_through);
}

bool Terminal::succeed()
{
    const auto forked = read_sync_state(*beside_).forked;
    if (!forked || forked->journal != journal_->id()) return false;
    const auto faults = machine.disk.faults();
    const auto begun = begin_successor(folder_, *journal_, *key_, *beside_, machine.clock, random_);
    const auto opened = open_journal();
    demand((begun && opened) || machine.disk.faults() > faults,
           machine.name + " cannot begin a successor: " + (begun ? "" : begun.error().message()) + (opened ? "" : opened.error().message()));
    if (!opened) {
        stop();
        return false;
    }
    if (journal_->id() != forked->journal) static_cast<void>(clear_forked(*beside_));
    judge_all();
    return journal_->id() != forked->journal;
}

std::vector<JournalRow> Terminal::rows_of(const Journal& journal) { return need(journal.rows_after(0, 1'000'000), "rows"); }

Terminal::News Terminal::news()
{
    News news{told_.hash, need(journal_->rows_after(told_.seq, 1'000'000), machine.name + "'s rows")};
    if (!news.rows.empty()) told_ = {news.rows.back().seq, news.rows.back().hash};
    return news;
}

void Terminal::replace(const std::filesystem::path& copy)
{
    stop();
    promised_.clear();
    machine.disk.power_on(); // forgets what the old disk had not synced
    std::filesystem::remove_all(machine.folder);
    copy_folder(copy, machine.folder);
}

std::vector<std::vector<JournalRow>> Terminal::histories() const
{
    std::vector<std::vector<JournalRow>> all;
    for (const auto& journal : need(predecessors(folder_, *journal_), machine.name + "'s earlier journals")) all.push_back(rows_of(journal));
    all.push_back(rows_of(*journal_));
    return all;
}

void Terminal::judge() const
{
    const auto promised = promised_.find(journal_->id());
    demand(promised == promised_.end() || journal_->contains(promised->second), machine.name + " has lost a decision that it showed as kept");
}

void Terminal::judge_all() const
{
    auto journals = need(predecessors(folder_, *journal_), machine.name + "'s earlier journals");
    for (const auto& [id, head] : promised_) {
        bool is_kept = id == journal_->id() && journal_->contains(head);
        for (const auto& journal : journals) is_kept = is_kept || (journal.id() == id && journal.contains(head));
        demand(is_kept, machine.name + " has lost a decision of journal " + id.text.substr(0, 8) + " that it showed as kept");
    }
    for (const auto& journal : journals) need(journal.verify(), machine.name + "'s earlier journal");
    need(journal_->verify(), machine.name + "'s journal");
}

} // namespace adal::simulation
