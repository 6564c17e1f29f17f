#include "app/screens/layout.hpp"
#include "app/screens/notice.hpp"
#include "app/widgets/scroll.hpp"
#include <algorithm>

namespace adal::screens {

using widgets::Rect;

void Stack::part(float height, float gap_after, Draw draw)
{
    pieces_.push_back({height, gap_after, std::move(draw), false});
}

void Stack::text(std::string words, widgets::Style style, float gap_after)
{
    const float height = widgets::text_height(*f_, width_, words, style);
    part(height, gap_after, [f = f_, words = std::move(words), style](const Rect& place) { widgets::text(*f, place, words, style); });
}

void Stack::icon_text(widgets::Icon icon, std::string words, widgets::Style style, float gap_after, int icon_size)
{
    const float indent = static_cast<float>(icon_size) + 8;
    const float height = widgets::text_height(*f_, width_ - indent, words, style);
    part(height, gap_after, [f = f_, icon, words = std::move(words), style, icon_size, indent](Rect place) {
        const float line = widgets::line_height(*f, style.type);
        const Rect corner = place.cut_left(indent).with_height(line).with_width(static_cast<float>(icon_size));
        f->paint().icon(icon, corner.centre(), icon_size, (*f)(style.colour));
        widgets::text(*f, place, words, style);
    });
}

void Stack::notice(const std::optional<Notice>& notice, float gap_after)
{
    if (!notice) return;
    part(notice_height(*f_, width_, notice, 0), gap_after, [f = f_, banner = banner_of(*notice)](const Rect& place) {
        widgets::banner(*f, place, banner);
    });
}

void Stack::spring() { pieces_.push_back({0, 0, {}, true}); }

float Stack::height() const
{
    float sum = 0;
    for (const auto& piece : pieces_) sum += piece.height + piece.gap;
    return pieces_.empty() ? 0 : sum - pieces_.back().gap;
}

void Stack::draw(const Rect& place) const
{
    const auto springs = std::count_if(pieces_.begin(), pieces_.end(), [](const Piece& piece) { return piece.is_spring; });
    const float slack = springs ? std::max(0.F, place.h - height()) / static_cast<float>(springs) : 0;
    float y = place.y;
    for (const auto& piece : pieces_) {
        if (piece.draw) piece.draw({place.x, y, width_, piece.height});
        y += piece.height + piece.gap + (piece.is_spring ? slack : 0);
    }
}

void draw_column(widgets::Frame& f, std::string_view id, const Rect& view, const std::function<Stack(float)>& build)
{
    const Stack fixed = build(view.w);
    if (fixed.height() <= view.h) return fixed.draw(view);
    widgets::Scroll scroll(f, id, view);
    const Rect inside = scroll.inside();
    const Stack moving = build(inside.w);
    moving.draw(inside.with_height(moving.height()));
    scroll.end(inside.y + moving.height());
}

Rect no_wider(const Rect& place, float width)
{
    const float taken = std::min(place.w, width);
    return {place.x + (place.w - taken) / 2, place.y, taken, place.h};
}

} // namespace adal::screens
