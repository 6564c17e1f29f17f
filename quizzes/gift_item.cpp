#include "quizzes/gift_item.hpp"
#include "content/language/letters.hpp"
#include "content/source.hpp"
#include "quizzes/gift_signs.hpp"
#include <algorithm>

namespace adal::quizzes {
namespace {
using content::Finding;
using content::trimmed;
using gift::find_bare;
using gift::find_bare_pair;
using std::string_view;
constexpr auto nowhere = string_view::npos;

/// One answer as it stands between two markers.
struct Part {
    char marker{};
    Weight weight = 0;
    string_view raw; // behind marker and weight
    string_view feedback;
};

class ItemReader {
public:
    ItemReader(const std::string& text, int line, const std::string& file, content::Findings& findings)
        : text_(text), line_(line), file_(file), findings_(findings)
    {}

    bool read(AuthoredItem& item)
    {
        item.line = first_line();
        const auto name_end = read_name();
        if (name_end == nowhere) return false;
        item.id = {name_};
        const auto open = find_bare(text_, "{}", name_end);
        const auto close = open == nowhere || text_[open] == '}' ? nowhere : find_bare(text_, "{}", open + 1);
        if (close == nowhere || text_[close] == '{') return refuse(open, "check.gift.braces");
        if (!trimmed(view(close + 1, text_.size())).empty()) return refuse(close, "check.gift.tail");
        if (!read_stem(name_end, open, item.stem, item.picture)) return false;
        answers_ = read_feedback(view(open + 1, close), item);
        return read_answers(item) && is_whole(item);
    }

    bool read(AuthoredScenario& text)
    {
        text.line = first_line();
        const auto name_end = read_name();
        if (name_end == nowhere) return false;
        text.id = {name_};
        return read_stem(name_end, text_.size(), text.text, text.picture);
    }

private:
    const std::string& text_;
    int line_;
    const std::string& file_;
    content::Findings& findings_;
    std::string name_;
    string_view answers_;

    std::ptrdiff_t start() const { return static_cast<std::ptrdiff_t>(text_.find_first_not_of(" \t\n")); }
    int first_line() const { return line_ + static_cast<int>(std::count(text_.begin(), text_.begin() + start(), '\n')); }
    string_view view(std::size_t from, std::size_t to) const { return string_view{text_}.substr(from, to - from); }

    bool refuse(std::size_t at, const char* key)
    {
        const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(at, text_.size()));
        const auto line = line_ + static_cast<int>(std::count(text_.begin(), end, '\n'));
        findings_.push_back({file_, line, Finding::Gravity::Error, key, {{"item", name_}}});
        return false;
    }
    bool refuse(string_view part, const char* key) { return refuse(static_cast<std::size_t>(part.data() - text_.data()), key); }

    bool is_whole(AuthoredItem& item)
    {
        settle_keys(item);
        const auto* fault = fault_of(item);
        return !fault || refuse(answers_, fault);
    }

    std::size_t read_name()
    {
        const auto from = static_cast<std::size_t>(start());
        const auto end = view(from, from + 2) == "::" ? find_bare_pair(text_, "::", from + 2) : nowhere;
        if (end == nowhere) return refuse(from, "check.gift.name_missing"), nowhere;
        name_ = trimmed(view(from + 2, end));
        if (!content::is_identifier(name_)) return refuse(from, "check.gift.name"), nowhere;
        return end + 2;
    }

    bool read_stem(std::size_t from, std::size_t to, std::string& stem, std::optional<AuthoredPicture>& picture)
    {
        auto raw = trimmed(view(from, to));
        if (raw.starts_with("[plain]")) raw.remove_prefix(7);
        else
            for (const string_view marker : {"[html]", "[markdown]", "[moodle]"})
                if (raw.starts_with(marker)) return refuse(from, "check.gift.kind");
        stem = plain(raw);
        if (auto named = gift::cut_picture(stem)) picture = AuthoredPicture{std::move(named->file), std::move(named->alternative)};
        else if (gift::ends_like_picture(stem)) return refuse(from, "check.gift.picture");
        return !stem.empty() || refuse(from, "check.gift.stem_empty");
    }

