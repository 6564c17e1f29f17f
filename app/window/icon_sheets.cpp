#include "app/window/icon_sheets.hpp"
#include <array>
#include <cstdlib>
#include <fstream>

namespace adal::window {

namespace {

constexpr std::array sizes = {16, 18, 20, 22, 24, 26, 28, 32, 36, 40, 64};
constexpr int columns = 16;

int nearest(int size)
{
    int best = sizes.front();
    for (const int there : sizes)
        if (std::abs(there - size) < std::abs(best - size)) best = there;
    return best;
}

} // namespace

std::optional<int> IconSheets::cell(Icon icon)
{
    if (cells_.empty()) {
        std::ifstream file(folder_ / "names.txt");
        int index = 0;
        for (std::string name; std::getline(file, name); ++index) cells_[name] = index;
    }
    const auto found = cells_.find(icon_name(icon));
    if (found == cells_.end()) return std::nullopt;
    return found->second;
}

const Image* IconSheets::sheet(int size)
{
    const auto known = sheets_.find(size);
    if (known != sheets_.end()) return known->second ? &*known->second : nullptr;
    auto& place = sheets_[size];
    auto image = read_png(folder_ / (std::to_string(size) + ".png"), 4);
    if (!image) return nullptr;
    Image alpha{image->w, image->h, 1, {}};
    alpha.bytes.resize(image->bytes.size() / 4);
    for (std::size_t i = 0; i < alpha.bytes.size(); ++i) alpha.bytes[i] = image->bytes[4 * i + 3];
    place = std::move(alpha);
    return &*place;
}

std::optional<Spot> IconSheets::find(Icon icon, int wanted, Atlas& atlas)
{
    const int size = nearest(wanted);
    const auto known = cache_.find({icon, size});
    if (known != cache_.end()) return known->second;
    const auto index = cell(icon);
    const auto* image = sheet(size);
    if (!index || image == nullptr) return std::nullopt;
    Image cut{size, size, 1, {}};
    const int left = *index % columns * (size + 2) + 1, top = *index / columns * (size + 2) + 1;
    for (int row = 0; row < size; ++row)
        cut.bytes.insert(cut.bytes.end(), image->at(left, top + row), image->at(left, top + row) + size);
    const auto spot = atlas.add(size, size, cut.bytes.data());
    if (spot) cache_[{icon, size}] = *spot;
    return spot;
}

} // namespace adal::window
