#include "content/language/letters.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <vector>

using namespace adal;
using namespace adal::language;

namespace {
std::vector<std::string> sorted(std::vector<std::string> names, Language language)
{
    std::sort(names.begin(), names.end(),
              [&](const auto& a, const auto& b) { return sort_key(a, language) < sort_key(b, language); });
    return names;
}
} // namespace

TEST_CASE("a letter and its accent typed apart become one letter")
{
    CHECK(normalised("и\u0306од").value() == "йод");
    CHECK_FALSE(is_normalised("и\u0306од"));
    CHECK(is_normalised("Әсел Нұрғали"));
}

TEST_CASE("bytes that are not UTF-8 are refused")
{
    CHECK(normalised("\xC3\x28").error().kind == ErrorKind::InvalidInput);
    CHECK_FALSE(is_normalised("\xFF"));
}

TEST_CASE("Kazakh letters stand in their places in the alphabet")
{
    CHECK(sorted({"Қайрат", "Ләззат", "Кәрім", "Ғани", "Гүлнар", "Ібіраһим", "Әсел", "Асан", "Бек"}, Language::kk) ==
          std::vector<std::string>{"Асан", "Әсел", "Бек", "Гүлнар", "Ғани", "Кәрім", "Қайрат", "Ләззат", "Ібіраһим"});
}

TEST_CASE("a name is found however its Kazakh letters were typed")
{
    CHECK(folded("ҚҰРМАНҒАЗЫ Өтегенұлы") == "курмангазы отегенулы");
    CHECK(folded("Сәбит Мүсіреп") == folded("сабит мусиреп"));
    CHECK(folded("Һүрия Алёна Жаңа") == "хурия алена жана");
    CHECK(folded("Smith-07") == "smith-07");
}
