#include "content/language/letters.hpp"
#include "content/source.hpp"
#include "quizzes/formats/ledger.hpp"
#include "quizzes/gift_signs.hpp"
#include <algorithm>

/// GIFT as Moodle documents it (docs.moodle.org, "GIFT format") and as programs write it: names may be missing, blank lines may stand in braces, texts may be
/// HTML. Ours alone is read by quizzes/gift.hpp, which forgives nothing.
namespace adal::quizzes::formats {
namespace {
using content::trimmed;
using gift::find_bare;
using gift::find_bare_pair;
using std::string_view;
constexpr auto nowhere = string_view::npos;

enum class Markup { Unsaid, Html, Markdown, Plain };

/// What stands between two items, with the tags and the category before it.
struct GiftBlock {
    std::string text; // comments are empty lines in it
    int line = 0;
    TopicId topic;
    std::vector<std::string> tags;
};

bool looks_like_html(string_view text)
{
    for (const string_view sign : {"</", "<br", "<p>", "<p ", "<img", "<div", "&nbsp;", "&lt;", "&gt;", "&amp;", "&quot;", "&#"})
        if (text.find(sign) != nowhere) return true;
    return false;
}

std::string unescaped(string_view raw)
{
    std::string result;
    const auto text = trimmed(raw);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') result += ' ';
        else if (text[i] != '\\' || i + 1 == text.size()) result += text[i];
        else if (text[++i] == 'n') result += '\n';
        else if (string_view{"~=#{}:\\"}.find(text[i]) != nowhere) result += text[i];
        else (result += '\\') += text[i]; // Moodle keeps both
    }
    return result;
}

class GiftItemReader {
public:
    GiftItemReader(Ledger& ledger, const GiftBlock& block) : ledger_(ledger), block_(block) {}

    void read()
    {
        auto text = trimmed(block_.text);
        item_.line = line_of(text);
        item_.topic = block_.topic;
        std::string given;
        if (text.starts_with("::"))
            if (const auto end = find_bare_pair(text, "::", 2); end != nowhere) {
                given = unescaped(text.substr(2, end - 2));
                text = trimmed(text.substr(end + 2));
            }
        item_.id = ledger_.name(given, item_.topic, item_.line);
        for (const auto& tag : block_.tags) ledger_.tag(item_, tag);
        text = read_markup(text);
        const auto open = find_bare(text, "{");
        if (open == nowhere) return read_description(text);
        const auto close = find_bare(text, "}", open);
        if (close == nowhere) return ledger_.refuse(item_.line, name(), "check.gift.braces");
        read_stem(text.substr(0, open), trimmed(text.substr(close + 1)));
        read_answers(trimmed(read_feedback(text.substr(open + 1, close - open - 1))));
    }

private:
    Ledger& ledger_;
    const GiftBlock& block_;
    AuthoredItem item_;
    Markup markup_ = Markup::Unsaid;

    const std::string& name() const { return item_.id.text; }
    int line_of(string_view part) const { return block_.line + line_at(block_.text, static_cast<std::size_t>(part.data() - block_.text.data())) - 1; }

    string_view read_markup(string_view text)
    {
        for (const auto& [marker, markup] : {std::pair{string_view{"[html]"}, Markup::Html}, {"[markdown]", Markup::Markdown}, {"[plain]", Markup::Plain}, {"[moodle]", Markup::Unsaid}})
            if (text.starts_with(marker)) {
                markup_ = markup;
                if (markup == Markup::Markdown) ledger_.lose(item_.line, name(), "formats.loss.formatting", {{"tags", "markdown"}});
                return text.substr(marker.size());
            }
        return text;
    }

    PlainText plain(string_view raw) const
    {
        const auto text = unescaped(raw);
        return markup_ == Markup::Html || (markup_ == Markup::Unsaid && looks_like_html(text)) ? from_html(text) : tidied(text);
    }
    std::string words(string_view raw)
    {
        const auto text = plain(raw);
        for (const auto& picture : text.pictures) ledger_.lose(line_of(raw), name(), "formats.loss.picture", {{"picture", picture.source}});
        return ledger_.words(text, name(), line_of(raw));
    }

    std::string stem_words(string_view raw, std::optional<AuthoredPicture>& picture)
    {
        auto text = words(raw);
        if (auto named = gift::cut_picture(text)) picture = AuthoredPicture{named->file, named->alternative};
        return text;
    }

    /// "Two and {=two ~three} are four": the gap is a line.
    void read_stem(string_view before, string_view after)
    {
        item_.stem = stem_words(before, item_.picture);
        if (!after.empty()) item_.stem += " _____ " + words(after);
    }

