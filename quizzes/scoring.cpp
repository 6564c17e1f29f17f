#include "quizzes/scoring.hpp"
#include <algorithm>
#include <set>

namespace adal::quizzes {
namespace {
TopicScore& line_of(std::vector<TopicScore>& topics, const TopicId& topic)
{
    const auto found =
        std::find_if(topics.begin(), topics.end(), [&](const TopicScore& line) { return line.topic == topic; });
    return found != topics.end() ? *found : topics.emplace_back(TopicScore{topic, {}});
}
} // namespace

bool is_right(const Item& item, const std::vector<ChoiceId>& response)
{
    std::set<ChoiceId> rights;
    for (const auto& choice : item.choices)
        if (choice.is_right) rights.insert(choice.id);
    return !rights.empty() && rights == std::set<ChoiceId>{response.begin(), response.end()};
}

Verdict score(const AssessmentTest& test, const Bank& bank, const std::vector<DrawnItem>& form,
              const std::map<ItemId, std::vector<ChoiceId>>& responses, int pass_mark)
{
    Verdict verdict;
    for (const auto& topic : test.topics) verdict.topics.push_back({topic.topic, {}});
    for (const auto& drawn : form) {
        ++verdict.score.maximum;
        const auto item = bank.items.find(drawn.item);
        if (item == bank.items.end()) continue; // nobody can tell: not a point, but one of the maximum
        auto& topic = line_of(verdict.topics, item->second.topic).score;
        ++topic.maximum;
        const auto response = responses.find(drawn.item);
        if (response == responses.end() || !is_right(item->second, response->second)) continue;
        ++topic.points;
        ++verdict.score.points;
    }
    verdict.passed = verdict.score.points >= pass_mark;
    return verdict;
}

} // namespace adal::quizzes
