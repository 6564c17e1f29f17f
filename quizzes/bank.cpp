#include "content/authored_json.hpp"
#include "quizzes/gift.hpp"
#include "quizzes/joined.hpp"
#include "quizzes/parity.hpp"
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

Finding error(const std::string& file, int line, const char* key, const ItemId& item)
{
    return {file, line, Finding::Gravity::Error, key, {{"item", item.text}}};
}

template <class List, class Name> auto find(List& list, const Name& id) -> decltype(&list.front())
{
    const auto found = std::find_if(list.begin(), list.end(), [&](const auto& each) { return each.id == id; });
    return found == list.end() ? nullptr : &*found;
}

/// The same item from all three files, if it is there and says the same in each.
std::optional<Item> join(const Sources& sources, const AuthoredItem& first, Findings& findings)
{
    ThreeItems three{.files = sources.files};
    bool agree = true;
    for (std::size_t i = 0; i < languages; ++i) {
        const auto* text = three.texts[i] = find(sources.readings[i].items, first.id);
        const auto* why = text ? difference(first, *text) : "check.bank.missing";
        if (!why) continue;
        findings.push_back(error(sources.files[i], text ? text->line : 0, why, first.id));
        agree = false;
    }
    if (!agree) return std::nullopt;
    warn_of_slips(three, findings);
    return joined(three.texts);
}

/// Items the first language lacks, and the first place where the order differs.
void compare_order(const Sources& sources, std::size_t other, Findings& findings)
{
    const auto &first_items = sources.readings[0].items, &items = sources.readings[other].items;
    std::vector<const AuthoredItem*> common;
    for (const auto& item : items)
        if (find(first_items, item.id))
            common.push_back(&item);
        else
            findings.push_back(error(sources.files[0], 0, "check.bank.missing", item.id));
    std::size_t at = 0;
    for (const auto& item : first_items) {
        if (!find(items, item.id)) continue;
        if (common[at++]->id == item.id) continue;
        findings.push_back(
            error(sources.files[other], common[at - 1]->line, "check.bank.order_differs", common[at - 1]->id));
        return;
    }
}

bool says_nothing_of_answers(const AuthoredItem& item)
{
    const auto silent = [](const auto& each) { return each.feedback.empty(); };
    return item.feedback.empty() && std::all_of(item.choices.begin(), item.choices.end(), silent) &&
           std::all_of(item.numbers.begin(), item.numbers.end(), silent) && std::all_of(item.spellings.begin(), item.spellings.end(), silent);
}

/// What a graded item needs beyond being readable.
void check_graded(const AuthoredItem& item, const std::string& file, Findings& findings)
{
    const auto demand = [&](bool is_so, const char* key) {
        if (!is_so) findings.push_back(error(file, item.line, key, item.id));
    };
    demand(!item.topic.empty(), "check.bank.no_topic");
    demand(item.difficulty.has_value(), "check.bank.no_difficulty");
    demand(!item.reference.empty(), "check.bank.no_reference");
    demand(item.id.text.starts_with(item.topic.text + "-"), "check.bank.name");
    demand(says_nothing_of_answers(item), "check.bank.feedback");
}

void append(Findings& to, const Findings& more) { to.insert(to.end(), more.begin(), more.end()); }

/// Reads items.json: what GIFT cannot say. It is asked twice: before the languages are joined, for what an item is, and after.
class Beside {
public:
    Beside(const BankSources& given, Findings& findings)
        : json_(content::AuthoredObject::parse(given.items_json, given.folder + "/items.json", findings)), findings_(findings)
    {}

    /// Matches with 1, 2, 3 ... that are orders.
    void make_orders(Sources& sources)
    {
        if (!json_ || !json_->has("orders")) return;
        for (const auto& name : json_->words("orders")) {
            bool is_known = false;
            for (std::size_t i = 0; i < languages; ++i)
                if (auto* item = find(sources.readings[i].items, ItemId{name})) {
                    is_known = true;
                    if (!become_order(*item)) findings_.push_back(error(sources.files[i], item->line, "check.bank.order", item->id));
                }
            if (!is_known) json_->find("orders", "check.bank.unknown_item", {{"item", name}});
        }
    }

    void read(Sources& sources, Bank& bank)
    {
        if (json_) {
            read_reviewed(bank);
            read_enemies(bank);
            each("points", bank, [](content::AuthoredObject& points, const std::string& name, Item& item) { item.points = points.whole(name, 1); });
            each("folding", bank, read_folding);
            each("withdrawn", bank, [&](content::AuthoredObject& withdrawn, const std::string& name, Item& item) {
                auto entry = withdrawn.object(name);
                bank.withdrawn[item.id] = entry.word("why");
                entry.finish();
            });
            read_scenarios(sources, bank);
            json_->finish();
        }
        for (std::size_t i = 0; i < languages; ++i)
            for (const auto& text : sources.readings[i].texts)
                if (!bank.scenarios.contains(text.id)) findings_.push_back(error(sources.files[i], text.line, "check.bank.text_alone", {text.id.text}));
    }

private:
    std::optional<content::AuthoredObject> json_;
    Findings& findings_;

