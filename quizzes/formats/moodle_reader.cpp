#include "content/language/letters.hpp"
#include "content/source.hpp"
#include "quizzes/formats/ledger.hpp"
#include "quizzes/formats/xml.hpp"
#include "quizzes/gift_signs.hpp"
#include <algorithm>
#include <cstring>
#include <pugixml.hpp>

/// Moodle XML (docs.moodle.org, "Moodle XML format"): <quiz> of <question type="...">.
namespace adal::quizzes::formats {
namespace {
using pugi::xml_node;
using std::string_view;

/// Elements that say how Moodle shows, not what it asks.
bool is_of_moodle(string_view name)
{
    static const std::set<string_view> names{"answernumbering", "showstandardinstruction", "shownumcorrect", "unitgradingtype", "unitpenalty", "showunits", "unitsleft",
                                             "layouttype", "selecttype", "selectcount", "showgrading", "numberingstyle", "coursetags", "responsetemplate"};
    return names.contains(name);
}

/// "100", "33.33333", "0.5 " -> weight; 0 for what is no number.
Weight fraction_of(const xml_node& answer)
{
    const auto weight = gift::weight_from(content::trimmed(answer.attribute("fraction").value()));
    return std::clamp(weight.value_or(0), -whole_weight, whole_weight);
}

/// A number as programs write it: also "1.5E3", "1.0000000".
std::optional<Decimal> number_from(std::string text)
{
    text = content::trimmed(text);
    if (text.find_first_of("0123456789") == std::string::npos) return std::nullopt;
    const auto e = text.find_first_of("eE");
    auto digits = text.substr(0, e);
    int exponent = 0;
    if (e != std::string::npos) {
        const auto power = decimal_from(text.substr(e + 1));
        if (!power || std::abs(power->millionths) > 30'000'000) return std::nullopt;
        exponent = static_cast<int>(power->millionths / 1'000'000);
    }
    std::replace(digits.begin(), digits.end(), ',', '.');
    const bool is_negative = digits.starts_with('-');
    if (is_negative || digits.starts_with('+')) digits.erase(0, 1);
    auto dot = digits.find('.');
    if (dot == std::string::npos) dot = digits.size();
    else digits.erase(dot, 1);
    for (; exponent > 0; --exponent)
        if (++dot > digits.size()) digits += '0';
    for (; exponent < 0; ++exponent)
        if (dot == 0) digits.insert(0, 1, '0');
        else --dot;
    digits.insert(dot, ".");
    if (digits.front() == '.') digits.insert(0, 1, '0');
    while (digits.back() == '0') digits.pop_back();
    if (digits.back() == '.') digits.pop_back();
    return decimal_from((is_negative ? "-" : "") + digits);
}

/// A star that no backslash stands before; Moodle knows no other escape here.
bool has_pattern(string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '*' && (i == 0 || text[i - 1] != '\\')) return true;
    return false;
}

class QuestionReader {
public:
    QuestionReader(Ledger& ledger, const Lines& lines, const TopicId& topic, const xml_node& node) : ledger_(ledger), node_(node), lines_(lines)
    {
        item_.topic = topic;
        item_.line = line_of(node);
    }

    void read()
    {
        const string_view type = node_.attribute("type").value();
        read_name();
        if (type == "description") return read_description();
        if (!read_kind(type)) return ledger_.refuse(item_.line, name(), "formats.loss.kind", {{"kind", tidied(type).text}});
        read_stem(item_.stem, item_.picture);
        item_.feedback = words(node_.child("generalfeedback"));
        read_points();
        for (const auto& tag : node_.child("tags").children("tag")) ledger_.tag(item_, std::string{content::trimmed(inner_text(tag.child("text")))});
        tell_rest();
        ledger_.take(std::move(item_));
    }

private:
    Ledger& ledger_;
    const xml_node& node_;
    const Lines& lines_;
    AuthoredItem item_;

