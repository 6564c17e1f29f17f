#include "quizzes/joined.hpp"
#include <algorithm>

namespace adal::quizzes {
namespace {
constexpr std::array folding_words{"nothing", "case", "letters"};

std::string letter(std::size_t index) { return std::string(1, static_cast<char>('A' + index)); }

ChoiceId choice_id(ItemKind kind, std::size_t index)
{
    if (kind == ItemKind::TrueFalse) return {index == 0 ? "T" : "F"};
    return {letter(index)};
}

/// Sources and targets have different letters: A, B, C ... and M, N, O ...
ChoiceId target_id(std::size_t index) { return {letter(index + most_choices)}; }

void frame(Item& item, const AuthoredItem& first)
{
    for (std::size_t i = 0; i < first.choices.size(); ++i) {
        const auto& choice = first.choices[i];
        item.choices.push_back({choice_id(item.kind, i), {}, {}, choice.is_right, choice.weight,
                                item.kind == ItemKind::Match ? target_id(choice.target) : ChoiceId{}});
    }
    for (std::size_t i = 0; i < first.targets.size(); ++i) item.targets.push_back({target_id(i), {}});
    for (const auto& number : first.numbers) item.numbers.push_back({number.value, number.tolerance, number.weight, {}});
    if (first.picture) item.picture = Picture{first.picture->file, {}};
    item.words.folding = first.folding;
}

void fill(Item& item, const AuthoredItem& text, Language language)
{
    item.stem.in(language) = text.stem;
    item.feedback.in(language) = text.feedback;
    for (std::size_t i = 0; i < item.choices.size(); ++i) {
        item.choices[i].text.in(language) = text.choices[i].text;
        item.choices[i].feedback.in(language) = text.choices[i].feedback;
    }
    for (std::size_t i = 0; i < item.targets.size(); ++i) item.targets[i].text.in(language) = text.targets[i];
    for (std::size_t i = 0; i < item.numbers.size(); ++i) item.numbers[i].feedback.in(language) = text.numbers[i].feedback;
    if (item.kind == ItemKind::TextEntry) item.words.spellings[language] = text.spellings;
    if (item.picture) item.picture->alternative.in(language) = text.picture->alternative;
}

std::optional<AuthoredPicture> in_one_language(const std::optional<Picture>& picture, Language language)
{
    return picture ? std::optional{AuthoredPicture{picture->file, picture->alternative.in(language), {}}} : std::nullopt;
}

std::size_t place_of(const std::vector<Target>& targets, const ChoiceId& id)
{
    return static_cast<std::size_t>(std::find_if(targets.begin(), targets.end(), [&](const Target& each) { return each.id == id; }) - targets.begin());
}
} // namespace

Item joined(const std::array<const AuthoredItem*, all_languages.size()>& texts)
{
    const auto& first = *texts.front();
    Item item{.id = first.id,
              .revision = {},
              .kind = first.kind,
              .topic = first.topic,
              .difficulty = first.difficulty.value_or(Difficulty::Easy),
              .stem = {},
              .choices = {},
              .reference = first.reference,
              .credit = first.credit,
              .points = first.points};
    frame(item, first);
    for (const auto language : all_languages) fill(item, *texts[static_cast<std::size_t>(language)], language);
    return item;
}

AuthoredItem in_one_language(const Item& item, Language language)
{
    AuthoredItem text{.id = item.id, .kind = item.kind, .credit = item.credit, .points = item.points, .topic = item.topic, .difficulty = item.difficulty,
                      .reference = item.reference, .stem = item.stem.in(language), .feedback = item.feedback.in(language)};
    for (const auto& choice : item.choices)
        text.choices.push_back({choice.text.in(language), choice.feedback.in(language), choice.is_right, choice.weight,
                                item.kind == ItemKind::Match ? place_of(item.targets, choice.target) : 0});
    for (const auto& target : item.targets) text.targets.push_back(target.text.in(language));
    for (const auto& number : item.numbers) text.numbers.push_back({number.value, number.tolerance, number.weight, number.feedback.in(language)});
    if (const auto words = item.words.spellings.find(language); words != item.words.spellings.end()) text.spellings = words->second;
    text.folding = item.words.folding;
    text.picture = in_one_language(item.picture, language);
    return text;
}

AuthoredScenario in_one_language(const Scenario& scenario, Language language)
{
    return {.id = scenario.id, .topic = scenario.topic, .text = scenario.text.in(language), .picture = in_one_language(scenario.picture, language), .items = scenario.items};
}

bool become_order(AuthoredItem& item)
{
    if (item.kind != ItemKind::Match || item.targets.size() != item.choices.size()) return false;
    std::vector<AuthoredChoice> sorted(item.choices.size());
    for (auto choice : item.choices) {
        const auto place = std::find_if(sorted.begin(), sorted.end(), [&, n = 1](const auto&) mutable { return std::to_string(n++) == item.targets[choice.target]; });
        if (place == sorted.end() || !place->text.empty()) return false;
        choice.target = 0;
        *place = std::move(choice);
    }
    item.kind = ItemKind::Order;
    item.choices = std::move(sorted);
    item.targets.clear();
    return true;
}

void become_match(AuthoredItem& item)
{
    item.kind = ItemKind::Match;
    item.targets.clear();
    for (std::size_t i = 0; i < item.choices.size(); ++i) {
        item.choices[i].target = i;
        item.targets.push_back(std::to_string(i + 1));
    }
}

std::optional<Folding> folding_from(std::string_view word)
{
    const auto found = std::find(folding_words.begin(), folding_words.end(), word);
    return found == folding_words.end() ? std::nullopt : std::optional{static_cast<Folding>(found - folding_words.begin())};
}

const char* folding_word(Folding folding) { return folding_words[static_cast<std::size_t>(folding)]; }

} // namespace adal::quizzes
