#include "quizzes/session.hpp"
#include "tests/quizzes/samples.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::quizzes;
using namespace std::chrono_literals;

namespace {
/// A session and the journal it would leave.
struct Desk {
    Bank bank = samples::bank();
    AssessmentTest test = samples::test();
    std::vector<Fact> journal{samples::started(test, bank, 5)};
    TestSession session = TestSession::replay(test, bank, journal).value();

    void record(const Expected<std::vector<Fact>>& facts)
    {
        for (const auto& fact : facts.value()) {
            journal.push_back(fact);
            session.apply(fact);
        }
    }
    ItemId item(std::size_t index) const { return session.item(index).id; }
    void answer(std::size_t index, const char* choice)
    {
        record(session.respond(item(index), {{choice}}, Language::kk));
    }
};
} // namespace

SCENARIO("an attempt survives a power cut")
{
    GIVEN("an employee who has answered two items and looks at the third")
    {
        Desk desk;
        desk.answer(0, "A");
        desk.answer(1, "B");
        desk.record(desk.session.flag(desk.item(1), true));
        desk.record(desk.session.present(desk.item(2)));
        WHEN("the terminal starts again and replays the journal")
        {
            desk.journal.push_back(AttemptResumed{{"a1"}, 12min});
            const auto session = TestSession::replay(desk.test, desk.bank, desk.journal).value();
            THEN("the third item is shown, and the two answers are still there to be changed")
            {
                CHECK(session.current() == 2);
                CHECK(session.answered() == 2);
                CHECK(session.response_to(desk.item(1)) == Response{"B"});
                CHECK(session.is_flagged(desk.item(1)));
                CHECK(session.time_left() == 12min);
            }
        }
    }
}

TEST_CASE("asking changes nothing until the fact is applied")
{
    Desk desk;
    CHECK(desk.session.respond(desk.item(0), {{"A"}}, Language::ru).value().size() == 1);
    CHECK(desk.session.answered() == 0);
}

TEST_CASE("a later response replaces an earlier one, and an empty one takes it back")
{
    Desk desk;
    desk.answer(0, "B");
    desk.answer(0, "A");
    CHECK(desk.session.response_to(desk.item(0)) == Response{"A"});
    desk.record(desk.session.respond(desk.item(0), {}, Language::kk));
    CHECK(desk.session.answered() == 0);
}

TEST_CASE("doing again what is already so records nothing")
{
    Desk desk;
    desk.answer(0, "B");
    CHECK(desk.session.respond(desk.item(0), {{"B"}}, Language::kk).value().empty());
    CHECK(desk.session.flag(desk.item(0), false).value().empty());
    desk.record(desk.session.present(desk.item(1)));
    CHECK(desk.session.present(desk.item(1)).value().empty());
}

TEST_CASE("an item or a choice that is not in the form is refused")
{
    const Desk desk;
    CHECK(desk.session.present({"no-such-01"}).error().kind == ErrorKind::InvalidInput);
    CHECK(desk.session.respond(desk.item(0), {{"E"}}, Language::en).error().kind == ErrorKind::InvalidInput);
    CHECK(desk.session.respond(desk.item(0), {{"A"}, {"B"}}, Language::en).error().key == "session.one_choice_only");
}

TEST_CASE("unanswered items count as wrong when the attempt is submitted")
{
    Desk desk;
    for (std::size_t i = 0; i < 4; ++i) desk.answer(i, "A");
    desk.record(desk.session.submit(9min));
    const auto& closed = desk.session.closed().value();
    CHECK(closed.reason == CloseReason::Submitted);
    CHECK(closed.score == Score{4, 6});
    CHECK(closed.passed);
    CHECK(closed.time_used == 9min);
    CHECK(closed.test == TestId{"probation"});
}

TEST_CASE("when time runs out the attempt closes by itself with what was answered, and not a moment earlier")
{
    Desk desk;
    desk.answer(0, "A");
    CHECK(desk.session.expire(20min - 1ms).empty());
    desk.record(desk.session.expire(20min + 3s));
    CHECK(desk.session.closed()->reason == CloseReason::TimeExpired);
    CHECK(desk.session.closed()->score == Score{1, 6});
    CHECK_FALSE(desk.session.closed()->passed);
    CHECK(desk.session.closed()->time_used == 20min);
    CHECK(desk.session.expire(21min).empty());
}

TEST_CASE("whoever must leave has no verdict, even with every answer right")
{
    Desk desk;
    for (std::size_t i = 0; i < 6; ++i) desk.answer(i, "A");
    desk.record(desk.session.interrupt(9min));
    CHECK(desk.session.closed()->reason == CloseReason::Interrupted);
    CHECK(desk.session.closed()->score == Score{6, 6});
    CHECK_FALSE(desk.session.closed()->passed);
}

