#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// "Finish the test?" and "Stop the test?"; nothing if the screen asks neither. Drawn last.
std::optional<Intent> draw_item_dialog(widgets::Frame&, const ItemScreen&, const Words&);

} // namespace adal::screens
