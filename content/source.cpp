#include "content/source.hpp"
#include "content/language/letters.hpp"
#include <algorithm>

namespace adal::content {
namespace {
bool is_number(std::string_view text)
{
    return !text.empty() && text.size() <= 4 && text.front() != '0' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Control characters and U+FFFD, the trace of a letter that another program could not read.
bool is_showable(std::string_view line)
{
    constexpr std::string_view lost_letter = "\xEF\xBF\xBD";
    return line.find(lost_letter) == std::string_view::npos && std::all_of(line.begin(), line.end(), [](char c) {
               const auto code = static_cast<unsigned char>(c);
               return code == '\t' || (code >= 0x20 && code != 0x7F);
           });
}
} // namespace

std::string plain_source(std::string_view source)
{
    if (source.starts_with("\xEF\xBB\xBF")) source.remove_prefix(3);
    std::string text;
    text.reserve(source.size());
    for (std::size_t i = 0; i < source.size(); ++i)
        if (source[i] != '\r' || i + 1 == source.size() || source[i + 1] != '\n') text += source[i];
    return text;
}

void check_letters(std::string_view source, const std::string& file, Findings& findings)
{
    int number = 0;
    for (const auto line : lines_of(source)) {
        ++number;
        const auto normal = language::normalised(line);
        const bool is_normal = normal && normal.value() == line;
        if (is_normal && is_showable(line)) continue;
        const auto* key = is_normal ? "check.text.not_shown" : normal ? "check.text.not_nfc" : "check.text.not_utf8";
        findings.push_back({file, number, Finding::Gravity::Error, key, {}});
    }
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> lines_of(std::string_view source)
{
    std::vector<std::string_view> lines;
    while (!source.empty()) {
        const auto end = source.find('\n');
        lines.push_back(source.substr(0, end));
        source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
    }
    return lines;
}

bool is_identifier(std::string_view text)
{
    if (text.empty() || text.size() > 64 || text.front() == '-' || text.back() == '-') return false;
    if (text.find("--") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_anchor(std::string_view text)
{
    const auto dot = text.find('.');
    return dot != std::string_view::npos && is_number(text.substr(0, dot)) && is_number(text.substr(dot + 1));
}

bool is_paragraph_reference(std::string_view text)
{
    const auto hash = text.find('#');
    return hash != std::string_view::npos && is_identifier(text.substr(0, hash)) && is_anchor(text.substr(hash + 1));
}

} // namespace adal::content
