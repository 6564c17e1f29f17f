#include "content/authored_json.hpp"
#include "quizzes/gift.hpp"
#include <algorithm>
#include <array>
#include <set>

namespace adal::quizzes {
namespace {
using content::Finding;
using content::Findings;
constexpr auto languages = all_languages.size();

/// What the three languages say, beside the names of their files.
struct Sources {
    std::array<GiftReading, languages> readings;
    std::array<std::string, languages> files;
};

ChoiceId choice_id(ItemKind kind, std::size_t index)
{
    if (kind == ItemKind::TrueFalse) return {index == 0 ? "T" : "F"};
    return {std::string(1, static_cast<char>('A' + index))};
}

Finding error(const std::string& file, int line, const char* key, const ItemId& item)
{
    return {file, line, Finding::Gravity::Error, key, {{"item", item.text}}};
}

/// Why two languages of one item do not say the same; nothing if they do.
const char* difference(const GiftItem& one, const GiftItem& other)
{
    if (one.kind != other.kind) return "check.bank.kind_differs";
    if (one.choices.size() != other.choices.size()) return "check.bank.choices_differ";
    for (std::size_t i = 0; i < one.choices.size(); ++i)
        if (one.choices[i].is_right != other.choices[i].is_right) return "check.bank.key_differs";
    if (one.topic != other.topic) return "check.bank.topic_differs";
    if (one.difficulty != other.difficulty) return "check.bank.difficulty_differs";
    if (one.reference != other.reference) return "check.bank.reference_differs";
    return nullptr;
}

Item joined(const std::array<const GiftItem*, languages>& texts)
{
    const auto& first = *texts.front();
    Item item{.id = first.id,
              .revision = {},
              .kind = first.kind,
              .topic = first.topic,
              .difficulty = first.difficulty.value_or(Difficulty::Easy),
              .stem = {},
              .choices = {},
              .reference = first.reference};
    for (std::size_t i = 0; i < first.choices.size(); ++i)
        item.choices.push_back({choice_id(item.kind, i), {}, {}, first.choices[i].is_right});
    for (const auto language : all_languages) {
        const auto& text = *texts[static_cast<std::size_t>(language)];
        item.stem.in(language) = text.stem;
        for (std::size_t i = 0; i < item.choices.size(); ++i) {
            item.choices[i].text.in(language) = text.choices[i].text;
            item.choices[i].feedback.in(language) = text.choices[i].feedback;
        }
    }
    return item;
}

const GiftItem* find(const GiftReading& reading, const ItemId& id)
{
    const auto found =
        std::find_if(reading.items.begin(), reading.items.end(), [&](const auto& item) { return item.id == id; });
    return found == reading.items.end() ? nullptr : &*found;
}

/// The same item from all three files, if it is there and says the same in each.
std::optional<Item> join(const Sources& sources, const GiftItem& first, Findings& findings)
{
    std::array<const GiftItem*, languages> texts{};
    bool agree = true;
    for (std::size_t i = 0; i < languages; ++i) {
        texts[i] = find(sources.readings[i], first.id);
        const auto* why = texts[i] ? difference(first, *texts[i]) : "check.bank.missing";
        if (!why) continue;
        findings.push_back(error(sources.files[i], texts[i] ? texts[i]->line : 0, why, first.id));
        agree = false;
    }
    return agree ? std::optional{joined(texts)} : std::nullopt;
}

/// Items the first language lacks, and the first place where the order differs.
void compare_order(const Sources& sources, std::size_t other, Findings& findings)
{
    const auto &first_items = sources.readings[0].items, &items = sources.readings[other].items;
    std::vector<const GiftItem*> common;
    for (const auto& item : items)
        if (find(sources.readings[0], item.id))
            common.push_back(&item);
        else
            findings.push_back(error(sources.files[0], 0, "check.bank.missing", item.id));
    std::size_t at = 0;
    for (const auto& item : first_items) {
        if (!find(sources.readings[other], item.id)) continue;
        if (common[at++]->id == item.id) continue;
        findings.push_back(
            error(sources.files[other], common[at - 1]->line, "check.bank.order_differs", common[at - 1]->id));
        return;
    }
}

/// What a graded item needs beyond being readable.
void check_graded(const GiftItem& item, const std::string& file, Findings& findings)
{
    const auto demand = [&](bool is_so, const char* key) {
        if (!is_so) findings.push_back(error(file, item.line, key, item.id));
    };
    demand(!item.topic.empty(), "check.bank.no_topic");
    demand(item.difficulty.has_value(), "check.bank.no_difficulty");
    demand(!item.reference.empty(), "check.bank.no_reference");
    demand(item.id.text.starts_with(item.topic.text + "-"), "check.bank.name");
    demand(std::all_of(item.choices.begin(), item.choices.end(),
                       [](const auto& choice) { return choice.feedback.empty(); }),
           "check.bank.feedback");
}

std::vector<ItemId> known(const std::vector<std::string>& names, const std::string& key, content::AuthoredObject& where,
                          const Bank& bank)
{
    std::vector<ItemId> ids;
    for (const auto& name : names) {
        if (!bank.items.contains(ItemId{name})) where.find(key, "check.bank.unknown_item", {{"item", name}});
        ids.push_back({name});
    }
    return ids;
}

void read_items_json(const BankSources& sources, BankReading& reading)
{
    auto json = content::AuthoredObject::parse(sources.items_json, sources.folder + "/items.json", reading.findings);
    if (!json) return;
    auto reviewed = json->object("reviewed");
    for (const auto language : all_languages) {
        const std::string key{code(language)};
        reading.bank.reviewed[language] = known(reviewed.words(key), key, reviewed, reading.bank);
    }
    reviewed.finish();
    for (const auto& names : json->word_lists("enemies")) {
        const std::set<std::string> different{names.begin(), names.end()};
        if (different.size() < 2 || different.size() != names.size()) json->find("enemies", "check.bank.enemies");
        reading.bank.enemies.push_back(known(names, "enemies", *json, reading.bank));
    }
    json->finish();
}

void append(Findings& to, const Findings& more) { to.insert(to.end(), more.begin(), more.end()); }
} // namespace

BankReading read_bank(const BankSources& given)
{
    const Text texts{given.kk, given.ru, given.en};
    Sources sources;
    BankReading result;
    for (const auto language : all_languages) {
        const auto i = static_cast<std::size_t>(language);
        sources.files[i] = given.folder + "/" + std::string{code(language)} + ".gift";
        sources.readings[i] = read_gift(texts.in(language), sources.files[i]);
        append(result.findings, sources.readings[i].findings);
        for (const auto& item : sources.readings[i].items) check_graded(item, sources.files[i], result.findings);
    }
    for (const auto& first : sources.readings[0].items)
        if (auto item = join(sources, first, result.findings)) result.bank.items.emplace(first.id, std::move(*item));
    for (std::size_t other = 1; other < languages; ++other) compare_order(sources, other, result.findings);
    read_items_json(given, result);
    return result;
}

ItemReading read_check(const Text& texts, const std::string& file, int line)
{
    Sources sources;
    ItemReading result;
    for (const auto language : all_languages) {
        const auto i = static_cast<std::size_t>(language);
        sources.files[i] = file;
        sources.readings[i] = read_gift(texts.in(language), file);
        append(result.findings, sources.readings[i].findings);
        for (auto& item : sources.readings[i].items)
            if (std::any_of(item.choices.begin(), item.choices.end(),
                            [](const auto& choice) { return choice.feedback.empty(); }))
                result.findings.push_back(error(file, item.line, "check.module.no_feedback", item.id));
    }
    const auto& items = sources.readings[0].items;
    for (const auto& reading : sources.readings)
        if (reading.items.size() != 1) result.findings.push_back(error(file, 1, "check.module.one_item", {}));
    if (!items.empty()) {
        if (items[0].kind == ItemKind::MultipleChoice)
            result.findings.push_back(error(file, items[0].line, "check.module.kind", items[0].id));
        if (auto item = join(sources, items[0], result.findings)) result.item = std::move(*item);
    }
    for (auto& finding : result.findings) finding.line += line - (finding.line > 0 ? 1 : 0);
    return result;
}

} // namespace adal::quizzes