    /// Escapes undone, line ends and runs of blanks made one space.
    std::string plain(string_view raw, string_view more_escapes = {})
    {
        const auto source = trimmed(raw);
        std::string result;
        for (std::size_t i = 0; i < source.size(); ++i) {
            if (source[i] == '\\') {
                const char next = i + 1 < source.size() ? source[++i] : '\n'; // a backslash before a blank or at the end
                if (string_view{"~=#{}:n\\"}.find(next) == nowhere && more_escapes.find(next) == nowhere) refuse(source.substr(i), "check.gift.escape");
                result += next == 'n' ? '\n' : next;
            } else if (source[i] != ' ' && source[i] != '\t' && source[i] != '\n')
                result += source[i];
            else if (result.empty() || result.back() != ' ')
                result += ' ';
        }
        return result;
    }

    /// Takes what follows "####" off the answers.
    string_view read_feedback(string_view answers, AuthoredItem& item)
    {
        const auto at = find_bare_pair(answers, "####");
        if (at == nowhere) return answers;
        item.feedback = plain(answers.substr(at + 4));
        return answers.substr(0, at);
    }

    bool read_answers(AuthoredItem& item)
    {
        const auto body = trimmed(answers_);
        if (body.empty()) return refuse(answers_, "check.gift.kind");
        if (body.starts_with('#')) return read_numbers(item, body.substr(1));
        const auto first = find_bare(body, "=~");
        if (first == nowhere) return read_true_false(item, body);
        if (first != 0) return refuse(body, "check.gift.kind");
        const bool has_choices = find_bare(body, "~") != nowhere;
        if (!has_choices && find_bare_pair(body, "->") != nowhere) return read_match(item, body);
        const auto parts = split(body, "=~");
        if (!parts) return false;
        return has_choices ? read_choices(item, *parts) : read_spellings(item, *parts);
    }

    bool read_true_false(AuthoredItem& item, string_view answer)
    {
        const auto hash = find_bare(answer, "#");
        const auto word = trimmed(answer.substr(0, hash));
        const bool is_true = word == "T" || word == "TRUE", is_false = word == "F" || word == "FALSE";
        if (!is_true && !is_false) return refuse(answer, "check.gift.kind");
        item.kind = ItemKind::TrueFalse;
        item.choices = {{{}, {}, is_true}, {{}, {}, is_false}};
        if (hash == nowhere) return true;
        // GIFT: what a wrong answer hears stands first.
        const auto second = find_bare(answer, "#", hash + 1);
        item.choices[is_true ? 1 : 0].feedback = plain(answer.substr(hash + 1, second == nowhere ? nowhere : second - hash - 1));
        if (second != nowhere) item.choices[is_true ? 0 : 1].feedback = plain(answer.substr(second + 1));
        return true;
    }

    std::optional<std::vector<Part>> split(string_view body, string_view markers, bool weighs = true)
    {
        std::vector<Part> parts;
        for (auto at = find_bare(body, markers); at != nowhere;) {
            const auto next = find_bare(body, markers, at + 1);
            if (!read_part(body.substr(at, next == nowhere ? nowhere : next - at), parts, weighs)) return std::nullopt;
            at = next;
        }
        return parts;
    }

    bool read_part(string_view whole, std::vector<Part>& parts, bool weighs)
    {
        Part part{.marker = whole.front(), .weight = whole.front() == '=' ? whole_weight : 0, .raw = trimmed(whole.substr(1)), .feedback = {}};
        if (weighs && part.raw.starts_with('%')) {
            const auto end = part.raw.find('%', 1);
            const auto weight = end == nowhere ? std::nullopt : gift::weight_from(part.raw.substr(1, end - 1));
            if (!weight) return refuse(whole, "check.gift.weights");
            part.weight = *weight;
            part.raw.remove_prefix(end + 1);
        }
        const auto hash = find_bare(part.raw, "#");
        if (hash != nowhere) {
            if (find_bare(part.raw, "#", hash + 1) != nowhere) return refuse(whole, "check.gift.kind");
            part.feedback = part.raw.substr(hash + 1);
            part.raw = part.raw.substr(0, hash);
        }
        parts.push_back(part);
        return true;
    }

