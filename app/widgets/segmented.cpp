#include "app/widgets/buttons.hpp"
#include "app/widgets/shapes.hpp"
#include <cmath>

namespace adal::widgets {

namespace {

constexpr float least = 56, inner = 5; // 4 of padding and 1 of border

Font font_for(const Segment& segment, bool chosen)
{
    return {chosen ? Weight::Bold : Weight::Medium, segment.size > 0 ? segment.size : 18};
}

float natural(Frame& f, const Segment& segment, float padding)
{
    return std::max(least, std::ceil(f.paint().text_width(segment.label, font_for(segment, true))) + 2 * padding);
}

bool draw_segment(Frame& f, const Rect& where, const Segment& segment, bool chosen)
{
    const Font font = font_for(segment, chosen);
    const float width = f.paint().text_width(segment.label, font);
    const auto touch = f.touch({.id = segment.id,
                                .label = segment.label,
                                .role = Role::Segment,
                                .rect = where,
                                .selected = chosen,
                                .shortened = width > where.w});
    const bool dark = f.theme().settings().dark;
    if (chosen) {
        Rect lower = where; // the line below must not shine through the upper corners
        if (!dark) f.paint().fill(where.moved(0, 1), Colour{28, 26, 23, 24}, radius::chip);
        f.paint().fill(lower.cut_bottom(2 * radius::chip), f(Token::Patina), radius::chip);
        f.paint().fill(where.with_height(where.h - 3), f(dark ? Token::PatinaTint : Token::Surface), radius::chip);
    } else if (touch.held) {
        f.paint().fill(where, f(Token::Off), radius::chip);
    }
    const float middle = where.y + (chosen ? (where.h - 3) / 2 : where.h / 2),
                line = static_cast<float>(font.size) * 1.3F;
    f.paint().text({where.centre().x - width / 2, middle - line / 2 + f.paint().baseline(font, line)}, segment.label,
                   font, f(chosen ? Token::Patina : Token::Ink2));
    if (touch.ring) f.paint().border(where.grown(2), f(Token::Focus), 3, radius::chip + 2);
    return touch.clicked && !chosen;
}

} // namespace

float segmented_width(Frame& f, std::span<const Segment> segments, float padding)
{
    float width = 2 * inner;
    for (const auto& segment : segments) width += natural(f, segment, padding);
    return width;
}

std::string segmented(Frame& f, const Rect& where, std::span<const Segment> segments, std::string_view chosen)
{
    if (segments.empty()) return {};
    plate(f, where, Token::Sunken, Token::Line, 1, radius::icon_button);
    const float spare = (where.w - segmented_width(f, segments, 0)) / static_cast<float>(segments.size());
    std::string picked;
    Rect rest = where.inset(inner, inner);
    for (const auto& segment : segments) {
        const Rect cell = rest.cut_left(natural(f, segment, 0) + std::max(0.F, spare));
        if (draw_segment(f, cell, segment, segment.id == chosen)) picked = segment.id;
    }
    return picked;
}

} // namespace adal::widgets
