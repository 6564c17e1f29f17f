#include "app/window/headless.hpp"
#include "app/window/png.hpp"
#include "app/window/window.hpp"
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::window;

namespace {

/// The test takes the display away for a moment and gives it back.
struct WithoutDisplay {
    std::string before = std::getenv("DISPLAY") != nullptr ? std::getenv("DISPLAY") : "";
    WithoutDisplay() { ::unsetenv("DISPLAY"); }
    ~WithoutDisplay()
    {
        if (!before.empty()) ::setenv("DISPLAY", before.c_str(), 1);
    }
};

} // namespace

TEST_CASE("a missing display is an error that says so, not an end")
{
    const WithoutDisplay gone;
    const auto window = Window::open({.size = Size{640, 480}});
    REQUIRE_FALSE(window);
    CHECK(window.error().kind == ErrorKind::Unavailable);
    CHECK(window.error().key == "window.no_display");
}

TEST_SUITE("display" * doctest::skip(std::getenv("DISPLAY") == nullptr))
{
    TEST_CASE("a still page is not drawn again until somebody wakes it")
    {
        auto window = Window::open({.size = Size{640, 480}});
        REQUIRE(window);
        int drawn = 0;
        const Draw draw = [&](const Shot& shot) {
            ++drawn;
            shot.paint.fill(shot.screen, Colour::hex(0xFAF7F2));
        };
        using Clock = Window::Moment::clock;
        for (int i = 0; i < 40; ++i) window->step(draw, Clock::now() + std::chrono::hours(drawn > 4 ? 0 : 1));
        window->wake();
        const int before = drawn;
        window->step(draw, Clock::now() + std::chrono::hours(1));
        CHECK(drawn == before + 1);
        CHECK(window->size() == Size{640, 480});
    }

    TEST_CASE("a picture of the window has the very colours that were painted")
    {
        auto window = Window::open({.size = Size{64, 48}});
        REQUIRE(window);
        window->draw_now([](const Shot& shot) {
            shot.paint.fill(shot.screen, Colour::hex(0xFAF7F2));
            shot.paint.fill({16, 16, 32, 16}, Colour::hex(0x0B4F4A), 4);
        });
        const auto file = std::filesystem::temp_directory_path() / "adal-window-test.png";
        REQUIRE(window->save_png(file));
        const auto image = read_png(file, 3);
        REQUIRE(image);
        CHECK(image->at(2, 2)[0] == 0xFA);
        CHECK(image->at(32, 24)[1] == 0x4F);
        std::filesystem::remove(file);
    }
}

TEST_CASE("a headless frame sees what was pushed")
{
    auto stage = Headless::open({1024, 768});
    REQUIRE(stage);
    stage->push(PointerPressed{{5, 6}});
    bool pressed = false;
    stage->frame([&](const Shot& shot) {
        pressed = shot.input.pressed;
        CHECK(shot.screen == Rect{0, 0, 1024, 768});
        CHECK(shot.paint.text_width("Адал", {Weight::Regular, 20}) > 30);
    });
    CHECK(pressed);
}
