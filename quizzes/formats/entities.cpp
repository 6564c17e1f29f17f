#include "quizzes/formats/entities.hpp"
#include <algorithm>
#include <array>
#include <utility>

namespace adal::quizzes::formats {
namespace {

/// U+00A0 ... U+00FF, in their order.
constexpr std::array<std::string_view, 96> latin_1{
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",
    "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",
    "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",
    "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",
    "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

constexpr std::pair<std::string_view, char32_t> others[]{
    {"quot", '"'},       {"amp", '&'},        {"apos", '\''},      {"lt", '<'},         {"gt", '>'},         {"OElig", 0x152},    {"oelig", 0x153},   {"Scaron", 0x160},
    {"scaron", 0x161},   {"Yuml", 0x178},     {"fnof", 0x192},     {"circ", 0x2C6},     {"tilde", 0x2DC},    {"Alpha", 0x391},    {"Beta", 0x392},    {"Gamma", 0x393},
    {"Delta", 0x394},    {"Theta", 0x398},    {"Lambda", 0x39B},   {"Xi", 0x39E},       {"Pi", 0x3A0},       {"Sigma", 0x3A3},    {"Phi", 0x3A6},     {"Psi", 0x3A8},
    {"Omega", 0x3A9},    {"alpha", 0x3B1},    {"beta", 0x3B2},     {"gamma", 0x3B3},    {"delta", 0x3B4},    {"epsilon", 0x3B5},  {"zeta", 0x3B6},    {"eta", 0x3B7},
    {"theta", 0x3B8},    {"iota", 0x3B9},     {"kappa", 0x3BA},    {"lambda", 0x3BB},   {"mu", 0x3BC},       {"nu", 0x3BD},       {"xi", 0x3BE},      {"omicron", 0x3BF},
    {"pi", 0x3C0},       {"rho", 0x3C1},      {"sigmaf", 0x3C2},   {"sigma", 0x3C3},    {"tau", 0x3C4},      {"upsilon", 0x3C5},  {"phi", 0x3C6},     {"chi", 0x3C7},
    {"psi", 0x3C8},      {"omega", 0x3C9},    {"ensp", 0x2002},    {"emsp", 0x2003},    {"thinsp", 0x2009},  {"zwnj", 0x200C},    {"zwj", 0x200D},    {"lrm", 0x200E},
    {"rlm", 0x200F},     {"ndash", 0x2013},   {"mdash", 0x2014},   {"lsquo", 0x2018},   {"rsquo", 0x2019},   {"sbquo", 0x201A},   {"ldquo", 0x201C},  {"rdquo", 0x201D},
    {"bdquo", 0x201E},   {"dagger", 0x2020},  {"Dagger", 0x2021},  {"bull", 0x2022},    {"hellip", 0x2026},  {"permil", 0x2030},  {"prime", 0x2032},  {"Prime", 0x2033},
    {"lsaquo", 0x2039},  {"rsaquo", 0x203A},  {"oline", 0x203E},   {"frasl", 0x2044},   {"euro", 0x20AC},    {"trade", 0x2122},   {"numero", 0x2116}, {"larr", 0x2190},
    {"uarr", 0x2191},    {"rarr", 0x2192},    {"darr", 0x2193},    {"harr", 0x2194},    {"lArr", 0x21D0},    {"rArr", 0x21D2},    {"hArr", 0x21D4},   {"forall", 0x2200},
    {"part", 0x2202},    {"exist", 0x2203},   {"empty", 0x2205},   {"nabla", 0x2207},   {"isin", 0x2208},    {"notin", 0x2209},   {"prod", 0x220F},   {"sum", 0x2211},
    {"minus", 0x2212},   {"radic", 0x221A},   {"prop", 0x221D},    {"infin", 0x221E},   {"ang", 0x2220},     {"and", 0x2227},     {"or", 0x2228},     {"cap", 0x2229},
    {"cup", 0x222A},     {"int", 0x222B},     {"there4", 0x2234},  {"sim", 0x223C},     {"cong", 0x2245},    {"asymp", 0x2248},   {"ne", 0x2260},     {"equiv", 0x2261},
    {"le", 0x2264},      {"ge", 0x2265},      {"sub", 0x2282},     {"sup", 0x2283},     {"sdot", 0x22C5},    {"loz", 0x25CA},     {"check", 0x2713},  {"NewLine", '\n'}};

char32_t numbered(std::string_view digits)
{
    const bool is_hex = digits.starts_with('x') || digits.starts_with('X');
    if (is_hex) digits.remove_prefix(1);
    char32_t value = 0;
    for (const char c : digits) {
        const auto digit = c >= '0' && c <= '9' ? c - '0' : is_hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : is_hex && c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (digit < 0 || value > 0x10FFFF) return 0;
        value = value * (is_hex ? 16 : 10) + static_cast<char32_t>(digit);
    }
    return value;
}

} // namespace

void append_letter(std::string& text, char32_t letter)
{
    if (letter > 0x10FFFF || (letter >= 0xD800 && letter <= 0xDFFF)) letter = 0xFFFD;
    const auto put = [&](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
    if (letter < 0x80) return put(letter);
    if (letter < 0x800) put(0xC0U | (letter >> 6U));
    else if (letter < 0x10000) put(0xE0U | (letter >> 12U)), put(0x80U | ((letter >> 6U) & 0x3FU));
    else put(0xF0U | (letter >> 18U)), put(0x80U | ((letter >> 12U) & 0x3FU)), put(0x80U | ((letter >> 6U) & 0x3FU));
    put(0x80U | (letter & 0x3FU));
}

char32_t entity(std::string_view name)
{
    if (name.starts_with('#')) return numbered(name.substr(1));
    if (const auto found = std::find(latin_1.begin(), latin_1.end(), name); found != latin_1.end()) return static_cast<char32_t>(0xA0 + (found - latin_1.begin()));
    for (const auto& [known, letter] : others)
        if (known == name) return letter;
    return 0;
}

} // namespace adal::quizzes::formats
