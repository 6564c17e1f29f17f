#include "app/screens/sign_in.hpp"
#include "app/screens/code_keypad.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>

namespace adal::screens {

using namespace widgets;

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
    constexpr Style small{Type::Small, Token::Ink2};
    constexpr float key = 100, button_height = 72;
    std::optional<Intent> intent;

    Stack reason(f, side.w);
    if (!confirm.reason.empty()) reason.icon_text(Icon::Lock, confirm.reason, small, 0);
    const float kept = std::max(line_height(f, small.type), reason.height()); // the button stays where it is when it opens
    reason.draw(side.cut_bottom(kept, 12));
    if (button(f, side.cut_bottom(button_height, 16), confirm)) intent = Confirm{};

    const float height = std::min(side.h, keypad_height(key));
    if (auto typed = code_keypad(f, side.with_height(height), words, keypad_enabled)) intent = typed;
    return intent;
}

void add_steps(Frame& f, Stack& stack, std::vector<std::string> names, std::size_t current)
{
    constexpr float disc = 40, inner = 12, between = 16 + 48 + 16;
    float width = -between;
    for (const auto& name : names) width += disc + inner + text_width(f, name, Type::NoteStrong) + between;
    if (width > stack.width())
        for (std::size_t i = 0; i < names.size(); ++i)
            if (i != current) names[i].clear();
    stack.part(disc, 32, [&f, names = std::move(names), current](const Rect& r) { steps(f, r, names, current); });
}

bool sign_in_exit(Frame& f, Rect& left, const Button& exit)
{
    const Rect row = left.cut_bottom(space::button_small, 16);
    return button(f, {row.x - 16, row.y, std::min(row.w + 16, button_width(f, exit)), row.h}, exit);
}

} // namespace adal::screens
