#include "quizzes/scoring.hpp"
#include "content/language/letters.hpp"
#include "quizzes/response.hpp"
#include <algorithm>
#include <cstdlib>

namespace adal::quizzes {
namespace {

constexpr std::int64_t forgiven = whole_weight / 100'000; // 33.33333 three times is a whole

/// What a response is worth by itself, from 0 to whole_weight, before AllOrNothing.
std::int64_t weight_of_choices(const Item& item, const Response& response)
{
    std::int64_t sum = 0;
    for (const auto& choice : item.choices)
        if (std::find(response.begin(), response.end(), choice.id.text) != response.end()) sum += choice.weight;
    return sum;
}

bool chooses_the_rights(const Item& item, const Response& response)
{
    std::set<std::string> rights;
    for (const auto& choice : item.choices)
        if (choice.is_right) rights.insert(choice.id.text);
    return !rights.empty() && rights == std::set<std::string>{response.begin(), response.end()};
}

/// whole_weight x part / all
std::int64_t share(std::size_t part, std::size_t all) { return all == 0 ? 0 : static_cast<std::int64_t>(part) * whole_weight / static_cast<std::int64_t>(all); }

std::int64_t weight_of_pairs(const Item& item, const Response& response)
{
    std::size_t sources = 0, right = 0;
    for (const auto& source : item.choices) {
        ++sources;
        right += std::find(response.begin(), response.end(), pair_text(source.id, source.target)) != response.end() ? 1 : 0;
    }
    return share(right, sources);
}

std::int64_t weight_of_order(const Item& item, const Response& response)
{
    std::size_t in_place = 0;
    for (std::size_t i = 0; i < std::min(response.size(), item.choices.size()); ++i) in_place += response[i] == item.choices[i].id.text ? 1 : 0;
    return response.size() == item.choices.size() ? share(in_place, item.choices.size()) : 0;
}

std::int64_t weight_of_number(const Item& item, const Response& response)
{
    const auto given = response.empty() ? std::nullopt : decimal_from(response.front());
    std::int64_t best = 0;
    for (const auto& key : item.numbers)
        if (given && std::abs(given->millionths - key.value.millionths) <= key.tolerance.millionths) best = std::max<std::int64_t>(best, key.weight);
    return best;
}

std::string compared(const std::string& text, const TextKey& key)
{
    if (key.folding == Folding::Letters) return language::folded(text);
    return key.folding == Folding::Case ? language::lowered(text) : text;
}

std::int64_t weight_of_text(const Item& item, const Response& response)
{
    std::int64_t best = 0;
    if (response.empty()) return best;
    const auto given = compared(response.front(), item.words);
    for (const auto& [language, spellings] : item.words.spellings)
        for (const auto& spelling : spellings)
            if (compared(spelling.text, item.words) == given) best = std::max<std::int64_t>(best, spelling.weight);
    return best;
}

std::int64_t weight_of(const Item& item, const Response& response)
{
    switch (item.kind) {
    case ItemKind::SingleChoice:
    case ItemKind::MultipleChoice:
    case ItemKind::TrueFalse:
        if (item.credit == Credit::Partial) return weight_of_choices(item, response);
        return chooses_the_rights(item, response) ? whole_weight : 0;
    case ItemKind::Match:
        return weight_of_pairs(item, response);
    case ItemKind::Order:
        return weight_of_order(item, response);
    case ItemKind::Numeric:
        return weight_of_number(item, response);
    case ItemKind::TextEntry:
        break;
    }
    return weight_of_text(item, response);
}

TopicScore& line_of(std::vector<TopicScore>& topics, const TopicId& topic)
{
    const auto found =
        std::find_if(topics.begin(), topics.end(), [&](const TopicScore& line) { return line.topic == topic; });
    return found != topics.end() ? *found : topics.emplace_back(TopicScore{topic, {}});
}

bool reaches(const std::vector<TopicScore>& topics, const std::vector<TopicMark>& marks)
{
    return std::all_of(marks.begin(), marks.end(), [&](const TopicMark& mark) {
        return std::any_of(topics.begin(), topics.end(), [&](const TopicScore& line) { return line.topic == mark.topic && line.score.points >= mark.pass_mark; });
    });
}

} // namespace

int points_for(const Item& item, const Response& response)
{
    if (response.empty()) return 0;
    const auto weight = std::clamp<std::int64_t>(weight_of(item, response) + forgiven, 0, whole_weight);
    if (item.credit == Credit::AllOrNothing && weight < whole_weight) return 0;
    return static_cast<int>(item.points * weight / whole_weight);
}

bool is_right(const Item& item, const Response& response) { return item.points > 0 && points_for(item, response) == item.points; }

Verdict score(const AssessmentTest& test, const Bank& bank, const std::vector<DrawnItem>& form, const Responses& responses, int pass_mark,
              const std::vector<TopicMark>& topic_marks, const std::set<ItemId>& credited)
{
    Verdict verdict;
    for (const auto& topic : test.topics) verdict.topics.push_back({topic.topic, {}});
    for (const auto& drawn : form) {
        const auto item = bank.items.find(drawn.item);
        if (item == bank.items.end()) { // nobody can tell: not a point, but one of the maximum
            ++verdict.score.maximum;
            continue;
        }
        const auto response = responses.find(drawn.item);
        const int points = credited.contains(drawn.item) ? item->second.points
                           : response == responses.end() ? 0
                                                         : points_for(item->second, response->second);
        for (auto* line : {&verdict.score, &line_of(verdict.topics, item->second.topic).score}) {
            line->maximum += item->second.points;
            line->points += points;
        }
    }
    verdict.passed = verdict.score.points >= pass_mark && reaches(verdict.topics, topic_marks);
    return verdict;
}

} // namespace adal::quizzes
