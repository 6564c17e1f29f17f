#pragma once
#include "quizzes/item.hpp"
#include <string_view>

/// The signs of GIFT that its readers and its writer share.
namespace adal::quizzes::gift {

/// The place of the first of `wanted` that no backslash takes away.
std::size_t find_bare(std::string_view text, std::string_view wanted, std::size_t from = 0);
std::size_t find_bare_pair(std::string_view text, std::string_view pair, std::size_t from = 0); // "::", "->", "####" in a row

/// "33.33333" as 3'333'333; nothing if it is no number.
std::optional<Weight> weight_from(std::string_view);
std::string weight_text(Weight); // "33.33333"

/// "3.5:0.25", "1..5", "7" as value and tolerance; nothing if it is neither, or finer than millionths.
struct Range {
    Decimal value, tolerance;
};
std::optional<Range> range_from(std::string_view);
std::optional<Range> range_between(Decimal least, Decimal most);

/// Cuts "![alternative](file.svg)" from the end of a stem whose escapes are undone; nothing, and the stem untouched, if none stands there.
struct NamedPicture {
    std::string alternative, file;
};
std::optional<NamedPicture> cut_picture(std::string& stem);
bool ends_like_picture(const std::string& stem); // "![...](...)", whatever stands in it

} // namespace adal::quizzes::gift
