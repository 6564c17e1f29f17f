#pragma once
#include "app/widgets/frame.hpp"

namespace adal::widgets {

/// A filled shape with a border inside its edge.
inline void plate(Frame& f, const Rect& area, Colour fill, Colour border, float width, float radius)
{
    if (width > 0) f.paint().fill(area, border, radius);
    f.paint().fill(area.inset(width), fill, std::max(0.F, radius - width));
}
inline void plate(Frame& f, const Rect& area, Token fill, Token border, float width, float radius)
{
    plate(f, area, f(fill), f(border), width, radius);
}

/// Outside the shape, 3 px with a gap of 3.
inline void focus_ring(Frame& f, const Rect& area, float radius)
{
    f.paint().border(area.grown(6), f(Token::Focus), 3, radius + 6);
}

/// Light theme only: in the dark, borders do a shadow's work.
inline void rest_shadow(Frame& f, const Rect& area, float radius)
{
    if (!f.theme().settings().dark) f.paint().shadow(area, window::Shadow::Rest, radius);
}

} // namespace adal::widgets
