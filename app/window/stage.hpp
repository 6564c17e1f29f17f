#pragma once
#include "app/window/input.hpp"
#include "app/window/painter.hpp"
#include <functional>
#include <memory>

namespace adal::window {

/// What one frame is drawn with.
struct Shot {
    Painter& paint;
    const Input& input;
    Rect screen;
    float seconds{}; ///< since the last frame, at most 0.1: for fades and kinetic scrolling
    bool* more{};    ///< set it to ask for another frame at once
};

using Draw = std::function<void(const Shot&)>;

} // namespace adal::window
