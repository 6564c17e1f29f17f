#include "quizzes/gift_signs.hpp"
#include "content/source.hpp"
#include "quizzes/authored_item.hpp"
#include <cstdlib>

namespace adal::quizzes::gift {

using std::string_view;
constexpr auto nowhere = string_view::npos;

std::size_t find_bare(string_view text, string_view wanted, std::size_t from)
{
    for (auto i = from; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (wanted.find(text[i]) != nowhere)
            return i;
    }
    return nowhere;
}

std::size_t find_bare_pair(string_view text, string_view pair, std::size_t from)
{
    auto at = find_bare(text, pair.substr(0, 1), from);
    while (at != nowhere && text.substr(at, pair.size()) != pair) at = find_bare(text, pair.substr(0, 1), at + 1);
    return at;
}

std::optional<Weight> weight_from(string_view text)
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
        if (c < '0' || c > '9' || value > 1'000'000'000) return std::nullopt;
        if (decimals >= 5) continue; // Moodle writes 33.3333333, too
        value = value * 10 + (c - '0');
        if (decimals >= 0) ++decimals;
    }
    if (text.empty() || text.front() == '.') return std::nullopt;
    for (int i = std::max(decimals, 0); i < 5; ++i) value *= 10;
    if (value > 10 * std::int64_t{whole_weight}) return std::nullopt;
    return static_cast<Weight>(negative ? -value : value);
}

std::string weight_text(Weight weight)
{
    const auto size = std::abs(std::int64_t{weight});
    auto fraction = std::to_string(100'000 + size % 100'000).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return (weight < 0 ? "-" : "") + std::to_string(size / 100'000) + (fraction.empty() ? "" : "." + fraction);
}

std::optional<Range> range_between(Decimal least, Decimal most)
{
    const auto sum = least.millionths + most.millionths, width = most.millionths - least.millionths;
    if (width < 0 || sum % 2 != 0) return std::nullopt;
    return Range{{sum / 2}, {width / 2}};
}

std::optional<Range> range_from(string_view text)
{
    const auto number = [](string_view part) { return decimal_from(content::trimmed(part)); };
    if (const auto dots = text.find(".."); dots != nowhere) {
        const auto least = number(text.substr(0, dots)), most = number(text.substr(dots + 2));
        return least && most ? range_between(*least, *most) : std::nullopt;
    }
    const auto colon = text.find(':');
    const auto value = number(text.substr(0, colon));
    const auto tolerance = colon == nowhere ? Decimal{} : number(text.substr(colon + 1));
    return value && tolerance && tolerance->millionths >= 0 ? std::optional{Range{*value, *tolerance}} : std::nullopt;
}

bool ends_like_picture(const std::string& stem)
{
    const auto begin = stem.rfind("!["), middle = stem.rfind("](");
    return stem.ends_with(')') && begin != nowhere && middle != nowhere && middle > begin;
}

std::optional<NamedPicture> cut_picture(std::string& stem)
{
    const auto begin = stem.rfind("!["), middle = stem.rfind("](");
    if (!ends_like_picture(stem)) return std::nullopt;
    auto file = stem.substr(middle + 2, stem.size() - middle - 3);
    if (!is_picture_name(file)) return std::nullopt;
    NamedPicture picture{stem.substr(begin + 2, middle - begin - 2), std::move(file)};
    stem = content::trimmed(string_view{stem}.substr(0, begin));
    return picture;
}

} // namespace adal::quizzes::gift