    void read_description(string_view text)
    {
        AuthoredScenario scenario{.id = {name()}, .topic = item_.topic, .text = {}, .picture = {}, .items = {}, .line = item_.line};
        scenario.text = stem_words(text, scenario.picture);
        ledger_.lose(item_.line, name(), "formats.loss.description");
        ledger_.take(std::move(scenario));
    }

    string_view read_feedback(string_view answers)
    {
        const auto at = find_bare_pair(answers, "####");
        if (at == nowhere) return answers;
        item_.feedback = words(answers.substr(at + 4));
        return answers.substr(0, at);
    }

    void read_answers(string_view body)
    {
        if (body.empty()) return ledger_.refuse(item_.line, name(), "formats.loss.kind", {{"kind", "essay"}});
        bool is_read = true;
        if (body.starts_with('#')) is_read = read_numbers(trimmed(body.substr(1)));
        else if (find_bare(body, "~") != nowhere) read_choices(body);
        else if (find_bare(body, "=") == nowhere) is_read = read_true_false(body);
        else if (find_bare_pair(body, "->") != nowhere) read_match(body);
        else read_spellings(body);
        if (is_read) ledger_.take(std::move(item_));
    }

    bool read_true_false(string_view body)
    {
        const auto hash = find_bare(body, "#");
        auto word = language::lowered(tidied(trimmed(body.substr(0, hash))).text);
        const bool is_true = word == "t" || word == "true", is_false = word == "f" || word == "false";
        if (!is_true && !is_false) return ledger_.refuse(line_of(body), name(), "check.gift.kind"), false;
        item_.kind = ItemKind::TrueFalse;
        item_.choices = {{{}, {}, is_true}, {{}, {}, is_false}};
        if (hash == nowhere) return true;
        const auto second = find_bare(body, "#", hash + 1);
        item_.choices[is_true ? 1 : 0].feedback = words(body.substr(hash + 1, second == nowhere ? nowhere : second - hash - 1));
        if (second != nowhere) item_.choices[is_true ? 0 : 1].feedback = words(body.substr(second + 1));
        return true;
    }

    /// What follows each marker, with its weight; what stands before the first is told.
    struct Answer {
        Weight weight = 0;
        bool is_right = false;
        string_view text, feedback;
    };
    std::vector<Answer> split(string_view body, string_view markers, bool weighs = true)
    {
        std::vector<Answer> answers;
        const auto first = find_bare(body, markers);
        if (!trimmed(body.substr(0, first)).empty()) ledger_.lose(line_of(body), name(), "formats.loss.setting", {{"setting", tidied(body.substr(0, first)).text}});
        for (auto at = first; at != nowhere;) {
            const auto next = find_bare(body, markers, at + 1);
            answers.push_back(answer(body.substr(at, next == nowhere ? nowhere : next - at), weighs));
            at = next;
        }
        return answers;
    }

    static Answer answer(string_view whole, bool weighs)
    {
        Answer answer{whole.front() == '=' ? whole_weight : 0, whole.front() == '=', trimmed(whole.substr(1)), {}};
        if (weighs && answer.text.starts_with('%'))
            if (const auto end = answer.text.find('%', 1); end != nowhere)
                if (const auto weight = gift::weight_from(trimmed(answer.text.substr(1, end - 1)))) {
                    answer.weight = std::clamp(*weight, -whole_weight, whole_weight);
                    answer.text = trimmed(answer.text.substr(end + 1));
                }
        if (const auto hash = find_bare(answer.text, "#"); hash != nowhere) {
            answer.feedback = answer.text.substr(hash + 1);
            answer.text = answer.text.substr(0, hash);
        }
        return answer;
    }

    void read_choices(string_view body)
    {
        const auto answers = split(body, "=~");
        const bool has_right = std::any_of(answers.begin(), answers.end(), [](const Answer& each) { return each.is_right; });
        const bool is_weighed = std::any_of(answers.begin(), answers.end(), [](const Answer& each) { return each.weight != 0; });
        item_.kind = has_right || !is_weighed ? ItemKind::SingleChoice : ItemKind::MultipleChoice;
        for (const auto& each : answers) item_.choices.push_back({words(each.text), words(each.feedback), false, each.weight});
        settle_credit(item_);
    }

    void read_match(string_view body)
    {
        item_.kind = ItemKind::Match;
        for (const auto& each : split(body, "=", false)) {
            const auto arrow = find_bare_pair(each.text, "->");
            if (arrow == nowhere || !each.feedback.empty()) ledger_.lose(line_of(each.text), name(), "formats.loss.setting", {{"setting", tidied(each.text).text}});
            if (arrow == nowhere) continue;
            const auto target = words(each.text.substr(arrow + 2));
            const auto known = std::find(item_.targets.begin(), item_.targets.end(), target);
            const auto place = static_cast<std::size_t>(known - item_.targets.begin());
            if (known == item_.targets.end()) item_.targets.push_back(target);
            if (auto source = words(each.text.substr(0, arrow)); !source.empty()) item_.choices.push_back({std::move(source), {}, false, 0, place});
        }
    }

