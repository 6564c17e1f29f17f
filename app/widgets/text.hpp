#pragma once
#include "app/widgets/frame.hpp"
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adal::widgets {

enum class Align { Left, Centre, Right };

struct Style {
    Type type = Type::Body;
    Token colour = Token::Ink;
    Align align = Align::Left;
    int max_lines = 0; ///< 0: as many as needed; more than that end with an ellipsis
    float line = 0;    ///< another line height than the type's
};

/// A wrapped text from the top of `where`; answers the height it took, which may be more than `where` has (a test will
/// say so). Breaks at spaces and hyphens and at \n, keeps a number with its word.
float text(Frame& f, const Rect& where, std::string_view words, Style style = {}, std::string_view id = {});

/// One line in the vertical middle of `where`, shortened if it must; answers its width.
float line(Frame& f, const Rect& where, std::string_view words, Style style = {}, std::string_view id = {});

/// An icon and a line beside it: "[clock] about 2 minutes". Answers the width.
float icon_line(Frame& f, const Rect& where, Icon icon, std::string_view words,
                Style style = {Type::Small, Token::Ink2}, int icon_size = 20);
float icon_line_width(Frame& f, std::string_view words, Style style, int icon_size = 20);

float text_height(Frame& f, float width, std::string_view words, Style style = {});
float text_width(Frame& f, std::string_view words, Type type);
float line_height(const Frame& f, Type type);

/// A piece of a paragraph that looks the same all along.
struct Run {
    std::string text{};
    bool bold{}, italic{};
    bool marked{};      ///< being read aloud: filled with Mark, underlined in copper
    bool found{};       ///< a search hit: filled with Mark
    std::string link{}; ///< id of a part that can be pressed; empty for plain words
};

/// Answers the height, and in `pressed` the link that was tapped.
struct RichText {
    float height{};
    std::string pressed{};
};
RichText rich_text(Frame& f, const Rect& where, std::span<const Run> runs, Style style = {Type::Reading},
                   std::string_view id = {});
float rich_height(Frame& f, float width, std::span<const Run> runs, Style style = {Type::Reading});

/// Digits that change stand each in a cell of the widest digit, so that nothing trembles. Vertically centred; answers
/// the width.
float digits(Frame& f, const Rect& where, std::string_view text, Style style = {Type::Timer, Token::Copper});
float digits_width(Frame& f, std::string_view text, Type type);

/// Lines of a wrapped text; for parts that lay out their own.
std::vector<std::string_view> wrap(Frame& f, std::string_view words, Type type, float width);

} // namespace adal::widgets
