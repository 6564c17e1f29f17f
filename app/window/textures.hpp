#pragma once
#include "app/window/atlas.hpp"
#include "app/window/png.hpp"
#include <cstdint>

namespace adal::window {

/// The graphics card's side: OpenGL in a window, nothing at all in a headless test.
class Textures {
public:
    virtual ~Textures() = default;
    virtual std::uint64_t make(int w, int h, int channels, const std::uint8_t* bytes) = 0;
    virtual void change(std::uint64_t texture, const Spot& part, const std::uint8_t* first,
                        int row_pixels) = 0; ///< alpha only
    virtual void drop(std::uint64_t texture) = 0;
};

class NoTextures final : public Textures {
public:
    std::uint64_t make(int, int, int, const std::uint8_t*) override { return ++made_; }
    void change(std::uint64_t, const Spot&, const std::uint8_t*, int) override {}
    void drop(std::uint64_t) override {}

private:
    std::uint64_t made_{};
};

} // namespace adal::window
