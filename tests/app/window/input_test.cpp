#include "app/window/input.hpp"
#include <doctest/doctest.h>

using namespace adal::window;

TEST_CASE("a tap that goes down and up between two frames is drawn pressed and then released")
{
    InputQueue queue;
    queue.push(PointerPressed{{10, 20}});
    queue.push(PointerReleased{{11, 20}});

    const auto first = queue.take(), second = queue.take(), third = queue.take();
    CHECK((first.pressed && first.down && !first.released));
    CHECK(first.pointer == Point{10, 20});
    CHECK((second.released && !second.down && !second.pressed));
    CHECK(second.pointer == Point{11, 20});
    CHECK((!third.pressed && !third.released));
}

TEST_CASE("two quick taps stay two taps")
{
    InputQueue queue;
    for (int i = 0; i < 2; ++i) {
        queue.push(PointerPressed{});
        queue.push(PointerReleased{});
    }
    int presses = 0, releases = 0, frames = 0;
    while (!queue.empty()) {
        const auto frame = queue.take();
        presses += frame.pressed ? 1 : 0;
        releases += frame.released ? 1 : 0;
        ++frames;
    }
    CHECK(presses == 2);
    CHECK(releases == 2);
    CHECK(frames == 4);
}

TEST_CASE("keys arrive one a frame and in order")
{
    InputQueue queue;
    for (const Key key : {Key::Tab, Key::Tab, Key::Enter}) queue.push(KeyPressed{key});
    CHECK(queue.take().has(Key::Tab));
    CHECK(queue.take().has(Key::Tab));
    CHECK(queue.take().has(Key::Enter));
    CHECK(queue.empty());
}

TEST_CASE("a digit is known by its key, whatever letter the layout gives it")
{
    InputQueue queue;
    queue.push(KeyPressed{Key::Digit2});
    queue.push(Typed{"ә"}); // the Kazakh layout's letter on that key
    const auto frame = queue.take();
    CHECK(frame.digit() == 2);
    CHECK(frame.typed == "ә");
}

TEST_CASE("the pointer's way is kept short, its presses are not")
{
    InputQueue queue;
    for (int i = 0; i < 100; ++i) queue.push(PointerMoved{{static_cast<float>(i), 0}});
    queue.push(PointerPressed{{100, 0}});
    queue.push(PointerMoved{{200, 0}});
    CHECK(queue.take().pointer == Point{100, 0}); // where it was pressed, not where it went next
    CHECK(queue.take().pointer == Point{200, 0});
}
