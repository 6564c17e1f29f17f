#include "app/widgets/parts.hpp"
#include "app/widgets/probe.hpp"
#include <doctest/doctest.h>

using namespace adal::widgets;
using adal::window::Key;

namespace {

/// Two options, a way out, a way on; counts what is pressed.
struct TwoOptions {
    int left = 0, next = 0;
    std::size_t chosen = 99;
    bool dialog = false;
    std::string typed;
    bool with_field = false;

    void operator()(Frame& f)
    {
        const Page p = page(f);
        if (with_field) field(f, p.body.with_height(64).with_width(400), {.id = "name", .label = ""}, typed);
        const std::vector<Option> list = {{.id = "a", .number = 1, .text = "Отказаться", .selected = chosen == 0},
                                          {.id = "b", .number = 2, .text = "Сообщить", .selected = chosen == 1}};
        Rect body = p.body;
        body.cut_top(100);
        if (const auto index = options(f, body, list)) chosen = *index;
        Footer foot(f, p.footer);
        if (foot.left({.id = "leave", .label = "Уйти"})) ++left;
        if (foot.right({.id = "next", .label = "Дальше", .kind = Kind::Primary})) ++next;
        if (!dialog) return;
        Dialog over(f, "sure", "Вы уверены?", 200);
        Rect in = over.inside();
        if (button(f, in.cut_bottom(64).with_width(200), {.id = "sure.yes", .label = "Да", .kind = Kind::Primary}))
            dialog = false;
    }
};

} // namespace

TEST_CASE("a tap presses what lies under the finger, once")
{
    TwoOptions s;
    Probe probe({1280, 800}, [&](Frame& f) { s(f); });
    CHECK(probe.click("leave"));
    CHECK(s.left == 1);
    CHECK(s.next == 0);
    CHECK_FALSE(probe.click("nobody"));
    CHECK(probe.faults().empty());
}

TEST_CASE("a finger that slides off a button does not press it")
{
    TwoOptions s;
    Probe probe({1280, 800}, [&](Frame& f) { s(f); });
    const auto from = probe.find("leave")->rect.centre();
    probe.drag(from, {from.x + 500, from.y - 300});
    CHECK(s.left == 0);
}

TEST_CASE("numbers choose options, Enter goes on when nothing has the focus")
{
    TwoOptions s;
    Probe probe({1280, 800}, [&](Frame& f) { s(f); });
    probe.press(Key::Digit2);
    CHECK(s.chosen == 1);
    CHECK(probe.find("b")->selected);
    probe.press(Key::Enter);
    CHECK(s.next == 1);
}

TEST_CASE("Tab walks through all parts and round, Shift+Tab back, Enter presses the one with the ring")
{
    TwoOptions s;
    Probe probe({1280, 800}, [&](Frame& f) { s(f); });
    for (const auto* id : {"a", "b", "leave", "next", "a"}) {
        probe.press(Key::Tab);
        CHECK(probe.focused() == id);
    }
    probe.press(Key::BackTab);
    probe.press(Key::BackTab);
    CHECK(probe.focused() == "leave");
    probe.press(Key::Enter);
    CHECK(s.left == 1);
    CHECK(s.next == 0); // not the primary button as well
    probe.press(Key::Up);
    CHECK(probe.focused() == "b");
    probe.press(Key::Space);
    CHECK(s.chosen == 1);
}

TEST_CASE("beneath a dialog nothing hears taps or keys")
{
    TwoOptions s;
    s.dialog = true;
    Probe probe({1280, 800}, [&](Frame& f) { s(f); });
    CHECK_FALSE(probe.click("leave"));
    probe.click_at(probe.find("a")->rect.centre());
    probe.press(Key::Digit1);
    CHECK(s.left == 0);
    CHECK(s.chosen == 99);
    probe.press(Key::Tab);
    CHECK(probe.focused() == "sure.yes");
    CHECK(probe.click("sure.yes"));
    CHECK_FALSE(s.dialog);
    CHECK(probe.click("leave"));
    CHECK(s.left == 1);
}

TEST_CASE("while a field has the focus, digits are typed and choose nothing")
{
    TwoOptions s;
    s.with_field = true;
    Probe probe({1280, 800}, [&](Frame& f) { s(f); });
    CHECK(probe.click("name"));
    probe.press(Key::Digit1);
    probe.type("Әлия 1");
    CHECK(s.chosen == 99);
    CHECK(s.typed == "Әлия 1");
    probe.press(Key::Backspace);
    probe.press(Key::Backspace);
    probe.press(Key::Backspace);
    CHECK(s.typed == "Әли");
    probe.press(Key::Enter);
    CHECK(s.next == 0);
}
