#include "quizzes/gift_item.hpp"
#include "content/source.hpp"
#include <algorithm>
#include <cstdint>
#include <set>

namespace adal::quizzes {
namespace {
using content::Finding;
using content::trimmed;
using std::string_view;
constexpr auto nowhere = string_view::npos;
constexpr std::size_t most_choices = 8;

/// The place of the first of `wanted` that no backslash takes away.
std::size_t find_bare(string_view text, string_view wanted, std::size_t from = 0)
{
    for (auto i = from; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (wanted.find(text[i]) != nowhere)
            return i;
    }
    return nowhere;
}

std::size_t find_double_colon(string_view text, std::size_t from)
{
    auto at = find_bare(text, ":", from);
    while (at != nowhere && (at + 1 >= text.size() || text[at + 1] != ':')) at = find_bare(text, ":", at + 1);
    return at;
}

/// "33.33333" as 3333333: hundred-thousandths, as GIFT writes thirds; nothing if it is no number.
std::optional<std::int64_t> weight_from(string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::int64_t value = 0;
    int decimals = -1;
    for (const char c : text) {
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9' || decimals >= 5 || value > 100'000'000) return std::nullopt;
        value = value * 10 + (c - '0');
        if (decimals >= 0) ++decimals;
    }
    if (text.empty() || text.front() == '.') return std::nullopt;
    for (int i = std::max(decimals, 0); i < 5; ++i) value *= 10;
    return negative ? -value : value;
}
constexpr std::int64_t whole_weight = 100'00000;

/// One choice as it stands between two markers.
struct Part {
    char marker{};
    bool has_weight = false;
    std::optional<std::int64_t> weight;
    GiftChoice choice;
};

class ItemReader {
public:
    ItemReader(const std::string& text, int line, const std::string& file, content::Findings& findings)
        : text_(text), line_(line), file_(file), findings_(findings)
    {}

    bool read(GiftItem& item)
    {
        item.line = line_ + static_cast<int>(std::count(text_.begin(), text_.begin() + start(), '\n'));
        const auto name_end = read_name(item);
        if (name_end == nowhere) return false;
        const auto open = find_bare(text_, "{}", name_end);
        const auto close = open == nowhere || text_[open] == '}' ? nowhere : find_bare(text_, "{}", open + 1);
        if (close == nowhere || text_[close] == '{') return refuse(open, "check.gift.braces");
        if (!trimmed(view(close + 1, text_.size())).empty()) return refuse(close, "check.gift.tail");
        item.stem = plain(view(name_end, open));
        if (item.stem.empty()) return refuse(name_end, "check.gift.stem_empty");
        if (item.stem.starts_with('[')) return refuse(name_end, "check.gift.kind");
        return read_answers(item, view(open + 1, close));
    }

private:
    const std::string& text_;
    int line_;
    const std::string& file_;
    content::Findings& findings_;
    std::string name_;

    std::ptrdiff_t start() const { return static_cast<std::ptrdiff_t>(text_.find_first_not_of(" \t\n")); }
    string_view view(std::size_t from, std::size_t to) const { return string_view{text_}.substr(from, to - from); }

    bool refuse(std::size_t at, const char* key)
    {
        const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(at, text_.size()));
        const auto line = line_ + static_cast<int>(std::count(text_.begin(), end, '\n'));
        findings_.push_back({file_, line, Finding::Gravity::Error, key, {{"item", name_}}});
        return false;
    }
    bool refuse(string_view part, const char* key)
    {
        return refuse(static_cast<std::size_t>(part.data() - text_.data()), key);
    }

    std::size_t read_name(GiftItem& item)
    {
        const auto from = static_cast<std::size_t>(start());
        const auto end = view(from, from + 2) == "::" ? find_double_colon(text_, from + 2) : nowhere;
        if (end == nowhere) return refuse(from, "check.gift.name_missing"), nowhere;
        name_ = trimmed(view(from + 2, end));
        if (!content::is_identifier(name_)) return refuse(from, "check.gift.name"), nowhere;
        item.id = {name_};
        return end + 2;
    }

