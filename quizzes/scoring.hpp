#pragma once
#include "quizzes/assessment_test.hpp"
#include "quizzes/facts.hpp"
#include <map>

namespace adal::quizzes {

/// The one scoring function, used on the terminal and again at HQ. Integers only; one point an item, all or nothing.
bool is_right(const Item&, const std::vector<ChoiceId>& response);

struct Verdict {
    Score score;
    std::vector<TopicScore> topics; // in the blueprint's order
    bool passed = false;
};
Verdict score(const AssessmentTest&, const Bank&, const std::vector<DrawnItem>&, const std::map<ItemId, std::vector<ChoiceId>>& responses, int pass_mark);

} // namespace adal::quizzes