    const std::string& name() const { return item_.id.text; }
    int line_of(const xml_node& node) const { return lines_.at(static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0))); }
    std::string child_text(const char* child) const { return std::string{content::trimmed(inner_text(node_.child(child)))}; }
    void lose_setting(const xml_node& where, const std::string& setting) { ledger_.lose(line_of(where), name(), "formats.loss.setting", {{"setting", setting}}); }

    void read_name()
    {
        auto given = std::string{content::trimmed(inner_text(node_.child("name").child("text")))};
        const auto number = child_text("idnumber");
        const bool is_numbered = content::is_identifier(number);
        item_.id = ledger_.name(is_numbered ? number : given, item_.topic, item_.line);
        if (is_numbered && given != number && !given.empty()) ledger_.lose(item_.line, name(), "formats.loss.name", {{"name", tidied(given).text}});
        if (!is_numbered && !number.empty()) lose_setting(node_.child("idnumber"), "idnumber " + tidied(number).text);
    }

    /// The words of <questiontext>, <answer>, <feedback>, as their attribute `format` says.
    PlainText plain(const xml_node& node) const
    {
        const auto child = node.child("text");
        const auto raw = inner_text(child ? child : node);
        const string_view format = node.attribute("format").value();
        return format == "plain_text" ? tidied(raw) : from_html(raw);
    }
    std::string words(const xml_node& node)
    {
        if (!node) return {};
        const auto text = plain(node);
        for (const auto& picture : text.pictures) ledger_.lose(line_of(node), name(), "formats.loss.picture", {{"picture", short_name(picture.source)}});
        if (string_view{node.attribute("format").value()} == "markdown") ledger_.lose(line_of(node), name(), "formats.loss.formatting", {{"tags", "markdown"}});
        return ledger_.words(text, name(), line_of(node));
    }

    static std::string short_name(const std::string& source) { return tidied(string_view{source}.substr(0, 80)).text; }

    void read_stem(std::string& stem, std::optional<AuthoredPicture>& picture)
    {
        const auto question = node_.child("questiontext");
        const auto text = plain(question);
        stem = ledger_.words(text, name(), line_of(question));
        for (const auto& each : text.pictures) {
            auto bytes = bytes_of_picture(question, each.source);
            if (picture || !bytes) ledger_.lose(line_of(question), name(), "formats.loss.picture", {{"picture", short_name(each.source)}});
            else picture = AuthoredPicture{ledger_.picture_name(file_of(each.source), name(), *bytes), tidied(each.alternative).text, *bytes};
        }
    }

    static std::string file_of(const std::string& source)
    {
        if (source.starts_with("data:image/")) return "picture." + source.substr(11, source.find_first_of(";+", 11) - 11);
        std::string file;
        for (std::size_t i = 0; i < source.size(); ++i) {
            const auto byte = source[i] == '%' && i + 2 < source.size() ? from_hex(language::lowered(source.substr(i + 1, 2))) : std::nullopt;
            file += byte ? static_cast<char>(byte->front()) : source[i];
            i += byte ? 2 : 0;
        }
        return file;
    }

    static std::optional<Bytes> bytes_of_picture(const xml_node& question, const std::string& source)
    {
        const auto decoded = [](std::string text) {
            std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
            auto bytes = from_base64(text);
            return bytes && !bytes->empty() ? bytes : std::nullopt;
        };
        if (source.starts_with("data:image/"))
            if (const auto comma = source.find(";base64,"); comma != std::string::npos) return decoded(source.substr(comma + 8));
        const auto wanted = file_of(source);
        for (const auto& file : question.children("file"))
            if (wanted == "@@PLUGINFILE@@" + std::string{file.attribute("path").value()} + file.attribute("name").value() || wanted == "@@PLUGINFILE@@/" + std::string{file.attribute("name").value()})
                return decoded(inner_text(file));
        return std::nullopt;
    }

    void read_description()
    {
        AuthoredScenario scenario{.id = {name()}, .topic = item_.topic, .text = {}, .picture = {}, .items = {}, .line = item_.line};
        read_stem(scenario.text, scenario.picture);
        ledger_.lose(item_.line, name(), "formats.loss.description");
        ledger_.take(std::move(scenario));
    }

    void read_points()
    {
        const auto text = child_text("defaultgrade");
        const auto grade = text.empty() ? std::optional{Decimal{1'000'000}} : number_from(text);
        const bool is_ours = grade && grade->millionths >= 1'000'000 && grade->millionths % 1'000'000 == 0 && grade->millionths <= 1000 * std::int64_t{1'000'000};
        if (is_ours) item_.points = static_cast<int>(grade->millionths / 1'000'000);
        else lose_setting(node_.child("defaultgrade"), "defaultgrade " + tidied(text).text);
    }

    bool read_kind(string_view type)
    {
        if (type == "multichoice") return read_choices(), true;
        if (type == "truefalse") return read_true_false();
        if (type == "matching") return read_match(), true;
        if (type == "shortanswer") return read_spellings(), true;
        if (type == "numerical") return read_numbers(), true;
        if (type == "ordering") return read_order(), true;
        return false;
    }

    void read_choices()
    {
        const auto single = child_text("single");
        item_.kind = single == "false" || single == "0" ? ItemKind::MultipleChoice : ItemKind::SingleChoice;
        for (const auto& answer : node_.children("answer")) item_.choices.push_back({words(answer), words(answer.child("feedback")), false, fraction_of(answer)});
        settle_credit(item_);
    }

    bool read_true_false()
    {
        item_.kind = ItemKind::TrueFalse;
        item_.choices = {{}, {}};
        int said = 0;
        for (const auto& answer : node_.children("answer")) {
            const auto word = language::lowered(plain(answer).text);
            if (word != "true" && word != "false") continue;
            auto& choice = item_.choices[word == "true" ? 0 : 1];
            choice.is_right = fraction_of(answer) > 0;
            choice.feedback = words(answer.child("feedback"));
            ++said;
        }
        return said == 2;
    }

    void read_match()
    {
        item_.kind = ItemKind::Match;
        for (const auto& pair : node_.children("subquestion")) {
            const auto target = words(pair.child("answer"));
            const auto known = std::find(item_.targets.begin(), item_.targets.end(), target);
            const auto place = static_cast<std::size_t>(known - item_.targets.begin());
            if (known == item_.targets.end()) item_.targets.push_back(target);
            if (auto source = words(pair); !source.empty()) item_.choices.push_back({std::move(source), {}, false, 0, place});
        }
    }

    void read_order()
    {
        item_.kind = ItemKind::Order;
        for (const auto& answer : node_.children("answer")) item_.choices.push_back({words(answer), {}, false, 0});
        const auto grading = child_text("gradingtype");
        if (!grading.empty() && grading != "ABSOLUTE_POSITION" && grading != "0") lose_setting(node_.child("gradingtype"), "gradingtype " + tidied(grading).text);
    }

    void read_spellings()
    {
        item_.kind = ItemKind::TextEntry;
        item_.folding = child_text("usecase") == "1" ? Folding::Nothing : Folding::Case;
        for (const auto& answer : node_.children("answer")) {
            auto text = tidied(inner_text(answer.child("text"))).text;
            const auto weight = std::max(fraction_of(answer), 0);
            if (has_pattern(text)) {
                ledger_.lose(line_of(answer), name(), "formats.loss.pattern", {{"pattern", text}});
                continue;
            }
            for (auto at = text.find("\\*"); at != std::string::npos; at = text.find("\\*", at + 1)) text.erase(at, 1);
            const auto spelling = language::single_spaced(text);
            item_.spellings.push_back({spelling ? *spelling : std::string{}, weight, words(answer.child("feedback"))});
        }
    }

    void read_numbers()
    {
        item_.kind = ItemKind::Numeric;
        for (const auto& answer : node_.children("answer")) {
            const auto text = tidied(inner_text(answer.child("text"))).text, width = inner_text(answer.child("tolerance"));
            const auto value = number_from(text), tolerance = width.empty() ? std::optional{Decimal{}} : number_from(width);
            if (value && tolerance) item_.numbers.push_back({*value, {std::abs(tolerance->millionths)}, std::max(fraction_of(answer), 0), words(answer.child("feedback"))});
            else ledger_.lose(line_of(answer), name(), "formats.loss.number", {{"number", text}});
        }
        for (const auto& unit : node_.child("units").children("unit")) lose_setting(unit, "unit " + tidied(inner_text(unit.child("unit_name"))).text);
    }

    /// What no line above has asked for.
    void tell_rest()
    {
        static const std::set<string_view> asked{"name", "questiontext", "generalfeedback", "defaultgrade", "tags", "idnumber", "single", "answer", "subquestion", "usecase", "units", "gradingtype"};
        for (const auto& child : node_.children()) {
            const string_view element = child.name();
            if (child.type() != pugi::node_element || asked.contains(element) || is_of_moodle(element)) continue;
            const auto value = tidied(from_html(inner_text(child.child("text") ? child.child("text") : child)).text).text;
            const bool says_nothing = value.empty() || (element == "penalty" && number_from(value) == Decimal{}) || (element == "hidden" && value == "0") ||
                                      (element == "shuffleanswers" && (value == "true" || value == "1"));
            if (!says_nothing) lose_setting(child, std::string{element} + (value.size() > 60 ? "" : " " + value));
        }
    }
};

} // namespace

Expected<Imported> import_moodle_xml(BytesView source, const std::string& file)
{
    const auto text = utf8_of(source);
    pugi::xml_document document;
    const auto parsed = document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
    const auto quiz = document.child("quiz");
    if (!parsed || !quiz) {
        const auto line = parsed ? 1 : line_at(text, static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0)));
        return fail(ErrorKind::InvalidInput, "formats.unreadable_at", {{"file", file}, {"format", "Moodle XML"}, {"line", std::to_string(line)}});
    }
    const Lines lines{text};
    Ledger ledger{file};
    TopicId topic;
    for (const auto& question : quiz.children("question")) {
        const auto line = lines.at(static_cast<std::size_t>(std::max<std::ptrdiff_t>(question.offset_debug(), 0)));
        if (std::strcmp(question.attribute("type").value(), "category") == 0) topic = ledger.topic(inner_text(question.child("category").child("text")), line);
        else QuestionReader{ledger, lines, topic, question}.read();
    }
    return Imported{std::move(ledger.content), std::move(ledger.losses)};
}

} // namespace adal::quizzes::formats
