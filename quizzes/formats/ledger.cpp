#include "quizzes/formats/ledger.hpp"
#include "content/language/letters.hpp"
#include "content/source.hpp"
#include "quizzes/gift_signs.hpp"
#include <algorithm>
#include <array>

namespace adal::quizzes::formats {
namespace {

constexpr std::size_t longest_name = 48; // with a number behind it, it stays within 64

/// Small Cyrillic letters in Latin ones, Russian and Kazakh.
std::string_view latin_of(std::string_view letter)
{
    static constexpr std::pair<std::string_view, std::string_view> table[]{
        {"а", "a"}, {"ә", "a"}, {"б", "b"}, {"в", "v"}, {"г", "g"}, {"ғ", "g"}, {"д", "d"}, {"е", "e"}, {"ё", "e"}, {"ж", "zh"}, {"з", "z"}, {"и", "i"}, {"й", "i"},
        {"к", "k"}, {"қ", "q"}, {"л", "l"}, {"м", "m"}, {"н", "n"}, {"ң", "n"}, {"о", "o"}, {"ө", "o"}, {"п", "p"}, {"р", "r"}, {"с", "s"}, {"т", "t"}, {"у", "u"},
        {"ұ", "u"}, {"ү", "u"}, {"ф", "f"}, {"х", "kh"}, {"һ", "h"}, {"ц", "ts"}, {"ч", "ch"}, {"ш", "sh"}, {"щ", "sch"}, {"ъ", "'"}, {"ы", "y"}, {"і", "i"}, {"ь", "'"},
        {"э", "e"}, {"ю", "yu"}, {"я", "ya"}};
    for (const auto& [cyrillic, latin] : table)
        if (cyrillic == letter) return latin;
    return {};
}

/// With room for a number behind it.
std::string shortened(const std::string& name)
{
    auto result = name.substr(0, longest_name);
    while (result.ends_with('-')) result.pop_back();
    return result;
}

std::string file_part(std::string_view path)
{
    const auto slash = path.find_last_of("/\\");
    return std::string{slash == std::string_view::npos ? path : path.substr(slash + 1)};
}

/// Moodle's path of categories: slashes part it, two of them are one in a name.
std::vector<std::string> steps_of(const std::string& path)
{
    std::vector<std::string> steps(1);
    for (std::size_t i = 0; i < path.size(); ++i)
        if (path[i] != '/') steps.back() += path[i];
        else if (i + 1 < path.size() && path[i + 1] == '/') steps.back() += path[i++];
        else steps.emplace_back();
    return steps;
}

bool is_frame(const std::string& step) { return step.empty() || step == "top" || (step.front() == '$' && step.back() == '$'); }

} // namespace

std::string identifier_from(std::string_view name)
{
    const auto lower = language::lowered(tidied(name).text);
    std::string result;
    for (std::size_t i = 0; i < lower.size() && result.size() < longest_name;) {
        const auto lead = static_cast<unsigned char>(lower[i]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const auto letter = std::string_view{lower}.substr(i, size);
        i += size;
        const bool is_plain = (letter[0] >= 'a' && letter[0] <= 'z') || (letter[0] >= '0' && letter[0] <= '9');
        if (is_plain) result += letter;
        else if (const auto latin = latin_of(letter); !latin.empty()) result += latin == "'" ? "" : latin;
        else if (!result.empty() && result.back() != '-') result += '-';
    }
    while (result.ends_with('-')) result.pop_back();
    return result;
}

int line_at(std::string_view source, std::size_t offset)
{
    const auto end = source.begin() + static_cast<std::ptrdiff_t>(std::min(offset, source.size()));
    return 1 + static_cast<int>(std::count(source.begin(), end, '\n'));
}

Lines::Lines(std::string_view source)
{
    for (std::size_t i = 0; i < source.size(); ++i)
        if (source[i] == '\n') ends_.push_back(i);
}

int Lines::at(std::size_t offset) const { return 1 + static_cast<int>(std::lower_bound(ends_.begin(), ends_.end(), offset) - ends_.begin()); }

void Ledger::lose(int line, const std::string& item, std::string key, Arguments more)
{
    more.insert(more.begin(), {"item", item});
    losses.push_back({file_, line, content::Finding::Gravity::Warning, std::move(key), std::move(more)});
}

void Ledger::refuse(int line, const std::string& item, std::string key, Arguments more)
{
    lose(line, item, std::move(key), std::move(more));
    losses.back().gravity = content::Finding::Gravity::Error;
}

ItemId Ledger::name(const std::string& given, const TopicId& topic, int line)
{
    auto base = content::is_identifier(given) ? given : identifier_from(given);
    const auto known = tidied(given).text;
    auto result = base;
    if (base.empty()) {
        base = topic.empty() ? "item" : shortened(topic.text);
        do {
            ++unnamed_;
            result = base + (unnamed_ < 10 ? "-0" : "-") + std::to_string(unnamed_);
        } while (names_.contains(result));
    }
    for (int n = 2; names_.contains(result); ++n) result = shortened(base) + "-" + std::to_string(n);
    names_.insert(result);
    if (!known.empty() && known != result) lose(line, result, "formats.loss.name", {{"name", known}});
    return {result};
}

TopicId Ledger::topic(const std::string& path, int line)
{
    std::string name;
    for (const auto& step : steps_of(tidied(path).text))
        if (!is_frame(step)) name += (name.empty() ? "" : "/") + std::string{content::trimmed(step)};
    if (name.empty()) return {};
    const TopicId topic{content::is_identifier(name) ? name : identifier_from(name)};
    if (topic.text != name && topics_.insert(name).second) lose(line, topic.text, "formats.loss.topic", {{"name", name}});
    return topic;
}

std::string Ledger::words(const PlainText& text, const std::string& item, int line)
{
    std::string tags;
    for (const auto& tag : text.tags) tags += (tags.empty() ? "" : ", ") + tag;
    if (text.losses.contains(TextLoss::Formatting)) lose(line, item, "formats.loss.formatting", {{"tags", tags}});
    if (text.losses.contains(TextLoss::Media)) lose(line, item, "formats.loss.media");
    if (text.losses.contains(TextLoss::Letters)) lose(line, item, "formats.loss.letters");
    return text.text;
}

void Ledger::tag(AuthoredItem& item, const std::string& tag)
{
    static constexpr std::pair<std::string_view, Difficulty> difficulties[]{{"easy", Difficulty::Easy}, {"medium", Difficulty::Medium}, {"hard", Difficulty::Hard}};
    for (const auto& [word, difficulty] : difficulties)
        if (tag == word && !item.difficulty) {
            item.difficulty = difficulty;
            return;
        }
    if (tag.starts_with("ref:") && item.reference.empty() && content::is_paragraph_reference(std::string_view{tag}.substr(4))) {
        item.reference = tag.substr(4);
        return;
    }
    lose(item.line, item.id.text, "formats.loss.tag", {{"tag", tidied(tag).text}});
}

std::string Ledger::picture_name(const std::string& path, const std::string& item, const Bytes& bytes)
{
    auto name = file_part(path);
    if (!is_picture_name(name)) {
        const auto dot = name.rfind('.');
        auto end = dot == std::string::npos ? std::string{".png"} : language::lowered(tidied(name.substr(dot)).text);
        if (!is_picture_name("a" + end)) end = ".png";
        const auto stem = identifier_from(name.substr(0, dot));
        name = (stem.empty() ? item : stem) + end;
    }
    const auto [known, is_new] = pictures_.try_emplace(name, bytes);
    return is_new || known->second == bytes ? name : item + "-" + name;
}

void Ledger::take(AuthoredItem item)
{
    settle_keys(item);
    cut_unreadable_picture(item.stem, item.id.text, item.line);
    if (const auto* fault = fault_of(item)) return refuse(item.line, item.id.text, fault);
    content.items.push_back(std::move(item));
}

void Ledger::cut_unreadable_picture(std::string& text, const std::string& item, int line)
{
    while (gift::ends_like_picture(text)) {
        const auto begin = text.rfind("![");
        lose(line, item, "formats.loss.picture", {{"picture", text.substr(begin)}});
        text = content::trimmed(std::string_view{text}.substr(0, begin));
    }
}

void Ledger::take(AuthoredScenario scenario)
{
    cut_unreadable_picture(scenario.text, scenario.id.text, scenario.line);
    if (scenario.text.empty()) return refuse(scenario.line, scenario.id.text, "check.gift.stem_empty");
    content.scenarios.push_back(std::move(scenario));
}

} // namespace adal::quizzes::formats
