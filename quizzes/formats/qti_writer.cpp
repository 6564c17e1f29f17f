#include "quizzes/formats/ledger.hpp"
#include <algorithm>

/// QTI 2.1, 2.2, 3.0 (imsglobal.org/question): items/<id>.xml, tests/<id>.xml, pictures/, imsmanifest.xml.
namespace adal::quizzes::formats {
namespace {
using std::string_view;
using Attributes = std::vector<std::pair<string_view, std::string>>;

/// Elements by their names of 2.x; 3.0 writes "qti-simple-choice" for simpleChoice.
class QtiXml {
public:
    explicit QtiXml(QtiVersion version) : version_(version) {}

    std::string element(string_view name, const Attributes& attributes, const std::string& inside = {}) const
    {
        const auto tag = (version_ == QtiVersion::v3_0 ? "qti-" : "") + spelt(name);
        auto text = "<" + tag;
        for (const auto& [key, value] : attributes) text += " " + (key.starts_with("xmlns") ? std::string{key} : spelt(key)) + "=\"" + escaped(value) + "\"";
        return inside.empty() ? text + "/>\n" : text + ">" + inside + "</" + tag + ">\n";
    }

    std::string page(string_view name, Attributes attributes, const std::string& inside) const
    {
        attributes.insert(attributes.begin(), {"xmlns", name_space()});
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element(name, attributes, "\n" + inside);
    }

    std::string template_named(const std::string& name) const
    {
        return (version_ == QtiVersion::v3_0 ? "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/" : "http://www.imsglobal.org/question/qti_v2p1/rptemplates/") + name;
    }
    bool is_third() const { return version_ == QtiVersion::v3_0; }
    const char* resource_suffix() const { return version_ == QtiVersion::v2_1 ? "xmlv2p1" : version_ == QtiVersion::v2_2 ? "xmlv2p2" : "xmlv3p0"; }

private:
    QtiVersion version_;

    const char* name_space() const
    {
        return version_ == QtiVersion::v2_1   ? "http://www.imsglobal.org/xsd/imsqti_v2p1"
               : version_ == QtiVersion::v2_2 ? "http://www.imsglobal.org/xsd/imsqti_v2p2"
                                              : "http://www.imsglobal.org/xsd/imsqtiasi_v3p0";
    }
    std::string spelt(string_view name) const
    {
        std::string text;
        for (const char c : name)
            if (version_ == QtiVersion::v3_0 && c >= 'A' && c <= 'Z') text += {'-', static_cast<char>(c - 'A' + 'a')};
            else text += c;
        return text;
    }
};

/// Points of a weight: 3 points at 33.33333 are 0.9999999.
std::string score_text(int points, Weight weight)
{
    const auto score = std::int64_t{points} * weight, size = score < 0 ? -score : score;
    auto fraction = std::to_string(whole_weight + size % whole_weight).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return (score < 0 ? "-" : "") + std::to_string(size / whole_weight) + (fraction.empty() ? "" : "." + fraction);
}

std::string letter(std::size_t i) { return std::string(1, static_cast<char>('A' + i)); }
std::string block(const std::string& text) { return text.find('\n') == std::string::npos ? "<p>" + escaped(text) + "</p>" : to_html(text); }

class QtiItemWriter {
public:
    QtiItemWriter(const QtiXml& xml, const AuthoredItem& item) : xml_(xml), item_(item) {}

    std::string all() const
    {
        const auto body = block(item_.stem) + picture() + interaction();
        return xml_.page("assessmentItem", {{"identifier", item_.id.text}, {"title", item_.id.text}, {"label", label()}, {"adaptive", "false"}, {"timeDependent", "false"}},
                         response() + outcomes() + xml_.element("itemBody", {}, body) + processing() + feedback());
    }

private:
    const QtiXml& xml_;
    const AuthoredItem& item_;

    std::string label() const
    {
        static constexpr const char* words[]{"easy", "medium", "hard"};
        std::string text;
        if (!item_.topic.empty()) text += "topic:" + item_.topic.text + " ";
        if (item_.difficulty) text += std::string{words[static_cast<std::size_t>(*item_.difficulty)]} + " ";
        if (!item_.reference.empty()) text += "ref:" + item_.reference + " ";
        if (!text.empty()) text.pop_back();
        return text;
    }

