#include "content/language/letters.hpp"
#include "content/language/strings.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <set>
#include <unicode/messagepattern.h>

using namespace adal;
using namespace adal::language;

namespace {
const std::filesystem::path root{ADAL_SOURCE};

Strings shipped() { return Strings::load(root / "assets/strings").value(); }

/// The arguments of a sentence; `shown` are those whose value a reader sees. One that only chooses between "section"
/// and "sections" is not shown, and a language that needs no such choice may leave it out.
struct Named {
    std::set<std::string> all, shown;
};
Named arguments_of(const std::string& text)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessagePattern pattern{icu::UnicodeString::fromUTF8(text), nullptr, status};
    bool shows_numbers = false;
    for (int32_t i = 0; i < pattern.countParts(); ++i)
        shows_numbers |= pattern.getPartType(i) == UMSGPAT_PART_TYPE_REPLACE_NUMBER;
    Named named;
    for (int32_t i = 0; i < pattern.countParts(); ++i) {
        if (pattern.getPartType(i) != UMSGPAT_PART_TYPE_ARG_START) continue;
        std::string name;
        pattern.getSubstring(pattern.getPart(i + 1)).toUTF8String(name);
        named.all.insert(name);
        if (pattern.getPart(i).getArgType() == UMSGPAT_ARG_TYPE_NONE || shows_numbers) named.shown.insert(name);
    }
    return named;
}

bool say_the_same(const std::string& one, const std::string& other)
{
    const auto first = arguments_of(one), second = arguments_of(other);
    return std::includes(first.all.begin(), first.all.end(), second.shown.begin(), second.shown.end()) &&
           std::includes(second.all.begin(), second.all.end(), first.shown.begin(), first.shown.end());
}

std::set<std::string> keys_named_in(const std::filesystem::path& folder)
{
    std::set<std::string> keys;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream file{entry.path()};
        const std::string source{std::istreambuf_iterator<char>{file}, {}};
        for (const std::string area : {"\"check.", "\"session."})
            for (auto at = source.find(area); at != std::string::npos; at = source.find(area, at + 1)) {
                const auto key = source.substr(at + 1, source.find('"', at + 1) - at - 1);
                if (!key.ends_with('_')) keys.insert(key); // the beginning of one
            }
    }
    return keys;
}
} // namespace

TEST_CASE("the words that ship stand in three languages, in NFC, and show the same arguments in each")
{
    const auto strings = shipped();
    for (const auto& [key, text] : strings.all()) {
        CHECK_MESSAGE(say_the_same(text.kk, text.en), key);
        CHECK_MESSAGE(say_the_same(text.ru, text.en), key);
        for (const auto language : all_languages) CHECK_MESSAGE(is_normalised(text.in(language)), key);
    }
}

TEST_CASE("every fault the readers can find has its sentence")
{
    const auto strings = shipped();
    for (const auto* folder : {"content", "quizzes"})
        for (const auto& key : keys_named_in(root / folder)) CHECK_MESSAGE(strings.has(key), key);
    for (const auto* kind : {"text", "number", "flag", "object", "list"})
        CHECK(strings.has(std::string{"check.json.not_"} + kind));
}