TEST_CASE("leaving after the time ran out does not save the attempt")
{
    Desk desk;
    desk.record(desk.session.interrupt(25min));
    CHECK(desk.session.closed()->reason == CloseReason::TimeExpired);
}

TEST_CASE("a closed attempt accepts nothing")
{
    Desk desk;
    desk.record(desk.session.submit(1min));
    CHECK(desk.session.present(desk.item(0)).error().kind == ErrorKind::Conflict);
    CHECK(desk.session.respond(desk.item(0), {{"A"}}, Language::kk).error().kind == ErrorKind::Conflict);
    CHECK(desk.session.flag(desk.item(0), true).error().kind == ErrorKind::Conflict);
    CHECK(desk.session.submit(2min).error().kind == ErrorKind::Conflict);
    CHECK(desk.session.interrupt(2min).error().kind == ErrorKind::Conflict);
}

TEST_CASE("a journal without a beginning, with a changed item or with another attempt's facts is not replayed")
{
    Desk desk;
    const std::vector<Fact> nothing, no_start{ItemPresented{{"a1"}, desk.item(0)}};
    CHECK(TestSession::replay(desk.test, desk.bank, nothing).error().kind == ErrorKind::Corrupt);
    CHECK(TestSession::replay(desk.test, desk.bank, no_start).error().key == "session.no_start");

    auto changed = desk.bank;
    changed.items.at(desk.item(3)).revision = "r2";
    CHECK(TestSession::replay(desk.test, changed, desk.journal).error().key == "session.unknown_item");

    desk.journal.push_back(ItemPresented{{"a2"}, desk.item(0)});
    CHECK(TestSession::replay(desk.test, desk.bank, desk.journal).error().key == "session.foreign_fact");
}

TEST_CASE("the pass mark of the day the attempt began is the one that counts")
{
    Desk desk;
    for (std::size_t i = 0; i < 4; ++i) desk.answer(i, "A");
    desk.test.pass_mark = 6; // a newer release
    auto session = TestSession::replay(desk.test, desk.bank, desk.journal).value();
    CHECK(std::get<AttemptClosed>(session.submit(1min).value().front()).passed);
}

TEST_CASE("an attempt of no items, or of one item twice, is not replayed")
{
    Desk desk;
    auto started = samples::started(desk.test, desk.bank, 5);
    started.items.push_back(started.items.front());
    const std::vector<Fact> twice{started};
    CHECK(TestSession::replay(desk.test, desk.bank, twice).error().key == "session.unknown_item");
    started.items.clear();
    const std::vector<Fact> none{started};
    CHECK(TestSession::replay(desk.test, desk.bank, none).error().key == "session.no_start");
}

TEST_CASE("what a live session would have refused is not replayed either")
{
    const Desk desk;
    const auto refused = [&](Fact fact) {
        auto journal = desk.journal;
        journal.push_back(std::move(fact));
        const auto session = TestSession::replay(desk.test, desk.bank, journal);
        return !session && session.error().key == "session.foreign_fact";
    };
    CHECK(refused(ResponseGiven{{"a1"}, desk.item(0), "r1", {{"Z"}}, Language::kk}));
    CHECK(refused(ResponseGiven{{"a1"}, desk.item(0), "r1", {{"A"}, {"B"}}, Language::kk}));
    CHECK(refused(ResponseGiven{{"a1"}, desk.item(0), "r2", {{"A"}}, Language::kk}));
    CHECK(refused(AttemptResumed{{"a1"}, 21min}));
    CHECK(refused(AttemptResumed{{"a1"}, -1min}));
    CHECK_FALSE(refused(ResponseGiven{{"a1"}, desk.item(0), "r1", {}, Language::kk}));
}

TEST_CASE("a linear test goes from one item to the next and never back")
{
    const auto bank = samples::bank();
    auto test = samples::test();
    test.navigation = Navigation::Linear;
    const std::vector<Fact> journal{samples::started(test, bank, 3)};
    auto session = TestSession::replay(test, bank, journal).value();
    const auto at = [&](std::size_t i) { return session.started().items[i].item; };
    const auto go = [&](std::size_t i) {
        const auto facts = session.present(at(i));
        if (facts)
            for (const auto& fact : *facts) session.apply(fact);
        return static_cast<bool>(facts);
    };
    CHECK(go(0));
    CHECK_FALSE(go(2));
    CHECK(go(1));
    CHECK_FALSE(go(0));
    CHECK(session.respond(at(1), {"A"}, Language::kk));
    CHECK(session.respond(at(0), {"A"}, Language::kk).error().key == "session.only_forward");
    CHECK(session.submit(std::chrono::minutes{1}));
}
