#include "app/screens/trouble_screen.hpp"
#include "app/screens/header.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/parts.hpp"

namespace adal::screens {
namespace {

using namespace widgets;

Stack message(Frame& f, float width, const TroubleScreen& screen)
{
    Stack stack(f, width);
    stack.part(64, 24, [&f](const Rect& r) { tile(f, r.with_width(64), Icon::Wrench, Tone::Copper); });
    stack.text(screen.title, {Type::CardTitle}, 12);
    stack.text(screen.text, {Type::Lead, Token::Ink2}, 24);
    if (screen.next.empty()) return stack;
    stack.part(1, 20, [&f](const Rect& r) { hairline(f, r); });
    stack.icon_text(Icon::Info, screen.next, {Type::Section}, 0, 24);
    return stack;
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const TroubleScreen& screen, const Words& words)
{
    constexpr float padding = 40;
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent, false);
    const Rect place = no_wider(page.body, 800).inset(0, 24);
    const float wanted = message(f, place.w - 2 * padding, screen).height() + 2 * padding;
    const float height = std::min(place.h, wanted);
    const Rect plate{place.x, place.y + (place.h - height) * 0.4F, place.w, height};
    card(f, plate);
    draw_column(f, "trouble.message", plate.inset(padding), [&](float width) { return message(f, width, screen); });
    return intent;
}

} // namespace adal::screens
