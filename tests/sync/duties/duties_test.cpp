#include "sync/duties/duties.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;
using content::DutyKind;
using content::PersonClass;
using std::chrono::days;

namespace {

// The first day of work; everything below is so many days from it.
constexpr Date start{std::chrono::year{2026} / 9 / 1};

UtcTime noon(Date day) { return UtcTime{day} + std::chrono::hours{7}; } // 12:00 in Almaty

content::DutyRule code_rule()
{
    return {.id = {"code"}, .kind = DutyKind::Acknowledgement, .object = "anti-corruption-code", .title = {}, .reason = {},
            .who = {.classes = {PersonClass::Employee, PersonClass::Contractor}}, .due = {.days_after_start = 10, .days_before_probation_end = {}}};
}
content::DutyRule module_rule()
{
    return {.id = {"speak-up"}, .kind = DutyKind::Module, .object = "speak-up", .title = {}, .reason = {},
            .who = {.classes = {PersonClass::Employee}}, .due = {.days_after_start = 21, .days_before_probation_end = {}}};
}
content::DutyRule test_rule()
{
    return {.id = {"probation-test"}, .kind = DutyKind::Test, .object = "probation", .title = {}, .reason = {},
            .who = {.classes = {PersonClass::Employee}, .on_probation = true}, .due = {.days_after_start = {}, .days_before_probation_end = 14}};
}
content::Curriculum curriculum() { return {.version = 1, .duties = {code_rule(), module_rule(), test_rule()}}; }
const std::map<std::string, TestPolicy> policies{{"probation", {.attempts = 3, .cooldown_days = 3}}};

Person person(PersonClass person_class = PersonClass::Employee)
{
    Person person;
    person.id = {"p-1"};
    person.assignments = {{.employer = {"kazakhmys"}, .number = "4711", .unit = {"shop-2"}, .site = {"balkhash"}, .position = "",
                           .person_class = person_class, .from = start, .to = {}, .probation_end = start + days{90}}};
    return person;
}

Event event(Fact fact, Date day = start, std::uint64_t seq = 1)
{
    return {.seq = seq, .moment = {.at = noon(day), .boot = "b", .uptime = {}}, .actor = PersonId{"p-1"}, .fact = std::move(fact)};
}
Fact attempt_started(const std::string& id)
{
    quizzes::AttemptStarted started;
    started.attempt = {id};
    started.test = {"probation"};
    started.test_version = 1;
    return started;
}
Fact attempt_closed(const std::string& id, int points, quizzes::CloseReason reason = quizzes::CloseReason::Submitted)
{
    quizzes::AttemptClosed closed;
    closed.attempt = {id};
    closed.test = {"probation"};
    closed.reason = reason;
    closed.score = {points, 20};
    closed.passed = points >= 14 && reason != quizzes::CloseReason::Interrupted;
    return closed;
}
Fact section_read(int version, int section)
{
    return content::SectionRead{.document = {"anti-corruption-code"}, .version = version, .section = section, .language = Language::kk, .seconds = 30};
}
Fact acknowledged(int version)
{
    return content::DocumentAcknowledged{.document = {"anti-corruption-code"}, .version = version, .language = Language::kk,
                                         .read_in = {Language::kk}, .text = {}, .declaration = ""};
}

Achievements after(const std::vector<Event>& events)
{
    Achievements achievements;
    for (const auto& one : events) achievements.apply(one);
    return achievements;
}
DutyView view(const std::vector<DutyView>& views, const std::string& duty)
{
    for (const auto& one : views)
        if (one.rule->id.text == duty) return one;
    FAIL("not owed: ", duty);
    return {};
}

} // namespace

TEST_CASE("due dates count from the first day of work, or back from the end of probation")
{
    CHECK(due_date(code_rule(), person(), start) == start + days{10});
    CHECK(due_date(module_rule(), person(), start) == start + days{21});
    CHECK(due_date(test_rule(), person(), start) == start + days{76});
}

TEST_CASE("a contractor owes the Code but neither the module nor the test")
{
    CHECK(owes(code_rule(), person(PersonClass::Contractor), start));
    CHECK_FALSE(owes(module_rule(), person(PersonClass::Contractor), start));
    CHECK_FALSE(due_date(module_rule(), person(PersonClass::Contractor), start));
}

TEST_CASE("the probation test is owed up to the last day of probation")
{
    CHECK(owes(test_rule(), person(), start + days{90}));
    CHECK_FALSE(owes(test_rule(), person(), start + days{91}));
    auto without = person();
    without.assignments[0].probation_end.reset();
    CHECK_FALSE(owes(test_rule(), without, start));
}

TEST_CASE("nothing is owed before the first day of work or after the last")
{
    auto leaver = person();
    leaver.assignments[0].to = start + days{5};
    CHECK_FALSE(owes(code_rule(), leaver, start - days{1}));
    CHECK(owes(code_rule(), leaver, start + days{5}));
    CHECK_FALSE(owes(code_rule(), leaver, start + days{6}));
}

TEST_CASE("of two assignments the earlier date counts")
{
    auto two = person();
    two.assignments.push_back(two.assignments[0]);
    two.assignments[1].from = start - days{3};
    CHECK(due_date(code_rule(), two, start) == start + days{7});
}

TEST_CASE("a duty is due on its day and overdue the day after")
{
    const Achievement nothing;
    const auto due = start + days{10};
    CHECK(state_of(code_rule(), nothing, due, due, {}) == DutyState::Due);
    CHECK(state_of(code_rule(), nothing, due, due + days{1}, {}) == DutyState::Overdue);
    CHECK(state_of(code_rule(), nothing, std::nullopt, due + days{1}, {}) == DutyState::Due);
}

