#include "sync/link/terminal_link.hpp"
#include "tests/support/manual_clock.hpp"
#include <chrono>
#include <iostream>

/// A terminal in a few lines: enrols at HQ_URL with CODE into FOLDER, lets the newcomer read, learn and be tested, and sends it all.
/// So the console's pages have something to show in a browser test. The facts are made up, the journal and the road are real.
namespace {

using namespace adal;
using namespace adal::sync;
using std::chrono::seconds;

const PersonId newcomer{"p-000001"}, colleague{"p-000002"};

class Day {
public:
    Day(Journal& journal, support::ManualClock& clock) : journal_(journal), clock_(clock) {}
    void does(const PersonId& who, const std::vector<Fact>& facts, seconds after)
    {
        clock_.advance(after);
        if (!journal_.append(who, facts)) std::exit(1);
    }

private:
    Journal& journal_;
    support::ManualClock& clock_;
};

void read_the_code(Day& day, const PersonId& who)
{
    const DocumentId code{"anti-corruption-code"};
    for (int section = 1; section <= 12; ++section)
        day.does(who, {content::SectionRead{.document = code, .version = 1, .section = section, .language = Language::kk, .seconds = 38}}, seconds{40});
    day.does(who, {content::DocumentAcknowledged{.document = code, .version = 1, .language = Language::kk, .read_in = {Language::kk}, .text = sha256(bytes_of("code")), .declaration = "{name}"}},
             seconds{25});
}

void take_the_module(Day& day, const PersonId& who)
{
    for (int page = 1; page <= 7; ++page)
        day.does(who, {content::PageFinished{.module = {"speak-up"}, .version = 1, .page = page, .language = Language::kk}}, seconds{45});
    day.does(who, {content::CheckAnswered{.module = {"speak-up"}, .version = 1, .item = {"speak-up-m1"}, .choice = {"B"}, .right = true, .language = Language::kk}}, seconds{12});
    day.does(who, {content::ModuleCompleted{.module = {"speak-up"}, .version = 1}}, seconds{5});
}

void be_tested(Day& day, const PersonId& who)
{
    const AttemptId attempt{"5e1f09c4a2e98c1d"};
    quizzes::AttemptStarted started{.attempt = attempt, .test = {"probation"}, .test_version = 1, .seed = 0x5e1f09c4, .time_limit = std::chrono::minutes{20}, .pass_mark = 14, .items = {}};
    std::vector<quizzes::TopicScore> topics;
    constexpr int points[]{4, 3, 3, 4, 2};
    for (const char* topic : {"gifts", "speak-up", "conflict", "liability", "counterparties"}) {
        topics.push_back({{topic}, {points[topics.size()], 4}});
        for (int i = 1; i <= 4; ++i) started.items.push_back({.item = {std::string{topic} + "-0" + std::to_string(i)}, .revision = "0011aabb", .choices = {{"A"}, {"B"}, {"C"}, {"D"}}});
    }
    day.does(who, {started}, seconds{20});
    int n = 0;
    for (const auto& item : started.items) {
        day.does(who, {quizzes::ItemPresented{attempt, item.item}}, seconds{1});
        day.does(who, {quizzes::ResponseGiven{.attempt = attempt, .item = item.item, .revision = item.revision, .response = {{"A"}}, .language = ++n > 18 ? Language::ru : Language::kk}}, seconds{41});
    }
    day.does(who, {quizzes::AttemptClosed{.attempt = attempt, .test = {"probation"}, .reason = quizzes::CloseReason::Submitted, .score = {16, 20}, .passed = true, .topics = topics,
                                          .time_used = std::chrono::minutes{14}}},
             seconds{9});
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4) return 2;
    support::ManualClock clock;
    clock.moment.at = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()) - std::chrono::hours{1};
    SystemRandom random;
    const TerminalFolder folder{argv[3]};
    const auto road = http_road(argv[1]);
    const auto enrolment = enrol(folder, argv[2], argv[1], *road, clock, random);
    if (!enrolment) return std::cerr << enrolment.error().message() << '\n', 1;
    const auto key = KeyPair::open(folder.key());
    auto journal = Journal::open(folder.journal(), *key, clock);
    auto beside = Beside::open(folder.beside());
    if (!journal || !beside) return 1;

    Day day{*journal, clock};
    day.does(newcomer, {SignedIn{{"balkhashtsvetmet"}, Identification::OneTimeCode, Language::kk}, PinSet{1, 1}}, seconds{30});
    read_the_code(day, newcomer);
    take_the_module(day, newcomer);
    be_tested(day, newcomer);
    day.does(newcomer, {SignedOut{SignOutReason::Asked}}, seconds{10});
    day.does(colleague, {SignedIn{{"balkhashtsvetmet"}, Identification::Pin, Language::kk}}, seconds{60});
    read_the_code(day, colleague);
    day.does(colleague, {content::PageFinished{.module = {"speak-up"}, .version = 1, .page = 1, .language = Language::kk}}, seconds{45});

    const auto sent = exchange(folder, *journal, *beside, *key, *enrolment, *road, clock);
    if (!sent) return std::cerr << sent.error().message() << '\n', 1;
    std::cout << sent->sent << '\n';
}
