#pragma once
#include "app/widgets/buttons.hpp"
#include <string>
#include <vector>

namespace adal::widgets {

/// The three bands of a page. `body` has the side margins taken off but no top or bottom padding.
struct Page {
    Rect header, body, footer;
};
Page page(Frame& f, bool with_footer = true); ///< also fills the ground

/// One thing in the header: who we are, who is here, where her work is kept, the time, the language.
struct Header {
    std::string demo{};        ///< the demo chip's word; empty in real life
    std::string place{};       ///< site, shop and terminal
    std::string place_short{}; ///< where the whole place does not fit
    std::string person{};      ///< empty: nobody is signed in
    std::string saved{};       ///< "Saved here"
    std::string at_hq{};       ///< "At HQ: 09:40" or "Goes to HQ later"
    bool waiting{};            ///< something is not at HQ yet
    std::string clock{};       ///< "14:05"
    std::vector<Segment> languages{};
    std::string language{};                   ///< the current one's id
    std::string person_label{}, sync_label{}; ///< what a voice says for the two icons; default: their words
};

/// Ids: `header.person`, `header.sync`, `language.kk` ...
struct HeaderTouch {
    std::string language{}; ///< the chosen one, if it is another
    bool person{}, sync{};
};
HeaderTouch header(Frame& f, const Header& content);

/// The mark in any size, in the theme's colours.
void mark(Frame& f, const Rect& where);
/// The outlined chip after the product's name; answers its width.
float demo_chip(Frame& f, Point top_left, std::string_view word);

/// The bar below: leaving and refusing at the left, the one primary button at the right, a word in the middle.
///
///     Footer foot(f, page.footer);
///     if (foot.left({.id = "test.leave", .label = s("test.leave"), .icon = Icon::Door})) return Leave{};
///     if (foot.right({.id = "test.next", .label = s("test.next"), .kind = Kind::Primary, .arrow = Icon::Right}))
///     return Next{};
class Footer {
public:
    Footer(Frame& f, const Rect& footer);
    bool left(const Button& button);
    bool right(const Button& button);             ///< the first call is the outermost
    bool middle(const Button& button);            ///< centred in what is left; call after left and right
    void note(Icon icon, std::string_view words); ///< centred in what is left
    Rect rest() const { return rest_; }

private:
    Frame& f_;
    Rect rest_;
};

} // namespace adal::widgets