    /// Escapes undone, line ends and runs of blanks made one space.
    std::string plain(string_view raw)
    {
        const auto source = trimmed(raw);
        std::string result;
        for (std::size_t i = 0; i < source.size(); ++i) {
            if (source[i] == '\\') {
                const char next = i + 1 < source.size() ? source[++i] : '\n'; // a backslash before a blank or at the end
                if (string_view{"~=#{}:n\\"}.find(next) == nowhere) refuse(source.substr(i), "check.gift.escape");
                result += next == 'n' ? '\n' : next;
            } else if (source[i] != ' ' && source[i] != '\t' && source[i] != '\n')
                result += source[i];
            else if (result.empty() || result.back() != ' ')
                result += ' ';
        }
        return result;
    }

    bool read_answers(GiftItem& item, string_view answers)
    {
        const auto first = find_bare(answers, "=~");
        const auto before = trimmed(answers.substr(0, first));
        if (first == nowhere && before.empty()) return refuse(answers, "check.gift.kind");
        if (first == nowhere) return read_true_false(item, before);
        if (!before.empty()) return refuse(before, "check.gift.kind");
        std::vector<Part> parts;
        for (auto at = first; at != nowhere;) {
            const auto next = find_bare(answers, "=~", at + 1);
            if (!read_part(answers.substr(at, next == nowhere ? nowhere : next - at), parts)) return false;
            at = next;
        }
        return decide_kind(item, parts, answers);
    }

    bool read_true_false(GiftItem& item, string_view answer)
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
        auto& wrong = item.choices[is_true ? 1 : 0];
        wrong.feedback = plain(answer.substr(hash + 1, second == nowhere ? nowhere : second - hash - 1));
        if (second != nowhere) item.choices[is_true ? 0 : 1].feedback = plain(answer.substr(second + 1));
        return true;
    }

    bool read_part(string_view raw, std::vector<Part>& parts)
    {
        Part part;
        part.marker = raw.front();
        auto body = trimmed(raw.substr(1));
        if (body.starts_with('%')) {
            const auto end = body.find('%', 1);
            part.has_weight = true;
            part.weight = end == nowhere ? std::nullopt : weight_from(body.substr(1, end - 1));
            if (!part.weight) return refuse(raw, "check.gift.weights");
            body.remove_prefix(end + 1);
        }
        const auto hash = find_bare(body, "#");
        part.choice.text = plain(body.substr(0, hash));
        if (hash != nowhere) {
            if (find_bare(body, "#", hash + 1) != nowhere) return refuse(raw, "check.gift.kind");
            part.choice.feedback = plain(body.substr(hash + 1));
        }
        if (part.choice.text.empty()) return refuse(raw, "check.gift.choice_empty");
        if (part.choice.text.find("->") != nowhere) return refuse(raw, "check.gift.kind");
        parts.push_back(std::move(part));
        return true;
    }

    bool decide_kind(GiftItem& item, std::vector<Part>& parts, string_view answers)
    {
        if (parts.size() < 2 || parts.size() > most_choices) return refuse(answers, "check.gift.choice_count");
        const bool weighted = std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.has_weight; });
        item.kind = weighted ? ItemKind::MultipleChoice : ItemKind::SingleChoice;
        for (auto& part : parts) part.choice.is_right = weighted ? part.weight.value_or(0) > 0 : part.marker == '=';
        if (weighted && !weights_are_fair(parts)) return refuse(answers, "check.gift.weights");
        const auto rights =
            std::count_if(parts.begin(), parts.end(), [](const Part& part) { return part.choice.is_right; });
        if (!weighted && rights != 1) return refuse(answers, "check.gift.one_right");
        std::set<std::string> texts;
        for (auto& part : parts) {
            if (!texts.insert(part.choice.text).second) return refuse(answers, "check.gift.choice_twice");
            item.choices.push_back(std::move(part.choice));
        }
        return true;
    }

    /// Every choice is weighed: the rights share 100 evenly, each wrong one takes 100 away.
    static bool weights_are_fair(const std::vector<Part>& parts)
    {
        std::int64_t rights = 0;
        for (const auto& part : parts) {
            if (part.marker != '~' || !part.weight) return false;
            if (*part.weight > 0) ++rights;
        }
        return rights > 0 && std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
                   return *part.weight > 0 ? std::abs(*part.weight - whole_weight / rights) <= 1
                                           : *part.weight == -whole_weight;
               });
    }
};
} // namespace

bool read_gift_item(const std::string& text, int line, const std::string& file, content::Findings& findings,
                    GiftItem& item)
{
    return ItemReader{text, line, file, findings}.read(item);
}

} // namespace adal::quizzes
