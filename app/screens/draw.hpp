#pragma once
#include "app/screens/intents.hpp"
#include "app/screens/states.hpp"
#include "app/screens/words.hpp"

namespace adal::widgets {
class Frame;
}

namespace adal::screens {

/// Draws one frame and says what the person wants. Decides nothing, stores nothing, performs no I/O. One pair of files a screen: <name>_screen.cpp.
std::optional<Intent> draw(widgets::Frame&, const Surround&, const State&, const Words&);

} // namespace adal::screens
