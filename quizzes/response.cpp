#include "quizzes/response.hpp"
#include "content/language/letters.hpp"
#include "quizzes/authored_item.hpp"
#include <algorithm>
#include <set>

namespace adal::quizzes {
namespace {

Error invalid(const char* key, const Item& item, const std::string& word = {})
{
    return fail(ErrorKind::InvalidInput, key, {{"item", item.id.text}, {"choice", word}});
}

bool has(const std::vector<ChoiceId>& ids, const ChoiceId& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

void sort_and_unite(Response& response)
{
    std::sort(response.begin(), response.end());
    response.erase(std::unique(response.begin(), response.end()), response.end());
}

Expected<Response> choices(const Item& item, const DrawnItem& drawn, Response given)
{
    sort_and_unite(given);
    for (const auto& word : given)
        if (!has(drawn.choices, {word})) return invalid("session.not_a_choice", item, word);
    if (item.kind != ItemKind::MultipleChoice && given.size() > 1) return invalid("session.one_choice_only", item);
    return given;
}

Expected<Response> sequence(const Item& item, const DrawnItem& drawn, Response given)
{
    for (const auto& word : given)
        if (!has(drawn.choices, {word})) return invalid("session.not_a_choice", item, word);
    const std::set<std::string> different{given.begin(), given.end()};
    if (different.size() != given.size() || (!given.empty() && given.size() != drawn.choices.size())) return invalid("session.not_an_order", item);
    return given;
}

Expected<Response> pairs(const Item& item, const DrawnItem& drawn, Response given)
{
    sort_and_unite(given);
    std::set<ChoiceId> sources;
    for (const auto& word : given) {
        const auto pair = pair_from(word);
        if (!pair || !has(drawn.choices, pair->first) || !has(drawn.targets, pair->second)) return invalid("session.not_a_choice", item, word);
        if (!sources.insert(pair->first).second) return invalid("session.one_partner_only", item, pair->first.text);
    }
    return given;
}

Expected<Response> number(const Item& item, const Response& given)
{
    if (given.size() > 1) return invalid("session.one_choice_only", item);
    if (given.empty()) return Response{};
    const auto value = decimal_from(given.front());
    return value ? Expected<Response>{Response{to_text(*value)}} : invalid("session.not_a_number", item, given.front());
}

Expected<Response> text(const Item& item, const Response& given)
{
    if (given.size() > 1) return invalid("session.one_choice_only", item);
    if (given.empty()) return Response{};
    auto words = language::single_spaced(given.front());
    if (!words) return invalid("session.not_a_text", item);
    if (words->empty()) return Response{};
    if (letters_in(*words) > longest_text) return invalid("session.too_long", item);
    return Response{std::move(*words)};
}

} // namespace

std::string pair_text(const ChoiceId& source, const ChoiceId& target) { return source.text + " " + target.text; }

std::optional<std::pair<ChoiceId, ChoiceId>> pair_from(const std::string& word)
{
    const auto blank = word.find(' ');
    if (blank == std::string::npos || blank == 0 || blank + 1 == word.size() || word.find(' ', blank + 1) != std::string::npos) return std::nullopt;
    return std::pair{ChoiceId{word.substr(0, blank)}, ChoiceId{word.substr(blank + 1)}};
}

Expected<Response> normalised(const Item& item, const DrawnItem& drawn, Response given)
{
    switch (item.kind) {
    case ItemKind::SingleChoice:
    case ItemKind::MultipleChoice:
    case ItemKind::TrueFalse:
        return choices(item, drawn, std::move(given));
    case ItemKind::Order:
        return sequence(item, drawn, std::move(given));
    case ItemKind::Match:
        return pairs(item, drawn, std::move(given));
    case ItemKind::Numeric:
        return number(item, given);
    case ItemKind::TextEntry:
        break;
    }
    return text(item, given);
}

} // namespace adal::quizzes
