#pragma once
#include "app/window/atlas.hpp"
#include "app/window/icons.hpp"
#include "app/window/png.hpp"
#include <map>
#include <optional>
#include <string>

namespace adal::window {

/// Icons as the build drew them: one sheet a size, read when that size is first needed, cut into the atlas icon by
/// icon.
class IconSheets {
public:
    explicit IconSheets(std::filesystem::path folder) : folder_(std::move(folder)) {}
    /// Nothing if the sheet is missing or the atlas is full. The spot is as large as the nearest size there is.
    std::optional<Spot> find(Icon icon, int size, Atlas& atlas);
    void forget() { cache_.clear(); }

private:
    std::optional<int> cell(Icon icon);
    const Image* sheet(int size);

    std::filesystem::path folder_;
    std::map<std::string, int, std::less<>> cells_;
    std::map<int, std::optional<Image>> sheets_;
    std::map<std::pair<Icon, int>, Spot> cache_;
};

} // namespace adal::window
