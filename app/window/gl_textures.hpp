#pragma once
#include "app/window/textures.hpp"

namespace adal::window {

/// Needs a current OpenGL 3.3 context.
class GlTextures final : public Textures {
public:
    std::uint64_t make(int w, int h, int channels, const std::uint8_t* bytes) override;
    void change(std::uint64_t texture, const Spot& part, const std::uint8_t* first, int row_pixels) override;
    void drop(std::uint64_t texture) override;
};

/// RGB from the top row down, of the back buffer.
Image read_back(int w, int h);

} // namespace adal::window
