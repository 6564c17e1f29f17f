#include "content/language/strings.hpp"
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

namespace adal::language {
namespace {
using Words = std::map<std::string, std::string>;

icu::UnicodeString wide(std::string_view text)
{
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

std::filesystem::path file_of(const std::filesystem::path& folder, Language language)
{
    return folder / (std::string{code(language)} + ".json");
}

Expected<Words> read(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    if (!file) return fail(ErrorKind::NotFound, "check.strings.file", {{"file", path.string()}});
    const std::string source{std::istreambuf_iterator<char>{file}, {}};
    try {
        return nlohmann::json::parse(source).get<Words>();
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorKind::Corrupt, "check.strings.json", {{"file", path.string()}});
    }
}

bool is_whole_number(const std::string& text)
{
    const auto digits = std::string_view{text}.substr(text.starts_with('-') ? 1 : 0);
    return !digits.empty() && digits.size() <= 18 &&
           std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Only these get numbers: a personnel number in "{number}" stays as written, without spaces between thousands.
std::set<std::string> counted_arguments(const icu::MessagePattern& pattern)
{
    std::set<std::string> names;
    for (int32_t i = 0; i < pattern.countParts(); ++i) {
        const auto& part = pattern.getPart(i);
        if (part.getType() != UMSGPAT_PART_TYPE_ARG_START || part.getArgType() == UMSGPAT_ARG_TYPE_NONE ||
            part.getArgType() == UMSGPAT_ARG_TYPE_SELECT)
            continue;
        std::string name;
        names.insert(pattern.getSubstring(pattern.getPart(i + 1)).toUTF8String(name));
    }
    return names;
}

struct Pattern {
    std::unique_ptr<icu::MessageFormat> format;
    std::set<std::string> counted;
};

bool has_arguments(const std::string& text) { return text.find_first_of("{}") != std::string::npos; }

/// Reads a pattern without building anything: three languages of formats would cost a start 60 ms and 10 MB.
bool is_pattern(const std::string& text)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessagePattern parsed{wide(text), nullptr, status};
    return U_SUCCESS(status) && parsed.hasNamedArguments();
}

Pattern compiled(const std::string& text, Language language)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessagePattern parsed{wide(text), nullptr, status};
    const icu::Locale locale{std::string{code(language)}.c_str()};
    auto format = std::make_unique<icu::MessageFormat>(wide(text), locale, status);
    if (U_FAILURE(status)) return {nullptr, {}};
    return Pattern{std::move(format), counted_arguments(parsed)};
}

std::optional<std::string> filled(const Pattern& pattern, const Arguments& arguments)
{
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : arguments) {
        names.push_back(wide(name));
        if (pattern.counted.contains(name) && is_whole_number(value))
            values.emplace_back(static_cast<int64_t>(std::stoll(value)));
        else
            values.emplace_back(wide(value));
    }
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString wide_text;
    pattern.format->format(names.data(), values.data(), static_cast<int32_t>(names.size()), wide_text, status);
    std::string text;
    if (U_SUCCESS(status)) return wide_text.toUTF8String(text);
    return std::nullopt;
}
} // namespace

struct Strings::Patterns {
    std::array<std::map<std::string, Pattern>, all_languages.size()> of_language; // those said so far
    std::set<std::string> unknown; // keys somebody asked for in vain: `say` hands out references to them
    std::mutex mutex;              // ICU creates plural rules lazily inside a const format

    const Pattern& of(Language language, const std::string& key, const std::string& text)
    {
        auto& known = of_language[static_cast<std::size_t>(language)];
        const auto found = known.find(key);
        return found != known.end() ? found->second : known.emplace(key, compiled(text, language)).first->second;
    }
};

Strings::Strings() : patterns_(std::make_shared<Patterns>()) {}

Expected<Strings> Strings::load(const std::filesystem::path& folder)
{
    Strings strings;
    for (const auto language : all_languages) {
        const auto file = file_of(folder, language);
        const auto words = read(file);
        if (!words) return words.error();
        for (const auto& [key, text] : *words) {
            strings.texts_[key].in(language) = text;
            if (has_arguments(text) && !is_pattern(text))
                return fail(ErrorKind::Corrupt, "check.strings.pattern", {{"key", key}, {"file", file.string()}});
        }
    }
    for (const auto& [key, text] : strings.texts_)
        for (const auto language : all_languages)
            if (text.in(language).empty())
                return fail(ErrorKind::NotFound, "check.strings.missing",
                            {{"key", key}, {"file", file_of(folder, language).string()}});
    return strings;
}

const std::string& Strings::say(Language language, const std::string& key) const
{
    const auto found = texts_.find(key);
    if (found != texts_.end()) return found->second.in(language);
    const std::lock_guard lock{patterns_->mutex};
    return *patterns_->unknown.insert(key).first;
}

std::string Strings::say(Language language, const std::string& key, const Arguments& arguments) const
{
    const auto& text = say(language, key);
    if (!has(key) || !has_arguments(text)) return text;
    const std::lock_guard lock{patterns_->mutex};
    const auto& pattern = patterns_->of(language, key, text);
    return pattern.format ? filled(pattern, arguments).value_or(key) : key;
}

std::string Strings::say(Language language, const Error& error) const
{
    return say(language, error.key, error.arguments);
}

bool Strings::has(const std::string& key) const { return texts_.contains(key); }

} // namespace adal::language
