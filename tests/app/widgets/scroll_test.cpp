#include "app/widgets/parts.hpp"
#include "app/widgets/probe.hpp"
#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace adal::widgets;
using adal::window::Key;

namespace {

constexpr Rect view{100, 100, 600, 400};

struct Long {
    int pressed = -1;
    bool at_end = false;
    void operator()(Frame& f)
    {
        Scroll scroll(f, "list", view);
        Rect in = scroll.inside();
        float y = in.y;
        for (int i = 0; i < 20; ++i, y += 76)
            if (button(f, {in.x, y, in.w, 64}, {.id = fmt::format("row.{}", i), .label = fmt::format("{}", i)}))
                pressed = i;
        scroll.end(y);
        at_end = scroll.reached_end();
    }
};

} // namespace

TEST_CASE("a finger drags the content and presses nothing")
{
    Long s;
    Probe probe({1280, 800}, [&](Frame& f) { s(f); });
    const float before = probe.find("row.0")->rect.y;
    probe.drag({300, 400}, {300, 250});
    CHECK(probe.find("row.0")->rect.y <= before - 140); // and coasts a little further
    CHECK(s.pressed == -1);
    CHECK_FALSE(s.at_end);
}

TEST_CASE("it coasts to its end and never beyond")
{
    Long s;
    Probe probe({1280, 800}, [&](Frame& f) { s(f); });
    for (int i = 0; i < 12; ++i) probe.drag({300, 480}, {300, 120});
    CHECK(s.at_end);
    CHECK(probe.find("row.19")->rect.bottom() <= view.bottom() + 1);
    probe.press(Key::Home);
    CHECK(probe.find("row.0")->rect.y == view.y);
}

TEST_CASE("what is scrolled out of sight is not pressed, and is brought into sight when asked for")
{
    Long s;
    Probe probe({1280, 800}, [&](Frame& f) { s(f); });
    CHECK(probe.find("row.15")->visible.empty());
    probe.click_at({300, 700}); // where row 7 would be without the clipping
    CHECK(s.pressed == -1);
    CHECK(probe.click("row.15"));
    CHECK(s.pressed == 15);
}

TEST_CASE("Tab brings the part with the focus into sight")
{
    Long s;
    Probe probe({1280, 800}, [&](Frame& f) { s(f); });
    for (int i = 0; i < 10; ++i) probe.press(Key::Tab);
    const auto* part = probe.find("row.9");
    CHECK(part->focused);
    CHECK(part->visible == part->rect);
    probe.press(Key::PageDown);
    CHECK(probe.find("row.0")->visible.empty());
}
