#include "content/language/letters.hpp"
#include "content/source.hpp"
#include "quizzes/formats/ledger.hpp"
#include "quizzes/formats/xml.hpp"
#include <algorithm>
#include <filesystem>
#include <pugixml.hpp>

/// QTI 2.1, 2.2 and 3.0 of 1EdTech (imsglobal.org/question): assessmentItem and assessmentTest. Names of 3.0 ("qti-simple-choice") are read as those of 2.x.
namespace adal::quizzes::formats {
namespace {
using pugi::xml_node;
using std::string_view;
constexpr int deepest = 60;                         // elements in elements
constexpr std::int64_t one = 10'000'000;            // scores, in ten-millionths
constexpr const char* gap = "\uE000";               // where a text entry stands in the stem; of the private use area

std::string attribute(const xml_node& node, string_view name)
{
    for (const auto& each : node.attributes())
        if (plain_name(each.name()) == name) return each.value();
    return {};
}

std::vector<xml_node> children(const xml_node& node, string_view name)
{
    std::vector<xml_node> found;
    for (const auto& each : node.children())
        if (each.type() == pugi::node_element && plain_name(each.name()) == name) found.push_back(each);
    return found;
}
xml_node child(const xml_node& node, string_view name)
{
    const auto found = children(node, name);
    return found.empty() ? xml_node{} : found.front();
}

template <class Visit> void each_inside(const xml_node& node, Visit visit, int depth = 0)
{
    if (depth > deepest) return;
    for (const auto& each : node.children()) {
        if (each.type() != pugi::node_element) continue;
        visit(each, plain_name(each.name()));
        each_inside(each, visit, depth + 1);
    }
}
std::vector<xml_node> all_inside(const xml_node& node, string_view name)
{
    std::vector<xml_node> found;
    each_inside(node, [&](const xml_node& each, const std::string& plain) {
        if (plain == name) found.push_back(each);
    });
    return found;
}

/// "0.3333333" -> 3'333'333
std::optional<std::int64_t> score_from(string_view text)
{
    text = content::trimmed(text);
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    std::int64_t value = 0;
    int decimals = -1, digits = 0;
    for (const char c : text) {
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9' || value > 1'000'000'000'000) return std::nullopt;
        ++digits;
        if (decimals >= 7) continue;
        value = value * 10 + (c - '0');
        if (decimals >= 0) ++decimals;
    }
    if (digits == 0) return std::nullopt;
    for (int i = std::max(decimals, 0); i < 7; ++i) value *= 10;
    return value > 10'000 * one ? std::nullopt : std::optional{is_negative ? -value : value};
}

Weight share_of(std::int64_t score, std::int64_t most)
{
    return most <= 0 ? 0 : static_cast<Weight>(std::clamp<std::int64_t>(score * whole_weight / most, -whole_weight, whole_weight));
}

bool is_interaction(const std::string& name) { return name.ends_with("Interaction"); }

struct Declaration {
    std::string cardinality, base_type;
    std::vector<std::string> correct;
    std::vector<std::pair<std::string, std::int64_t>> mapped;
    std::optional<std::int64_t> lower, upper;
    std::int64_t otherwise = 0;
    bool is_case_sensitive = true;
};

Declaration declaration_of(const xml_node& node)
{
    Declaration result{.cardinality = attribute(node, "cardinality"), .base_type = attribute(node, "baseType"), .correct = {}, .mapped = {}, .lower = {}, .upper = {}};
    for (const auto& value : children(child(node, "correctResponse"), "value")) result.correct.emplace_back(content::trimmed(inner_text(value)));
    const auto mapping = child(node, "mapping");
    result.lower = score_from(attribute(mapping, "lowerBound"));
    result.upper = score_from(attribute(mapping, "upperBound"));
    result.otherwise = score_from(attribute(mapping, "defaultValue")).value_or(0);
    for (const auto& entry : children(mapping, "mapEntry")) {
        result.mapped.emplace_back(attribute(entry, "mapKey"), score_from(attribute(entry, "mappedValue")).value_or(0));
        result.is_case_sensitive = attribute(entry, "caseSensitive") != "false";
    }
    return result;
}

class QtiItemReader {
public:
    QtiItemReader(Ledger& ledger, const Lines& lines, const Files& files, const std::string& path, const xml_node& node)
        : ledger_(ledger), lines_(lines), files_(files), path_(path), node_(node)
    {}

