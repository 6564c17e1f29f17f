#include "app/window/assets.hpp"
#include "app/window/icon_sheets.hpp"
#include <cstdlib>
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::window;

TEST_CASE("every icon has its picture in every size the build draws")
{
    IconSheets sheets(assets_folder() / "icons");
    for (const int size : {16, 18, 20, 22, 24, 26, 28, 32, 36, 40, 64}) {
        Atlas atlas;
        for (const auto icon : all_icons()) {
            CAPTURE(icon_name(icon));
            const auto spot = sheets.find(icon, size, atlas);
            REQUIRE(spot);
            CHECK(spot->w == size);
            int painted = 0;
            for (int y = 0; y < size; ++y)
                for (int x = 0; x < size; ++x)
                    painted += atlas.pixels()[static_cast<std::size_t>((spot->y + y) * Atlas::side + spot->x + x)] > 128
                                   ? 1
                                   : 0;
            CHECK(painted > 0);
        }
        sheets.forget();
    }
}

TEST_CASE("the typeface is found, and a folder without it is named in the error")
{
    CHECK(fonts_folder());
    ::setenv("ADAL_ASSETS", "/nowhere", 1);
    CHECK(assets_folder() == "/nowhere");
    ::unsetenv("ADAL_ASSETS");
}

TEST_CASE("the scenes the parts ask for are built")
{
    for (const auto* name : {"pit-day-728.png", "pit-day-1008.png", "pit-night-800.png", "pit-night-1080.png"})
        CHECK(png_size(assets_folder() / "scenes" / name).second > 700);
}
