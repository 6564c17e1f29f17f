#include "tests/simulation/world.hpp"
#include "tests/simulation/demand.hpp"
#include <cstdio>

namespace adal::simulation {

using namespace sync;
using Kind = support::FragileDisk::Fault::Kind;

const std::vector<World::Possibility>& World::possibilities()
{
    static const std::vector<Possibility> all{
        {30, &World::decide},         {24, &World::exchange},     {5, &World::letter_comes_late}, {6, &World::time_passes},  {3, &World::clock_is_set},
        {6, &World::terminal_fails},  {6, &World::hq_fails},      {3, &World::power_goes},        {3, &World::disk_fills},   {4, &World::restart_terminal},
        {3, &World::restart_node},    {1, &World::clone_terminal}, {2, &World::copy_hq},           {1, &World::restore_hq},   {2, &World::change_roster},
        {1, &World::change_keys},     {2, &World::copy_terminal},  {1, &World::put_terminal_back},
    };
    return all;
}

World::World(const Template& start, const std::filesystem::path& folder, std::uint64_t seed) : random_(seed), folder_(folder)
{
    copy_folder(start.folder / "hq", folder / "hq");
    office_ = std::make_unique<Office>(folder / "hq", random_.number(), 1 + random_.below(2));
    demand(office_->start(), "HQ did not start");
    const auto count = 1 + random_.below(start.terminals.size());
    for (std::size_t i = 0; i < count; ++i) add_terminal(start.terminals[i], start.folder / start.terminals[i]);
    tell(std::to_string(count) + " terminals, " + std::to_string(office_->nodes()) + " nodes");
}

void World::add_terminal(const std::string& name, const std::filesystem::path& copied_from)
{
    copy_folder(copied_from, folder_ / name);
    terminals_.push_back(std::make_unique<Terminal>(name, folder_ / name, random_.number()));
    demand(terminals_.back()->start(), name + " did not start");
}

void World::tell(std::string line)
{
    if (tells_at_once) std::printf("%s\n", line.c_str()), std::fflush(stdout);
    story_.push_back(std::move(line));
}

void World::live(int steps)
{
    while (steps_ < steps) {
        ++steps_;
        step();
        after_step();
    }
}

void World::step()
{
    int all = 0;
    for (const auto& possibility : possibilities()) all += possibility.weight;
    auto drawn = static_cast<int>(random_.below(static_cast<std::size_t>(all)));
    for (const auto& possibility : possibilities()) {
        drawn -= possibility.weight;
        if (drawn < 0) return (this->*possibility.step)();
    }
}

void World::after_step()
{
    for (auto& terminal : terminals_) {
        stop_if_dead(*terminal);
        if (terminal->is_on()) terminal->judge(), auditor_.note_rows(terminal->news());
    }
    if (office_->machine.disk.is_dead()) office_->stop();
    care_for_the_dead();
    if (!office_->is_on()) return;
    auditor_.judge(*office_);
    if (steps_ % 8 == 0 && !office_->machine.disk.has_plan()) auditor_.judge_pages(*office_);
    if (steps_ % 16 == 0) auditor_.judge_chains(*office_, false);
}

void World::stop_if_dead(Terminal& terminal)
{
    if (terminal.machine.disk.is_dead() && terminal.is_on()) {
        tell(terminal.machine.name + " has no power");
        terminal.stop();
    }
}

/// Somebody switches them on again, sooner or later.
void World::care_for_the_dead()
{
    for (auto& terminal : terminals_)
        if (!terminal->is_on() && random_.happens(1, 3)) {
            const bool started = terminal->start();
            tell(terminal->machine.name + (started ? " is on again" : " did not start"));
        }
    if (!office_->is_on() && random_.happens(1, 2)) tell(office_->start() ? "hq is on again" : "hq did not start");
}

Terminal& World::some_terminal() { return *terminals_[random_.below(terminals_.size())]; }

Machine& World::some_machine()
{
    const auto drawn = random_.below(terminals_.size() + 1);
    return drawn == terminals_.size() ? office_->machine : terminals_[drawn]->machine;
}

Fact World::something_done()
{
    const AttemptId attempt{"a" + std::to_string(random_.below(4))};
    switch (random_.below(5)) {
    case 0: return content::PageFinished{.module = {"speak-up"}, .version = 1, .page = 1 + static_cast<int>(random_.below(3)), .language = Language::kk};
    case 1: return content::ModuleCompleted{.module = {"speak-up"}, .version = 1};
    case 2:
        return quizzes::AttemptStarted{.attempt = attempt, .test = {"probation"}, .test_version = 1, .seed = 7, .time_limit = std::chrono::minutes{20}, .pass_mark = 14, .items = {}};
    case 3: {
        const auto points = static_cast<int>(random_.below(21));
        return quizzes::AttemptClosed{.attempt = attempt, .test = {"probation"}, .reason = quizzes::CloseReason::Submitted, .score = {points, 20},
                                      .passed = points >= 14, .topics = {}, .time_used = std::chrono::minutes{9}};
    }
    default: return UnknownFact{"tea drunk", "{\"cups\":\"" + std::string(random_.below(3000), 'x') + "\"}"};
    }
}

/// Every decision begins with a mark that no other has: so a fact that came twice shows, whatever its hash.
void World::decide()
{
    auto& terminal = some_terminal();
    if (!terminal.is_on()) return;
    terminal.machine.clock.advance(Elapsed{static_cast<std::int64_t>(random_.below(60'000))});
    std::vector<Fact> facts{UnknownFact{"marked", "{\"mark\":" + std::to_string(++marks_) + "}"}};
    for (auto more = random_.below(3); more > 0; --more) facts.push_back(something_done());
    const bool kept = terminal.decide(people()[random_.below(people().size())], facts);
    tell(terminal.machine.name + " decides " + std::to_string(marks_) + (kept ? ", row " + std::to_string(terminal.journal().head().seq) : ", and cannot keep it"));
}

void World::exchange() { static_cast<void>(exchange_with(random_.below(terminals_.size()))); }

/// What is still to be done afterwards: an error, or a journal just begun that nobody knows of.
std::optional<std::string> World::exchange_with(std::size_t number)
{
    auto& terminal = *terminals_[number];
    if (!terminal.is_on() || terminal.machine.disk.is_dead() || !speaking_.insert(number).second) return std::nullopt;
    auditor_.note_rows(terminal.news());
    tell(terminal.machine.name + " speaks");
    CrookedRoad road{*this, number};
    const auto limit = random_.happens(1, 2) ? 1 + random_.below(6) : 500;
    const auto done = terminal.exchange(road, limit, random_.happens(1, 2));
    speaking_.erase(number);
    tell("  " + terminal.machine.name + (done ? ": " + std::to_string(done->sent) + " rows" : ": " + done.error().message()));
    if (terminal.succeed()) {
        for (auto& history : terminal.histories()) auditor_.note_rows({{}, std::move(history)});
        tell("  " + terminal.machine.name + " begins a journal that follows the one before");
        return "a new journal";
    }
    return done ? std::nullopt : std::optional{done.error().message()};
}

/// Nobody needs more rounds than: what it missed, what HQ lost, a journal that follows.
void World::all_speak()
{
    std::string open;
    for (int round = 0; round < 6; ++round) {
        open.clear();
        for (std::size_t i = 0; i < terminals_.size(); ++i)
            if (const auto left = exchange_with(i)) open += terminals_[i]->machine.name + ": " + *left + "; ";
        if (open.empty()) return;
    }
    throw Broken{"roads are open, and still not all is said: " + open};
}

LetterFate World::fate_of_letter()
{
    if (is_healed_ || random_.happens(3, 5)) return LetterFate::Good;
    return static_cast<LetterFate>(1 + random_.below(5));
}

Road& World::some_node() { return office_->node(random_.below(office_->nodes())); }

Expected<Bytes> World::at_hq(const std::function<Expected<Bytes>(Road&)>& ask)
{
    const auto silent = fail(ErrorKind::Unavailable, "link.unreachable");
    if (!office_->is_on() || office_->machine.disk.is_dead()) return silent;
    for (const auto& terminal : terminals_)
        if (terminal->is_on() && !terminal->machine.disk.is_dead()) auditor_.note_rows(terminal->news()); // somebody may have decided meanwhile
    auto reply = ask(some_node());
    if (reply) auditor_.note_reply(*reply);
    return office_->machine.disk.is_dead() ? Expected<Bytes>{silent} : std::move(reply);
}

void World::something_else_happens(std::size_t)
{
    if (is_healed_ || is_nested_ || !random_.happens(1, 12)) return;
    is_nested_ = true;
    tell("  meanwhile:");
    step();
    is_nested_ = false;
}

const Bytes& World::keep_letter(Bytes request)
{
    letters_.push_back(std::move(request));
    return letters_.back();
}

void World::keep_reply(const Bytes& reply) { replies_.push_back(reply); }

Bytes World::old_reply(const Bytes& instead) { return replies_.empty() ? instead : replies_[random_.below(replies_.size())]; }

Bytes World::spoilt(Bytes bytes)
{
    if (bytes.empty() || random_.happens(1, 2))
        bytes.resize(random_.below(bytes.size() + 1));
    else
        bytes[random_.below(bytes.size())] ^= static_cast<std::uint8_t>(1U << random_.below(8));
    return bytes;
}

/// Long after everybody has stopped waiting for the answer.
void World::letter_comes_late()
{
    if (letters_.empty()) return;
    tell("an old letter reaches hq");
    const auto letter = letters_[random_.below(letters_.size())];
    const auto reply = at_hq([&](Road& road) { return road.exchange(letter); });
    if (reply) keep_reply(*reply);
}

void World::time_passes()
{
    const Elapsed by{static_cast<std::int64_t>(random_.below(36'000'000))};
    for (const auto& terminal : terminals_) terminal->machine.clock.advance(by);
    office_->machine.clock.advance(by);
}

void World::clock_is_set()
{
    auto& machine = some_machine();
    const auto by = static_cast<std::int64_t>(random_.below(172'800'000)) - 86'400'000;
    machine.clock.step(Elapsed{by});
    tell(machine.name + "'s clock is set by " + std::to_string(by / 1000) + " s");
}

void World::plan_fault(Machine& machine)
{
    const bool happens = random_.happens(1, 2);
    switch (random_.below(4)) {
    case 0: machine.disk.plan({Kind::WriteFails, happens, static_cast<int>(random_.below(20))}); break;
    case 1: machine.disk.plan({Kind::SyncFails, happens, static_cast<int>(random_.below(5))}); break;
    default: machine.disk.plan({Kind::PowerCut, happens, static_cast<int>(random_.below(40))}); break;
    }
    tell(machine.name + "'s disk is about to fail");
}

void World::terminal_fails() { plan_fault(some_terminal().machine); }
void World::hq_fails() { plan_fault(office_->machine); }

void World::power_goes()
{
    auto& machine = some_machine();
    machine.disk.cut();
    tell("the power goes at " + machine.name);
}

void World::disk_fills()
{
    auto& machine = some_machine();
    const bool is_full = random_.happens(2, 3);
    const auto room = static_cast<std::int64_t>(random_.below(20'000));
    machine.disk.leave_room(is_full ? std::optional{room} : std::nullopt);
    tell(machine.name + (is_full ? "'s disk has room for " + std::to_string(room) + " bytes" : "'s disk has room again"));
}

void World::restart_terminal()
{
    const auto number = random_.below(terminals_.size());
    auto& terminal = *terminals_[number];
    if (!terminal.is_on() || speaking_.contains(number)) return;
    terminal.stop();
    terminal.machine.clock.reboot();
    tell(terminal.machine.name + (terminal.start() ? " starts again" : " does not start again"));
}

void World::restart_node()
{
    if (!office_->is_on()) return;
    office_->restart(random_.below(office_->nodes()));
    tell("a node starts again");
}

/// The same disk, twice; both go on.
void World::clone_terminal()
{
    if (terminals_.size() >= 5) return;
    const auto& original = some_terminal();
    if (original.machine.disk.is_dead()) return;
    const auto name = original.machine.name + "'" + std::to_string(++copies_);
    tell(name + " is a copy of " + original.machine.name);
    add_terminal(name, original.machine.folder);
    terminals_.back()->machine.clock.moment = original.machine.clock.moment;
}

void World::copy_terminal()
{
    const auto& terminal = some_terminal();
    if (terminal.machine.disk.is_dead()) return;
    const auto copy = folder_ / ("copy of " + terminal.machine.name);
    std::filesystem::remove_all(copy);
    copy_folder(terminal.machine.folder, copy);
    tell(terminal.machine.name + " is copied");
}

/// An older image of its disk. What only the newer one had is lost, as it must be; what HQ has is not.
void World::put_terminal_back()
{
    const auto number = random_.below(terminals_.size());
    auto& terminal = *terminals_[number];
    const auto copy = folder_ / ("copy of " + terminal.machine.name);
    if (speaking_.contains(number) || !std::filesystem::exists(copy)) return;
    terminal.replace(copy);
    tell(terminal.machine.name + " is put back to its copy");
    demand(terminal.start(), terminal.machine.name + " does not start from its copy");
}

void World::copy_hq()
{
    if (office_->machine.disk.is_dead()) return;
    std::filesystem::remove_all(folder_ / "copy");
    copy_folder(office_->machine.folder, folder_ / "copy");
    tell("hq is copied");
}

void World::restore_hq()
{
    if (!std::filesystem::exists(folder_ / "copy") || office_->machine.disk.has_plan()) return;
    office_->replace(folder_ / "copy");
    is_rolled_back_ = random_.happens(1, 2);
    auditor_.note_rollback();
    if (!is_rolled_back_) begin_incarnation();
    demand(office_->start(), "the restored HQ does not start");
    tell(is_rolled_back_ ? "hq is put back to its copy, and nobody is told" : "hq is restored from its copy");
}

/// Whoever restores sets the clock right first: two lives from one copy are ordered by nothing else.
void World::begin_incarnation()
{
    auto& now = office_->machine.clock.moment.at;
    now = restored_at_ = std::max(restored_at_, now) + Elapsed{2000};
    office_->begin_incarnation();
}

void World::change_roster()
{
    if (office_->is_on() && !office_->machine.disk.is_dead() && office_->change_roster()) tell("the roster changes");
}

void World::change_keys()
{
    if (!office_->is_on() || office_->machine.disk.is_dead()) return;
    hq::KeyWishes wishes;
    for (const auto role : {hq::KeyRole::Receipt, hq::KeyRole::Release, hq::KeyRole::Identity, hq::KeyRole::Sealing})
        if (random_.happens(1, 2)) (random_.happens(1, 4) ? wishes.drop : wishes.replace).insert(role);
    const auto faults = office_->machine.disk.faults();
    const auto changed = office_->change_keys(wishes);
    tell(changed ? "hq has new keys" : "hq cannot install new keys: " + changed.error().message());
    demand(changed || office_->machine.disk.faults() > faults, "HQ's keys cannot be changed: " + (changed ? "" : changed.error().message()));
}

void World::heal()
{
    tell("all heals");
    is_healed_ = true;
    const auto mend = [](Machine& machine) { machine.disk.forget_plan(), machine.disk.leave_room(std::nullopt); };
    mend(office_->machine);
    if (office_->machine.disk.is_dead()) office_->stop();
    demand(office_->is_on() || office_->start(), "HQ does not start in a healed world");
    for (auto& terminal : terminals_) {
        mend(terminal->machine);
        stop_if_dead(*terminal);
        demand(terminal->is_on() || terminal->start(), terminal->machine.name + " does not start in a healed world");
    }
    if (is_rolled_back_) {
        for (std::size_t i = 0; i < terminals_.size(); ++i) static_cast<void>(exchange_with(i)); // the operator is told, and does what is to be done
        office_->stop();
        begin_incarnation();
        demand(office_->start(), "HQ does not start after restore --in-place");
        tell("hq is restored in place");
    }
    if (office_->has_keys_to_install()) need(office_->change_keys({}), "HQ's keys in a healed world");
    all_speak();
    auditor_.judge_arrival(*office_, terminals_);
    auditor_.judge(*office_);
    auditor_.judge_pages(*office_);
    auditor_.judge_chains(*office_, true);
    for (const auto& terminal : terminals_)
        demand(terminal->receipt() && terminal->receipt()->head == terminal->journal().head(), terminal->machine.name + " does not know that all is at HQ");
}

} // namespace adal::simulation