    ItemId read()
    {
        item_.line = line_of(node_);
        const auto label = attribute(node_, "label");
        const auto tags = tags_of(label);
        item_.id = ledger_.name(attribute(node_, "identifier"), item_.topic, item_.line);
        for (const auto& tag : tags) ledger_.tag(item_, tag);
        if (const auto title = tidied(attribute(node_, "title")).text; !title.empty() && title != attribute(node_, "identifier")) lose(node_, "title " + title);
        processing_ = child(node_, "responseProcessing");
        read_body();
        if (interactions_.size() != 1) refuse_kind(interactions_.empty() ? "no interaction" : "several interactions");
        else if (read_interaction(interactions_.front())) {
            read_feedback();
            tell_rest();
            const auto id = item_.id;
            ledger_.take(std::move(item_));
            return id;
        }
        return item_.id;
    }

private:
    Ledger& ledger_;
    const Lines& lines_;
    const Files& files_;
    const std::string& path_;
    const xml_node& node_;
    AuthoredItem item_;
    xml_node processing_;
    std::vector<xml_node> interactions_;
    std::vector<std::string> ids_; // of the choices, in the item's order

    int line_of(const xml_node& node) const { return lines_.at(static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0))); }
    void lose(const xml_node& where, const std::string& setting) { ledger_.lose(line_of(where), item_.id.text, "formats.loss.setting", {{"setting", setting}}); }
    void refuse_kind(const std::string& kind) { ledger_.refuse(item_.line, item_.id.text, "formats.loss.kind", {{"kind", kind}}); }

    /// Ours write "topic:gifts easy ref:code#2.4".
    std::vector<std::string> tags_of(const std::string& label)
    {
        std::vector<std::string> tags;
        string_view rest = label;
        while (!(rest = content::trimmed(rest)).empty()) {
            const auto word = rest.substr(0, rest.find(' '));
            rest.remove_prefix(word.size());
            if (word.starts_with("topic:")) item_.topic = ledger_.topic(std::string{word.substr(6)}, item_.line);
            else tags.emplace_back(word);
        }
        return tags;
    }

    /// The element's inside as HTML; interactions are kept aside, their prompts stay.
    void add_markup(const xml_node& node, std::string& html, int depth = 0)
    {
        if (depth > deepest) return lose(node, node.name());
        for (const auto& each : node.children()) {
            if (each.type() == pugi::node_pcdata || each.type() == pugi::node_cdata) html += escaped_run(each.value());
            if (each.type() == pugi::node_element) add_element(each, html, depth);
        }
    }

    void add_element(const xml_node& each, std::string& html, int depth)
    {
        const auto name = plain_name(each.name());
        if (is_interaction(name)) {
            interactions_.push_back(each);
            html += "<p>";
            add_markup(child(each, "prompt"), html, depth + 1);
            html += "</p>";
            if (name == "textEntryInteraction" || name == "inlineChoiceInteraction") html.erase(html.size() - 7), html += gap;
            return;
        }
        if (name == "rubricBlock" || name == "feedbackInline" || name == "feedbackBlock" || name == "templateInline" || name == "templateBlock" || name == "printedVariable" ||
            name == "stylesheet")
            return lose(each, name);
        const auto tag = name == "contentBody" || name == "itemBody" ? std::string{"div"} : name;
        html += "<" + tag;
        for (const auto& attr : each.attributes()) html += " " + std::string{attr.name()} + "=\"" + escaped(attr.value()) + "\"";
        html += ">";
        add_markup(each, html, depth + 1);
        html += "</" + tag + ">";
    }

