#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace adal {

enum class Language { kk, ru, en };
inline constexpr std::array all_languages{Language::kk, Language::ru, Language::en};

/// The code used in file names, facts and URLs: "kk", "ru", "en".
constexpr std::string_view code(Language language)
{
    constexpr std::array codes{std::string_view{"kk"}, std::string_view{"ru"}, std::string_view{"en"}};
    return codes[static_cast<std::size_t>(language)];
}
constexpr std::optional<Language> language_from(std::string_view text)
{
    for (auto language : all_languages)
        if (code(language) == text) return language;
    return std::nullopt;
}

/// One sentence in three languages.
struct Text {
    std::string kk, ru, en;
    bool operator==(const Text&) const = default;
    const std::string& in(Language language) const
    {
        return language == Language::kk ? kk : language == Language::ru ? ru : en;
    }
    std::string& in(Language language) { return language == Language::kk ? kk : language == Language::ru ? ru : en; }
};

} // namespace adal
