#pragma once
#include "app/window/painter.hpp"

namespace adal::widgets {

using window::Colour;
using window::Font;
using window::Icon;
using window::Point;
using window::Rect;
using window::Size;
using window::Weight;

/// Zhez: copper is what is still to do, patina is what is done or can be done now. Red only for overdue and errors.
enum class Token {
    Ground,  ///< page
    Surface, ///< header, cards, rows, keys
    Sunken,  ///< number tiles, segmented control, neutral chips and banners
    Line,    ///< hairlines, resting borders; below 3:1 on purpose, it only decorates
    Edge,    ///< control borders, empty radios, scrollbar
    Ink,
    Ink2, ///< text, secondary text
    Patina,
    PatinaDown,
    PatinaTint,
    PatinaLine,
    OnPatina,
    Copper,
    CopperTint,
    CopperLine,
    CopperFill, ///< CopperFill, and every ...Line, never carries text
    Alarm,
    AlarmTint,
    AlarmLine,
    Mark, ///< sentence being read aloud, search hit
    Focus,
    Off,
    OffInk ///< disabled fill and text, empty progress
};

/// What a sentence is for decides its size, weight and line height.
enum class Type {
    Display,     ///< 48/56 bold, the start page
    Title,       ///< 36/44 bold
    CardTitle,   ///< 32/40 bold
    DialogTitle, ///< 28/36 bold
    Question,    ///< 28/38 semibold
    Heading,     ///< 24/32 semibold
    Subheading,  ///< 22/28 semibold
    Section,     ///< 20/28 semibold
    Lead,        ///< 22/32
    Reading,     ///< 22/34
    Statement,   ///< 24/36 medium, the words one signs
    Option,
    OptionChosen, ///< 22/28, medium when chosen
    Body,         ///< 20/28
    Button,
    ButtonSmall, ///< 20/24 and 18/24 semibold
    Note,
    NoteMedium,
    NoteStrong, ///< 18/26
    Small,
    SmallStrong, ///< 16/24; nothing is smaller
    HeaderName,
    HeaderLine,
    HeaderStrong,
    HeaderClock,
    Digit,        ///< 30/36 medium, keypads
    Score,        ///< 44/48 bold
    Timer,        ///< 24/32 bold
    CurtainClock, ///< 128/128 semibold, digits only
    NumberTile,   ///< 22/24 semibold
    StartButton,  ///< 26/32 bold
    ButtonLeast   ///< 16/20 semibold: a long label on two or three lines
};

struct TypeSize {
    Font font;
    float line{};
};

struct Settings {
    bool dark{};
    bool contrast{};    ///< hairlines become edges
    bool less_motion{}; ///< all fades take no time
    int text_size{1};   ///< 1, 2, 3
    bool operator==(const Settings&) const = default;
};

/// Colours and sizes for these settings.
class Theme {
public:
    explicit Theme(Settings settings = {}) : settings_(settings) {}
    Colour operator()(Token token) const;
    TypeSize operator()(Type type) const;
    const Settings& settings() const { return settings_; }

private:
    Settings settings_;
};

namespace space {
inline constexpr float margin = 40, margin_narrow = 24, narrow_below = 1200;
inline constexpr float header = 72, footer = 96;
inline constexpr float between_cards = 16, between_options = 12;
inline constexpr float button = 64, button_small = 56, option = 76, option_wide = 84;
} // namespace space

namespace radius {
inline constexpr float chip = 10, icon_button = 14, button = 16, key = 16, banner = 16, option = 18, card = 20,
                       dialog = 24;
} // namespace radius

/// Which of the two metals, or which warning, a part wears.
enum class Tone { Neutral, Patina, Copper, Alarm, Outline };

Token tint_of(Tone tone);
Token ink_of(Tone tone);
Token line_of(Tone tone);

} // namespace adal::widgets
