#include "quizzes/formats/ledger.hpp"
#include "quizzes/gift_signs.hpp"
#include "quizzes/joined.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace adal::quizzes::formats {
namespace {
using std::string_view;
constexpr std::string_view difficulty_words[]{"easy", "medium", "hard"};

std::string escaped_gift(string_view text)
{
    std::string result;
    for (const char c : text) {
        if (string_view{"~=#{}:\\"}.find(c) != string_view::npos) result += '\\';
        if (c == '\n') result += "\\n";
        else result += c;
    }
    return result;
}

std::string with_feedback(const std::string& text, const std::string& feedback) { return feedback.empty() ? text : text + "#" + escaped_gift(feedback); }

/// A match and a spelling cannot hold the arrow of a match.
std::string without_arrow(std::string text)
{
    for (auto at = text.find("->"); at != std::string::npos; at = text.find("->", at)) text.replace(at, 2, "\u2192");
    return text;
}

/// What would end a picture's words.
std::string without_brackets(std::string text)
{
    std::replace(text.begin(), text.end(), '[', '(');
    std::replace(text.begin(), text.end(), ']', ')');
    return text;
}

std::string spelt(const std::string& text)
{
    auto result = escaped_gift(without_arrow(text));
    for (auto at = result.find('*'); at != std::string::npos; at = result.find('*', at + 2)) result.insert(at, 1, '\\');
    return result;
}

class GiftItemWriter {
public:
    explicit GiftItemWriter(const AuthoredItem& item) : item_(item) {}

    std::string all() const
    {
        auto body = item_.kind == ItemKind::TrueFalse ? true_false() : "\n" + answers();
        if (!item_.feedback.empty()) body += "####" + escaped_gift(item_.feedback) + "\n";
        return tags() + "::" + item_.id.text + "::" + stem(item_.stem, item_.picture, body) + "{" + body + "}\n";
    }

    /// Where a sign of HTML or a marker stands anywhere in the item, all of it is said to be plain.
    static std::string stem(const std::string& text, const std::optional<AuthoredPicture>& picture, const std::string& body = {})
    {
        std::string marker;
        for (const string_view known : {"[html]", "[moodle]", "[plain]", "[markdown]"})
            if (text.starts_with(known)) marker = "[plain]";
        if ((text + body).find_first_of("<&") != std::string::npos) marker = "[plain]";
        return marker + escaped_gift(text) + (picture ? " ![" + escaped_gift(without_brackets(picture->alternative)) + "](" + picture->file + ")" : "");
    }

private:
    const AuthoredItem& item_;

    std::string tags() const
    {
        std::string tags;
        if (item_.difficulty) tags += " [tag:" + std::string{difficulty_words[static_cast<std::size_t>(*item_.difficulty)]} + "]";
        if (!item_.reference.empty()) tags += " [tag:ref:" + item_.reference + "]";
        return tags.empty() ? "" : "//" + tags + "\n";
    }

    /// What a wrong answer hears stands first.
    std::string true_false() const
    {
        const bool is_true = item_.choices[0].is_right;
        const auto &wrong = item_.choices[is_true ? 1 : 0].feedback, &right = item_.choices[is_true ? 0 : 1].feedback;
        std::string text = is_true ? "T" : "F";
        if (!wrong.empty() || !right.empty()) text += "#" + escaped_gift(wrong);
        if (!right.empty()) text += "#" + escaped_gift(right);
        return text;
    }

    std::string answers() const
    {
        switch (item_.kind) {
        case ItemKind::Match:
        case ItemKind::Order:
            return pairs();
        case ItemKind::Numeric:
            return numbers();
        case ItemKind::TextEntry:
            return spellings();
        default:
            return choices();
        }
    }

    std::string choices() const
    {
        std::string text;
        bool has_right = false;
        for (const auto& choice : item_.choices) {
            const auto weight = written_weight(item_, choice);
            const bool is_first_right = item_.kind == ItemKind::SingleChoice && weight == whole_weight && !has_right;
            has_right = has_right || is_first_right;
            const bool is_bare = (is_first_right || (item_.kind == ItemKind::SingleChoice && weight == 0)) && !choice.text.starts_with('%');
            text += (is_first_right ? "=" : "~") + (is_bare ? "" : "%" + gift::weight_text(weight) + "%") + with_feedback(escaped_gift(choice.text), choice.feedback) + "\n";
        }
        return text;
    }

