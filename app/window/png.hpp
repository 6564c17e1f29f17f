#pragma once
#include "content/base/expected.hpp"
#include <cstdint>
#include <filesystem>
#include <vector>

namespace adal::window {

/// Pixels in rows from the top, `channels` bytes each (1 alpha, 3 RGB, 4 RGBA).
struct Image {
    int w{}, h{}, channels{};
    std::vector<std::uint8_t> bytes;
    const std::uint8_t* at(int x, int y) const { return &bytes[static_cast<std::size_t>((y * w + x) * channels)]; }
};

Expected<Image> read_png(const std::filesystem::path& file, int channels);
Expected<Done> write_png(const std::filesystem::path& file, const Image& image);
/// Only the header: 0 x 0 if it cannot be read.
std::pair<int, int> png_size(const std::filesystem::path& file);
Image resized(const Image& image, int w, int h);

} // namespace adal::window
