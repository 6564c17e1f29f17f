#pragma once
#include "content/base/clock.hpp"
#include "quizzes/item.hpp"

namespace adal::quizzes {

/// How many items of each difficulty a form takes from one topic (QTI: assessmentSection with selection).
struct TopicDraw {
    TopicId topic;
    Text title;
    std::map<Difficulty, int> draw;
    int count() const
    {
        int sum = 0;
        for (const auto& [difficulty, n] : draw) sum += n;
        return sum;
    }
};

/// QTI assessmentTest: what the author wrote in quizzes/bank/tests/*.json.
struct AssessmentTest {
    TestId id;
    int version = 0;
    Text title;
    std::vector<TopicDraw> topics;
    Elapsed time_limit{};
    int pass_mark = 0; // points
    int attempts = 0;
    int cooldown_days = 0;
    bool shuffles_choices = true;
    int item_count() const
    {
        int sum = 0;
        for (const auto& topic : topics) sum += topic.count();
        return sum;
    }
};

} // namespace adal::quizzes
