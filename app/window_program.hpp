#pragma once
#include "app/commands.hpp"

namespace adal::app {

struct WindowWish {
    std::optional<std::pair<int, int>> size; // none: the whole screen
};

/// The terminal people see. A folder that cannot be worked on shows why, in the window, until it is closed.
Expected<Done> window_program(const Command&, const WindowWish&);

} // namespace adal::app
