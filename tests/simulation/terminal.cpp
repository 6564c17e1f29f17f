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
    if (machine.disk.is_dead()) machine.disk.power_on();
    const auto faults = machine.disk.faults();
    const auto started = open();
    if (!started) {
        demand(machine.disk.faults() > faults, machine.name + " does not start: " + started.error().message());
        stop();
        return false;
    }
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
    const auto told = journal_->append(actor, facts);
    if (told) promised_[journal_->id()] = journal_->head();
    demand(told || machine.disk.faults() > faults, machine.name + " refused a decision: " + (told ? "" : told.error().message()));
    return static_cast<bool>(told);
}

Expected<Exchanged> Terminal::exchange(Road& road, std::size_t batch_limit, bool beside_the_kiosk)
{
    if (!beside_the_kiosk) return exchange_all(folder_, *journal_, *beside_, *key_, *enrolment_, road, machine.clock, batch_limit);
    const auto reading = Journal::read_only(folder_.journal());
    if (!reading) return reading.error();
    auto beside = Beside::open(folder_.beside());
    if (!beside) return beside.error();
    return exchange_all(folder_, *reading, *beside, *key_, *enrolment_, road, machine.clock, batch_limit);
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