    std::string id_of(std::size_t i) const { return item_.kind == ItemKind::TrueFalse ? (i == 0 ? "T" : "F") : letter(i); }
    static std::string target_id(std::size_t i) { return "T" + std::to_string(i + 1); }
    bool has_choice_feedback() const
    {
        return std::any_of(item_.choices.begin(), item_.choices.end(), [](const auto& choice) { return !choice.feedback.empty(); });
    }
    bool is_mapped() const { return item_.kind == ItemKind::Match || item_.kind == ItemKind::TextEntry || (item_.kind != ItemKind::Order && item_.credit == Credit::Partial); }
    bool is_choice() const { return item_.kind == ItemKind::SingleChoice || item_.kind == ItemKind::MultipleChoice || item_.kind == ItemKind::TrueFalse; }

    std::string picture() const
    {
        if (!item_.picture) return {};
        return "<p><img src=\"../pictures/" + item_.picture->file + "\" alt=\"" + escaped(item_.picture->alternative) + "\"/></p>";
    }

    std::string values(const std::vector<std::string>& all) const
    {
        std::string text;
        for (const auto& value : all) text += xml_.element("value", {}, escaped(value));
        return text.empty() ? text : xml_.element("correctResponse", {}, text);
    }

    std::vector<std::string> correct() const
    {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < item_.choices.size(); ++i)
            if (item_.kind == ItemKind::Match) all.push_back(letter(i) + " " + target_id(item_.choices[i].target));
            else if (item_.kind == ItemKind::Order || item_.choices[i].is_right) all.push_back(id_of(i));
        for (const auto& number : item_.numbers)
            if (number.weight == whole_weight && all.empty()) all.push_back(to_text(number.value));
        for (const auto& spelling : item_.spellings)
            if (spelling.weight == whole_weight && all.empty()) all.push_back(spelling.text);
        return all;
    }

    std::string mapping() const
    {
        if (!is_mapped() || item_.kind == ItemKind::Numeric) return {};
        std::string entries;
        const auto entry = [&](const std::string& key, Weight weight, Attributes more = {}) {
            more.insert(more.begin(), {{"mapKey", key}, {"mappedValue", score_text(item_.points, weight)}});
            entries += xml_.element("mapEntry", more);
        };
        for (std::size_t i = 0; i < item_.choices.size(); ++i)
            if (item_.kind == ItemKind::Match) entry(letter(i) + " " + target_id(item_.choices[i].target), whole_weight / static_cast<Weight>(item_.choices.size()));
            else entry(id_of(i), item_.choices[i].weight);
        for (const auto& spelling : item_.spellings) entry(spelling.text, spelling.weight, {{"caseSensitive", item_.folding == Folding::Nothing ? "true" : "false"}});
        return xml_.element("mapping", {{"lowerBound", "0"}, {"upperBound", std::to_string(item_.points)}, {"defaultValue", "0"}}, entries);
    }

    std::string response() const
    {
        const bool is_one = item_.kind == ItemKind::SingleChoice || item_.kind == ItemKind::TrueFalse || item_.kind == ItemKind::Numeric || item_.kind == ItemKind::TextEntry;
        const char* cardinality = is_one ? "single" : item_.kind == ItemKind::Order ? "ordered" : "multiple";
        const char* type = item_.kind == ItemKind::Match ? "directedPair" : item_.kind == ItemKind::Numeric ? "float" : item_.kind == ItemKind::TextEntry ? "string" : "identifier";
        return xml_.element("responseDeclaration", {{"identifier", "RESPONSE"}, {"cardinality", cardinality}, {"baseType", type}}, values(correct()) + mapping());
    }

    std::string outcomes() const
    {
        const auto points = std::to_string(item_.points);
        const auto number = [&](const char* id, const std::string& value) {
            return xml_.element("outcomeDeclaration", {{"identifier", id}, {"cardinality", "single"}, {"baseType", "float"}, {"normalMaximum", points}},
                                xml_.element("defaultValue", {}, xml_.element("value", {}, value)));
        };
        auto text = number("SCORE", "0") + number("MAXSCORE", points);
        if (has_choice_feedback())
            text += xml_.element("outcomeDeclaration", {{"identifier", "FEEDBACK"}, {"cardinality", item_.kind == ItemKind::MultipleChoice ? "multiple" : "single"}, {"baseType", "identifier"}});
        if (!item_.feedback.empty())
            text += xml_.element("outcomeDeclaration", {{"identifier", "GENERAL"}, {"cardinality", "single"}, {"baseType", "identifier"}},
                                 xml_.element("defaultValue", {}, xml_.element("value", {}, "general")));
        return text;
    }

