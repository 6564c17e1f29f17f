#pragma once
#include "content/base/clock.hpp"
#include "quizzes/facts.hpp"
#include "quizzes/item.hpp"

namespace adal::quizzes {

/// How many items of each difficulty a form takes from one topic (QTI: assessmentSection with selection).
struct TopicDraw {
    TopicId topic;
    Text title;
    std::map<Difficulty, int> draw;
    std::vector<ItemId> anchors = {}; // in every form, counted in `draw`
    int scenarios = 0;                // so many stories with all their items, beside `draw`
    int pass_mark = 0;                // points this topic alone needs; for five items or more
    ModuleId module = {};             // what to study again after failing here
    int count() const
    {
        int sum = 0;
        for (const auto& [difficulty, n] : draw) sum += n;
        return sum;
    }
};

enum class Navigation { Free, Linear }; // Linear: one item after the other, never back (QTI navigationMode)


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
    bool shuffles_items = true;
    Navigation navigation = Navigation::Free;
    int exposure_percent = 0; // an item shown in more of a unit's forms than this is drawn only if nothing else is left; 0: no cap
    bool restudies = false;   // a retest waits until the modules of failed topics were studied again
    int item_count() const // without those of scenarios
    {
        int sum = 0;
        for (const auto& topic : topics) sum += topic.count();
        return sum;
    }
};

std::vector<TopicMark> topic_marks(const AssessmentTest&);

} // namespace adal::quizzes
