#pragma once
#include "app/screens/draw.hpp"
#include "app/widgets/inputs.hpp"

namespace adal::screens {

/// The keypad of every number, code and PIN: TypeDigit, EraseDigit, ClearDigits. Ids `keypad.0` ... `keypad.clear`, `keypad.erase`.
std::optional<Intent> code_keypad(widgets::Frame&, const widgets::Rect&, const Words&, bool enabled, float gap = 12);

/// Dots, "4 of 6", and why the button beside is closed.
struct Code {
    int typed = 0, needed = 0, wait_seconds = 0;
    bool is_locked = false, can_confirm = false, is_wrong = false;
    bool takes_digits() const { return !is_locked && wait_seconds == 0; }
};
void code_dots(widgets::Frame&, const widgets::Rect&, const Code&, const Words&, bool compact);
/// Empty when the button is open.
std::string why_closed(const Code&, const Words&);

} // namespace adal::screens
