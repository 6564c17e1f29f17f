#include "app/window/headless.hpp"
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

TEST_CASE("a static page costs no processor time, and a wake draws it again" *
          doctest::skip(std::getenv("DISPLAY") == nullptr))
{
    auto window = Window::open({.size = Size{640, 480}});
    REQUIRE(window);
    int drawn = 0;
    const Draw draw = [&](const Shot& shot) {
        ++drawn;
        shot.paint.fill(shot.screen, Colour::hex(0xFAF7F2));
    };
    using Clock = Window::Moment::clock;
    const auto until_quiet = [&] {
        for (int i = 0; i < 60; ++i) window->step(draw, Clock::now() + std::chrono::milliseconds(5));
    };
    until_quiet();
    const int before = drawn;
    window->wake();
    window->step(draw, Clock::now());
    CHECK(drawn > before);
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
