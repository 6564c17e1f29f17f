#include "app/widgets/theme.hpp"
#include <array>

namespace adal::widgets {

namespace {

constexpr auto hex = Colour::hex;

struct Pair {
    Colour light, dark;
};
// In the order of Token. Contrast of every text on its ground is 7:1 or more in both themes.
constexpr std::array<Pair, 23> colours = {{
    {hex(0xFAF7F2), hex(0x0F1615)}, // Ground
    {hex(0xFFFFFF), hex(0x172120)}, // Surface
    {hex(0xF2EDE4), hex(0x1F2B29)}, // Sunken
    {hex(0xE1D9CC), hex(0x2E3D3A)}, // Line
    {hex(0x857A6C), hex(0x7F938D)}, // Edge
    {hex(0x1C1A17), hex(0xF4F0EA)}, // Ink
    {hex(0x4B453D), hex(0xC6CEC9)}, // Ink2
    {hex(0x0B4F4A), hex(0x8FDDCE)}, // Patina
    {hex(0x083A37), hex(0xB4ECE2)}, // PatinaDown
    {hex(0xE0EEEA), hex(0x17403B)}, // PatinaTint
    {hex(0x8FBDB3), hex(0x3C837A)}, // PatinaLine
    {hex(0xFFFFFF), hex(0x06211E)}, // OnPatina
    {hex(0x7B3511), hex(0xF5BD98)}, // Copper
    {hex(0xFBEADD), hex(0x43291B)}, // CopperTint
    {hex(0xDDA57E), hex(0x9A5E3B)}, // CopperLine
    {hex(0xBF6430), hex(0xD8814C)}, // CopperFill
    {hex(0x8E1B16), hex(0xFFB9B0)}, // Alarm
    {hex(0xFCE6E2), hex(0x4A201C)}, // AlarmTint
    {hex(0xE0A099), hex(0xA45149)}, // AlarmLine
    {hex(0xFFF1C9), hex(0x4A3E17)}, // Mark
    {hex(0x1C1A17), hex(0xF4F0EA)}, // Focus
    {hex(0xE9E3D9), hex(0x26322F)}, // Off
    {hex(0x4B453D), hex(0xC0C8C3)}, // OffInk
}};

static_assert(colours.size() == static_cast<std::size_t>(Token::OffInk) + 1);

struct Cut {
    Weight weight;
    std::array<int, 3> size; // at text sizes 1, 2, 3
    std::array<int, 3> line;
};
// In the order of Type.
constexpr std::array<Cut, 32> cuts = {{
    {Weight::Bold, {48, 48, 48}, {56, 56, 56}},           // Display
    {Weight::Bold, {36, 38, 40}, {44, 46, 48}},           // Title
    {Weight::Bold, {32, 34, 36}, {40, 42, 44}},           // CardTitle
    {Weight::Bold, {28, 30, 32}, {36, 38, 40}},           // DialogTitle
    {Weight::SemiBold, {28, 32, 36}, {38, 42, 46}},       // Question
    {Weight::SemiBold, {24, 26, 28}, {32, 34, 36}},       // Heading
    {Weight::SemiBold, {22, 24, 26}, {28, 30, 34}},       // Subheading
    {Weight::SemiBold, {20, 22, 24}, {28, 30, 32}},       // Section
    {Weight::Regular, {22, 24, 26}, {32, 34, 38}},        // Lead
    {Weight::Regular, {22, 26, 30}, {34, 38, 44}},        // Reading
    {Weight::Medium, {24, 28, 32}, {36, 40, 46}},         // Statement
    {Weight::Regular, {22, 26, 30}, {28, 34, 38}},        // Option
    {Weight::Medium, {22, 26, 30}, {28, 34, 38}},         // OptionChosen
    {Weight::Regular, {20, 22, 24}, {28, 30, 34}},        // Body
    {Weight::SemiBold, {20, 22, 22}, {24, 26, 26}},       // Button
    {Weight::SemiBold, {18, 20, 20}, {24, 26, 26}},       // ButtonSmall
    {Weight::Regular, {18, 20, 22}, {26, 28, 30}},        // Note
    {Weight::Medium, {18, 20, 22}, {26, 28, 30}},         // NoteMedium
    {Weight::SemiBold, {18, 20, 22}, {26, 28, 30}},       // NoteStrong
    {Weight::Regular, {16, 18, 18}, {24, 26, 26}},        // Small
    {Weight::SemiBold, {16, 18, 18}, {24, 26, 26}},       // SmallStrong
    {Weight::Bold, {20, 20, 20}, {24, 24, 24}},           // HeaderName
    {Weight::Regular, {16, 16, 16}, {20, 20, 20}},        // HeaderLine
    {Weight::SemiBold, {16, 16, 16}, {20, 20, 20}},       // HeaderStrong
    {Weight::SemiBold, {24, 24, 24}, {32, 32, 32}},       // HeaderClock
    {Weight::Medium, {30, 30, 30}, {36, 36, 36}},         // Digit
    {Weight::Bold, {44, 44, 44}, {48, 48, 48}},           // Score
    {Weight::Bold, {24, 24, 24}, {32, 32, 32}},           // Timer
    {Weight::SemiBold, {128, 128, 128}, {128, 128, 128}}, // CurtainClock
    {Weight::SemiBold, {22, 22, 22}, {24, 24, 24}},       // NumberTile
    {Weight::Bold, {26, 26, 28}, {32, 32, 34}},           // StartButton
    {Weight::SemiBold, {16, 16, 16}, {20, 20, 20}},       // ButtonLeast
}};
static_assert(cuts.size() == static_cast<std::size_t>(Type::ButtonLeast) + 1);

} // namespace

Colour Theme::operator()(Token token) const
{
    if (token == Token::Line && settings_.contrast) token = Token::Edge;
    const auto& pair = colours[static_cast<std::size_t>(token)];
    return settings_.dark ? pair.dark : pair.light;
}

TypeSize Theme::operator()(Type type) const
{
    const auto& cut = cuts[static_cast<std::size_t>(type)];
    const auto step = static_cast<std::size_t>(std::clamp(settings_.text_size, 1, 3) - 1);
    return {{cut.weight, cut.size[step]}, static_cast<float>(cut.line[step])};
}

Token tint_of(Tone tone)
{
    constexpr std::array tokens = {Token::Sunken, Token::PatinaTint, Token::CopperTint, Token::AlarmTint,
                                   Token::Surface};
    return tokens[static_cast<std::size_t>(tone)];
}

Token ink_of(Tone tone)
{
    constexpr std::array tokens = {Token::Ink2, Token::Patina, Token::Copper, Token::Alarm, Token::Ink2};
    return tokens[static_cast<std::size_t>(tone)];
}

Token line_of(Tone tone)
{
    constexpr std::array tokens = {Token::Line, Token::PatinaLine, Token::CopperLine, Token::AlarmLine, Token::Edge};
    return tokens[static_cast<std::size_t>(tone)];
}

} // namespace adal::widgets
