#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// The personnel number, typed on the keypad.
/// Ids: keypad.<digit>, number.confirm, number.back
std::optional<Intent> draw(widgets::Frame&, const Surround&, const NumberScreen&, const Words&);

} // namespace adal::screens
