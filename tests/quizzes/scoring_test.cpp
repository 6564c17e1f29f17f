#include "quizzes/scoring.hpp"
#include "tests/quizzes/samples.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::quizzes;

namespace {
Item choose_all_that_apply()
{
    auto item = samples::item("gifts-01", "gifts", Difficulty::Easy);
    item.kind = ItemKind::MultipleChoice;
    item.choices[1].is_right = true; // A and B
    return item;
}
} // namespace

TEST_CASE("one right choice is a point, and nothing else is")
{
    const auto item = samples::item("gifts-01", "gifts", Difficulty::Easy);
    CHECK(is_right(item, {{"A"}}));
    CHECK_FALSE(is_right(item, {{"B"}}));
    CHECK_FALSE(is_right(item, {}));
}

TEST_CASE("where all that apply are to be chosen, a part of them is not enough and too many are wrong")
{
    const auto item = choose_all_that_apply();
    CHECK(is_right(item, {{"A"}, {"B"}}));
    CHECK(is_right(item, {{"B"}, {"A"}}));
    CHECK_FALSE(is_right(item, {{"A"}}));
    CHECK_FALSE(is_right(item, {{"A"}, {"B"}, {"C"}}));
}

TEST_CASE("the verdict counts points by topic, in the blueprint's order")
{
    const auto bank = samples::bank();
    const std::vector<DrawnItem> form{{{"speak-up-01"}, "r1", {}}, {{"gifts-01"}, "r1", {}}, {{"gifts-07"}, "r1", {}}};
    const auto verdict = score(samples::test(), bank, form, {{{"gifts-01"}, {{"A"}}}, {{"speak-up-01"}, {{"C"}}}}, 1);
    CHECK(verdict.score == Score{1, 3});
    CHECK(verdict.topics == std::vector<TopicScore>{{{"gifts"}, {1, 2}}, {{"speak-up"}, {0, 1}}});
    CHECK(verdict.passed);
}

TEST_CASE("the pass mark itself is a pass, a point less is not")
{
    const auto bank = samples::bank();
    const std::vector<DrawnItem> form{{{"gifts-01"}, "r1", {}}, {{"gifts-07"}, "r1", {}}};
    const Responses one_right{{{"gifts-01"}, {{"A"}}}};
    CHECK(score(samples::test(), bank, form, one_right, 1).passed);
    CHECK_FALSE(score(samples::test(), bank, form, one_right, 2).passed);
}