    static std::vector<ItemId> known(const std::vector<std::string>& names, const std::string& key, content::AuthoredObject& where, const Bank& bank)
    {
        std::vector<ItemId> ids;
        for (const auto& name : names) {
            if (!bank.items.contains(ItemId{name})) where.find(key, "check.bank.unknown_item", {{"item", name}});
            ids.push_back({name});
        }
        return ids;
    }

    void read_reviewed(Bank& bank)
    {
        auto reviewed = json_->object("reviewed");
        for (const auto language : all_languages) {
            const std::string key{code(language)};
            bank.reviewed[language] = known(reviewed.words(key), key, reviewed, bank);
        }
        reviewed.finish();
    }

    void read_enemies(Bank& bank)
    {
        for (const auto& names : json_->word_lists("enemies")) {
            const std::set<std::string> different{names.begin(), names.end()};
            if (different.size() < 2 || different.size() != names.size()) json_->find("enemies", "check.bank.enemies");
            bank.enemies.push_back(known(names, "enemies", *json_, bank));
        }
    }

    /// {"item": value, ...} under `key`, which may be missing.
    template <class Read> void each(const std::string& key, Bank& bank, Read read_one)
    {
        if (!json_->has(key)) return;
        auto values = json_->object(key);
        for (const auto& name : values.keys()) {
            const auto item = bank.items.find(ItemId{name});
            if (item != bank.items.end()) read_one(values, name, item->second);
            else values.find(name, "check.bank.unknown_item", {{"item", name}});
        }
    }

    static void read_folding(content::AuthoredObject& values, const std::string& name, Item& item)
    {
        const auto word = values.word(name);
        const auto folding = folding_from(word);
        if (!folding || item.kind != ItemKind::TextEntry) values.find(name, "check.bank.folding", {{"item", name}});
        else item.words.folding = *folding;
    }

    void read_scenarios(Sources& sources, Bank& bank)
    {
        if (!json_->has("scenarios")) return;
        auto all = json_->object("scenarios");
        for (const auto& name : all.keys()) {
            auto entry = all.object(name);
            Scenario scenario{.id = {name}, .topic = {entry.word("topic")}, .text = {}, .items = known(entry.words("items"), "items", entry, bank)};
            entry.finish();
            if (scenario.items.empty()) all.find(name, "check.bank.scenario_empty", {{"item", name}});
            join_items(scenario, entry, bank);
            if (join_texts(scenario, sources)) bank.scenarios[scenario.id] = std::move(scenario);
        }
    }

    static void join_items(const Scenario& scenario, content::AuthoredObject& entry, Bank& bank)
    {
        for (const auto& id : scenario.items) {
            const auto found = bank.items.find(id);
            if (found == bank.items.end()) continue;
            auto& item = found->second;
            if (!item.scenario.empty()) entry.find("items", "check.bank.scenario_twice", {{"item", id.text}});
            if (item.topic != scenario.topic) entry.find("items", "check.bank.scenario_topic", {{"item", id.text}});
            item.scenario = scenario.id;
        }
    }

    bool join_texts(Scenario& scenario, Sources& sources)
    {
        bool is_whole = true;
        for (const auto language : all_languages) {
            const auto i = static_cast<std::size_t>(language);
            const auto* text = find(sources.readings[i].texts, scenario.id);
            const bool agrees = text && (i == 0 || text->picture.has_value() == scenario.picture.has_value()) &&
                                (!text->picture || i == 0 || text->picture->file == scenario.picture->file);
            if (!text || !agrees) {
                findings_.push_back(error(sources.files[i], text ? text->line : 0, text ? "check.bank.picture_differs" : "check.bank.scenario_text", {scenario.id.text}));
                is_whole = false;
                continue;
            }
            scenario.text.in(language) = text->text;
            if (!text->picture) continue;
            if (!scenario.picture) scenario.picture = Picture{text->picture->file, {}};
            scenario.picture->alternative.in(language) = text->picture->alternative;
        }
        return is_whole;
    }
};
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
    Beside beside{given, result.findings};
    beside.make_orders(sources);
    for (const auto& first : sources.readings[0].items)
        if (auto item = join(sources, first, result.findings)) result.bank.items.emplace(first.id, std::move(*item));
    for (std::size_t other = 1; other < languages; ++other) compare_order(sources, other, result.findings);
    beside.read(sources, result.bank);
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
        if (reading.items.size() != 1 || !reading.texts.empty()) result.findings.push_back(error(file, 1, "check.module.one_item", {}));
    if (!items.empty()) {
        const bool has_one_right = items[0].kind == ItemKind::SingleChoice || items[0].kind == ItemKind::TrueFalse;
        if (!has_one_right || items[0].credit != Credit::AllOrNothing)
            result.findings.push_back(error(file, items[0].line, "check.module.kind", items[0].id));
        if (auto item = join(sources, items[0], result.findings)) result.item = std::move(*item);
    }
    for (auto& finding : result.findings) finding.line += line - (finding.line > 0 ? 1 : 0);
    return result;
}

} // namespace adal::quizzes
