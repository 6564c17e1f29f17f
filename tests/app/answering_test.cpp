#include "app/answering.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::app;
using quizzes::Response;

namespace {
const quizzes::DrawnItem pairs{{"i"}, "r", {{"A"}, {"B"}, {"C"}}, {{"P"}, {"Q"}, {"R"}, {"S"}}};
const quizzes::DrawnItem steps{{"i"}, "r", {{"B"}, {"A"}, {"C"}}};
} // namespace

TEST_CASE("a source has one partner: a new one replaces it, none frees it")
{
    const Response one = paired({}, {"A"}, {"Q"});
    CHECK(one == Response{"A Q"});
    CHECK(paired(one, {"A"}, {"P"}) == Response{"A P"});
    CHECK(paired(one, {"A"}, {}).empty());
    CHECK(partner_of(one, {"A"}) == ChoiceId{"Q"});
    CHECK(partner_of(one, {"B"}).empty());
}

TEST_CASE("the next source that waits for a partner is found round the list")
{
    CHECK(next_unpaired(pairs, {}, {}) == ChoiceId{"A"});
    CHECK(next_unpaired(pairs, {"A P"}, {"A"}) == ChoiceId{"B"});
    CHECK(next_unpaired(pairs, {"C P"}, {"C"}) == ChoiceId{"A"});
    CHECK(next_unpaired(pairs, {"A P", "B Q", "C R"}, {"C"}).empty());
}

TEST_CASE("a choice moves up and down by a place, and the ends stay ends")
{
    CHECK(order_shown(steps, {}) == std::vector<ChoiceId>{{"B"}, {"A"}, {"C"}});
    CHECK(moved(steps, {}, {"A"}, -1) == Response{"A", "B", "C"});
    CHECK(moved(steps, {"A", "B", "C"}, {"A"}, 2) == Response{"B", "C", "A"});
    CHECK(moved(steps, {"A", "B", "C"}, {"A"}, -1) == Response{"A", "B", "C"});
    CHECK(moved(steps, {}, {"C"}, 1).empty());
    CHECK(moved(steps, {}, {"X"}, 1).empty());
}
