#include "tests/simulation/world.hpp"
#include "tests/simulation/demand.hpp"
#include <cstdio>

namespace adal::simulation {

using namespace sync;

const std::vector<World::Possibility>& World::possibilities()
{
    static const std::vector<Possibility> all{
        {28, &World::decide},         {20, &World::exchange},          {4, &World::letter_comes_late}, {5, &World::time_passes},      {3, &World::clock_is_set},
        {6, &World::terminal_fails},  {6, &World::hq_fails},           {3, &World::power_goes},        {3, &World::disk_fills},       {4, &World::restart_terminal},
        {3, &World::restart_node},    {1, &World::clone_terminal},     {2, &World::copy_hq},           {1, &World::restore_hq},       {2, &World::change_roster},
        {1, &World::change_keys},     {2, &World::copy_terminal},      {1, &World::put_terminal_back}, {1, &World::terminal_dies},    {9, &World::terminal_writes_stick},
        {7, &World::hq_takes_stick},  {5, &World::hq_writes_stick},    {7, &World::terminal_takes_stick}, {3, &World::stick_suffers}, {1, &World::hq_takes_disk},
        {1, &World::withdraw_terminal}, {1, &World::accept_waiting},
    };
    return all;
}

World::World(const Template& start, const std::filesystem::path& folder, std::uint64_t seed) : random_(seed), folder_(folder)
{
    copy_folder(start.folder / "hq", folder / "hq");
    office_ = std::make_unique<Office>(folder / "hq", random_.number(), 1 + random_.below(2));
    demand(office_->start(), "HQ did not start");
    is_hq_clock_true_ = random_.happens(2, 3);
    const auto count = 1 + random_.below(start.terminals.size());
    for (std::size_t i = 0; i < count; ++i) add_terminal(start.terminals[i], start.folder / start.terminals[i], office_->machine.true_time);
    for (const auto* name : {"red", "blue", "green"}) sticks_.push_back(std::make_unique<PocketStick>(name, random_.number()));
    tell(std::to_string(count) + " terminals, " + std::to_string(office_->nodes()) + " nodes");
}

void World::add_terminal(const std::string& name, const std::filesystem::path& copied_from, UtcTime clock)
{
    copy_folder(copied_from, folder_ / name);
    terminals_.push_back(std::make_unique<Terminal>(name, folder_ / name, random_.number()));
    auto& terminal = *terminals_.back();
    terminal.machine.drift_ppm = static_cast<int>(random_.below(161)) - 80;
    terminal.machine.has_rtc = !random_.happens(1, 5);
    terminal.has_network = !random_.happens(1, 4);
    terminal.has_only_neighbours = random_.happens(1, 2);
    terminal.machine.true_time = office_->machine.true_time;
    terminal.machine.clock.moment.at = clock;
    terminal.machine.reboot();
    demand(terminal.start(), name + " did not start");
    note(terminal);
}

/// Where the world lies is not part of its story.
void World::tell(std::string line)
{
    const auto folder = folder_.string();
    for (auto at = line.find(folder); at != std::string::npos; at = line.find(folder)) line.erase(at, folder.size() + 1);
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
        if (!terminal->is_on()) continue;
        terminal->watch_clock();
        stop_if_dead(*terminal);
        if (terminal->is_on()) terminal->judge(), note(*terminal);
    }
    if (office_->machine.disk.is_dead()) office_->stop();
    care_for_the_dead();
    if (!office_->is_on()) return;
    auditor_.judge(*office_);
    if (steps_ % 8 == 0 && !office_->machine.disk.has_plan()) auditor_.judge_pages(*office_);
    if (steps_ % 16 == 0) auditor_.judge_chains(*office_, false);
}

void World::note(Terminal& terminal)
{
    if (terminal.is_on() && !terminal.machine.disk.is_dead()) auditor_.note_rows(terminal.news());
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
            if (started) note(*terminal);
        }
    if (!office_->is_on() && random_.happens(1, 2)) tell(office_->start() ? "hq is on again" : "hq did not start");
}

Terminal& World::some_terminal() { return *terminals_[random_.below(terminals_.size())]; }

std::optional<std::size_t> World::some_idle_terminal()
{
    const auto number = random_.below(terminals_.size());
    const auto& terminal = *terminals_[number];
    return terminal.is_on() && !terminal.machine.disk.is_dead() && !speaking_.contains(number) ? std::optional{number} : std::nullopt;
}

Machine& World::some_machine()
{
    const auto drawn = random_.below(terminals_.size() + 1);
    return drawn == terminals_.size() ? office_->machine : terminals_[drawn]->machine;
}

// --- people at terminals

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

/// In her own words, which nobody here can read.
std::vector<Fact> World::something_disputed(Terminal& terminal)
{
    const auto words = terminal.keep_body(random_.bytes(200 + random_.below(2000)));
    return words ? std::vector<Fact>{quizzes::ResultDisputed{.attempt = {"a0"}, .words = *words}} : std::vector<Fact>{};
}

