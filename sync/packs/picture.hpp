#pragma once
#include "sync/packs/pack.hpp"
#include <optional>
#include <string_view>

namespace adal::sync {

inline constexpr int picture_width = 1200; // pixels; drawn smaller, never larger

/// An author's SVG as a texture; nothing if it is no picture.
std::optional<Texture> render_svg(std::string_view svg);

} // namespace adal::sync
