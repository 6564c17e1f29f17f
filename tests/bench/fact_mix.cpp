#include "tests/bench/fact_mix.hpp"
#include <fmt/format.h>

namespace adal::bench {

using namespace adal::sync;

namespace {

constexpr int pages = 8, sections = 12, test_items = 20;
const EmployerId employer{"kazakhmys"};

AttemptId new_attempt(Random& random) { return {to_hex(random.bytes(8))}; }
ItemId item_number(std::size_t number) { return {fmt::format("gifts-{:02}", number)}; }
std::string revision_of(std::size_t number) { return fmt::format("{:08x}", number * 2'654'435'761U % 4'294'967'291U); }
ChoiceId choice_number(std::size_t number) { return {std::string(1, static_cast<char>('A' + number))}; }

quizzes::AttemptStarted drawn(support::SeededRandom& random)
{
    quizzes::AttemptStarted started{.attempt = new_attempt(random),
                                    .test = {"probation"},
                                    .test_version = 1,
                                    .seed = static_cast<std::uint32_t>(random.number()),
                                    .time_limit = std::chrono::minutes{20},
                                    .pass_mark = 14,
                                    .items = {}};
    for (std::size_t i = 0; i < test_items; ++i) {
        const auto number = i * 3 + random.below(3); // of sixty
        quizzes::DrawnItem item{.item = item_number(number), .revision = revision_of(number), .choices = {}};
        const auto first = random.below(4);
        for (std::size_t choice = 0; choice < 4; ++choice) item.choices.push_back(choice_number((first + choice) % 4));
        started.items.push_back(std::move(item));
    }
    return started;
}

} // namespace

void WorkingClock::next_morning()
{
    constexpr std::int64_t day = 86'400'000;
    moment.at = from_ms((to_ms(moment.at) / day + 1) * day + 3 * 3'600'000); // eight o'clock
    const auto id = to_hex(sha256(bytes_of(moment.boot)));
    moment.boot = fmt::format("{}-{}-{}-{}-{}", id.substr(0, 8), id.substr(8, 4), id.substr(12, 4), id.substr(16, 4), id.substr(20, 12));
    moment.uptime = Elapsed{48'211};
}

FactMix::FactMix(Journal& journal, WorkingClock& clock, std::vector<PersonId> people, UtcTime now)
    : journal_(journal), clock_(clock), people_(std::move(people)), random_(journal.head().seq)
{
    const auto last = journal.read_after(journal.head().seq - 1, 1);
    clock_.moment = last && !last->empty() ? last->front().moment : Moment{now, "boot", {}};
    if (clock_.moment.at < now - std::chrono::hours{24}) return;
    clock_.moment.at = now - std::chrono::days{90};
    is_new_day_ = true;
}

void FactMix::decide(const Actor& actor, const Facts& facts, int seconds)
{
    if (failed_ || journal_.head().seq >= wanted_) return;
    clock_.advance(std::chrono::milliseconds{seconds * 500 + static_cast<std::int64_t>(random_.below(static_cast<std::size_t>(seconds) * 1000))});
    const auto written = journal_.append(actor, facts);
    if (!written) failed_ = written.error();
}

void FactMix::start()
{
    const auto terminal = journal_.terminal();
    decide(terminal, {TerminalStarted{"0.2.0"}}, 2);
    const auto uptime = clock_.moment.uptime.count();
    decide(terminal, {ClockCompared{to_ms(clock_.moment.at) + 340 + static_cast<std::int64_t>(random_.below(40)), uptime, 21}}, 5);
}

void FactMix::read_code(const PersonId& person)
{
    for (int section = 1; section <= sections; ++section) {
        const int seconds = 8 + static_cast<int>(random_.below(60));
        decide(person, {content::SectionRead{{"anti-corruption-code"}, 1, section, Language::ru, seconds}}, seconds);
    }
    decide(person,
           {content::DocumentAcknowledged{{"anti-corruption-code"},
                                          1,
                                          Language::ru,
                                          {Language::ru},
                                          sha256(bytes_of("the code")),
                                          "Я, {name}, ознакомлен(а) с Антикоррупционным кодексом и обязуюсь его соблюдать."}},
           12);
}

void FactMix::take_module(const PersonId& person)
{
    const ModuleId module{"speak-up"};
    for (int page = 1; page <= pages; ++page) {
        decide(person, {content::PageFinished{module, 1, page, Language::ru}}, 40);
        if (page % 2 != 0) continue;
        const ItemId check{fmt::format("check-{}", page / 2)};
        decide(person, {content::CheckAnswered{module, 1, check, choice_number(random_.below(3)), random_.happens(4, 5), Language::ru}}, 15);
    }
    decide(person, {content::ModuleCompleted{module, 1}}, 3);
}

void FactMix::take_test(const PersonId& person)
{
    const auto started = drawn(random_);
    const auto& attempt = started.attempt;
    decide(person, {started, quizzes::ItemPresented{attempt, started.items[0].item}}, 10);
    for (std::size_t i = 0; i < test_items; ++i) {
        const auto& shown = started.items[i];
        decide(person, {quizzes::ResponseGiven{attempt, shown.item, shown.revision, {shown.choices[random_.below(4)].text}, Language::ru}}, 22);
        if (random_.happens(1, 15)) decide(person, {quizzes::ItemFlagged{attempt, shown.item, true}}, 2);
        if (i + 1 < test_items) decide(person, {quizzes::ItemPresented{attempt, started.items[i + 1].item}}, 2);
    }
    const int points = 10 + static_cast<int>(random_.below(11));
    decide(person,
           {quizzes::AttemptClosed{.attempt = attempt,
                                   .test = started.test,
                                   .reason = quizzes::CloseReason::Submitted,
                                   .score = {points, test_items},
                                   .passed = points >= started.pass_mark,
                                   .topics = {{{"gifts"}, {points / 2, 10}}, {{"reporting"}, {points - points / 2, 10}}},
                                   .time_used = std::chrono::minutes{9}}},
           8);
}

void FactMix::visit()
{
    const auto& person = people_[random_.below(people_.size())];
    if (random_.happens(1, 12)) decide(journal_.terminal(), {SignInRefused{person}}, 15);
    decide(person, {SignedIn{employer, Identification::Pin, Language::ru}}, 30);
    if (random_.happens(1, 2)) read_code(person);
    if (random_.happens(1, 2)) take_module(person);
    take_test(person);
    decide(person, {SignedOut{SignOutReason::Asked}}, 10);
    if (random_.happens(1, 30)) clock_.next_morning(), start();
}

Expected<Done> FactMix::write(std::uint64_t facts)
{
    wanted_ = journal_.head().seq + facts;
    if (is_new_day_) clock_.next_morning(), start();
    is_new_day_ = false;
    while (journal_.head().seq < wanted_ && !failed_) visit();
    return failed_ ? Expected<Done>{*failed_} : Done{};
}

} // namespace adal::bench