    std::string words(const xml_node& node)
    {
        std::string html;
        const auto before = interactions_.size();
        add_markup(node, html);
        if (interactions_.size() != before) lose(node, "interaction");
        interactions_.resize(before);
        const auto text = from_html(html);
        for (const auto& picture : text.pictures) ledger_.lose(line_of(node), item_.id.text, "formats.loss.picture", {{"picture", tidied(picture.source.substr(0, 80)).text}});
        return ledger_.words(text, item_.id.text, line_of(node));
    }

    void read_body()
    {
        const auto body = child(node_, "itemBody");
        std::string html;
        add_markup(body, html);
        const auto text = from_html(html);
        item_.stem = without_lone_gap(ledger_.words(text, item_.id.text, line_of(body ? body : node_)));
        for (const auto& each : text.pictures) {
            const auto bytes = bytes_of(each.source);
            if (item_.picture || !bytes) ledger_.lose(line_of(body), item_.id.text, "formats.loss.picture", {{"picture", tidied(each.source.substr(0, 80)).text}});
            else item_.picture = AuthoredPicture{ledger_.picture_name(each.source.starts_with("data:") ? "picture.png" : each.source, item_.id.text, *bytes), tidied(each.alternative).text, *bytes};
        }
    }

    /// A gap on a line of its own is where one writes; in a sentence it is a line.
    static std::string without_lone_gap(const std::string& text)
    {
        std::string result;
        for (const auto line : content::lines_of(text)) {
            if (content::trimmed(line) == gap) continue;
            std::string whole{line};
            for (auto at = whole.find(gap); at != std::string::npos; at = whole.find(gap)) whole.replace(at, 3, "_____");
            result += (result.empty() ? "" : "\n") + whole;
        }
        return result;
    }

    std::optional<Bytes> bytes_of(const std::string& source) const
    {
        if (const auto comma = source.find(";base64,"); source.starts_with("data:image/") && comma != std::string::npos) return from_base64(source.substr(comma + 8));
        const auto path = (std::filesystem::path{path_}.parent_path() / source).lexically_normal().generic_string();
        const auto file = files_.find(path);
        return file == files_.end() ? std::nullopt : std::optional{file->second};
    }

    bool read_interaction(const xml_node& interaction)
    {
        const auto kind = plain_name(interaction.name());
        Declaration declaration;
        for (const auto& each : children(node_, "responseDeclaration"))
            if (attribute(each, "identifier") == attribute(interaction, "responseIdentifier")) declaration = declaration_of(each);
        if (attribute(interaction, "shuffle") == "false") lose(interaction, "shuffle false");
        if (declaration.lower && *declaration.lower < 0) lose(interaction, "lowerBound");
        read_points(declaration);
        if (kind == "choiceInteraction") return read_choices(interaction, "simpleChoice", declaration);
        if (kind == "inlineChoiceInteraction") return read_choices(interaction, "inlineChoice", declaration);
        if (kind == "orderInteraction") return read_order(interaction, declaration);
        if (kind == "matchInteraction") return read_match(interaction, declaration);
        if (kind == "textEntryInteraction") return declaration.base_type == "float" || declaration.base_type == "integer" ? read_numbers(declaration) : read_spellings(declaration);
        refuse_kind(kind);
        return false;
    }

    std::int64_t most_ = 0; // points of the item as the file says; 0 if it does not

    void read_points(const Declaration& declaration)
    {
        for (const auto& outcome : children(node_, "outcomeDeclaration")) {
            const auto name = attribute(outcome, "identifier");
            if (name == "SCORE") most_ = std::max(most_, score_from(attribute(outcome, "normalMaximum")).value_or(0));
            if (name == "MAXSCORE") most_ = std::max(most_, score_from(inner_text(child(child(outcome, "defaultValue"), "value"))).value_or(0));
        }
        if (most_ == 0 && declaration.upper) most_ = std::max<std::int64_t>(*declaration.upper, 0);
        if (most_ == 0) return;
        if (most_ % one == 0 && most_ / one <= 1000) item_.points = static_cast<int>(most_ / one);
        else lose(node_, "maximum score");
    }

