#include "quizzes/parity.hpp"
#include "content/language/letters.hpp"
#include <algorithm>
#include <set>

namespace adal::quizzes {
namespace {
using content::Finding;
constexpr std::size_t short_text = 60; // letters; below, a translation twice as long is nothing remarkable

bool same_keys(const AuthoredItem& one, const AuthoredItem& other)
{
    return std::equal(one.choices.begin(), one.choices.end(), other.choices.begin(), other.choices.end(),
                      [](const auto& a, const auto& b) { return a.is_right == b.is_right && a.weight == b.weight && a.target == b.target; });
}

bool same_numbers(const AuthoredItem& one, const AuthoredItem& other)
{
    return std::equal(one.numbers.begin(), one.numbers.end(), other.numbers.begin(), other.numbers.end(),
                      [](const auto& a, const auto& b) { return a.value == b.value && a.tolerance == b.tolerance && a.weight == b.weight; });
}

std::string file_of(const std::optional<AuthoredPicture>& picture) { return picture ? picture->file : std::string{}; }

std::string whole_text(const AuthoredItem& item)
{
    auto text = item.stem;
    for (const auto& choice : item.choices) text += "\n" + choice.text;
    for (const auto& target : item.targets) text += "\n" + target;
    return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How long a blank between thousands is, if one stands here with three digits behind it.
std::size_t thousands(std::string_view rest)
{
    for (const std::string_view blank : {" ", "\u00A0", "\u202F"}) {
        const auto digits = rest.substr(std::min(blank.size(), rest.size()), 4);
        if (rest.starts_with(blank) && digits.size() >= 3 && std::all_of(digits.begin(), digits.begin() + 3, is_digit) && (digits.size() < 4 || !is_digit(digits[3])))
            return blank.size();
    }
    return 0;
}

/// Words in lower case, letters only.
std::vector<std::string> words_of(const std::string& text)
{
    std::vector<std::string> words(1);
    for (const char c : language::lowered(text)) {
        const bool is_letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        if (is_letter) words.back() += c;
        else if (!words.back().empty()) words.emplace_back();
    }
    return words;
}

const std::set<std::string>& denials(Language language)
{
    static const std::set<std::string> kk{"емес", "жоқ", "ешкім", "ешқашан", "ешбір", "ешқандай", "ештеңе"};
    static const std::set<std::string> ru{"не", "ни", "нет", "нельзя", "никогда", "никто", "никому", "ничего", "неверно"};
    static const std::set<std::string> en{"not", "no", "never", "nobody", "nothing", "none", "neither", "nor", "cannot"};
    return language == Language::kk ? kk : language == Language::ru ? ru : en;
}

/// Kazakh verbs deny inside the word: "алмайды", "бермеген", "болмаса".
bool denies_inside(const std::string& word)
{
    for (const char* part : {"май", "мей", "бай", "бей", "пай", "пей"})
        for (const char* end : {"ды", "ді", "мын", "мін", "сыз", "сіз", "мыз", "міз", "тын", "тін"})
            if (word.find(std::string{part} + end) != std::string::npos) return true;
    for (const char* part : {"маған", "меген", "баған", "беген", "паған", "пеген", "маса", "месе", "баса", "бесе", "паса", "песе", "мауы", "меуі", "мау", "меу", "маңыз", "меңіз", "мады", "меді", "бады", "беді", "пады", "педі"})
        if (word.size() > std::string_view{part}.size() + 4 && word.ends_with(part)) return true;
    return false;
}

void warn(const ThreeItems& items, std::size_t language, const char* key, content::Findings& findings, Arguments more = {})
{
    more.insert(more.begin(), {"item", items.texts[language]->id.text});
    findings.push_back({items.files[language], items.texts[language]->line, Finding::Gravity::Warning, key, std::move(more)});
}

std::string listed(const std::vector<std::string>& numbers)
{
    std::string text;
    for (const auto& number : numbers) text += (text.empty() ? "" : ", ") + number;
    return text.empty() ? "–" : text;
}
} // namespace

const char* difference(const AuthoredItem& one, const AuthoredItem& other)
{
    if (one.kind != other.kind) return "check.bank.kind_differs";
    if (one.choices.size() != other.choices.size() || one.targets.size() != other.targets.size()) return "check.bank.choices_differ";
    if (one.credit != other.credit || !same_keys(one, other)) return "check.bank.key_differs";
    if (!same_numbers(one, other)) return "check.bank.numbers_differ";
    if (file_of(one.picture) != file_of(other.picture)) return "check.bank.picture_differs";
    if (one.topic != other.topic) return "check.bank.topic_differs";
    if (one.difficulty != other.difficulty) return "check.bank.difficulty_differs";
    if (one.reference != other.reference) return "check.bank.reference_differs";
    return nullptr;
}

std::vector<std::string> numbers_in(const std::string& text)
{
    std::vector<std::string> numbers;
    for (std::size_t i = 0; i < text.size();) {
        std::string number;
        while (i < text.size() && is_digit(text[i])) {
            number += text[i++];
            i += thousands(std::string_view{text}.substr(i));
        }
        if (number.empty()) ++i;
        else numbers.push_back(std::move(number));
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

bool is_negative(const std::string& text, Language language)
{
    const auto words = words_of(text);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return denials(language).contains(word) || (language == Language::kk && denies_inside(word));
    });
}

void warn_of_slips(const ThreeItems& items, content::Findings& findings)
{
    const auto text = [&](std::size_t language) { return whole_text(*items.texts[language]); };
    const auto numbers = numbers_in(text(0));
    const bool denies = is_negative(items.texts[0]->stem, all_languages[0]);
    const auto length = letters_in(text(0));
    for (std::size_t i = 1; i < items.texts.size(); ++i) {
        if (const auto others = numbers_in(text(i)); others != numbers)
            warn(items, i, "check.bank.text_numbers", findings, {{"numbers", listed(others)}, {"others", listed(numbers)}});
        if (is_negative(items.texts[i]->stem, all_languages[i]) != denies) warn(items, i, "check.bank.negation", findings);
        const auto other = letters_in(text(i));
        if (std::max(length, other) > short_text && (length > 2 * other || other > 2 * length)) warn(items, i, "check.bank.length", findings);
    }
}

} // namespace adal::quizzes
