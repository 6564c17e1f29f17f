#include "app/window/atlas.hpp"
#include <algorithm>
#include <cstring>

namespace adal::window {

namespace {
constexpr int gap = 1; // keeps neighbours out of each other's filtering
} // namespace

Atlas::Atlas() : pixels_(static_cast<std::size_t>(side) * side) { clear(); }

void Atlas::clear()
{
    std::fill(pixels_.begin(), pixels_.end(), std::uint8_t{0});
    shelves_.clear();
    next_shelf_ = 0;
    full_ = false;
    constexpr std::uint8_t white[9] = {255, 255, 255, 255, 255, 255, 255, 255, 255};
    add(3, 3, white);
    changed_ = Spot{0, 0, side, side};
}

std::optional<Spot> Atlas::place(int w, int h)
{
    Shelf* best = nullptr;
    for (auto& shelf : shelves_)
        if (shelf.height >= h && shelf.height <= h + h / 3 + 2 && shelf.used + w <= side &&
            (best == nullptr || shelf.height < best->height))
            best = &shelf;
    if (best == nullptr) {
        if (next_shelf_ + h > side || w > side) return std::nullopt;
        best = &shelves_.emplace_back(Shelf{next_shelf_, h, 0});
        next_shelf_ += h + gap;
    }
    const Spot spot{best->used, best->y, w, h};
    best->used += w + gap;
    return spot;
}

std::optional<Spot> Atlas::add(int w, int h, const std::uint8_t* alpha)
{
    const auto spot = place(w, h);
    if (!spot) {
        full_ = true;
        return std::nullopt;
    }
    for (int row = 0; row < h; ++row)
        std::memcpy(&pixels_[static_cast<std::size_t>((spot->y + row) * side + spot->x)],
                    alpha + static_cast<std::ptrdiff_t>(row) * w, static_cast<std::size_t>(w));
    touch(*spot);
    return spot;
}

void Atlas::touch(const Spot& spot)
{
    if (!changed_) {
        changed_ = spot;
        return;
    }
    const int right = std::max(changed_->x + changed_->w, spot.x + spot.w);
    const int bottom = std::max(changed_->y + changed_->h, spot.y + spot.h);
    changed_->x = std::min(changed_->x, spot.x);
    changed_->y = std::min(changed_->y, spot.y);
    changed_->w = right - changed_->x;
    changed_->h = bottom - changed_->y;
}

std::optional<Spot> Atlas::take_changes()
{
    auto changes = changed_;
    changed_.reset();
    return changes;
}

} // namespace adal::window
