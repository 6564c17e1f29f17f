#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace adal::window {

struct Point {
    float x{}, y{};
    bool operator==(const Point&) const = default;
};

struct Size {
    float w{}, h{};
    bool operator==(const Size&) const = default;
};

/// A rectangle in real pixels, and the way our pages are laid out: take a whole and cut pieces off it.
///
///     Rect body = page.body;
///     Rect side = body.cut_right(280, 28); // 28 is the gap left between the two
///     Rect title = body.cut_top(44, 8);
///
/// A cut never takes more than there is, so nothing becomes negative on a small display.
struct Rect {
    float x{}, y{}, w{}, h{};
    bool operator==(const Rect&) const = default;

    float right() const { return x + w; }
    float bottom() const { return y + h; }
    Point centre() const { return {x + w / 2, y + h / 2}; }
    Size size() const { return {w, h}; }
    bool empty() const { return w <= 0 || h <= 0; }
    bool contains(Point p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }
    bool contains(const Rect& r) const
    {
        return r.x >= x && r.y >= y && r.right() <= right() && r.bottom() <= bottom();
    }

    Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
    Rect inset(float all) const { return inset(all, all); }
    Rect inset(float dx, float dy) const
    {
        return {x + dx, y + dy, std::max(0.F, w - 2 * dx), std::max(0.F, h - 2 * dy)};
    }
    Rect grown(float all) const { return {x - all, y - all, w + 2 * all, h + 2 * all}; }
    Rect with_height(float height) const { return {x, y, w, height}; }
    Rect with_width(float width) const { return {x, y, width, h}; }
    Rect centred(float width, float height) const { return {x + (w - width) / 2, y + (h - height) / 2, width, height}; }
    Rect intersected(const Rect& r) const
    {
        const float left = std::max(x, r.x), top = std::max(y, r.y);
        return {left, top, std::max(0.F, std::min(right(), r.right()) - left),
                std::max(0.F, std::min(bottom(), r.bottom()) - top)};
    }

    Rect cut_top(float height, float gap = 0)
    {
        const float taken = std::min(height, h), left = std::max(0.F, h - taken - gap);
        const Rect piece{x, y, w, taken};
        y = bottom() - left;
        h = left;
        return piece;
    }
    Rect cut_bottom(float height, float gap = 0)
    {
        const float taken = std::min(height, h);
        const Rect piece{x, bottom() - taken, w, taken};
        h = std::max(0.F, h - taken - gap);
        return piece;
    }
    Rect cut_left(float width, float gap = 0)
    {
        const float taken = std::min(width, w), left = std::max(0.F, w - taken - gap);
        const Rect piece{x, y, taken, h};
        x = right() - left;
        w = left;
        return piece;
    }
    Rect cut_right(float width, float gap = 0)
    {
        const float taken = std::min(width, w);
        const Rect piece{right() - taken, y, taken, h};
        w = std::max(0.F, w - taken - gap);
        return piece;
    }

    /// Cell `index` of a grid with so many columns; rows are `row_height` high.
    Rect cell(std::size_t index, std::size_t columns, float row_height, float gap_x, float gap_y) const
    {
        const auto n = static_cast<float>(columns);
        const float width = (w - gap_x * (n - 1)) / n;
        const auto column = static_cast<float>(index % columns), row = static_cast<float>(index / columns);
        return {x + column * (width + gap_x), y + row * (row_height + gap_y), width, row_height};
    }
    Rect column(std::size_t index, std::size_t columns, float gap) const { return cell(index, columns, h, gap, 0); }
    Rect row(std::size_t index, std::size_t rows, float gap) const
    {
        const auto n = static_cast<float>(rows);
        const float height = (h - gap * (n - 1)) / n;
        return {x, y + static_cast<float>(index) * (height + gap), w, height};
    }
};

struct Colour {
    std::uint8_t r{}, g{}, b{}, a{255};
    bool operator==(const Colour&) const = default;

    /// 0xRRGGBB
    static constexpr Colour hex(std::uint32_t rgb)
    {
        return {static_cast<std::uint8_t>(rgb >> 16U), static_cast<std::uint8_t>(rgb >> 8U),
                static_cast<std::uint8_t>(rgb), 255};
    }
    constexpr Colour faded(float alpha) const
    {
        return {r, g, b, static_cast<std::uint8_t>(static_cast<float>(a) * alpha)};
    }
};

} // namespace adal::window
