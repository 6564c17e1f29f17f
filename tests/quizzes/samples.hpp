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

inline Text same(const std::string& text) { return {text, text, text}; }

/// One of each kind, "kinds-1" (single) ... "kinds-7" (text): easy, of the topic "kinds".
inline Bank every_kind()
{
    Bank bank;
    const auto add = [&](ItemKind kind) -> Item& {
        const auto name = "kinds-" + std::to_string(bank.items.size() + 1);
        auto& made = bank.items[{name}] = item(name, "kinds", Difficulty::Easy);
        made.kind = kind;
        return made;
    };
    add(ItemKind::SingleChoice);
    add(ItemKind::MultipleChoice).choices[1].is_right = true; // A and B
    auto& statement = add(ItemKind::TrueFalse);
    statement.choices = {{{"T"}, {}, {}, true}, {{"F"}, {}, {}, false}};
    auto& match = add(ItemKind::Match); // A-P, B-Q, C-R; nothing belongs to S
    for (const char* id : {"P", "Q", "R", "S"}) match.targets.push_back({{id}, same(id)});
    match.choices.pop_back();
    for (std::size_t i = 0; i < 3; ++i) match.choices[i].target = match.targets[i].id;
    add(ItemKind::Order); // A, B, C, D
    auto& number = add(ItemKind::Numeric);
    number.choices.clear();
    number.numbers = {{*decimal_from("3.5"), *decimal_from("0.25")}};
    auto& words = add(ItemKind::TextEntry);
    words.choices.clear();
    words.words = {.spellings = {{Language::kk, {{"Қазақмыс"}}}, {Language::ru, {{"Казахмыс"}}}, {Language::en, {{"Kazakhmys"}}}}};
    return bank;
}

inline AttemptStarted started(const AssessmentTest& test, const Bank& bank, std::uint32_t seed)
{
    return {{"a1"}, test.id, test.version, seed, test.time_limit, test.pass_mark, draw(test, bank, seed).value()};
}

} // namespace adal::quizzes::samples
