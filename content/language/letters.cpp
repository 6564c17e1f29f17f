#include "content/language/letters.hpp"
#include <array>
#include <cassert>
#include <memory>
#include <optional>
#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>
#include <utility>

namespace adal::language {
namespace {

const icu::Normalizer2& nfc()
{
    UErrorCode status = U_ZERO_ERROR;
    const auto* instance = icu::Normalizer2::getNFCInstance(status);
    assert(U_SUCCESS(status));
    return *instance;
}

// Strict, unlike UnicodeString::fromUTF8, which quietly puts replacement characters.
std::optional<icu::UnicodeString> decoded(std::string_view text)
{
    icu::UnicodeString result;
    const auto capacity = static_cast<int32_t>(text.size()) + 1; // UTF-16 never needs more units than UTF-8 has bytes
    char16_t* buffer = result.getBuffer(capacity);
    int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(buffer, capacity, &length, text.data(), static_cast<int32_t>(text.size()), &status);
    result.releaseBuffer(U_SUCCESS(status) ? length : 0);
    return U_SUCCESS(status) ? std::optional{result} : std::nullopt;
}

std::string encoded(const icu::UnicodeString& text)
{
    std::string result;
    text.toUTF8String(result);
    return result;
}

using Collators = std::array<std::unique_ptr<icu::Collator>, all_languages.size()>;

// Const use of a collator is safe from several threads.
const icu::Collator& collator(Language language)
{
    static const Collators collators = [] {
        Collators made;
        for (const auto each : all_languages) {
            UErrorCode status = U_ZERO_ERROR;
            const icu::Locale locale{std::string{code(each)}.c_str()};
            made[static_cast<std::size_t>(each)].reset(icu::Collator::createInstance(locale, status));
            assert(U_SUCCESS(status));
        }
        return made;
    }();
    return *collators[static_cast<std::size_t>(language)];
}

char16_t stand_in(char16_t letter)
{
    static constexpr std::u16string_view written = u"әқіңөұүғһё", found = u"акиноуугхе";
    static_assert(written.size() == found.size());
    const auto at = written.find(letter);
    return at == std::u16string_view::npos ? letter : found[at];
}
} // namespace

Expected<std::string> normalised(std::string_view text)
{
    const auto unicode = decoded(text);
    if (!unicode) return fail(ErrorKind::InvalidInput, "check.text.not_utf8");
    UErrorCode status = U_ZERO_ERROR;
    const auto result = nfc().normalize(*unicode, status);
    assert(U_SUCCESS(status));
    return encoded(result);
}

Expected<std::string> single_spaced(std::string_view text)
{
    auto composed = normalised(text);
    if (!composed) return composed;
    icu::UnicodeString result;
    bool has_blank = false;
    const auto unicode = icu::UnicodeString::fromUTF8(*composed);
    for (int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
        const auto letter = unicode.char32At(i);
        if (u_isUWhiteSpace(letter)) {
            has_blank = !result.isEmpty();
            continue;
        }
        if (u_iscntrl(letter) || u_charType(letter) == U_FORMAT_CHAR) continue;
        if (std::exchange(has_blank, false)) result.append(u' ');
        result.append(letter);
    }
    return encoded(result);
}

bool is_normalised(std::string_view text)
{
    const auto result = normalised(text);
    return result && *result == text;
}

Bytes sort_key(std::string_view text, Language language)
{
    const auto unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
    const auto size = collator(language).getSortKey(unicode, nullptr, 0);
    Bytes key(static_cast<std::size_t>(size));
    collator(language).getSortKey(unicode, key.data(), size);
    if (!key.empty()) key.pop_back(); // ICU's closing zero; the order is the same without it
    return key;
}

std::string lowered(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    auto unicode =
        nfc().normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}), status);
    assert(U_SUCCESS(status));
    return encoded(unicode.toLower(icu::Locale::getRoot()));
}

std::string folded(std::string_view text)
{
    auto unicode = icu::UnicodeString::fromUTF8(lowered(text));
    for (int32_t i = 0; i < unicode.length(); ++i) unicode.setCharAt(i, stand_in(unicode.charAt(i)));
    return encoded(unicode);
}

} // namespace adal::language
