#include "app/answering.hpp"
#include "quizzes/response.hpp"
#include <algorithm>

namespace adal::app {

using quizzes::Response;

Response toggled(const quizzes::Item& item, Response response, const ChoiceId& choice)
{
    if (item.kind != quizzes::ItemKind::MultipleChoice) return {choice.text};
    if (std::erase(response, choice.text) == 0) response.push_back(choice.text);
    return response;
}

ChoiceId partner_of(const Response& response, const ChoiceId& source)
{
    for (const auto& word : response)
        if (const auto pair = quizzes::pair_from(word); pair && pair->first == source) return pair->second;
    return {};
}

Response paired(Response response, const ChoiceId& source, const ChoiceId& target)
{
    std::erase_if(response, [&](const std::string& word) {
        const auto pair = quizzes::pair_from(word);
        return pair && pair->first == source;
    });
    if (!target.empty()) response.push_back(quizzes::pair_text(source, target));
    return response;
}

ChoiceId next_unpaired(const quizzes::DrawnItem& drawn, const Response& response, const ChoiceId& after)
{
    const auto& sources = drawn.choices;
    const auto at = std::find(sources.begin(), sources.end(), after);
    const auto start = at == sources.end() ? 0 : at - sources.begin();
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const auto& source = sources[(static_cast<std::size_t>(start) + i) % sources.size()];
        if (partner_of(response, source).empty()) return source;
    }
    return {};
}

std::vector<ChoiceId> order_shown(const quizzes::DrawnItem& drawn, const Response& response)
{
    if (response.size() != drawn.choices.size()) return drawn.choices;
    std::vector<ChoiceId> order;
    for (const auto& word : response) order.push_back({word});
    return order;
}

Response moved(const quizzes::DrawnItem& drawn, const Response& response, const ChoiceId& choice, int by)
{
    auto order = order_shown(drawn, response);
    const auto at = std::find(order.begin(), order.end(), choice);
    const auto from = at - order.begin(), to = from + by;
    if (at == order.end() || to < 0 || to >= static_cast<std::ptrdiff_t>(order.size())) return response;
    order.erase(at);
    order.insert(order.begin() + to, choice);
    Response words;
    for (const auto& each : order) words.push_back(each.text);
    return words;
}

} // namespace adal::app
