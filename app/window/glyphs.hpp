#pragma once
#include "app/window/atlas.hpp"
#include "app/window/painter.hpp"
#include "content/base/expected.hpp"
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace adal::window {

/// A letter in the atlas; the offsets lead from the pen on the base line to its top left corner.
struct Glyph {
    Spot spot;
    int left{}, top{};
    bool blank{};
};

/// Inter, by FreeType. Widths are exact fractions read from the face, so measuring rasterizes nothing; a letter is
/// rasterized at its exact size, in one of four positions within a pixel, when it is first drawn. A page costs the
/// letters it shows and no more.
class Glyphs {
public:
    static Expected<Glyphs> open(const std::filesystem::path& folder);
    Glyphs(Glyphs&&) noexcept;
    Glyphs& operator=(Glyphs&&) noexcept;
    ~Glyphs();

    float advance(char32_t letter, Font font) const;
    float baseline(Font font, float line_height) const;
    /// nullptr when the atlas is full.
    const Glyph* find(char32_t letter, Font font, int quarter, Atlas& atlas);
    void forget() { cache_.clear(); } ///< after the atlas was cleared

private:
    struct Faces;
    explicit Glyphs(std::unique_ptr<Faces> faces);
    std::unique_ptr<Faces> faces_;
    std::unordered_map<std::uint64_t, Glyph> cache_;
};

/// The next code point of valid or broken UTF-8; `rest` moves on by at least one byte.
char32_t next_letter(std::string_view& rest);

} // namespace adal::window
