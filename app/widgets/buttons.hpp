#pragma once
#include "app/widgets/text.hpp"
#include <span>
#include <string>
#include <vector>

namespace adal::widgets {

enum class Kind {
    Secondary, ///< surface with an edge
    Primary, ///< one a page, bottom right, at least 280 wide, named by what it does; answers to Enter when nothing has
             ///< the focus
    Quiet,   ///< words only
    Grave    ///< refuse: outlined in alarm, never filled, never right
};

struct Button {
    std::string id{};
    std::string label{};
    Kind kind = Kind::Secondary;
    Icon icon = Icon::None;  ///< before the label
    Icon arrow = Icon::None; ///< after it
    bool enabled = true;
    std::string reason{};     ///< why it is disabled; kept for the voice, draw it beside with icon_line
    bool busy = false;        ///< an arc instead of the icon, same width, no presses
    bool small = false;       ///< 18 px label, radius 14: 56 high, in cards
    Tone tone = Tone::Patina; ///< of a quiet button: Copper for flags
    std::string note{};       ///< a second line: the start page's sign-in
};

/// Fills `where`. True when pressed.
bool button(Frame& f, const Rect& where, const Button& button);
float button_width(Frame& f, const Button& button);

/// 56 x 56, radius 14. `label` is for the voice and the tests.
struct IconButton {
    std::string id{}, label{};
    Icon icon{};
    bool on = false;
    bool enabled = true;
    bool round = false;  ///< a disc in patina: play and pause
    bool plain = false;  ///< no plate
    std::string words{}; ///< instead of the icon: "1.0x"
};
bool icon_button(Frame& f, const Rect& where, const IconButton& button);

struct Segment {
    std::string id{}, label{};
    int size = 0; ///< of the letters, 0 for the usual 18: the text-size switch shows its three sizes
};
/// Radio buttons side by side, 56 high; answers the id of another one when it is tapped, else an empty string.
std::string segmented(Frame& f, const Rect& where, std::span<const Segment> segments, std::string_view chosen);
float segmented_width(Frame& f, std::span<const Segment> segments, float padding = 10);

/// A big tile to choose from, with a check when chosen (the start page's languages). 88 high.
bool choice_tile(Frame& f, const Rect& where, std::string_view id, std::string_view label, bool chosen);

} // namespace adal::widgets