    bool read_choices(AuthoredItem& item, const std::vector<Part>& parts)
    {
        const bool has_right = std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.marker == '='; });
        const bool is_weighed = std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.marker == '~' && part.weight != 0; });
        item.kind = has_right || !is_weighed ? ItemKind::SingleChoice : ItemKind::MultipleChoice;
        for (const auto& part : parts) item.choices.push_back({plain(part.raw), plain(part.feedback), false, part.weight});
        const auto whole = [](const Part& part) { return part.weight == whole_weight; };
        const bool is_plain = std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.marker == '=' || part.weight == 0; });
        if (item.kind == ItemKind::SingleChoice && is_plain && std::count_if(parts.begin(), parts.end(), whole) != 1)
            return refuse(answers_, item.choices.size() < 2 ? "check.gift.choice_count" : "check.gift.one_right");
        settle_credit(item);
        return true;
    }

    bool read_match(AuthoredItem& item, string_view body)
    {
        item.kind = ItemKind::Match;
        const auto parts = split(body, "=", false);
        if (!parts) return false;
        for (const auto& part : *parts) {
            const auto arrow = find_bare_pair(part.raw, "->");
            if (arrow == nowhere || !part.feedback.empty()) return refuse(part.raw, "check.gift.match");
            const auto target = plain(part.raw.substr(arrow + 2));
            const auto known = std::find(item.targets.begin(), item.targets.end(), target);
            const auto place = static_cast<std::size_t>(known - item.targets.begin());
            if (known == item.targets.end()) item.targets.push_back(target);
            if (auto source = plain(part.raw.substr(0, arrow)); !source.empty()) item.choices.push_back({std::move(source), {}, false, 0, place});
        }
        return true;
    }

    bool read_spellings(AuthoredItem& item, const std::vector<Part>& parts)
    {
        item.kind = ItemKind::TextEntry;
        for (const auto& part : parts) {
            if (find_bare(part.raw, "*") != nowhere) return refuse(part.raw, "check.gift.wildcard");
            const auto text = language::single_spaced(plain(part.raw, "*"));
            if (!text) return refuse(part.raw, "check.gift.spelling");
            item.spellings.push_back({*text, part.weight, plain(part.feedback)});
        }
        return true;
    }

    bool read_numbers(AuthoredItem& item, string_view body)
    {
        item.kind = ItemKind::Numeric;
        if (!trimmed(body).starts_with('=')) return read_number(item, body, whole_weight);
        const auto parts = split(body, "=");
        return parts && std::all_of(parts->begin(), parts->end(), [&](const Part& part) { return add_number(item, part.raw, part.feedback, part.weight); });
    }

    bool read_number(AuthoredItem& item, string_view body, Weight weight)
    {
        const auto hash = find_bare(body, "#");
        return add_number(item, body.substr(0, hash), hash == nowhere ? string_view{} : body.substr(hash + 1), weight);
    }

    bool add_number(AuthoredItem& item, string_view raw, string_view feedback, Weight weight)
    {
        const auto range = gift::range_from(trimmed(raw));
        if (!range) return refuse(raw, "check.gift.number");
        item.numbers.push_back({range->value, range->tolerance, weight, plain(feedback)});
        return true;
    }
};
} // namespace

bool read_gift_item(const std::string& text, int line, const std::string& file, content::Findings& findings, AuthoredItem& item)
{
    return ItemReader{text, line, file, findings}.read(item);
}

bool has_answers(const std::string& text) { return find_bare(text, "{}") != nowhere; }

bool read_gift_text(const std::string& text, int line, const std::string& file, content::Findings& findings, AuthoredScenario& scenario)
{
    return ItemReader{text, line, file, findings}.read(scenario);
}

} // namespace adal::quizzes