    void read_spellings(string_view body)
    {
        item_.kind = ItemKind::TextEntry;
        for (const auto& each : split(body, "=")) {
            if (find_bare(each.text, "*") != nowhere) {
                ledger_.lose(line_of(each.text), name(), "formats.loss.pattern", {{"pattern", tidied(each.text).text}});
                continue;
            }
            auto text = words(each.text);
            for (auto at = text.find("\\*"); at != std::string::npos; at = text.find("\\*", at + 1)) text.erase(at, 1);
            const auto spelling = language::single_spaced(text);
            item_.spellings.push_back({spelling ? *spelling : std::string{}, each.weight, words(each.feedback)});
        }
    }

    bool read_numbers(string_view body)
    {
        item_.kind = ItemKind::Numeric;
        if (!body.starts_with('=')) {
            const auto hash = find_bare(body, "#");
            return add_number({whole_weight, true, body.substr(0, hash), hash == nowhere ? string_view{} : body.substr(hash + 1)}), true;
        }
        for (const auto& each : split(body, "=")) add_number(each);
        return true;
    }

    void add_number(const Answer& given)
    {
        const auto range = gift::range_from(unescaped(given.text));
        if (range) item_.numbers.push_back({range->value, range->tolerance, given.weight, words(given.feedback)});
        else ledger_.lose(line_of(given.text), name(), "formats.loss.number", {{"number", tidied(given.text).text}});
    }
};

/// Cuts a file into items.
class GiftFileReader {
public:
    GiftFileReader(const std::string& source, const std::string& file) : source_(source), ledger_(file) {}

    Imported read()
    {
        for (const auto text : content::lines_of(source_)) {
            ++line_;
            read_line(trimmed(text), text);
        }
        end_block();
        for (const auto& tag : waiting_) ledger_.lose(line_, "", "formats.loss.tag", {{"tag", tag}});
        return {std::move(ledger_.content), std::move(ledger_.losses)};
    }

private:
    const std::string& source_;
    Ledger ledger_;
    GiftBlock block_;
    std::vector<std::string> waiting_; // tags for the item that comes
    TopicId topic_;
    int line_ = 0;
    bool is_open_ = false, is_closed_ = false; // braces of the block

    void read_line(string_view text, string_view whole)
    {
        constexpr string_view category = "$CATEGORY:";
        if (text.starts_with("//")) return read_comment(text);
        if (text.starts_with(category)) {
            end_block();
            topic_ = ledger_.topic(std::string{text.substr(category.size())}, line_);
            return;
        }
        const bool begins = text.starts_with("::");
        if ((text.empty() && !is_open_) || (begins && (is_closed_ || is_open_) && !block_.text.empty())) end_block();
        if (text.empty() && block_.text.empty()) return;
        if (block_.text.empty()) begin_block();
        block_.text += std::string{whole} + "\n";
        follow_braces(whole);
    }

    void read_comment(string_view text)
    {
        for (const auto& [opening, keep] : {std::pair{string_view{"[tag:"}, std::size_t{5}}, {"[id:", 1}})
            for (auto at = text.find(opening); at != nowhere; at = text.find(opening, at + 1)) {
                const auto rest = text.substr(at + keep);
                waiting_.emplace_back(trimmed(rest.substr(0, rest.find(']'))));
            }
        if (!block_.text.empty()) block_.text += '\n';
    }

    void begin_block()
    {
        block_.line = line_;
        block_.topic = topic_;
        block_.tags = std::exchange(waiting_, {});
        is_open_ = is_closed_ = false;
    }

    void follow_braces(string_view text)
    {
        for (auto at = find_bare(text, "{}"); at != nowhere; at = find_bare(text, "{}", at + 1)) {
            is_open_ = text[at] == '{' && !is_closed_;
            is_closed_ = is_closed_ || text[at] == '}';
        }
    }

    void end_block()
    {
        if (!trimmed(block_.text).empty()) GiftItemReader{ledger_, block_}.read();
        block_ = {};
        is_open_ = is_closed_ = false;
    }
};

} // namespace

Expected<Imported> import_gift(BytesView source, const std::string& file)
{
    const auto text = utf8_of(source);
    auto imported = GiftFileReader{text, file}.read();
    if (text.find('\0') != std::string::npos || (imported.content.items.empty() && imported.content.scenarios.empty() && imported.losses.empty()))
        return fail(ErrorKind::InvalidInput, "formats.unreadable", {{"file", file}, {"format", "GIFT"}});
    return imported;
}

} // namespace adal::quizzes::formats