    /// "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response.xml" -> "map_response"
    std::string template_name() const
    {
        auto name = attribute(processing_, "template");
        name.erase(0, name.rfind('/') + 1);
        return name.ends_with(".xml") ? name.substr(0, name.size() - 4) : name;
    }

    bool is_mapped(const Declaration& declaration) const
    {
        const auto named = template_name();
        if (named == "match_correct" || declaration.mapped.empty()) return false;
        return named == "map_response" || !processing_ || !all_inside(processing_, "mapResponse").empty() || declaration.correct.empty();
    }

    bool read_choices(const xml_node& interaction, const char* element, const Declaration& declaration)
    {
        item_.kind = declaration.cardinality == "multiple" ? ItemKind::MultipleChoice : ItemKind::SingleChoice;
        const bool weighs = is_mapped(declaration);
        std::int64_t sum = 0, best = 0;
        for (const auto& each : children(interaction, element)) {
            const auto id = attribute(each, "identifier");
            ids_.push_back(id);
            if (attribute(each, "fixed") == "true") lose(each, "fixed");
            const bool is_right = std::find(declaration.correct.begin(), declaration.correct.end(), id) != declaration.correct.end();
            item_.choices.push_back({choice_words(each, id), std::exchange(inline_feedback_, {}), is_right});
            sum += std::max<std::int64_t>(score_of(declaration, id), 0);
            best = std::max(best, score_of(declaration, id));
        }
        if (weighs) {
            const auto most = item_.kind == ItemKind::SingleChoice ? best : declaration.upper && *declaration.upper > 0 ? std::min(*declaration.upper, std::max<std::int64_t>(sum, 1)) : sum;
            for (std::size_t i = 0; i < ids_.size(); ++i) item_.choices[i].weight = share_of(score_of(declaration, ids_[i]), most);
            settle_credit(item_);
        }
        become_true_false();
        return true;
    }

    static std::int64_t score_of(const Declaration& declaration, const std::string& id)
    {
        for (const auto& [key, score] : declaration.mapped)
            if (key == id) return score;
        return declaration.otherwise;
    }

    std::string inline_feedback_;

    /// Its words without the feedback that stands in it.
    std::string choice_words(const xml_node& choice, const std::string& id)
    {
        std::string html;
        for (const auto& each : choice.children()) {
            const auto name = plain_name(each.name());
            if (name == "feedbackInline" && attribute(each, "identifier") == id) inline_feedback_ = words(each);
            else if (each.type() == pugi::node_element) add_element(each, html, 0);
            else html += escaped_run(each.value());
        }
        const auto text = from_html(html);
        for (const auto& picture : text.pictures) ledger_.lose(line_of(choice), item_.id.text, "formats.loss.picture", {{"picture", tidied(picture.source.substr(0, 80)).text}});
        return ledger_.words(text, item_.id.text, line_of(choice));
    }

    void become_true_false()
    {
        if (item_.choices.size() != 2 || item_.kind != ItemKind::SingleChoice || item_.credit != Credit::AllOrNothing) return;
        const auto one_word = language::lowered(item_.choices[0].text), other = language::lowered(item_.choices[1].text);
        const bool is_turned = one_word == "false" && other == "true";
        if (!is_turned && (one_word != "true" || other != "false")) return;
        if (is_turned) std::swap(item_.choices[0], item_.choices[1]), std::swap(ids_[0], ids_[1]);
        item_.kind = ItemKind::TrueFalse;
        for (auto& choice : item_.choices) choice.text.clear();
    }

    bool read_order(const xml_node& interaction, const Declaration& declaration)
    {
        item_.kind = ItemKind::Order;
        const auto choices = children(interaction, "simpleChoice");
        for (const auto& id : declaration.correct)
            for (const auto& each : choices)
                if (attribute(each, "identifier") == id) {
                    ids_.push_back(id);
                    item_.choices.push_back({choice_words(each, id), std::exchange(inline_feedback_, {}), false});
                }
        if (item_.choices.size() == choices.size()) return true;
        ledger_.refuse(item_.line, item_.id.text, "formats.loss.no_answer");
        return false;
    }

