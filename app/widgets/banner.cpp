#include "app/widgets/cards.hpp"
#include "app/widgets/shapes.hpp"
#include <algorithm>
#include <cmath>

namespace adal::widgets {

namespace {

constexpr float side = 20, top = 16, gap = 16;

struct Heights {
    float strong, plain, more, all, icon;
};

Style strong_style(const Banner& b)
{
    return b.large ? Style{Type::Subheading, ink_of(b.tone)} : Style{Type::NoteStrong};
}

int icon_of(const Banner& b) { return b.large ? 32 : 28; }

Heights heights(Frame& f, float width, const Banner& b)
{
    Heights h{};
    h.icon = static_cast<float>(icon_of(b));
    const float room = width - 2 * side - h.icon - gap;
    h.strong = text_height(f, room, b.strong, strong_style(b));
    h.plain = text_height(f, room, b.plain, {Type::Note});
    h.more = text_height(f, room - 28, b.more, {Type::SmallStrong});
    const bool apart = b.large && h.strong > 0 && h.plain > 0;
    h.all = h.strong + (apart ? 4.F : 0.F) + h.plain + (h.more > 0 ? 8 + h.more : 0);
    return h;
}

} // namespace

float banner_height(Frame& f, float width, const Banner& b)
{
    const auto h = heights(f, width, b);
    return 2 * top + std::max(h.all, h.icon);
}

float banner(Frame& f, const Rect& where, const Banner& b)
{
    const auto h = heights(f, where.w, b);
    const Rect area = where.with_height(2 * top + std::max(h.all, h.icon));
    f.paint().fill(area, f(tint_of(b.tone)), radius::banner);
    Rect in = area.inset(side, top);
    const Token ink = b.tone == Tone::Neutral ? Token::Ink : ink_of(b.tone);
    const float first = b.strong.empty() ? line_height(f, Type::Note) : line_height(f, strong_style(b).type);
    const bool one_line = h.all <= h.icon;
    const float icon_y = one_line ? area.centre().y : in.y + std::max(first / 2, h.icon / 2 - 1);
    f.paint().icon(b.icon, {in.x + h.icon / 2, icon_y}, icon_of(b), f(ink));
    in.cut_left(h.icon, gap);
    if (one_line) in = in.centred(in.w, h.all);
    text(f, in.cut_top(h.strong, b.large && h.plain > 0 ? 4.F : 0.F), b.strong, strong_style(b));
    text(f, in.cut_top(h.plain, 8), b.plain, {Type::Note});
    if (h.more > 0) icon_line(f, in.with_height(h.more), Icon::Book, b.more, {Type::SmallStrong, ink});
    return area.h;
}

Dialog::Dialog(Frame& f, std::string_view id, std::string_view label, float height, float width) : f_(f)
{
    f.push_layer();
    const bool dark = f.theme().settings().dark;
    f.paint().fill(f.screen(), Colour{15, 22, 21, 158});
    const Rect area = f.screen().centred(std::min(width, f.screen().w - 2 * f.margin()), height);
    const Rect box{std::round(area.x), std::round(area.y), area.w, area.h};
    f.show({.id = std::string(id), .label = std::string(label), .role = Role::Dialog, .rect = box});
    f.paint().shadow(box, window::Shadow::Raised, radius::dialog);
    plate(f, box, Token::Surface, Token::Line, dark ? 1 : 0, radius::dialog);
    inside_ = box.inset(32);
}

Dialog::~Dialog() { f_.pop_layer(); }

} // namespace adal::widgets