    std::string pairs() const
    {
        auto match = item_;
        if (match.kind == ItemKind::Order) become_match(match);
        std::string text;
        std::size_t said = 0; // targets stand in the file in the order in which they are first named
        for (const auto& choice : match.choices) {
            for (; said < choice.target; ++said) text += "= -> " + escaped_gift(match.targets[said]) + "\n";
            text += "=" + escaped_gift(without_arrow(choice.text)) + " -> " + escaped_gift(match.targets[choice.target]) + "\n";
            said = std::max(said, choice.target + 1);
        }
        for (; said < match.targets.size(); ++said) text += "= -> " + escaped_gift(match.targets[said]) + "\n";
        return text;
    }

    std::string numbers() const
    {
        std::string text = "#\n";
        for (const auto& number : item_.numbers)
            text += "=" + (number.weight == whole_weight ? "" : "%" + gift::weight_text(number.weight) + "%") +
                    with_feedback(to_text(number.value) + ":" + to_text(number.tolerance), number.feedback) + "\n";
        return text;
    }

    std::string spellings() const
    {
        std::string text;
        for (const auto& spelling : item_.spellings)
            text += "=" + (spelling.weight == whole_weight && !spelling.text.starts_with('%') ? "" : "%" + gift::weight_text(spelling.weight) + "%") +
                    with_feedback(spelt(spelling.text), without_arrow(spelling.feedback)) + "\n";
        return text;
    }
};

std::string gift_of(const Collection& content)
{
    std::string text;
    TopicId topic;
    const auto enter = [&](const TopicId& next) {
        if (next != topic && !next.empty()) text += "$CATEGORY: " + next.text + "\n\n";
        topic = next;
    };
    for (const auto& scenario : content.scenarios) {
        enter(scenario.topic);
        text += "::" + scenario.id.text + "::" + GiftItemWriter::stem(scenario.text, scenario.picture) + "\n\n";
    }
    for (const auto& item : content.items) {
        enter(item.topic);
        text += GiftItemWriter{item}.all() + "\n";
    }
    return text;
}

bool has_arrow(const AuthoredItem& item)
{
    if (item.kind == ItemKind::TextEntry)
        return std::any_of(item.spellings.begin(), item.spellings.end(), [](const auto& each) { return (each.text + "\n" + each.feedback).find("->") != std::string::npos; });
    return (item.kind == ItemKind::Match || item.kind == ItemKind::Order) &&
           std::any_of(item.choices.begin(), item.choices.end(), [](const auto& each) { return each.text.find("->") != std::string::npos; });
}

void put_pictures(const Collection& content, const std::string& folder, Files& files)
{
    const auto put = [&](const std::optional<AuthoredPicture>& picture) {
        if (picture && !picture->bytes.empty()) files[folder + picture->file] = picture->bytes;
    };
    for (const auto& item : content.items) put(item.picture);
    for (const auto& scenario : content.scenarios) put(scenario.picture);
}

Bytes bytes_in(const std::string& text) { return {text.begin(), text.end()}; }

nlohmann::json beside(const Collection& content)
{
    auto json = nlohmann::json{{"enemies", nlohmann::json::array()}, {"reviewed", {{"kk", nlohmann::json::array()}, {"ru", nlohmann::json::array()}, {"en", nlohmann::json::array()}}}};
    for (const auto& item : content.items) {
        if (item.kind == ItemKind::Order) json["orders"].push_back(item.id.text);
        if (item.points != 1) json["points"][item.id.text] = item.points;
        if (item.kind == ItemKind::TextEntry && item.folding != Folding::Case) json["folding"][item.id.text] = folding_word(item.folding);
    }
    for (const auto& scenario : content.scenarios) {
        if (scenario.items.empty()) continue;
        auto names = nlohmann::json::array();
        for (const auto& id : scenario.items) names.push_back(id.text);
        json["scenarios"][scenario.id.text] = {{"topic", scenario.topic.text}, {"items", names}};
    }
    return json;
}
/// What a section takes from each topic and difficulty. Items of one kind among which it selects are a draw; all others are in every form.
struct TopicShare {
    std::map<std::string, int> draw;
    std::set<std::string> anchors;
};
std::map<std::string, TopicShare> shares_of(const AuthoredTest& test, const Collection& content)
{
    std::map<std::string, TopicShare> topics;
    for (const auto& section : test.sections) {
        std::set<std::pair<std::string, std::string>> places;
        std::vector<std::pair<std::string, std::pair<std::string, std::string>>> items;
        for (const auto& item : content.items)
            if (std::find(section.items.begin(), section.items.end(), item.id) != section.items.end()) {
                const std::pair place{item.topic.empty() ? "items" : item.topic.text, std::string{difficulty_words[static_cast<std::size_t>(item.difficulty.value_or(Difficulty::Easy))]}};
                places.insert(place);
                items.emplace_back(item.id.text, place);
            }
        const bool is_draw = places.size() == 1 && section.select > 0 && static_cast<std::size_t>(section.select) < items.size();
        if (is_draw) topics[places.begin()->first].draw[places.begin()->second] += section.select;
        else
            for (const auto& [id, place] : items)
                if (auto& topic = topics[place.first]; topic.anchors.insert(id).second) ++topic.draw[place.second];
    }
    return topics;
}

/// The rest QTI does not say: whoever imports it decides.
nlohmann::json test_json(const AuthoredTest& test, const Collection& content)
{
    const auto in_three = [](const std::string& text) { return nlohmann::json{{"kk", text}, {"ru", text}, {"en", text}}; };
    auto topics = nlohmann::json::array();
    int count = 0;
    for (const auto& [id, share] : shares_of(test, content)) {
        nlohmann::json topic{{"id", id}, {"title", in_three(id)}, {"draw", share.draw}};
        if (!share.anchors.empty()) topic["anchors"] = share.anchors;
        for (const auto& [difficulty, n] : share.draw) count += n;
        topics.push_back(std::move(topic));
    }
    const auto title = test.title.empty() ? test.id.text : test.title;
    return {{"id", test.id.text}, {"version", 1}, {"title", in_three(title)}, {"topics", topics}, {"time_limit_minutes", test.time_limit_seconds > 0 ? (test.time_limit_seconds + 59) / 60 : 60},
            {"navigation", test.is_linear ? "linear" : "free"}, {"pass_mark", std::max(count, 1)}, {"attempts", 1}, {"cooldown_days", 0}, {"shuffle_choices", true}, {"shuffle_items", test.shuffles_items}};
}
} // namespace

