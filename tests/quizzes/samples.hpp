#pragma once
#include "quizzes/draw.hpp"
#include "quizzes/item.hpp"
#include "quizzes/session.hpp"

/// Small banks and tests for the tests: A is always right.
namespace adal::quizzes::samples {

inline Item item(const std::string& name, const std::string& topic, Difficulty difficulty)
{
    Item result{.id = {name},
                .revision = "r1",
                .kind = ItemKind::SingleChoice,
                .topic = {topic},
                .difficulty = difficulty,
                .stem = {"?", "?", "?"},
                .choices = {},
                .reference = "code#1.1"};
    for (const char* id : {"A", "B", "C", "D"}) result.choices.push_back({{id}, {id, id, id}, {}, id[0] == 'A'});
    return result;
}

/// gifts-01 ... gifts-06 easy, gifts-07 ... gifts-12 hard, and so for speak-up.
inline Bank bank()
{
    Bank result;
    for (const std::string topic : {"gifts", "speak-up"})
        for (int i = 1; i <= 12; ++i) {
            const auto name = topic + (i < 10 ? "-0" : "-") + std::to_string(i);
            result.items[{name}] = item(name, topic, i <= 6 ? Difficulty::Easy : Difficulty::Hard);
        }
    result.enemies = {{{"gifts-01"}, {"gifts-02"}}, {{"gifts-03"}, {"gifts-07"}, {"speak-up-01"}}};
    return result;
}

inline AssessmentTest test()
{
    using namespace std::chrono_literals;
    return {.id = {"probation"},
            .version = 1,
            .title = {"п", "п", "p"},
            .topics = {{{"gifts"}, {}, {{Difficulty::Easy, 3}, {Difficulty::Hard, 2}}},
                       {{"speak-up"}, {}, {{Difficulty::Easy, 1}}}},
            .time_limit = 20min,
            .pass_mark = 4,
            .attempts = 3,
            .cooldown_days = 3,
            .shuffles_choices = true};
}

inline AttemptStarted started(const AssessmentTest& test, const Bank& bank, std::uint32_t seed)
{
    return {{"a1"}, test.id, test.version, seed, test.time_limit, test.pass_mark, draw(test, bank, seed).value()};
}

} // namespace adal::quizzes::samples
