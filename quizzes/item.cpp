#include "quizzes/item.hpp"
#include <array>

namespace adal::quizzes {
namespace {
constexpr std::array kinds{"single", "multiple", "true-false", "match", "order", "numeric", "text-entry"};
constexpr std::array foldings{"nothing", "case", "letters"};
constexpr std::array difficulties{"easy", "medium", "hard"};

/// One field a line, so nothing in a text may look like the end of a field.
void add(std::string& result, const std::string& field)
{
    for (const char c : field) {
        if (c == '\\') result += '\\';
        if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    result += '\n';
}

void add(std::string& result, const Text& text)
{
    for (const auto language : all_languages) add(result, text.in(language));
}

void add_keys(std::string& result, const Item& item)
{
    for (const auto& key : item.numbers) {
        add(result, "number " + to_text(key.value) + " " + to_text(key.tolerance) + " " + std::to_string(key.weight));
        add(result, key.feedback);
    }
    if (item.kind != ItemKind::TextEntry) return;
    add(result, std::string{"folding "} + foldings[static_cast<std::size_t>(item.words.folding)]);
    for (const auto& [language, spellings] : item.words.spellings)
        for (const auto& spelling : spellings) {
            add(result, "spelling " + std::string{code(language)} + " " + std::to_string(spelling.weight));
            add(result, spelling.text);
            add(result, spelling.feedback);
        }
}

/// What items may say since 0.3. One that says none of it keeps the revision it has always had.
void add_later(std::string& result, const Item& item)
{
    if (item.credit != Credit::AllOrNothing) add(result, "partial credit");
    if (item.points != 1) add(result, "points " + std::to_string(item.points));
    for (const auto& target : item.targets) {
        add(result, "to " + target.id.text);
        add(result, target.text);
    }
    add_keys(result, item);
    if (item.feedback != Text{}) add(result, "feedback"), add(result, item.feedback);
    if (item.picture) add(result, "picture " + item.picture->file), add(result, item.picture->alternative);
    if (!item.scenario.empty()) add(result, "scenario " + item.scenario.text);
}
} // namespace

std::string canonical_text(const Item& item)
{
    std::string result;
    add(result, item.id.text);
    add(result, kinds[static_cast<std::size_t>(item.kind)]);
    add(result, item.topic.text);
    add(result, difficulties[static_cast<std::size_t>(item.difficulty)]);
    add(result, item.reference);
    add(result, item.stem);
    for (const auto& choice : item.choices) {
        add(result, choice.id.text);
        add(result, choice.is_right ? "right" : "wrong");
        add(result, choice.text);
        add(result, choice.feedback);
        if (choice.weight != 0) add(result, "weight " + std::to_string(choice.weight));
        if (!choice.target.empty()) add(result, "target " + choice.target.text);
    }
    add_later(result, item);
    return result;
}

std::string canonical_text(const Item& item, const Bank& bank)
{
    auto result = canonical_text(item);
    const auto scenario = bank.scenarios.find(item.scenario);
    if (scenario == bank.scenarios.end()) return result;
    add(result, scenario->second.text);
    if (const auto& picture = scenario->second.picture) add(result, "picture " + picture->file), add(result, picture->alternative);
    return result;
}

} // namespace adal::quizzes
