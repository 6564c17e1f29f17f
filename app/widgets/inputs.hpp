#pragma once
#include "app/widgets/text.hpp"
#include <optional>
#include <string>

namespace adal::widgets {

/// Twelve keys. Also hears the digit keys, Backspace and Delete of a keyboard while no field has the focus.
struct Keypad {
    std::string id = "keypad";    ///< keys are `keypad.0` ... `keypad.9`, `keypad.clear`, `keypad.erase`
    std::string clear{}, erase{}; ///< the words on one and for the voice of the other
    bool enabled = true;
    float gap = 12;
};
enum class KeypadKey { Digit0, Digit1, Digit2, Digit3, Digit4, Digit5, Digit6, Digit7, Digit8, Digit9, Clear, Erase };
std::optional<KeypadKey> keypad(Frame& f, const Rect& where, const Keypad& keypad);
float keypad_height(float key_height, float gap = 12); ///< four rows
/// What a press does to the digits typed so far, for at most `most` of them. True if they changed.
bool press(std::string& digits, KeypadKey key, std::size_t most);

/// Six dots and "4 of 6" in words, in a bordered plate.
struct PinDots {
    int filled{}, total = 6;
    std::string words{};
    bool wrong{};   ///< 3 px of alarm
    bool compact{}; ///< dots of 22 rather than 28
};
void pin_dots(Frame& f, const Rect& where, const PinDots& pin);

/// One line of typing, 64 high. Takes the focus when tapped; hears letters, digits, Backspace, paste.
struct Field {
    std::string id{}, label{}; ///< the label stands above, 30 more
    std::string placeholder{};
    std::string error{};    ///< icon and sentence below, 30 more
    std::size_t most = 200; ///< characters
    bool enabled = true;
    bool digits_only{};
    Icon icon = Icon::None; ///< a magnifier
};
struct FieldTouch {
    bool changed{};
    bool entered{}; ///< Enter
};
FieldTouch field(Frame& f, const Rect& where, const Field& field, std::string& value);
float field_height(const Field& field);

} // namespace adal::widgets
