#include "quizzes/analysis/standard.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <tuple>

namespace adal::quizzes::analysis {
namespace {

/// How many points of each item a form is expected to hold: its maximum times the chance with which it is drawn.
using Weights = std::map<ItemId, double>;

double mean(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation(const std::vector<double>& values)
{
    const double middle = mean(values);
    double sum = 0;
    for (const double value : values) sum += (value - middle) * (value - middle);
    return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

Expected<Cut> cut_over(const Panel& panel, const Weights& weights)
{
    const auto judges = panel.judges().size();
    std::vector<double> first(judges), second(judges);
    Cut cut;
    for (const auto& [item, weight] : weights) {
        const auto judged = panel.items().find(item);
        if (judged == panel.items().end()) return fail(ErrorKind::NotFound, "standard.unrated", {{"item", item.text}});
        cut.maximum += weight;
        for (std::size_t judge = 0; judge < judges; ++judge) {
            const auto& said = judged->second[judge];
            first[judge] += weight * said.first;
            second[judge] += weight * said.second;
            cut.change += std::abs(said.second - said.first);
        }
    }
    if (!weights.empty()) cut.change /= static_cast<double>(weights.size() * judges);
    cut.points = mean(second), cut.spread = deviation(second);
    cut.standard_error = cut.spread / std::sqrt(static_cast<double>(judges));
    cut.first_round = mean(first), cut.first_spread = deviation(first);
    cut.by_judge = std::move(second);
    return cut;
}

bool is_anchor_of(const TopicDraw& topic, const ItemId& item)
{
    return std::find(topic.anchors.begin(), topic.anchors.end(), item) != topic.anchors.end();
}

Expected<Done> weigh_cell(const TopicDraw& topic, Difficulty difficulty, int wanted, const Bank& bank, Weights& weights)
{
    std::vector<const Item*> candidates;
    for (const auto& [id, item] : bank.items) {
        if (item.topic != topic.topic || item.difficulty != difficulty || !item.scenario.empty() || bank.withdrawn.contains(id)) continue;
        if (is_anchor_of(topic, id))
            weights[id] += item.points, --wanted;
        else
            candidates.push_back(&item);
    }
    if (wanted <= 0) return Done{};
    if (candidates.size() < static_cast<std::size_t>(wanted)) return fail(ErrorKind::NotFound, "standard.blueprint", {{"topic", topic.topic.text}});
    for (const auto* item : candidates) weights[item->id] += item->points * static_cast<double>(wanted) / static_cast<double>(candidates.size());
    return Done{};
}

Expected<Done> weigh_scenarios(const TopicDraw& topic, const Bank& bank, Weights& weights)
{
    std::vector<const Scenario*> stories;
    const auto is_whole = [&](const ItemId& id) { return bank.items.contains(id) && !bank.withdrawn.contains(id); };
    for (const auto& [id, story] : bank.scenarios)
        if (story.topic == topic.topic && !story.items.empty() && std::all_of(story.items.begin(), story.items.end(), is_whole)) stories.push_back(&story);
    if (topic.scenarios == 0) return Done{};
    if (stories.size() < static_cast<std::size_t>(topic.scenarios)) return fail(ErrorKind::NotFound, "standard.blueprint", {{"topic", topic.topic.text}});
    for (const auto* story : stories)
        for (const auto& id : story->items) weights[id] += bank.items.at(id).points * static_cast<double>(topic.scenarios) / static_cast<double>(stories.size());
    return Done{};
}

} // namespace

Expected<Panel> Panel::from(const std::vector<Rating>& ratings)
{
    std::set<std::string> judges;
    std::map<std::tuple<ItemId, std::string, int>, double> said;
    std::set<ItemId> items;
    for (const auto& rating : ratings) {
        judges.insert(rating.judge);
        items.insert(rating.item);
        said[{rating.item, rating.judge, rating.round}] = rating.share;
    }
    if (judges.size() < least_judges)
        return fail(ErrorKind::InvalidInput, "standard.few_judges", {{"n", std::to_string(judges.size())}, {"least", std::to_string(least_judges)}});
    Panel panel;
    panel.judges_.assign(judges.begin(), judges.end());
    for (const auto& item : items)
        for (const auto& judge : panel.judges_) {
            for (const int round : {1, 2})
                if (!said.contains({item, judge, round}))
                    return fail(ErrorKind::InvalidInput, "standard.missing", {{"judge", judge}, {"round", std::to_string(round)}, {"item", item.text}});
            panel.items_[item].push_back({said[{item, judge, 1}], said[{item, judge, 2}]});
        }
    return panel;
}

Expected<Cut> cut_of_form(const Panel& panel, const std::vector<FormItem>& form)
{
    Weights weights;
    for (const auto& one : form) weights[one.item] += one.maximum;
    return cut_over(panel, weights);
}

Expected<Cut> expected_cut(const Panel& panel, const AssessmentTest& test, const Bank& bank)
{
    Weights weights;
    for (const auto& topic : test.topics) {
        for (const auto& [difficulty, wanted] : topic.draw)
            if (auto weighed = weigh_cell(topic, difficulty, wanted, bank, weights); !weighed) return weighed.error();
        if (auto weighed = weigh_scenarios(topic, bank, weights); !weighed) return weighed.error();
    }
    return cut_over(panel, weights);
}

} // namespace adal::quizzes::analysis
