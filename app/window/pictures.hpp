#pragma once
#include "app/window/painter.hpp"
#include "app/window/textures.hpp"
#include <filesystem>
#include <list>
#include <string>

namespace adal::window {

/// Pictures cut and scaled to the very pixels they are shown in, so that they are sharp and take no more memory than
/// they show. The eight last used are kept.
class Pictures {
public:
    explicit Pictures(Textures& textures) : textures_(textures) {}
    ~Pictures();
    Pictures(const Pictures&) = delete;
    Pictures& operator=(const Pictures&) = delete;

    std::uint64_t find(const std::filesystem::path& file, int w, int h, Point focus); ///< 0 if it cannot be read
    std::uint64_t find(const Pixels& pixels, int w, int h, Point focus); ///< 0 if there are fewer bytes than it says
    Size size(const std::filesystem::path& file) const;

private:
    struct Shown {
        std::string key;
        std::uint64_t texture{};
    };
    const std::uint64_t* known(const std::string& key);
    std::uint64_t keep(std::string key, std::uint64_t texture);

    Textures& textures_;
    std::list<Shown> shown_; // last used first
};

} // namespace adal::window
