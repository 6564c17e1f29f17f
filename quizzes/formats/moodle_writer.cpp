#include "quizzes/formats/ledger.hpp"
#include "quizzes/gift_signs.hpp"

namespace adal::quizzes::formats {
namespace {
using std::string_view;
constexpr std::string_view difficulty_words[]{"easy", "medium", "hard"};

std::string element(const char* name, const std::string& content) { return std::string{"<"} + name + ">" + content + "</" + name + ">\n"; }

/// <text> holds HTML; escaped, it cannot end the CDATA section.
std::string html(const char* name, const std::string& text, const std::string& more = {})
{
    return std::string{"<"} + name + " format=\"html\"><text><![CDATA[" + to_html(text) + "]]></text>" + more + "</" + name + ">\n";
}

const char* type_of(const AuthoredItem& item)
{
    switch (item.kind) {
    case ItemKind::TrueFalse: return "truefalse";
    case ItemKind::Match: return "matching";
    case ItemKind::Order: return "ordering";
    case ItemKind::Numeric: return "numerical";
    case ItemKind::TextEntry: return "shortanswer";
    default: return "multichoice";
    }
}

std::string question_text(const std::string& text, const std::optional<AuthoredPicture>& picture)
{
    if (!picture) return html("questiontext", text);
    std::string words = to_html(text) + "<img src=\"@@PLUGINFILE@@/" + picture->file + "\" alt=\"" + escaped(picture->alternative) + "\">";
    return "<questiontext format=\"html\"><text><![CDATA[" + words + "]]></text><file name=\"" + picture->file + "\" path=\"/\" encoding=\"base64\">" + to_base64(picture->bytes) +
           "</file></questiontext>\n";
}

std::string with_stars(std::string text)
{
    for (auto at = text.find('*'); at != std::string::npos; at = text.find('*', at + 2)) text.insert(at, 1, '\\');
    return text;
}

class QuestionWriter {
public:
    explicit QuestionWriter(const AuthoredItem& item) : item_(item) {}

    std::string all() const
    {
        std::string text = std::string{"<question type=\""} + type_of(item_) + "\">\n";
        text += element("name", "<text>" + escaped(item_.id.text) + "</text>") + question_text(item_.stem, item_.picture) + html("generalfeedback", item_.feedback);
        text += element("defaultgrade", std::to_string(item_.points)) + element("penalty", "0") + element("hidden", "0") + element("idnumber", escaped(item_.id.text));
        return text + answers() + tags() + "</question>\n";
    }

private:
    const AuthoredItem& item_;

    static std::string answer(Weight weight, const std::string& words, const std::string& feedback, const std::string& more = {})
    {
        return "<answer fraction=\"" + gift::weight_text(weight) + "\" format=\"html\"><text><![CDATA[" + to_html(words) + "]]></text>\n" + html("feedback", feedback) + more + "</answer>\n";
    }

    /// Words that are compared are no HTML.
    static std::string bare_answer(Weight weight, const std::string& words, const std::string& feedback, const std::string& more = {})
    {
        return "<answer fraction=\"" + gift::weight_text(weight) + "\" format=\"moodle_auto_format\"><text>" + escaped(words) + "</text>\n" + html("feedback", feedback) + more + "</answer>\n";
    }

    std::string answers() const
    {
        std::string text;
        switch (item_.kind) {
        case ItemKind::TrueFalse:
            for (const bool is_true : {true, false}) {
                const auto& choice = item_.choices[is_true ? 0 : 1];
                text += bare_answer(choice.is_right ? whole_weight : 0, is_true ? "true" : "false", choice.feedback);
            }
            return text;
        case ItemKind::Match: return pairs();
        case ItemKind::Order:
            text = element("layouttype", "VERTICAL") + element("selecttype", "ALL") + element("gradingtype", "ABSOLUTE_POSITION");
            for (const auto& choice : item_.choices) text += answer(whole_weight, choice.text, {});
            return text;
        case ItemKind::Numeric:
            for (const auto& number : item_.numbers) text += bare_answer(number.weight, to_text(number.value), number.feedback, element("tolerance", to_text(number.tolerance)));
            return text;
        case ItemKind::TextEntry:
            text = element("usecase", item_.folding == Folding::Nothing ? "1" : "0");
            for (const auto& spelling : item_.spellings) text += bare_answer(spelling.weight, with_stars(spelling.text), spelling.feedback);
            return text;
        default:
            text = element("single", item_.kind == ItemKind::SingleChoice ? "true" : "false") + element("shuffleanswers", "true") + element("answernumbering", "none");
            for (const auto& choice : item_.choices) text += answer(written_weight(item_, choice), choice.text, choice.feedback);
            return text;
        }
    }

    std::string pairs() const
    {
        auto text = element("shuffleanswers", "true");
        const auto pair = [](const std::string& source, const std::string& target) {
            return "<subquestion format=\"html\"><text><![CDATA[" + to_html(source) + "]]></text><answer><text>" + escaped(escaped(target)) + "</text></answer></subquestion>\n";
        };
        std::size_t said = 0; // targets are read in the order in which they are named
        for (const auto& choice : item_.choices) {
            for (; said < choice.target; ++said) text += pair({}, item_.targets[said]);
            text += pair(choice.text, item_.targets[choice.target]);
            said = std::max(said, choice.target + 1);
        }
        for (; said < item_.targets.size(); ++said) text += pair({}, item_.targets[said]);
        return text;
    }

    std::string tags() const
    {
        std::string tags;
        if (item_.difficulty) tags += "<tag><text>" + std::string{difficulty_words[static_cast<std::size_t>(*item_.difficulty)]} + "</text></tag>";
        if (!item_.reference.empty()) tags += "<tag><text>ref:" + escaped(item_.reference) + "</text></tag>";
        return tags.empty() ? "" : element("tags", tags);
    }
};

std::string category(const TopicId& topic) { return "<question type=\"category\"><category><text>$course$/top/" + escaped(topic.text) + "</text></category></question>\n"; }

std::string description(const AuthoredScenario& scenario)
{
    return "<question type=\"description\">\n" + element("name", "<text>" + escaped(scenario.id.text) + "</text>") + question_text(scenario.text, scenario.picture) +
           element("idnumber", escaped(scenario.id.text)) + "</question>\n";
}
} // namespace

Exported export_moodle_xml(const Collection& content, const std::string& file)
{
    Ledger ledger{file};
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n";
    TopicId topic;
    const auto enter = [&](const TopicId& next) {
        if (next != topic) text += category(next);
        topic = next;
    };
    for (const auto& scenario : content.scenarios) {
        enter(scenario.topic);
        text += description(scenario);
        ledger.lose(scenario.line, scenario.id.text, "formats.loss.scenario");
    }
    for (const auto& item : content.items) {
        enter(item.topic);
        text += QuestionWriter{item}.all();
        if (item.kind == ItemKind::TextEntry && item.folding == Folding::Letters) ledger.lose(item.line, item.id.text, "formats.loss.setting", {{"setting", "folding"}});
        if (item.picture && item.picture->bytes.empty()) ledger.lose(item.line, item.id.text, "formats.loss.picture", {{"picture", item.picture->file}});
    }
    for (const auto& test : content.tests) ledger.lose(0, test.id.text, "formats.loss.test");
    text += "</quiz>\n";
    return {{{file, Bytes(text.begin(), text.end())}}, std::move(ledger.losses)};
}

} // namespace adal::quizzes::formats
