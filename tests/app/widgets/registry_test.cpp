#include "app/widgets/parts.hpp"
#include "app/widgets/probe.hpp"
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace adal::widgets;

TEST_CASE("scripts read where a part lies and what it is")
{
    const auto file = std::filesystem::temp_directory_path() / "adal-registry-test.json";
    ::setenv("ADAL_WIDGETS_DUMP", file.c_str(), 1);
    bool enabled = true;
    Probe probe({1280, 800}, [&](Frame& f) {
        button(f, {40, 50, 200, 64}, {.id = "next", .label = "Әрі қарай", .enabled = enabled, .reason = "таңдаңыз"});
    });
    ::unsetenv("ADAL_WIDGETS_DUMP");
    const auto read = [&] { return nlohmann::json::parse(std::ifstream(file)).at(0); };
    CHECK(read()["id"] == "next");
    CHECK(read()["label"] == "Әрі қарай");
    CHECK(read()["role"] == "button");
    CHECK(read()["rect"] == nlohmann::json({40, 50, 200, 64}));
    CHECK(read()["enabled"] == true);
    enabled = false;
    probe.frame();
    CHECK(read()["enabled"] == false);
    CHECK(read()["value"] == "таңдаңыз");
    std::filesystem::remove(file);
}

TEST_CASE("doubled ids, buttons on each other and parts beyond the display are faults")
{
    const Probe probe({1280, 800}, [](Frame& f) {
        button(f, {40, 50, 200, 64}, {.id = "one", .label = "One"});
        button(f, {140, 80, 200, 64}, {.id = "one", .label = "Two"});
        button(f, {1200, 400, 200, 64}, {.id = "two", .label = "Three"});
    });
    const auto faults = probe.faults();
    REQUIRE(faults.size() == 3);
    CHECK(faults[0].starts_with("the same id twice"));
    CHECK(faults[1].starts_with("buttons on each other"));
    CHECK(faults[2].starts_with("leaves the display"));
}

TEST_CASE("a button inside a card that is a button is no fault, and the inner one is pressed")
{
    std::string pressed;
    Probe probe({1280, 800}, [&](Frame& f) {
        if (card_button(f, {40, 40, 400, 300}, "card", "Card")) pressed = "card";
        if (icon_button(f, {60, 60, 56, 56}, {.id = "inner", .label = "Listen", .icon = Icon::Sound}))
            pressed = "inner";
    });
    CHECK(probe.faults().empty());
    probe.click("inner");
    CHECK(pressed == "inner");
    probe.click_at({300, 300});
    CHECK(pressed == "card");
}
