#include "sync/packs/picture.hpp"
#include <cairo.h>
#include <cmath>
#include <cstring>
#include <librsvg/rsvg.h>

namespace adal::sync {

namespace {

template <auto release> struct Release {
    void operator()(auto* thing) const { release(thing); }
};
using Handle = std::unique_ptr<RsvgHandle, Release<[](RsvgHandle* handle) { g_object_unref(handle); }>>;
using Surface = std::unique_ptr<cairo_surface_t, Release<[](cairo_surface_t* surface) { cairo_surface_destroy(surface); }>>;
using Context = std::unique_ptr<cairo_t, Release<[](cairo_t* context) { cairo_destroy(context); }>>;

// The drawing's own proportions: its view box, else its width and height.
std::optional<double> height_for(RsvgHandle* handle, double width)
{
    gboolean has_width{}, has_height{}, has_box{};
    RsvgLength own_width{}, own_height{};
    RsvgRectangle box{};
    rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &own_width, &has_height, &own_height, &has_box, &box);
    if (has_box && box.width > 0 && box.height > 0) return width * box.height / box.width;
    if (has_width && has_height && own_width.length > 0 && own_height.length > 0)
        return width * own_height.length / own_width.length;
    return std::nullopt;
}

// Cairo keeps 0xAARRGGBB in the machine's order, colours multiplied by alpha; a texture wants R, G, B, A, straight.
void straighten(std::uint32_t pixel, std::uint8_t* rgba)
{
    const auto alpha = pixel >> 24;
    const auto straight = [alpha](std::uint32_t colour) {
        return static_cast<std::uint8_t>(alpha == 0 ? 0 : std::min<std::uint32_t>(255, (colour * 255 + alpha / 2) / alpha));
    };
    rgba[0] = straight(pixel >> 16 & 255);
    rgba[1] = straight(pixel >> 8 & 255);
    rgba[2] = straight(pixel & 255);
    rgba[3] = static_cast<std::uint8_t>(alpha);
}

Texture texture_of(cairo_surface_t* surface)
{
    cairo_surface_flush(surface);
    Texture texture{.width = cairo_image_surface_get_width(surface), .height = cairo_image_surface_get_height(surface), .rgba = {}};
    const auto width = static_cast<std::size_t>(texture.width), height = static_cast<std::size_t>(texture.height);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    const auto* data = cairo_image_surface_get_data(surface);
    texture.rgba.resize(width * height * 4);
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x) {
            std::uint32_t pixel{};
            std::memcpy(&pixel, data + y * stride + x * 4, 4);
            straighten(pixel, &texture.rgba[(y * width + x) * 4]);
        }
    return texture;
}

} // namespace

std::optional<Texture> render_svg(std::string_view svg)
{
    const Handle handle{rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), nullptr)};
    if (!handle) return std::nullopt;
    const auto height = height_for(handle.get(), picture_width);
    if (!height || *height < 1 || *height > 4 * picture_width) return std::nullopt;
    const Surface surface{cairo_image_surface_create(CAIRO_FORMAT_ARGB32, picture_width, static_cast<int>(std::lround(*height)))};
    const Context context{cairo_create(surface.get())};
    const RsvgRectangle page{0, 0, picture_width, *height};
    const bool drawn = rsvg_handle_render_document(handle.get(), context.get(), &page, nullptr);
    if (!drawn || cairo_status(context.get()) != CAIRO_STATUS_SUCCESS) return std::nullopt;
    return texture_of(surface.get());
}

} // namespace adal::sync
