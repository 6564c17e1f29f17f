#include "quizzes/scoring.hpp"
#include "quizzes/session.hpp"
#include "tests/quizzes/samples.hpp"
#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace adal;
using namespace adal::quizzes;

namespace {
/// Something a person, or a clock, might want at any moment; numbers may point at items and choices that are not there.
struct Wish {
    int what, item, choice;
    int minutes;
};

Wish any_wish()
{
    return {*rc::gen::inRange(0, 14), *rc::gen::inRange(0, 8), *rc::gen::inRange(0, 6), *rc::gen::inRange(0, 22)};
}

Expected<std::vector<Fact>> ask(const TestSession& session, const Wish& wish)
{
    const auto count = static_cast<int>(session.started().items.size());
    const auto id = wish.item < count ? session.item(static_cast<std::size_t>(wish.item)).id : ItemId{"nowhere-01"};
    const ChoiceId choice{std::string(1, static_cast<char>('A' + wish.choice))};
    const Elapsed used = std::chrono::minutes{wish.minutes};
    if (wish.what < 6) return session.respond(id, {choice.text}, Language::kk);
    if (wish.what == 6) return session.respond(id, {}, Language::ru);
    if (wish.what < 9) return session.present(id);
    if (wish.what < 11) return session.flag(id, wish.choice % 2 == 0);
    if (wish.what == 11) return session.expire(used);
    return wish.what == 12 ? session.submit(used) : session.interrupt(used);
}

void same(const TestSession& one, const TestSession& other)
{
    RC_ASSERT(one.current() == other.current());
    RC_ASSERT(one.answered() == other.answered());
    RC_ASSERT(one.closed() == other.closed());
    for (const auto& drawn : one.started().items) {
        RC_ASSERT(one.response_to(drawn.item) == other.response_to(drawn.item));
        RC_ASSERT(one.is_flagged(drawn.item) == other.is_flagged(drawn.item));
    }
}

void check_closing(const AttemptClosed& closed)
{
    RC_ASSERT(closed.score.points >= 0);
    RC_ASSERT(closed.score.points <= closed.score.maximum);
    Score sum;
    for (const auto& topic : closed.topics) {
        sum.points += topic.score.points;
        sum.maximum += topic.score.maximum;
    }
    RC_ASSERT(sum == closed.score);
    RC_ASSERT(closed.passed == (closed.score.points >= 4 && closed.reason != CloseReason::Interrupted));
}
} // namespace

TEST_CASE("whatever a person does, the score stays possible, a replay agrees, and a closed attempt stays closed")
{
    const auto bank = samples::bank();
    const auto test = samples::test();
    CHECK(rc::check([&](std::uint32_t seed) {
        std::vector<Fact> journal{samples::started(test, bank, seed)};
        auto live = TestSession::replay(test, bank, journal).value();
        const auto wishes = *rc::gen::container<std::vector<int>>(rc::gen::just(0));
        for (std::size_t i = 0; i < wishes.size(); ++i) {
            const bool was_closed = live.closed().has_value();
            const auto facts = ask(live, any_wish());
            if (!facts) continue;
            RC_ASSERT(!was_closed || facts.value().empty());
            for (const auto& fact : facts.value()) {
                journal.push_back(fact);
                live.apply(fact);
            }
        }
        same(live, TestSession::replay(test, bank, journal).value());
        RC_ASSERT(live.answered() <= test.item_count());
        if (live.closed()) check_closing(*live.closed());
    }));
}
