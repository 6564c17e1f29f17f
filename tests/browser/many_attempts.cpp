#include "quizzes/draw.hpp"
#include "quizzes/scoring.hpp"
#include "sync/link/terminal_link.hpp"
#include "sync/packs/pack.hpp"
#include "tests/support/manual_clock.hpp"
#include <chrono>
#include <iostream>
#include <random>

/// Two hundred and fifty people take the knowledge test at one terminal, which enrols at HQ_URL with CODE into FOLDER and sends it all: so that the
/// analysis has something to show. They draw from PACK, the published bank; one item is harder in Kazakh, of another a wrong choice is taken by those who know
/// most, and the last items are not always reached.
namespace {

using namespace adal;
using namespace adal::sync;
using std::chrono::seconds;

struct Room {
    Journal& journal;
    support::ManualClock& clock;
    quizzes::AssessmentTest test;
    quizzes::Bank bank;
    std::mt19937 dice{20261122};

    double chance() { return std::generate_canonical<double, 32>(dice); }
    void does(const PersonId& who, const std::vector<Fact>& facts, seconds after)
    {
        clock.advance(after);
        if (!journal.append(who, facts)) std::exit(1);
    }

    quizzes::Response answer(const quizzes::Item& item, double skill, Language language)
    {
        double right = 0.25 + 0.65 * skill;
        if (item.id.text == "gifts-01" && language == Language::kk) right -= 0.4;
        if (item.id.text == "speak-up-01") right = 0.9 - 0.7 * skill;
        quizzes::Response chosen, others;
        for (const auto& choice : item.choices) (choice.is_right ? chosen : others).push_back(choice.id.text);
        return chance() < right || others.empty() ? chosen : quizzes::Response{others[dice() % others.size()]};
    }

    void sit(int number)
    {
        const PersonId who{"p-" + std::to_string(500'000 + number)};
        const AttemptId attempt{"many" + std::to_string(number)};
        const auto language = number % 2 ? Language::kk : Language::ru;
        const double skill = chance();
        const auto form = quizzes::draw(test, bank, static_cast<std::uint32_t>(dice())).value();
        does(who, {quizzes::AttemptStarted{.attempt = attempt, .test = test.id, .test_version = test.version, .seed = 1, .time_limit = test.time_limit, .pass_mark = test.pass_mark, .items = form}}, seconds{5});
        const std::size_t reached = chance() < 0.8 ? form.size() : form.size() - 3;
        int points = 0;
        for (std::size_t i = 0; i < reached; ++i) {
            const auto& item = bank.items.at(form[i].item);
            const auto response = answer(item, skill, language);
            points += quizzes::points_for(item, response);
            does(who, {quizzes::ItemPresented{attempt, item.id}, quizzes::ResponseGiven{attempt, item.id, item.revision, response, language}}, seconds{15 + dice() % 40});
        }
        does(who, {quizzes::AttemptClosed{.attempt = attempt, .test = test.id, .reason = quizzes::CloseReason::Submitted, .score = {points, static_cast<int>(form.size())}, .passed = points >= test.pass_mark, .topics = {}, .time_used = std::chrono::minutes{12}}}, seconds{30});
    }
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 5) return 2;
    const std::filesystem::path file{argv[4]};
    const auto hash = hash_from_hex(file.stem().string());
    const auto pack = hash ? Pack::open(file, *hash) : Expected<Pack>{fail(ErrorKind::NotFound, "pack.missing")};
    if (!pack) return 1;
    support::ManualClock clock;
    clock.moment.at = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()) - std::chrono::days{3};
    SystemRandom random;
    const TerminalFolder folder{argv[3]};
    const auto road = http_road(argv[1]);
    const auto enrolment = enrol(folder, argv[2], argv[1], *road, clock, random);
    if (!enrolment) return std::cerr << enrolment.error().message() << '\n', 1;
    const auto key = KeyPair::open(folder.key());
    auto journal = Journal::open(folder.journal(), *key, clock);
    auto beside = Beside::open(folder.beside());
    if (!journal || !beside) return 1;
    Room room{*journal, clock, pack->test({"probation"}).value(), pack->bank().value()};
    for (int number = 0; number < 250; ++number) room.sit(number);
    const auto sent = exchange(folder, *journal, *beside, *key, *enrolment, *road, clock);
    if (!sent) return std::cerr << sent.error().message() << '\n', 1;
    std::cout << sent->sent << '\n';
}
