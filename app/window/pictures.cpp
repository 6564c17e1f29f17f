#include "app/window/pictures.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace adal::window {

namespace {

constexpr std::size_t kept = 8;

/// Scaled so that it covers w x h, then cut to it.
Image covering(const Image& image, int w, int h, Point focus)
{
    const auto iw = static_cast<float>(image.w), ih = static_cast<float>(image.h);
    const float scale = std::max(static_cast<float>(w) / iw, static_cast<float>(h) / ih);
    const int sw = std::max(w, static_cast<int>(std::lround(iw * scale))),
              sh = std::max(h, static_cast<int>(std::lround(ih * scale)));
    Image scaled_copy;
    const Image* scaled = &image;
    if (sw != image.w || sh != image.h) {
        scaled_copy = resized(image, sw, sh);
        scaled = &scaled_copy;
    }
    const int left = static_cast<int>(static_cast<float>(sw - w) * focus.x),
              top = static_cast<int>(static_cast<float>(sh - h) * focus.y);
    Image cut{w, h, image.channels, {}};
    cut.bytes.reserve(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) *
                      static_cast<std::size_t>(image.channels));
    for (int row = 0; row < h; ++row) {
        const auto* line = scaled->at(left, top + row);
        cut.bytes.insert(cut.bytes.end(), line, line + static_cast<std::ptrdiff_t>(w) * image.channels);
    }
    return cut;
}

} // namespace

Pictures::~Pictures()
{
    for (const auto& one : shown_)
        if (one.texture != 0) textures_.drop(one.texture);
}

const std::uint64_t* Pictures::known(const std::string& key)
{
    const auto it = std::find_if(shown_.begin(), shown_.end(), [&](const Shown& one) { return one.key == key; });
    if (it == shown_.end()) return nullptr;
    shown_.splice(shown_.begin(), shown_, it);
    return &shown_.front().texture;
}

std::uint64_t Pictures::keep(std::string key, std::uint64_t texture)
{
    shown_.push_front({std::move(key), texture});
    if (shown_.size() > kept) {
        if (shown_.back().texture != 0) textures_.drop(shown_.back().texture);
        shown_.pop_back();
    }
    return texture;
}

std::uint64_t Pictures::find(const std::filesystem::path& file, int w, int h, Point focus)
{
    if (w <= 0 || h <= 0) return 0;
    auto key = fmt::format("{} {} {} {} {}", file.string(), w, h, focus.x, focus.y);
    if (const auto* texture = known(key)) return *texture;
    std::uint64_t texture = 0; // a file that cannot be read is remembered too
    if (const auto image = read_png(file, 4))
        texture = textures_.make(w, h, 4, covering(*image, w, h, focus).bytes.data());
    return keep(std::move(key), texture);
}

std::uint64_t Pictures::find(const Pixels& pixels, int w, int h, Point focus)
{
    const auto bytes =
        static_cast<std::size_t>(std::max(0, pixels.w)) * static_cast<std::size_t>(std::max(0, pixels.h)) * 4;
    if (w <= 0 || h <= 0 || bytes == 0 || pixels.rgba.size() < bytes) return 0;
    auto key = fmt::format("={} {} {} {} {}", pixels.key, w, h, focus.x, focus.y);
    if (const auto* texture = known(key)) return *texture;
    const Image image{
        pixels.w, pixels.h, 4, {pixels.rgba.begin(), pixels.rgba.begin() + static_cast<std::ptrdiff_t>(bytes)}};
    return keep(std::move(key), textures_.make(w, h, 4, covering(image, w, h, focus).bytes.data()));
}

Size Pictures::size(const std::filesystem::path& file) const
{
    const auto [w, h] = png_size(file);
    return {static_cast<float>(w), static_cast<float>(h)};
}

} // namespace adal::window
