#pragma once
#include "app/screens/surround.hpp"
#include "app/widgets/text.hpp"
#include <functional>
#include <string>
#include <vector>

namespace adal::screens {

/// Pieces one under another, measured before they are drawn: a screen says each piece once, and knows how tall the whole is.
///
///     Stack stack(f, card.w);
///     stack.text(title, {Type::Title}, 8);
///     stack.part(88, 16, [&](const Rect& r) { number_card(f, r); });
///     stack.draw(card);
///
/// A spring takes what is left of the place, so that the pieces after it stand at the bottom.
class Stack {
public:
    using Draw = std::function<void(const widgets::Rect&)>;
    Stack(widgets::Frame& f, float width) : f_(&f), width_(width) {}

    void part(float height, float gap_after, Draw draw);
    void text(std::string words, widgets::Style style, float gap_after);
    /// An icon with words that may wrap beside it.
    void icon_text(widgets::Icon icon, std::string words, widgets::Style style, float gap_after, int icon_size = 20);
    void notice(const std::optional<Notice>& notice, float gap_after);
    void spring();

    float width() const { return width_; }
    float height() const; ///< the last gap does not count
    void draw(const widgets::Rect& place) const;

private:
    struct Piece {
        float height{}, gap{};
        Draw draw;
        bool is_spring{};
    };
    widgets::Frame* f_;
    float width_;
    std::vector<Piece> pieces_;
};

/// Fills `view` with a stack of its width, and lets it scroll only if it is taller than that.
void draw_column(widgets::Frame&, std::string_view id, const widgets::Rect& view, const std::function<Stack(float width)>& build);

/// The middle of `place`, no wider than this: lines on a large display stay readable.
widgets::Rect no_wider(const widgets::Rect& place, float width);

} // namespace adal::screens
