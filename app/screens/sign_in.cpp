#include "app/screens/sign_in.hpp"
#include "app/screens/code_keypad.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>

namespace adal::screens {

using namespace widgets;

namespace {

constexpr float step_side = 40, step_gap = 12;

void step_disc(Frame& f, const Rect& spot, std::size_t index, std::size_t current)
{
    const auto number = std::to_string(index + 1);
    if (index < current) return disc(f, spot, Icon::CheckBold);
    if (index == current) return disc(f, spot, Icon::None, number);
    f.paint().ring(spot.centre(), step_side / 2, f(Token::Edge), 2);
    line(f, spot, number, {Type::NoteStrong, Token::Ink2, Align::Centre});
}

/// Discs side by side, then the name of the present one.
void short_steps(Frame& f, Rect row, std::size_t total, std::size_t current, const std::string& name)
{
    for (std::size_t i = 0; i < total; ++i) {
        step_disc(f, row.cut_left(step_side, 8), i, current);
        if (i + 1 == total) break;
        f.paint().fill({row.x, row.y + 19, 24, 2}, f(i < current ? Token::Patina : Token::Line));
        row.cut_left(24, 8);
    }
    row.cut_left(step_gap - 8);
    line(f, row, name, {Type::NoteStrong});
}
} // namespace

SignInSides sign_in_sides(Frame& f, const Rect& body)
{
    constexpr float widest = 1320, tallest = 720;
    Rect place = no_wider(body, widest).inset(0, f.narrow() ? 24 : 32);
    if (place.h > tallest) place = {place.x, place.y + (place.h - tallest) / 3, place.w, tallest};
    const Rect right = place.cut_right(f.narrow() ? 360.F : 440.F, f.narrow() ? 32.F : 56.F);
    return {place, right};
}

std::optional<Intent> sign_in_panel(Frame& f, Rect side, const Words& words, Button confirm, bool keypad_enabled)
{
    constexpr float key = 100, button_height = 72;
    std::optional<Intent> intent;

    constexpr Style small{Type::Small, Token::Ink2, Align::Centre};
    const float one_line = line_height(f, small.type);
    const bool fits = icon_line_width(f, confirm.reason, small) <= side.w;
    const float kept = fits ? one_line : text_height(f, side.w, confirm.reason, small); // kept when it is open, so that nothing moves
    const Rect below = side.cut_bottom(std::max(one_line, kept), 12);
    if (!confirm.reason.empty() && fits) icon_line(f, below, Icon::Lock, confirm.reason, small);
    if (!fits) text(f, below, confirm.reason, small);
    if (button(f, side.cut_bottom(button_height, 16), confirm)) intent = Confirm{};

    const float height = std::min(side.h, keypad_height(key));
    if (auto typed = code_keypad(f, side.with_height(height), words, keypad_enabled)) intent = typed;
    return intent;
}

void add_steps(Frame& f, Stack& stack, std::vector<std::string> names, std::size_t current)
{
    float width = -(16 + 48 + 16);
    for (const auto& name : names) width += step_side + step_gap + text_width(f, name, Type::NoteStrong) + 16 + 48 + 16;
    const bool fits = width <= stack.width();
    stack.part(step_side, 32, [&f, names = std::move(names), current, fits](const Rect& r) {
        if (fits)
            steps(f, r, names, current);
        else
            short_steps(f, r, names.size(), current, names[current]);
    });
}

bool sign_in_exit(Frame& f, Rect& left, const Button& exit)
{
    const Rect row = left.cut_bottom(space::button_small, 16);
    return button(f, {row.x - 16, row.y, std::min(row.w + 16, button_width(f, exit)), row.h}, exit);
}

} // namespace adal::screens