/// Every decision begins with a mark that no other has: so a fact that came twice shows, whatever its hash.
void World::decide()
{
    auto& terminal = some_terminal();
    if (!terminal.is_on()) return;
    pass(Elapsed{static_cast<std::int64_t>(random_.below(60'000))});
    std::vector<Fact> facts{UnknownFact{"marked", "{\"mark\":" + std::to_string(++marks_) + "}"}};
    for (auto more = random_.below(3); more > 0; --more) facts.push_back(something_done());
    if (random_.happens(1, 8))
        for (auto& fact : something_disputed(terminal)) facts.push_back(std::move(fact));
    const bool kept = terminal.decide(people()[random_.below(people().size())], facts);
    tell(terminal.machine.name + " decides " + std::to_string(marks_) + (kept ? ", row " + std::to_string(terminal.journal().head().seq) : ", and cannot keep it"));
    note(terminal); // whoever reads the journal may send it from now on
}

void World::restart_terminal()
{
    const auto number = some_idle_terminal();
    if (!number) return;
    auto& terminal = *terminals_[*number];
    terminal.stop();
    const bool is_program_only = random_.happens(1, 2);
    if (!is_program_only) terminal.machine.reboot();
    const bool started = terminal.start();
    tell(terminal.machine.name + (is_program_only ? "'s program" : "") + (started ? " starts again" : " does not start again"));
    note(terminal);
}

void World::restart_node()
{
    if (!office_->is_on()) return;
    office_->restart(random_.below(office_->nodes()));
    tell("a node starts again");
}

// --- exchanges

void World::exchange()
{
    const auto number = random_.below(terminals_.size());
    if (terminals_[number]->has_network) static_cast<void>(exchange_with(number));
}

namespace {

std::string news_in(const Exchanged& done)
{
    std::string news;
    const auto add = [&](const char* what, bool is_new) { news += is_new ? std::string{news.empty() ? "" : ", "} + what : ""; };
    add("rows", done.sent > 0);
    add("bodies", done.bodies > 0);
    add("a release", done.new_release.has_value());
    add("a roster", done.new_roster.has_value());
    add("keys", done.new_keys.has_value());
    add("people", !done.changed_people.empty());
    return news;
}

} // namespace

/// What is still to be done afterwards: an error, a journal just begun that nobody knows of; or it brought something new, and there may be more.
World::Open World::exchange_with(std::size_t number)
{
    auto& terminal = *terminals_[number];
    if (!terminal.is_on() || terminal.machine.disk.is_dead() || !speaking_.insert(number).second) return std::nullopt;
    note(terminal);
    tell(terminal.machine.name + " speaks");
    CrookedRoad road{*this, number};
    const auto limit = random_.happens(1, 2) ? 1 + random_.below(6) : 500;
    const auto done = terminal.exchange(road, limit, random_.happens(1, 2));
    note(terminal);
    tell("  " + terminal.machine.name + (done ? ": " + std::to_string(done->sent) + " rows" : ": " + done.error().message()));
    std::optional<Error> trouble = done ? std::nullopt : std::optional{done.error()};
    if (done && !terminal.machine.disk.is_dead()) {
        const auto forwarded = terminal.forward(road); // its own are through
        if (!forwarded) trouble = forwarded.error();
        if (forwarded && forwarded->parts > 0) tell("  " + terminal.machine.name + " forwards " + std::to_string(forwarded->parts) + " parts of neighbours");
    }
    speaking_.erase(number);
    if (const auto open = begins_anew(terminal)) return open;
    if (trouble) return trouble->key == "link.revoked" ? std::nullopt : std::optional{trouble->message()};
    const auto news = news_in(*done);
    return news.empty() ? std::nullopt : std::optional{news};
}

World::Open World::begins_anew(Terminal& terminal)
{
    if (terminal.machine.disk.is_dead() || !terminal.succeed()) return std::nullopt;
    for (auto& history : terminal.histories()) auditor_.note_rows({{}, std::move(history)});
    tell("  " + terminal.machine.name + " begins a journal that follows the one before");
    return "a new journal";
}

// --- what a road asks

LetterFate World::fate_of_letter(std::size_t terminal)
{
    if (is_healed_ || random_.happens(3, 5)) return LetterFate::Good;
    const auto fate = static_cast<LetterFate>(1 + random_.below(5));
    if (fate == LetterFate::OldReply) terminals_[terminal]->has_blind_spot = true; // TLS keeps old answers out; without it they tell an old time
    return fate;
}

Road& World::some_node() { return office_->node(random_.below(office_->nodes())); }

Expected<Bytes> World::at_hq(const std::function<Expected<Bytes>(Road&)>& ask)
{
    const auto silent = fail(ErrorKind::Unavailable, "link.unreachable");
    if (!office_can_work()) return silent;
    auto reply = ask(some_node());
    return office_->machine.disk.is_dead() ? Expected<Bytes>{silent} : std::move(reply);
}

void World::something_else_happens()
{
    if (is_healed_ || is_nested_ || !random_.happens(1, 12)) return;
    is_nested_ = true;
    tell("  meanwhile:");
    step();
    is_nested_ = false;
}

void World::the_way_takes_time() { pass(Elapsed{static_cast<std::int64_t>(random_.below(random_.happens(1, 4) ? 3000 : 100))}); }

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
    const auto reply = at_hq([&](Road& road) {
        auto given = road.exchange(letter);
        if (given) note_reply(*given);
        return given;
    });
    if (reply) keep_reply(*reply);
}

} // namespace adal::simulation