    std::string interaction() const
    {
        const Attributes to{{"responseIdentifier", "RESPONSE"}};
        if (item_.kind == ItemKind::Numeric || item_.kind == ItemKind::TextEntry) return "<p>" + xml_.element("textEntryInteraction", to) + "</p>";
        if (item_.kind == ItemKind::Match) return match();
        std::string choices;
        for (std::size_t i = 0; i < item_.choices.size(); ++i) {
            const auto text = item_.kind == ItemKind::TrueFalse ? std::string{i == 0 ? "True" : "False"} : to_html(item_.choices[i].text);
            choices += xml_.element("simpleChoice", {{"identifier", id_of(i)}}, text);
        }
        if (item_.kind == ItemKind::Order) return xml_.element("orderInteraction", {to[0], {"shuffle", "true"}}, choices);
        return xml_.element("choiceInteraction", {to[0], {"shuffle", "true"}, {"maxChoices", item_.kind == ItemKind::MultipleChoice ? "0" : "1"}}, choices);
    }

    std::string match() const
    {
        std::string sources, targets;
        for (std::size_t i = 0; i < item_.choices.size(); ++i)
            sources += xml_.element("simpleAssociableChoice", {{"identifier", letter(i)}, {"matchMax", "1"}}, to_html(item_.choices[i].text));
        for (std::size_t i = 0; i < item_.targets.size(); ++i)
            targets += xml_.element("simpleAssociableChoice", {{"identifier", target_id(i)}, {"matchMax", "0"}}, to_html(item_.targets[i]));
        return xml_.element("matchInteraction", {{"responseIdentifier", "RESPONSE"}, {"shuffle", "true"}, {"maxAssociations", std::to_string(item_.choices.size())}},
                            xml_.element("simpleMatchSet", {}, sources) + xml_.element("simpleMatchSet", {}, targets));
    }

    std::string set_score(const std::string& value) const { return xml_.element("setOutcomeValue", {{"identifier", "SCORE"}}, value); }
    std::string variable() const { return xml_.element("variable", {{"identifier", "RESPONSE"}}); }
    std::string points_of(Weight weight) const { return xml_.element("baseValue", {{"baseType", "float"}}, score_text(item_.points, weight)); }

    std::string processing() const
    {
        if (item_.kind == ItemKind::Numeric) return xml_.element("responseProcessing", {}, xml_.element("responseCondition", {}, number_rules()));
        if (!has_choice_feedback() && is_mapped()) return xml_.element("responseProcessing", {{"template", xml_.template_named("map_response")}});
        if (!has_choice_feedback() && item_.points == 1) return xml_.element("responseProcessing", {{"template", xml_.template_named("match_correct")}});
        std::string rules = is_mapped() ? set_score(xml_.element("mapResponse", {{"identifier", "RESPONSE"}})) : xml_.element("responseCondition", {}, match_rule());
        if (has_choice_feedback()) rules += xml_.element("setOutcomeValue", {{"identifier", "FEEDBACK"}}, variable());
        return xml_.element("responseProcessing", {}, rules);
    }

    std::string match_rule() const
    {
        return xml_.element("responseIf", {}, xml_.element("match", {}, variable() + xml_.element("correct", {{"identifier", "RESPONSE"}})) + set_score(points_of(whole_weight)));
    }

    /// The first rule that fits gives the points, so the best stand first.
    std::string number_rules() const
    {
        auto sorted = item_.numbers;
        std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
        std::string rules;
        for (const auto& number : sorted) {
            const auto width = to_text(number.tolerance);
            const auto equal = xml_.element("equal", {{"toleranceMode", "absolute"}, {"tolerance", width + " " + width}},
                                            variable() + xml_.element("baseValue", {{"baseType", "float"}}, to_text(number.value)));
            rules += xml_.element(rules.empty() ? "responseIf" : "responseElseIf", {}, equal + set_score(points_of(number.weight)));
        }
        return rules;
    }