    bool read_match(const xml_node& interaction, const Declaration& declaration)
    {
        item_.kind = ItemKind::Match;
        const auto sets = children(interaction, "simpleMatchSet");
        if (sets.size() != 2) return ledger_.refuse(item_.line, item_.id.text, "check.gift.match"), false;
        std::vector<std::string> targets;
        for (const auto& each : children(sets[1], "simpleAssociableChoice")) {
            targets.push_back(attribute(each, "identifier"));
            item_.targets.push_back(words(each));
        }
        auto pairs = declaration.correct;
        if (pairs.empty())
            for (const auto& [key, score] : declaration.mapped)
                if (score > 0) pairs.push_back(key);
        for (const auto& each : children(sets[0], "simpleAssociableChoice")) {
            const auto id = attribute(each, "identifier");
            std::vector<std::size_t> partners;
            for (std::size_t i = 0; i < targets.size(); ++i)
                if (std::find(pairs.begin(), pairs.end(), id + " " + targets[i]) != pairs.end()) partners.push_back(i);
            if (partners.size() != 1) return refuse_kind("match with other than one partner"), false;
            item_.choices.push_back({words(each), {}, false, 0, partners.front()});
        }
        return true;
    }

    bool read_spellings(const Declaration& declaration)
    {
        item_.kind = ItemKind::TextEntry;
        item_.folding = declaration.is_case_sensitive ? Folding::Nothing : Folding::Case;
        const auto add = [&](const std::string& text, Weight weight) {
            const auto spelling = language::single_spaced(tidied(text).text);
            const auto same = [&](const Spelling& each) { return spelling && each.text == *spelling; };
            if (spelling && std::none_of(item_.spellings.begin(), item_.spellings.end(), same)) item_.spellings.push_back({*spelling, weight, {}});
        };
        std::int64_t most = 0;
        for (const auto& [key, score] : declaration.mapped) most = std::max(most, score);
        if (is_mapped(declaration))
            for (const auto& [key, score] : declaration.mapped) add(key, std::max(share_of(score, most), 0));
        else
            for (const auto& text : declaration.correct) add(text, whole_weight);
        return true;
    }

    bool read_numbers(const Declaration& declaration)
    {
        item_.kind = ItemKind::Numeric;
        const auto correct = declaration.correct.empty() ? std::string{} : declaration.correct.front();
        for (const char* branch : {"responseIf", "responseElseIf"})
            for (const auto& rule : all_inside(processing_, branch)) add_number(rule, correct);
        if (!item_.numbers.empty()) return true;
        for (const auto& [key, score] : declaration.mapped) add_number(key, {}, share_of(score, most_ > 0 ? most_ : one));
        if (item_.numbers.empty()) add_number(correct, {}, whole_weight);
        return true;
    }

    /// <equal toleranceMode="absolute" tolerance="0.25 0.25"> of the response and a number
    void add_number(const xml_node& rule, const std::string& correct)
    {
        const auto equals = all_inside(rule, "equal");
        if (equals.size() != 1) return;
        const auto value = child(equals[0], "baseValue");
        const auto mode = attribute(equals[0], "toleranceMode"), tolerance = attribute(equals[0], "tolerance");
        if (mode == "relative") return lose(equals[0], "toleranceMode relative");
        auto score = one;
        for (const auto& set : children(rule, "setOutcomeValue"))
            if (attribute(set, "identifier") == "SCORE") score = score_from(inner_text(child(set, "baseValue"))).value_or(one);
        const auto weight = most_ > 0 ? share_of(score, most_) : item_.numbers.empty() ? whole_weight : share_of(score, one);
        add_number(value ? inner_text(value) : correct, mode == "absolute" ? tolerance.substr(0, tolerance.find(' ')) : std::string{}, weight);
    }

