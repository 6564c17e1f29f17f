#pragma once
#include "app/window/geometry.hpp"
#include "app/window/icons.hpp"
#include <filesystem>
#include <span>
#include <string_view>

namespace adal::window {

enum class Weight { Regular, Medium, SemiBold, Bold, Italic, BoldItalic };

/// A cut of Inter at an exact size in pixels; nothing is ever scaled.
struct Font {
    Weight weight{};
    int size{20};
    bool operator==(const Font&) const = default;
};

enum class Shadow { Rest, Raised, Primary };

/// A picture that is no file: RGBA in rows from the top. The same key means the same pixels.
struct Pixels {
    std::string_view key;
    int w{}, h{};
    std::span<const std::uint8_t> rgba;
};

/// Puts shapes, letters, icons and pictures on the frame. Everything but pictures comes from one texture, so a page is
/// a handful of draw calls. Letters are rasterized the first time somebody needs them.
class Painter {
public:
    virtual ~Painter() = default;

    virtual void fill(const Rect& area, Colour colour, float radius = 0) = 0;
    /// A border inside the rectangle, as CSS draws it.
    virtual void border(const Rect& area, Colour colour, float width, float radius = 0) = 0;
    virtual void shadow(const Rect& area, Shadow kind, float radius) = 0;
    virtual void line(Point from, Point to, Colour colour, float width, bool round_ends = false) = 0;
    virtual void curve(Point from, Point control_a, Point control_b, Point to, Colour colour, float width) = 0;
    virtual void circle(Point centre, float radius, Colour colour) = 0;
    virtual void ring(Point centre, float radius, Colour colour, float width) = 0;
    /// Clockwise; turns are parts of the circle, 0 is at the top.
    virtual void arc(Point centre, float radius, float from_turn, float to_turn, Colour colour, float width) = 0;
    virtual void icon(Icon icon, Point centre, int size, Colour colour) = 0;
    /// A PNG that fills the area and is cut where it does not fit; `focus` says which part stays in sight (0.5 is the
    /// middle). A missing picture leaves the area as it is.
    virtual void picture(const std::filesystem::path& file, const Rect& area, float radius = 0,
                         Point focus = {0.5F, 0.5F}) = 0;
    virtual void picture(const Pixels& pixels, const Rect& area, float radius = 0, Point focus = {0.5F, 0.5F}) = 0;
    virtual Size picture_size(const std::filesystem::path& file) = 0; ///< 0 x 0 if it cannot be read

    /// `baseline` is the left end of the line's base line. One line; no wrapping.
    virtual void text(Point baseline, std::string_view utf8, Font font, Colour colour) = 0;
    virtual float text_width(std::string_view utf8, Font font) const = 0;
    /// The share of a line of this height that lies above its base line.
    virtual float baseline(Font font, float line_height) const = 0;

    virtual void push_clip(const Rect& area) = 0; ///< intersects with the one before
    virtual void pop_clip() = 0;
    virtual Rect clip() const = 0;
};

} // namespace adal::window
