#include "app/widgets/theme.hpp"
#include <cmath>
#include <doctest/doctest.h>

using namespace adal::widgets;

namespace {

double linear(std::uint8_t channel)
{
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) { return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b); }

double contrast(Colour a, Colour b)
{
    const double bright = std::max(luminance(a), luminance(b)), dim = std::min(luminance(a), luminance(b));
    return (bright + 0.05) / (dim + 0.05);
}

struct Pair {
    Token text, ground;
};

} // namespace

TEST_CASE("every text keeps a contrast of 7:1 on every ground it is put on, in both themes")
{
    using enum Token;
    constexpr Pair pairs[] = {{Ink, Ground},     {Ink, Surface},       {Ink, Sunken},      {Ink, Mark},
                              {Ink, PatinaTint}, {Ink, CopperTint},    {Ink, AlarmTint},   {Ink2, Ground},
                              {Ink2, Surface},   {Ink2, Sunken},       {Ink2, PatinaTint}, {Patina, Ground},
                              {Patina, Surface}, {Patina, PatinaTint}, {OnPatina, Patina}, {OnPatina, PatinaDown},
                              {Copper, Ground},  {Copper, Surface},    {Copper, Sunken},   {Copper, CopperTint},
                              {Alarm, Surface},  {Alarm, AlarmTint},   {OffInk, Off}};
    for (const bool dark : {false, true}) {
        const Theme theme({.dark = dark});
        for (const auto& pair : pairs) {
            CAPTURE(dark);
            CAPTURE(static_cast<int>(pair.text));
            CAPTURE(static_cast<int>(pair.ground));
            CHECK(contrast(theme(pair.text), theme(pair.ground)) >= 7.0);
        }
    }
}

TEST_CASE("what carries meaning without words keeps 3:1")
{
    using enum Token;
    constexpr Pair pairs[] = {{Edge, Surface},          {Edge, Sunken}, {CopperFill, Surface},
                              {CopperFill, CopperTint}, {Patina, Off},  {Focus, Ground}};
    for (const bool dark : {false, true})
        for (const auto& pair : pairs)
            CHECK(contrast(Theme({.dark = dark})(pair.text), Theme({.dark = dark})(pair.ground)) >= 3.0);
}

TEST_CASE("high contrast draws hairlines as edges")
{
    const Theme theme({.contrast = true});
    CHECK(theme(Token::Line) == theme(Token::Edge));
}

TEST_CASE("no type is smaller than 16, and none shrinks when larger text is asked for")
{
    for (int i = 0; i <= static_cast<int>(Type::ButtonLeast); ++i) {
        const auto type = static_cast<Type>(i);
        int before = 16;
        for (int size = 1; size <= 3; ++size) {
            const auto now = Theme({.text_size = size})(type);
            CHECK(now.font.size >= before);
            CHECK(now.line >= static_cast<float>(now.font.size));
            before = now.font.size;
        }
    }
}