TEST_CASE("done is stronger than attempts used up, that than overdue, that than in progress")
{
    Achievement achievement;
    achievement.started = noon(start);
    const auto due = start + days{76};
    const TestPolicy three{.attempts = 3, .cooldown_days = 3};
    CHECK(state_of(test_rule(), achievement, due, start, three) == DutyState::InProgress);
    CHECK(state_of(test_rule(), achievement, due, due + days{1}, three) == DutyState::Overdue);
    achievement.attempts_counted = 3;
    CHECK(state_of(test_rule(), achievement, due, due + days{1}, three) == DutyState::AttemptsUsedUp);
    achievement.done = noon(start);
    CHECK(state_of(test_rule(), achievement, due, due + days{1}, three) == DutyState::Done);
}

TEST_CASE("sections read make progress, and the acknowledgement makes it done")
{
    const auto reading = after({event(section_read(1, 1)), event(section_read(1, 2)), event(section_read(1, 1))});
    const auto* started = reading.find("anti-corruption-code");
    REQUIRE(started);
    CHECK(started->parts == std::set{1, 2});
    CHECK_FALSE(started->done);

    const auto done = after({event(section_read(1, 1)), event(acknowledged(1), start + days{2}, 9)});
    CHECK(done.find("anti-corruption-code")->done == noon(start + days{2}));
    CHECK(done.find("anti-corruption-code")->done_seq == 9);
}

TEST_CASE("a new version of the Code is read and acknowledged anew; a late fact about the old one changes nothing")
{
    auto achievements = after({event(acknowledged(1)), event(section_read(2, 3), start + days{30}), event(section_read(1, 1), start + days{31})});
    const auto* code = achievements.find("anti-corruption-code");
    CHECK(code->version == 2);
    CHECK(code->parts == std::set{3});
    CHECK_FALSE(code->done);
}

TEST_CASE("who had to leave has not used up an attempt")
{
    const auto achievements = after({event(attempt_started("a")), event(attempt_closed("a", 3, quizzes::CloseReason::Interrupted))});
    const auto* test = achievements.find("probation");
    CHECK(test->attempts_counted == 0);
    CHECK_FALSE(test->open_attempt);
    CHECK_FALSE(test->last_result);
}

TEST_CASE("an attempt is open until it is closed")
{
    const auto achievements = after({event(attempt_started("a"))});
    CHECK(achievements.find("probation")->open_attempt == AttemptId{"a"});
}

TEST_CASE("after a failed attempt the next one waits for the cooldown, counted in days at the company's place")
{
    const auto achievements = after({event(attempt_started("a")), event(attempt_closed("a", 9))});
    const auto now = view(duties_of(curriculum(), person(), achievements, start, policies), "probation-test");
    CHECK(now.state == DutyState::InProgress);
    CHECK(now.next_attempt_on == start + days{3});
    CHECK_FALSE(view(duties_of(curriculum(), person(), achievements, start + days{3}, policies), "probation-test").next_attempt_on);
}

TEST_CASE("the cooldown yields to the deadline")
{
    const auto due = start + days{76};
    const auto achievements = after({event(attempt_started("a"), due - days{1}), event(attempt_closed("a", 9), due - days{1})});
    CHECK(view(duties_of(curriculum(), person(), achievements, due - days{1}, policies), "probation-test").next_attempt_on == due);
    CHECK_FALSE(view(duties_of(curriculum(), person(), achievements, due, policies), "probation-test").next_attempt_on);
}

TEST_CASE("passing is done, with the result that passed, whatever is tried afterwards")
{
    const auto achievements = after({event(attempt_closed("a", 9)), event(attempt_closed("b", 17)), event(attempt_closed("c", 8))});
    const auto shown = view(duties_of(curriculum(), person(), achievements, start, policies), "probation-test");
    CHECK(shown.state == DutyState::Done);
    CHECK(shown.achievement.passing_result->score == quizzes::Score{17, 20});
    CHECK(shown.achievement.last_result->score == quizzes::Score{8, 20});
    CHECK(shown.achievement.attempts_counted == 3);
}

TEST_CASE("the next step comes first: overdue, then by date; what is done comes last")
{
    const auto order = [](const std::vector<DutyView>& views) {
        std::string names;
        for (const auto& one : views) names += one.rule->id.text + " ";
        return names;
    };
    CHECK(order(duties_of(curriculum(), person(), {}, start, policies)) == "code speak-up probation-test ");
    const auto achievements = after({event(acknowledged(1))});
    CHECK(order(duties_of(curriculum(), person(), achievements, start + days{30}, policies)) == "speak-up probation-test code ");
}

TEST_CASE("days left are counted to the due date and become negative after it")
{
    CHECK(view(duties_of(curriculum(), person(), {}, start + days{4}, policies), "code").days_left == 6);
    CHECK(view(duties_of(curriculum(), person(), {}, start + days{12}, policies), "code").days_left == -2);
}

TEST_CASE("with a probation shorter than the notice the test is due on its last day, not before she came")
{
    auto short_time = person();
    short_time.assignments[0].probation_end = start + days{10};
    CHECK(due_date(test_rule(), short_time, start) == start + days{10});
    short_time.assignments[0].probation_end = start + days{14};
    CHECK(due_date(test_rule(), short_time, start) == start);
}

TEST_CASE("an attempt closed by two clones of one terminal counts once")
{
    const auto achievements = after({event(attempt_started("a")), event(attempt_closed("a", 9)), event(attempt_closed("a", 10))});
    CHECK(achievements.find("probation")->attempts_counted == 1);
    CHECK(achievements.find("probation")->last_result->score.points == 10);
}
