#include "app/window/assets.hpp"
#include "app/window/canvas.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::window;

namespace {

Glyphs inter() { return Glyphs::open(*fonts_folder()).value(); }

} // namespace

TEST_CASE("Inter has every letter of our three languages")
{
    auto glyphs = inter();
    Atlas atlas;
    const Font font{Weight::SemiBold, 22};
    const float unknown = glyphs.advance(U'\U0001F600', font); // what a letter nobody drew looks like
    std::string_view all = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЩщЪъЫыЭэЮюЯяABCxyz0123456789«»“”„…–—№₸→←✓·±×";
    while (!all.empty()) {
        const char32_t letter = next_letter(all);
        CAPTURE(static_cast<unsigned>(letter));
        const auto* glyph = glyphs.find(letter, font, 0, atlas);
        REQUIRE(glyph != nullptr);
        CHECK_FALSE(glyph->blank);
    }
    CHECK(unknown > 0);
}

TEST_CASE("broken UTF-8 is walked through to its end")
{
    std::string_view broken = "a\xD0\xFFz\xE2\x82";
    int letters = 0;
    while (!broken.empty()) {
        next_letter(broken);
        ++letters;
    }
    CHECK(letters == 5);
}

TEST_CASE("a full atlas is emptied and filled again instead of losing letters")
{
    NoTextures textures;
    Canvas canvas(inter(), assets_folder() / "icons", textures);
    bool incomplete = false;
    int overflows = 0;
    for (int round = 0; round < 4; ++round) {
        canvas.begin({800, 600});
        for (int size = 60; size < 140; size += 7)
            canvas.text({10.25F, 300}, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ", {Weight::Bold, size + round * 3}, {});
        canvas.end(incomplete);
        overflows += incomplete ? 1 : 0;
    }
    CHECK(overflows > 0);
    canvas.begin({800, 600});
    canvas.text({10, 300}, "Адал", {Weight::Bold, 36}, {});
    canvas.end(incomplete);
    canvas.begin({800, 600});
    canvas.text({10, 300}, "Адал", {Weight::Bold, 36}, {});
    canvas.end(incomplete);
    CHECK_FALSE(incomplete);
}

TEST_CASE("equal frames have equal fingerprints, and one changed word changes it")
{
    NoTextures textures;
    Canvas canvas(inter(), assets_folder() / "icons", textures);
    const auto frame = [&](std::string_view words) {
        bool incomplete = false;
        canvas.begin({800, 600});
        canvas.fill({0, 0, 800, 600}, Colour::hex(0xFAF7F2), 0);
        canvas.text({10, 300}, words, {Weight::Regular, 20}, {});
        canvas.end(incomplete);
        return canvas.fingerprint();
    };
    CHECK(frame("14:05") == frame("14:05"));
    CHECK(frame("14:05") != frame("14:06"));
}

TEST_CASE("a picture that cannot be read leaves its place empty")
{
    NoTextures textures;
    Canvas canvas(inter(), assets_folder() / "icons", textures);
    canvas.begin({800, 600});
    canvas.picture("/nowhere/at-all.png", {0, 0, 100, 100}, 0, {0.5F, 0.5F});
    CHECK(canvas.picture_size("/nowhere/at-all.png") == Size{});
    bool incomplete = false;
    canvas.end(incomplete);
}

TEST_CASE("an image survives writing and reading")
{
    const auto file = std::filesystem::temp_directory_path() / "adal-canvas-test.png";
    Image image{2, 2, 3, {255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9}};
    REQUIRE(write_png(file, image));
    CHECK(read_png(file, 3).value().bytes == image.bytes);
    CHECK(resized(image, 1, 1).bytes.size() == 3);
    std::filesystem::remove(file);
}