Exported export_gift(const Collection& content, const std::string& file)
{
    Ledger ledger{file};
    for (const auto& item : content.items) {
        if (item.kind == ItemKind::Order) ledger.lose(item.line, item.id.text, "formats.loss.order");
        if (item.points != 1) ledger.lose(item.line, item.id.text, "formats.loss.setting", {{"setting", "points"}});
        if (item.kind == ItemKind::TextEntry && item.folding != Folding::Case) ledger.lose(item.line, item.id.text, "formats.loss.setting", {{"setting", "folding"}});
        if (has_arrow(item)) ledger.lose(item.line, item.id.text, "formats.loss.arrow");
        if (item.picture && !item.picture->bytes.empty()) ledger.lose(item.line, item.id.text, "formats.loss.picture", {{"picture", item.picture->file}});
    }
    for (const auto& scenario : content.scenarios) ledger.lose(scenario.line, scenario.id.text, "formats.loss.scenario");
    for (const auto& test : content.tests) ledger.lose(0, test.id.text, "formats.loss.test");
    return {{{file, bytes_in(gift_of(content))}}, std::move(ledger.losses)};
}

Files bank_files(const Collection& content, Language language)
{
    Files files{{std::string{code(language)} + ".gift", bytes_in(gift_of(content))}, {"items.json", bytes_in(beside(content).dump(2) + "\n")}};
    for (const auto& test : content.tests) files["tests/" + test.id.text + ".json"] = bytes_in(test_json(test, content).dump(2) + "\n");
    put_pictures(content, "pictures/", files);
    return files;
}

} // namespace adal::quizzes::formats