    void add_number(const std::string& value, const std::string& tolerance, Weight weight)
    {
        const auto number = decimal_from(content::trimmed(value)), width = tolerance.empty() ? std::optional{Decimal{}} : decimal_from(tolerance);
        if (number && width) item_.numbers.push_back({*number, *width, std::max(weight, 0), {}});
        else ledger_.lose(item_.line, item_.id.text, "formats.loss.number", {{"number", tidied(value).text}});
    }

    void read_feedback()
    {
        for (const auto& feedback : children(node_, "modalFeedback")) {
            const auto id = attribute(feedback, "identifier");
            const auto choice = std::find(ids_.begin(), ids_.end(), id);
            if (attribute(feedback, "outcomeIdentifier") == "GENERAL") item_.feedback = words(feedback);
            else if (choice != ids_.end() && attribute(feedback, "showHide") != "hide") item_.choices[static_cast<std::size_t>(choice - ids_.begin())].feedback = words(feedback);
            else lose(feedback, "modalFeedback " + tidied(id).text);
        }
    }

    void tell_rest()
    {
        static const std::set<string_view> asked{"responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"};
        static const std::set<string_view> known{"responseCondition", "responseIf", "responseElseIf", "responseElse", "match", "variable", "correct", "equal", "isNull",
                                                 "setOutcomeValue",   "baseValue",  "mapResponse",    "sum",          "not"};
        for (const auto& each : node_.children())
            if (each.type() == pugi::node_element && !asked.contains(plain_name(each.name()))) lose(each, plain_name(each.name()));
        const auto named = template_name();
        if (!named.empty() && named != "match_correct" && named != "map_response") lose(processing_, "template " + tidied(named).text);
        std::set<std::string> told;
        each_inside(processing_, [&](const xml_node& each, const std::string& name) {
            if (!known.contains(name) && told.insert(name).second) lose(each, name);
        });
    }
};

class QtiTestReader {
public:
    QtiTestReader(Ledger& ledger, const Lines& lines, const std::map<std::string, ItemId>& items, const std::string& path, const xml_node& node)
        : ledger_(ledger), lines_(lines), items_(items), path_(path), node_(node)
    {}

    void read()
    {
        const auto given = attribute(node_, "identifier");
        test_.id = {content::is_identifier(given) ? given : identifier_from(given)};
        if (test_.id.text.empty()) test_.id = {"test"};
        if (test_.id.text != given) ledger_.lose(line_of(node_), test_.id.text, "formats.loss.name", {{"name", tidied(given).text}});
        test_.title = tidied(attribute(node_, "title")).text;
        read_time(node_);
        for (const auto& part : children(node_, "testPart")) {
            test_.is_linear = attribute(part, "navigationMode") == "linear";
            read_time(part);
            for (const auto& section : children(part, "assessmentSection")) read_section(section, 0);
            tell_rest(part, {"assessmentSection", "timeLimits"});
        }
        tell_rest(node_, {"testPart", "timeLimits", "outcomeDeclaration", "outcomeProcessing"});
        ledger_.content.tests.push_back(std::move(test_));
    }

private:
    Ledger& ledger_;
    const Lines& lines_;
    const std::map<std::string, ItemId>& items_;
    const std::string& path_;
    const xml_node& node_;
    AuthoredTest test_;

