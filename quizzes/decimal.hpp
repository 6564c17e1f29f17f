#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adal::quizzes {

/// A number as people write it, kept exactly: millionths. Scoring knows no floating point.
struct Decimal {
    std::int64_t millionths = 0;
    auto operator<=>(const Decimal&) const = default;
};

/// "12", "-3.5", "3,5", "1 250.75" (blanks of any kind between digits); nothing for anything else, more than six decimals or a size over 10^12.
std::optional<Decimal> decimal_from(std::string_view);
std::string to_text(Decimal); // "-3.5": a point, no zeros at the end

} // namespace adal::quizzes
