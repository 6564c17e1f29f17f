#pragma once
#include "app/widgets/text.hpp"
#include <span>
#include <vector>

namespace adal::widgets {

/// A stretch of one run on one line.
struct Piece {
    std::size_t run{};
    std::string_view words;
    float x{}, width{};
};
struct Line {
    std::vector<Piece> pieces;
    float width{};
    bool cut{}; ///< ends with an ellipsis, counted in `width`
};

inline constexpr std::string_view ellipsis = "…";

/// Greedy lines. Breaks after spaces, after a hyphen between letters, at \n; never between a number and the word it
/// counts. A word wider than the line is broken where it must.
std::vector<Line> typeset(Frame& f, std::span<const Run> runs, Type type, float width, int max_lines);
Font font_of(const Frame& f, Type type, const Run& run);
float ellipsis_width(Frame& f, Font font);

} // namespace adal::widgets