    std::string said(const char* outcome, const std::string& id, const std::string& text) const
    {
        const auto words = xml_.is_third() ? xml_.element("contentBody", {}, block(text)) : block(text);
        return xml_.element("modalFeedback", {{"outcomeIdentifier", outcome}, {"identifier", id}, {"showHide", "show"}}, words);
    }

    std::string feedback() const
    {
        std::string text;
        for (std::size_t i = 0; is_choice() && i < item_.choices.size(); ++i)
            if (!item_.choices[i].feedback.empty()) text += said("FEEDBACK", id_of(i), item_.choices[i].feedback);
        return item_.feedback.empty() ? text : text + said("GENERAL", "general", item_.feedback);
    }
};

std::string test_page(const QtiXml& xml, const AuthoredTest& test)
{
    std::string sections;
    for (std::size_t i = 0; i < test.sections.size(); ++i) {
        const auto& section = test.sections[i];
        std::string inside;
        if (section.select > 0) inside += xml.element("selection", {{"select", std::to_string(section.select)}});
        if (test.shuffles_items) inside += xml.element("ordering", {{"shuffle", "true"}});
        for (const auto& item : section.items) inside += xml.element("assessmentItemRef", {{"identifier", item.text}, {"href", "../items/" + item.text + ".xml"}});
        sections += xml.element("assessmentSection", {{"identifier", section.id.empty() ? "section-" + std::to_string(i + 1) : section.id}, {"title", section.title}, {"visible", "true"}}, inside);
    }
    std::string inside;
    if (test.time_limit_seconds > 0) inside += xml.element("timeLimits", {{"maxTime", std::to_string(test.time_limit_seconds)}});
    inside += xml.element("testPart", {{"identifier", "part-1"}, {"navigationMode", test.is_linear ? "linear" : "nonlinear"}, {"submissionMode", "simultaneous"}}, sections);
    return xml.page("assessmentTest", {{"identifier", test.id.text}, {"title", test.title}}, inside);
}

std::string manifest(const QtiXml& xml, const Files& files)
{
    std::string resources;
    int number = 0;
    for (const auto& [path, bytes] : files) {
        if (path.starts_with("pictures/")) continue;
        const auto type = (path.starts_with("items/") ? "imsqti_item_" : "imsqti_test_") + std::string{xml.resource_suffix()};
        resources += "<resource identifier=\"r" + std::to_string(++number) + "\" type=\"" + type + "\" href=\"" + path + "\"><file href=\"" + path + "\"/></resource>\n";
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" identifier=\"adal\">\n<organizations/>\n<resources>\n" + resources +
           "</resources>\n</manifest>\n";
}

void tell(Ledger& ledger, const AuthoredItem& item)
{
    const auto lose = [&](bool is_lost, const char* setting) {
        if (is_lost) ledger.lose(item.line, item.id.text, "formats.loss.setting", {{"setting", setting}});
    };
    const auto said = [](const auto& key) { return !key.feedback.empty(); };
    lose(std::any_of(item.numbers.begin(), item.numbers.end(), said) || std::any_of(item.spellings.begin(), item.spellings.end(), said), "feedback");
    lose(item.kind == ItemKind::TextEntry && item.folding == Folding::Letters, "folding");
    lose(item.kind == ItemKind::Order && item.points > 1, "partial credit");
    if (item.picture && item.picture->bytes.empty()) ledger.lose(item.line, item.id.text, "formats.loss.picture", {{"picture", item.picture->file}});
}

Bytes bytes_in(const std::string& text) { return {text.begin(), text.end()}; }
} // namespace

Exported export_qti(const Collection& content, QtiVersion version)
{
    const QtiXml xml{version};
    Ledger ledger{"items"};
    Files files;
    for (const auto& item : content.items) {
        files["items/" + item.id.text + ".xml"] = bytes_in(QtiItemWriter{xml, item}.all());
        if (item.picture && !item.picture->bytes.empty()) files["pictures/" + item.picture->file] = item.picture->bytes;
        tell(ledger, item);
    }
    for (const auto& scenario : content.scenarios) ledger.refuse(scenario.line, scenario.id.text, "formats.loss.kind", {{"kind", "scenario"}});
    for (const auto& test : content.tests) files["tests/" + test.id.text + ".xml"] = bytes_in(test_page(xml, test));
    files["imsmanifest.xml"] = bytes_in(manifest(xml, files));
    return {std::move(files), std::move(ledger.losses)};
}

} // namespace adal::quizzes::formats
