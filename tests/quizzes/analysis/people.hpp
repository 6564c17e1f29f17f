#pragma once
#include "quizzes/analysis/analysis.hpp"
#include <doctest/doctest.h>

/// Small groups of people for the tests.
namespace adal::quizzes::analysis::small_groups {

/// Figures of the very few, so that a test can be computed by hand.
inline Settings nobody_is_too_few()
{
    Settings settings;
    settings.least_of_item = settings.least_of_form = settings.least_of_dif = 1;
    return settings;
}

/// "110": the items a, b, c ..., right, right, wrong.
inline FirstAttempt answers(const std::string& points, int pass_mark = 2)
{
    FirstAttempt attempt{.language = Language::kk, .site = {"balkhash"}, .pass_mark = pass_mark, .answers = {}};
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool is_right = points[i] == '1';
        attempt.answers.push_back({.item = {std::string(1, static_cast<char>('a' + i))}, .points = is_right, .chosen = {is_right ? "A" : "B"}, .milliseconds = 1000});
    }
    return attempt;
}

inline Attempts table(const std::vector<FirstAttempt>& people)
{
    Attempts attempts;
    for (const auto& person : people) REQUIRE(attempts.add(person));
    return attempts;
}

inline const ItemFigures& item(const Group& group, const std::string& name)
{
    for (const auto& one : group.items)
        if (one.item.text == name) return one;
    FAIL("no item ", name);
    return group.items.front();
}

} // namespace adal::quizzes::analysis::small_groups
