#include "app/widgets/parts.hpp"
#include "app/widgets/probe.hpp"
#include <doctest/doctest.h>

using namespace adal::widgets;

namespace {

std::vector<std::string> lines_of(std::string words, float width)
{
    std::vector<std::string> lines;
    const Probe probe({1280, 800}, [&](Frame& f) {
        lines.clear();
        for (const auto line : wrap(f, words, Type::Body, width)) lines.emplace_back(line);
    });
    return lines;
}

float height_of(std::string words, float width)
{
    float height = 0;
    const Probe probe({1280, 800}, [&](Frame& f) { height = text(f, {0, 0, width, 400}, words); });
    return height;
}

} // namespace

TEST_CASE("a text breaks at spaces and gives back every word")
{
    const auto lines = lines_of("Мердігер қойма қызметкеріне мерекеде қымбат сағат ұсынды", 260);
    REQUIRE(lines.size() >= 3);
    std::string all;
    for (const auto& line : lines) all += (all.empty() ? "" : " ") + line;
    CHECK(all == "Мердігер қойма қызметкеріне мерекеде қымбат сағат ұсынды");
}

TEST_CASE("a number stays with the word it counts")
{
    for (float width = 60; width < 320; width += 5)
        for (const auto& line : lines_of("через 20 секунд экран закроется", width)) CHECK_FALSE(line.ends_with("20"));
}

TEST_CASE("a hyphen may end a line between letters, but not inside a number or a code")
{
    bool broken = false;
    for (float width = 90; width < 320; width += 5) {
        for (const auto& line : lines_of("звонок 8-800-080-8089 в комплаенс-службу", width)) {
            broken = broken || line.ends_with("комплаенс-");
            CHECK_FALSE(line.ends_with("800-"));
        }
    }
    CHECK(broken);
}

TEST_CASE("a word wider than its place is broken rather than lost")
{
    const auto lines = lines_of("жауапкершіліктендірілмегендіктен", 120);
    CHECK(lines.size() >= 2);
    std::string all;
    for (const auto& line : lines) all += line;
    CHECK(all == "жауапкершіліктендірілмегендіктен");
}

TEST_CASE("a line feed ends a line, also an empty one")
{
    CHECK(lines_of("a\n\nb", 200) == std::vector<std::string>{"a", "", "b"});
}

TEST_CASE("measuring and drawing agree about the height")
{
    const std::string words = "Экран жабық, сондықтан ешкім сіздің беттеріңізді көрмейді.";
    for (const float width : {120.F, 240.F, 600.F}) {
        float measured = 0;
        const Probe probe({1280, 800}, [&](Frame& f) { measured = text_height(f, width, words); });
        CHECK(measured == height_of(words, width));
    }
}

TEST_CASE("a shortened line says so, and a text that outgrows its place is found out")
{
    const Probe probe({1280, 800}, [](Frame& f) {
        line(f, {40, 40, 80, 28}, "Антикоррупционный кодекс");
        text(f, {40, 100, 120, 28}, "Работник не принимает подарки");
    });
    const auto faults = probe.faults();
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].starts_with("lost words"));
    CHECK(faults[1].starts_with("leaves its place"));
}

TEST_CASE("words on words are found out, tight lines are not")
{
    const Probe tight({1280, 800}, [](Frame& f) {
        text(f, {40, 40, 200, 28}, "Первая строка");
        text(f, {40, 68, 200, 28}, "Вторая строка");
    });
    CHECK(tight.faults().empty());
    const Probe clash({1280, 800}, [](Frame& f) {
        text(f, {40, 40, 200, 28}, "Первая строка");
        text(f, {40, 50, 200, 28}, "Вторая строка");
    });
    CHECK(clash.faults().size() == 1);
}

TEST_CASE("runs of one sentence share lines, and a link in it can be pressed")
{
    std::string pressed;
    Probe probe({1280, 800}, [&](Frame& f) {
        const std::vector<Run> runs = {
            {.text = "Читайте "}, {.text = "пункт 4.2", .bold = true, .link = "code.4.2"}, {.text = ", он краток."}};
        const auto drawn = rich_text(f, {40, 40, 900, 40}, runs);
        CHECK(drawn.height == 34);
        if (!drawn.pressed.empty()) pressed = drawn.pressed;
    });
    CHECK(probe.click("code.4.2"));
    CHECK(pressed == "code.4.2");
}

TEST_CASE("digits that change do not move their neighbours")
{
    float a = 0, b = 0;
    const Probe probe({1280, 800}, [&](Frame& f) {
        a = digits_width(f, "11:11", Type::Timer);
        b = digits_width(f, "08:42", Type::Timer);
    });
    CHECK(a == b);
}
