#include "app/window/png.hpp"
#include <memory>
#include <stb/stb_image.h>
#include <stb/stb_image_resize.h>
#include <stb/stb_image_write.h>

namespace adal::window {

Expected<Image> read_png(const std::filesystem::path& file, int channels)
{
    int w{}, h{}, there{};
    const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> pixels(stbi_load(file.c_str(), &w, &h, &there, channels),
                                                                      &stbi_image_free);
    if (!pixels) return fail(ErrorKind::NotFound, "window.picture.unreadable", {{"path", file.string()}});
    const auto size = static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * static_cast<std::size_t>(channels);
    return Image{w, h, channels, {pixels.get(), pixels.get() + size}};
}

Expected<Done> write_png(const std::filesystem::path& file, const Image& image)
{
    if (stbi_write_png(file.c_str(), image.w, image.h, image.channels, image.bytes.data(), image.w * image.channels) ==
        0)
        return fail(ErrorKind::Unavailable, "window.picture.unwritable", {{"path", file.string()}});
    return Done{};
}

std::pair<int, int> png_size(const std::filesystem::path& file)
{
    int w{}, h{}, channels{};
    if (stbi_info(file.c_str(), &w, &h, &channels) == 0) return {0, 0};
    return {w, h};
}

Image resized(const Image& image, int w, int h)
{
    Image small{w, h, image.channels, {}};
    small.bytes.resize(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) *
                       static_cast<std::size_t>(image.channels));
    stbir_resize_uint8(image.bytes.data(), image.w, image.h, 0, small.bytes.data(), w, h, 0, image.channels);
    return small;
}

} // namespace adal::window
