#pragma once
#include "app/window/atlas.hpp"
#include "app/window/painter.hpp"
#include <map>
#include <optional>

namespace adal::window {

/// A shadow for nine slices: corners of `corner` pixels, `reach` of which lie outside the shape.
struct ShadowPiece {
    Spot spot;
    float scale{};  ///< pixels on the display for a pixel in the atlas
    float corner{}; ///< on the display
    float reach{};  ///< on the display
    Colour colour;  ///< with the strength in alpha
};

/// Each kind is two blurred layers in one, computed once for a radius. Stacked translucent rectangles cost far more.
class Shadows {
public:
    const ShadowPiece* find(Shadow kind, int radius, Atlas& atlas); ///< nullptr when the atlas is full
    void forget() { cache_.clear(); }

private:
    std::map<std::pair<Shadow, int>, ShadowPiece> cache_;
};

} // namespace adal::window
