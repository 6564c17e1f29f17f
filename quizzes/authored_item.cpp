#include "quizzes/authored_item.hpp"
#include "quizzes/response.hpp"
#include <algorithm>
#include <cstdlib>
#include <set>

namespace adal::quizzes {
namespace {
constexpr Weight near = whole_weight / 100; // 33 for a third; lists of grades that were rounded

std::int64_t rights(const AuthoredItem& item)
{
    return std::count_if(item.choices.begin(), item.choices.end(), [](const auto& choice) { return choice.weight > 0; });
}

bool share_evenly(const AuthoredItem& item)
{
    const auto count = rights(item);
    return count > 0 && std::all_of(item.choices.begin(), item.choices.end(), [&](const auto& choice) {
               return choice.weight <= 0 || std::abs(choice.weight - whole_weight / count) <= (count > 1 ? near : 0);
           });
}

bool each_wrong_takes_all(const AuthoredItem& item)
{
    return std::all_of(item.choices.begin(), item.choices.end(), [](const auto& choice) { return choice.weight > 0 || choice.weight == -whole_weight; });
}

bool has_one_whole(const AuthoredItem& item)
{
    const auto whole = [](const auto& choice) { return choice.weight == whole_weight; };
    const auto nothing = [](const auto& choice) { return choice.weight == 0; };
    return std::count_if(item.choices.begin(), item.choices.end(), whole) == 1 &&
           std::count_if(item.choices.begin(), item.choices.end(), nothing) == static_cast<std::ptrdiff_t>(item.choices.size()) - 1;
}

template <class List, class Get> bool are_different(const List& list, Get get)
{
    std::set<std::string> seen;
    return std::all_of(list.begin(), list.end(), [&](const auto& each) { return seen.insert(get(each)).second; });
}

bool is_in(Weight weight, Weight least) { return weight >= least && weight <= whole_weight; }

const char* fault_of_texts(const AuthoredItem& item)
{
    if (item.choices.size() < 2 || item.choices.size() > most_choices) return "check.gift.choice_count";
    if (item.kind == ItemKind::TrueFalse) return nullptr;
    if (std::any_of(item.choices.begin(), item.choices.end(), [](const auto& choice) { return choice.text.empty(); })) return "check.gift.choice_empty";
    return are_different(item.choices, [](const auto& choice) { return choice.text; }) ? nullptr : "check.gift.choice_twice";
}

const char* fault_of_choices(const AuthoredItem& item)
{
    if (const auto* fault = fault_of_texts(item)) return fault;
    std::int64_t right = 0, sum = 0;
    Weight best = 0;
    for (const auto& choice : item.choices) {
        right += choice.is_right ? 1 : 0;
        sum += std::max(choice.weight, 0);
        best = std::max(best, choice.weight);
        if (!is_in(choice.weight, -whole_weight)) return "check.gift.weights";
    }
    const bool is_multiple = item.kind == ItemKind::MultipleChoice;
    if (item.credit == Credit::AllOrNothing) return (is_multiple ? right >= 1 : right == 1) ? nullptr : is_multiple ? "check.gift.weights" : "check.gift.one_right";
    return (is_multiple ? sum >= whole_weight - whole_weight / 100'000 : best == whole_weight) ? nullptr : "check.gift.weights";
}

const char* fault_of_match(const AuthoredItem& item)
{
    if (const auto* fault = fault_of_texts(item)) return fault;
    const auto empty = [](const std::string& text) { return text.empty(); };
    const bool is_whole = item.targets.size() >= 2 && item.targets.size() <= most_choices && std::none_of(item.targets.begin(), item.targets.end(), empty) &&
                          are_different(item.targets, [](const auto& text) { return text; }) &&
                          std::all_of(item.choices.begin(), item.choices.end(), [&](const auto& choice) { return choice.target < item.targets.size(); });
    return is_whole ? nullptr : "check.gift.match";
}

template <class Keys> bool has_whole(const Keys& keys)
{
    return std::any_of(keys.begin(), keys.end(), [](const auto& key) { return key.weight == whole_weight; }) &&
           std::all_of(keys.begin(), keys.end(), [](const auto& key) { return is_in(key.weight, 0); });
}

const char* fault_of_numbers(const AuthoredItem& item)
{
    const bool is_whole = has_whole(item.numbers) && std::all_of(item.numbers.begin(), item.numbers.end(),
                                                                 [](const auto& key) { return key.tolerance.millionths >= 0; });
    return is_whole ? nullptr : "check.gift.number";
}

const char* fault_of_spellings(const AuthoredItem& item)
{
    const bool is_whole = has_whole(item.spellings) && are_different(item.spellings, [](const auto& each) { return each.text; }) &&
                          std::all_of(item.spellings.begin(), item.spellings.end(),
                                      [](const auto& each) { return !each.text.empty() && letters_in(each.text) <= longest_text; });
    return is_whole ? nullptr : "check.gift.spelling";
}
} // namespace

void settle_credit(AuthoredItem& item)
{
    const bool is_multiple = item.kind == ItemKind::MultipleChoice;
    const bool shares = is_multiple && share_evenly(item);
    item.credit = (is_multiple ? shares && each_wrong_takes_all(item) : has_one_whole(item)) ? Credit::AllOrNothing : Credit::Partial;
    const auto count = rights(item);
    for (auto& choice : item.choices) {
        choice.is_right = is_multiple ? choice.weight > 0 : choice.weight == whole_weight;
        if (shares && choice.weight > 0) choice.weight = static_cast<Weight>(whole_weight / count);
        if (item.credit == Credit::AllOrNothing) choice.weight = 0;
    }
}

void settle_keys(AuthoredItem& item)
{
    const auto is_part = [](const auto& key) { return key.weight > 0 && key.weight < whole_weight; };
    if (item.kind == ItemKind::Match || item.kind == ItemKind::Order) item.credit = Credit::Partial;
    else if (item.kind == ItemKind::Numeric || item.kind == ItemKind::TextEntry)
        item.credit = std::any_of(item.numbers.begin(), item.numbers.end(), is_part) || std::any_of(item.spellings.begin(), item.spellings.end(), is_part)
                          ? Credit::Partial
                          : Credit::AllOrNothing;
}

Weight written_weight(const AuthoredItem& item, const AuthoredChoice& choice)
{
    if (item.credit == Credit::Partial) return choice.weight;
    if (item.kind != ItemKind::MultipleChoice) return choice.is_right ? whole_weight : 0;
    const auto count = std::count_if(item.choices.begin(), item.choices.end(), [](const auto& each) { return each.is_right; });
    return choice.is_right ? static_cast<Weight>(whole_weight / count) : -whole_weight;
}

const char* fault_of(const AuthoredItem& item)
{
    if (item.stem.empty()) return "check.gift.stem_empty";
    switch (item.kind) {
    case ItemKind::SingleChoice:
    case ItemKind::MultipleChoice:
    case ItemKind::TrueFalse:
        return fault_of_choices(item);
    case ItemKind::Match:
        return fault_of_match(item);
    case ItemKind::Order:
        return fault_of_texts(item);
    case ItemKind::Numeric:
        return fault_of_numbers(item);
    case ItemKind::TextEntry:
        break;
    }
    return fault_of_spellings(item);
}

std::size_t letters_in(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_picture_name(std::string_view name)
{
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; };
    if (name.empty() || name.size() > 100 || name.front() == '.' || !std::all_of(name.begin(), name.end(), is_plain)) return false;
    for (const std::string_view end : {".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"})
        if (name.size() > end.size() && name.ends_with(end)) return true;
    return false;
}

} // namespace adal::quizzes
