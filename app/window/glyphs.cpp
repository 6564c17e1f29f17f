#include "app/window/glyphs.hpp"
#include <cmath>
#include <ft2build.h>
#include <string>
#include <vector>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include FT_OUTLINE_H

namespace adal::window {

namespace {

constexpr std::array<const char*, 6> files = {"Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf",
                                              "Inter-Bold.otf",    "Inter-Italic.otf", "Inter-BoldItalic.otf"};

std::uint64_t key_of(char32_t letter, Font font, int quarter)
{
    return static_cast<std::uint64_t>(letter) << 32U | static_cast<std::uint64_t>(font.size) << 16U |
           static_cast<std::uint64_t>(font.weight) << 8U | static_cast<std::uint64_t>(quarter);
}

} // namespace

struct Glyphs::Faces {
    struct Face {
        FT_Face face{};
        int size{};
        std::unordered_map<char32_t, float> advances; // in em
    };
    FT_Library library{};
    std::filesystem::path folder;
    std::array<Face, files.size()> all{};

    ~Faces()
    {
        for (auto& one : all)
            if (one.face != nullptr) FT_Done_Face(one.face);
        if (library != nullptr) FT_Done_FreeType(library);
    }

    // A weight nobody uses is never opened; a missing one falls back to Regular, which `open` has checked.
    Face& of(Weight weight)
    {
        auto& wanted = all[static_cast<std::size_t>(weight)];
        if (wanted.face != nullptr) return wanted;
        const auto file = folder / files[static_cast<std::size_t>(weight)];
        if (FT_New_Face(library, file.c_str(), 0, &wanted.face) != 0) {
            wanted.face = nullptr;
            return all[0];
        }
        return wanted;
    }
};

Glyphs::Glyphs(std::unique_ptr<Faces> faces) : faces_(std::move(faces)) {}
Glyphs::Glyphs(Glyphs&&) noexcept = default;
Glyphs& Glyphs::operator=(Glyphs&&) noexcept = default;
Glyphs::~Glyphs() = default;

Expected<Glyphs> Glyphs::open(const std::filesystem::path& folder)
{
    auto faces = std::make_unique<Faces>();
    faces->folder = folder;
    const bool ready = FT_Init_FreeType(&faces->library) == 0;
    if (!ready || faces->of(Weight::Regular).face == nullptr)
        return fail(ErrorKind::NotFound, "window.no_fonts", {{"folders", folder.string()}});
    return Glyphs(std::move(faces));
}

float Glyphs::advance(char32_t letter, Font font) const
{
    auto& face = faces_->of(font.weight);
    const auto known = face.advances.find(letter);
    if (known != face.advances.end()) return known->second * static_cast<float>(font.size);
    FT_Fixed units{};
    const auto index = FT_Get_Char_Index(face.face, letter);
    if (FT_Get_Advance(face.face, index, FT_LOAD_NO_SCALE, &units) != 0) units = 0;
    const float em = static_cast<float>(units) / static_cast<float>(face.face->units_per_EM);
    face.advances.emplace(letter, em);
    return em * static_cast<float>(font.size);
}

float Glyphs::baseline(Font font, float line_height) const
{
    const auto* face = faces_->of(font.weight).face;
    const float scale = static_cast<float>(font.size) / static_cast<float>(face->units_per_EM);
    const float above = std::round(static_cast<float>(face->ascender) * scale);
    const float below = std::round(static_cast<float>(-face->descender) * scale);
    return std::floor((line_height - above - below) / 2) + above;
}

const Glyph* Glyphs::find(char32_t letter, Font font, int quarter, Atlas& atlas)
{
    const auto key = key_of(letter, font, quarter);
    if (const auto known = cache_.find(key); known != cache_.end()) return &known->second;
    auto& face = faces_->of(font.weight);
    if (face.size != font.size) FT_Set_Pixel_Sizes(face.face, 0, static_cast<FT_UInt>(font.size));
    face.size = font.size;

    Glyph glyph;
    const auto index = FT_Get_Char_Index(face.face, letter);
    glyph.blank = FT_Load_Glyph(face.face, index, FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) != 0;
    auto* slot = face.face->glyph;
    if (!glyph.blank) {
        FT_Outline_Translate(&slot->outline, quarter * 16, 0);
        glyph.blank = FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) != 0 || slot->bitmap.width == 0;
    }
    if (!glyph.blank) {
        const int w = static_cast<int>(slot->bitmap.width), h = static_cast<int>(slot->bitmap.rows);
        std::vector<std::uint8_t> alpha;
        alpha.reserve(static_cast<std::size_t>(w) * static_cast<std::size_t>(h));
        for (int row = 0; row < h; ++row) {
            const auto* line = slot->bitmap.buffer + static_cast<std::ptrdiff_t>(row) * slot->bitmap.pitch;
            alpha.insert(alpha.end(), line, line + w);
        }
        const auto spot = atlas.add(w, h, alpha.data());
        if (!spot) return nullptr;
        glyph = {*spot, slot->bitmap_left, slot->bitmap_top, false};
    }
    return &cache_.emplace(key, glyph).first->second;
}

char32_t next_letter(std::string_view& rest)
{
    const auto first = static_cast<unsigned char>(rest.front());
    const int more = first < 0x80 ? 0 : first < 0xC0 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF8 ? 3 : -1;
    rest.remove_prefix(1);
    if (more <= 0) return more == 0 ? first : U'\uFFFD';
    char32_t letter = first & (0x3FU >> static_cast<unsigned>(more));
    for (int i = 0; i < more; ++i) {
        if (rest.empty() || (static_cast<unsigned char>(rest.front()) & 0xC0U) != 0x80U) return U'\uFFFD';
        letter = letter << 6U | (static_cast<unsigned char>(rest.front()) & 0x3FU);
        rest.remove_prefix(1);
    }
    return letter;
}

} // namespace adal::window
