#include "content/front_matter.hpp"
#include "content/language/dates.hpp"
#include "content/source.hpp"
#include <algorithm>

namespace adal::content {
namespace {
constexpr std::string_view fence = "---";
}

FrontMatter::FrontMatter(std::string_view source, std::string file, Findings& findings)
    : file_(std::move(file)), findings_(findings)
{
    const auto lines = lines_of(source);
    const auto is_fence = [](std::string_view line) { return trimmed(line) == fence; };
    const auto end = lines.empty() || !is_fence(lines.front()) ? lines.end()
                                                               : std::find_if(lines.begin() + 1, lines.end(), is_fence);
    if (end == lines.end()) {
        findings_.push_back({file_, 1, Finding::Gravity::Error, "check.front.none", {}});
        return;
    }
    int number = 1;
    for (auto line = lines.begin() + 1; line != end; ++line) add(*line, ++number);
    body_.assign(static_cast<std::size_t>(number) + 1, '\n');
    for (auto line = end + 1; line != lines.end(); ++line) body_.append(*line).append("\n");
}

void FrontMatter::add(std::string_view line, int number)
{
    if (trimmed(line).empty()) return;
    const auto colon = line.find(':');
    const std::string key{trimmed(line.substr(0, colon))};
    if (colon == std::string_view::npos || key.empty()) {
        findings_.push_back({file_, number, Finding::Gravity::Error, "check.front.line", {}});
        return;
    }
    if (!lines_.emplace(key, Line{std::string{trimmed(line.substr(colon + 1))}, number}).second)
        findings_.push_back({file_, number, Finding::Gravity::Error, "check.front.twice", {{"key", key}}});
}

void FrontMatter::find(const std::string& key, std::string what, Arguments arguments)
{
    const auto line = lines_.find(key);
    findings_.push_back({file_, line == lines_.end() ? 1 : line->second.number, Finding::Gravity::Error,
                         std::move(what), std::move(arguments)});
}

std::string FrontMatter::word(const std::string& key)
{
    asked_.insert(key);
    if (body_.empty()) return {}; // there is no front matter at all, and that was said
    const auto line = lines_.find(key);
    if (line == lines_.end())
        find(key, "check.front.missing", {{"key", key}});
    else if (line->second.value.empty())
        find(key, "check.text.empty", {{"key", key}});
    else
        return line->second.value;
    return {};
}

std::string FrontMatter::identifier(const std::string& key)
{
    auto value = word(key);
    if (!value.empty() && !is_identifier(value)) find(key, "check.text.identifier", {{"id", value}});
    return value;
}

int FrontMatter::whole(const std::string& key)
{
    const auto value = word(key);
    const bool is_number =
        value.size() <= 4 && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!value.empty() && is_number && value.front() != '0') return std::stoi(value);
    if (!value.empty()) find(key, "check.front.number", {{"key", key}});
    return 1;
}

Date FrontMatter::date(const std::string& key)
{
    const auto value = word(key);
    const auto date = language::date_from_iso(value);
    if (!date && !value.empty()) find(key, "check.front.date", {{"key", key}});
    return date.value_or(Date{});
}

std::size_t FrontMatter::one_of(const std::string& key, const std::vector<std::string>& codes)
{
    const auto value = word(key);
    const auto found = std::find(codes.begin(), codes.end(), value);
    if (found != codes.end()) return static_cast<std::size_t>(found - codes.begin());
    std::string list;
    for (const auto& code : codes) list += (list.empty() ? "" : ", ") + code;
    if (!value.empty()) find(key, "check.front.one_of", {{"key", key}, {"codes", list}});
    return 0;
}

void FrontMatter::finish()
{
    for (const auto& [key, line] : lines_)
        if (!asked_.contains(key)) find(key, "check.front.unknown", {{"key", key}});
}

} // namespace adal::content
