#include "content/language/letters.hpp"
#include "content/source.hpp"
#include "quizzes/formats/entities.hpp"
#include "quizzes/formats/plain_text.hpp"
#include <algorithm>

namespace adal::quizzes::formats {
namespace {

/// 0x80 ... 0xBF of Windows-1251; above, the letters А ... я.
constexpr char32_t windows_1251[]{0x402,  0x403,  0x201A, 0x453,  0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409,  0x2039, 0x40A,  0x40C,  0x40B,  0x40F,
                                  0x452,  0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122, 0x459,  0x203A, 0x45A,  0x45C,  0x45B,  0x45F,
                                  0xA0,   0x40E,  0x45E,  0x408,  0xA4,   0x490,  0xA6,   0xA7,   0x401,  0xA9,   0x404,  0xAB,   0xAC,   0xAD,   0xAE,   0x407,
                                  0xB0,   0xB1,   0x406,  0x456,  0x491,  0xB5,   0xB6,   0xB7,   0x451,  0x2116, 0x454,  0xBB,   0x458,  0x405,  0x455,  0x457};
/// 0x80 ... 0x9F of Windows-1252; above, Latin-1.
constexpr char32_t windows_1252[]{0x20AC, 0xFFFD, 0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0xFFFD, 0x17D,  0xFFFD,
                                  0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0xFFFD, 0x17E,  0x178};

char32_t of_1251(std::uint8_t byte) { return byte < 0x80 ? byte : byte < 0xC0 ? windows_1251[byte - 0x80] : 0x410U + (byte - 0xC0U); }
char32_t of_1252(std::uint8_t byte) { return byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte; }

std::string of_utf16(BytesView source, bool is_big)
{
    std::string text;
    char32_t high = 0;
    for (std::size_t i = 0; i + 1 < source.size(); i += 2) {
        const char32_t unit = is_big ? source[i] * 256U + source[i + 1] : source[i + 1] * 256U + source[i];
        if (high != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
            append_letter(text, 0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00));
            high = 0;
            continue;
        }
        if (high != 0) append_letter(text, 0xFFFD);
        high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
        if (high == 0) append_letter(text, unit);
    }
    if (high != 0 || source.size() % 2 != 0) append_letter(text, 0xFFFD);
    return text;
}

std::string of_bytes(BytesView source, char32_t (*letter)(std::uint8_t))
{
    std::string text;
    for (const auto byte : source) append_letter(text, letter(byte));
    return text;
}

/// The name in an XML declaration or anywhere else near the beginning.
bool says(BytesView source, std::string_view encoding)
{
    auto head = text_of(source.subspan(0, std::min<std::size_t>(source.size(), 200)));
    std::transform(head.begin(), head.end(), head.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return head.find(encoding) != std::string::npos;
}

/// Of two letters in three, more would be Cyrillic than accents: Windows-1251 is what files from here are written in.
bool looks_cyrillic(BytesView source)
{
    const auto high = std::count_if(source.begin(), source.end(), [](std::uint8_t byte) { return byte >= 0x80; });
    const auto plain = std::count_if(source.begin(), source.end(), [](std::uint8_t byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); });
    return high > plain / 2;
}

std::string decoded(BytesView source)
{
    if (source.size() >= 2 && source[0] == 0xFF && source[1] == 0xFE) return of_utf16(source.subspan(2), false);
    if (source.size() >= 2 && source[0] == 0xFE && source[1] == 0xFF) return of_utf16(source.subspan(2), true);
    if (source.size() >= 4 && source[1] == 0 && source[3] == 0) return of_utf16(source, false);
    if (source.size() >= 4 && source[0] == 0 && source[2] == 0) return of_utf16(source, true);
    auto text = text_of(source);
    if (says(source, "encoding=\"windows-1251") || says(source, "encoding='windows-1251")) return of_bytes(source, of_1251);
    if (says(source, "encoding=\"iso-8859-1") || says(source, "encoding=\"windows-1252") || says(source, "encoding='iso-8859-1")) return of_bytes(source, of_1252);
    if (language::normalised(text)) return text;
    return of_bytes(source, looks_cyrillic(source) ? of_1251 : of_1252);
}

} // namespace

std::string utf8_of(BytesView source)
{
    auto text = content::plain_source(decoded(source));
    std::replace(text.begin(), text.end(), '\r', '\n'); // of old Macintoshes
    return text;
}

} // namespace adal::quizzes::formats