    int line_of(const xml_node& node) const { return lines_.at(static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0))); }
    void lose(const xml_node& where, const std::string& setting) { ledger_.lose(line_of(where), test_.id.text, "formats.loss.setting", {{"setting", setting}}); }

    void tell_rest(const xml_node& node, const std::set<string_view>& asked)
    {
        for (const auto& each : node.children())
            if (each.type() == pugi::node_element && !asked.contains(plain_name(each.name()))) lose(each, plain_name(each.name()));
    }

    void read_time(const xml_node& node)
    {
        const auto limits = child(node, "timeLimits");
        if (const auto seconds = decimal_from(attribute(limits, "maxTime"))) test_.time_limit_seconds = static_cast<int>(std::clamp<std::int64_t>(seconds->millionths / 1'000'000, 0, 1'000'000));
        if (!attribute(limits, "minTime").empty()) lose(limits, "minTime");
    }

    void read_section(const xml_node& node, int depth)
    {
        if (depth > deepest) return lose(node, "assessmentSection");
        AuthoredSection section{tidied(attribute(node, "identifier")).text, tidied(attribute(node, "title")).text, {}, 0};
        const auto selection = child(node, "selection");
        if (const auto count = score_from(attribute(selection, "select"))) section.select = static_cast<int>(std::clamp<std::int64_t>(*count / one, 0, 1'000'000));
        if (attribute(selection, "withReplacement") == "true") lose(selection, "withReplacement");
        if (attribute(child(node, "ordering"), "shuffle") == "true") test_.shuffles_items = true;
        for (const auto& each : children(node, "assessmentItemRef")) add_item(each, section);
        tell_rest(node, {"selection", "ordering", "assessmentItemRef", "assessmentSection"});
        if (!section.items.empty()) test_.sections.push_back(std::move(section));
        for (const auto& inner : children(node, "assessmentSection")) read_section(inner, depth + 1);
    }

    void add_item(const xml_node& reference, AuthoredSection& section)
    {
        const auto href = attribute(reference, "href");
        const auto item = items_.find((std::filesystem::path{path_}.parent_path() / href).lexically_normal().generic_string());
        if (item == items_.end()) return lose(reference, "assessmentItemRef " + tidied(href).text);
        section.items.push_back(item->second);
        tell_rest(reference, {});
    }
};

/// One XML file of the folder.
struct Page {
    std::string text;
    pugi::xml_document document;
    xml_node root;
    std::string kind; // "assessmentItem"
};

std::optional<int> parse(Page& page) // the line of a fault
{
    const auto parsed = page.document.load_buffer(page.text.data(), page.text.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
    if (!parsed) return line_at(page.text, static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0)));
    page.root = page.document.document_element();
    page.kind = plain_name(page.root.name());
    return std::nullopt;
}

void append(content::Findings& to, const content::Findings& more) { to.insert(to.end(), more.begin(), more.end()); }

} // namespace

Expected<Imported> import_qti(const Files& files)
{
    std::map<std::string, Page> pages;
    Imported result;
    for (const auto& [path, bytes] : files) {
        if (!path.ends_with(".xml") && !path.ends_with(".qti") && files.size() > 1) continue;
        auto& page = pages[path];
        page.text = utf8_of(bytes);
        const auto line = parse(page);
        const bool is_ours = page.kind == "assessmentItem" || page.kind == "assessmentTest" || page.kind == "manifest";
        if (!line && is_ours) continue;
        if (files.size() == 1) return fail(ErrorKind::InvalidInput, "formats.unreadable_at", {{"file", path}, {"format", "QTI 2.1, 2.2, 3.0"}, {"line", std::to_string(line.value_or(1))}});
        result.losses.push_back({path, line.value_or(1), content::Finding::Gravity::Error, "formats.unreadable_at", {{"file", path}, {"format", "QTI 2.1, 2.2, 3.0"}, {"line", std::to_string(line.value_or(1))}}});
        pages.erase(path);
    }
    std::map<std::string, ItemId> items;
    Ledger ledger{{}};
    for (const char* kind : {"assessmentItem", "assessmentTest"})
        for (auto& [path, page] : pages) {
            if (page.kind != kind) continue;
            const Lines lines{page.text};
            ledger.enter(path);
            if (page.kind == "assessmentItem") items[path] = QtiItemReader{ledger, lines, files, path, page.root}.read();
            else QtiTestReader{ledger, lines, items, path, page.root}.read();
        }
    if (items.empty() && ledger.content.tests.empty() && result.losses.empty()) return fail(ErrorKind::InvalidInput, "formats.unreadable", {{"file", files.empty() ? "" : files.begin()->first}, {"format", "QTI"}});
    append(result.losses, ledger.losses);
    result.content = std::move(ledger.content);
    return result;
}

} // namespace adal::quizzes::formats
