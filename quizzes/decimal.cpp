#include "quizzes/decimal.hpp"

namespace adal::quizzes {
namespace {

constexpr int places = 6;
constexpr std::int64_t one = 1'000'000, largest = 1'000'000'000'000;

/// Removes a blank at the front: the space, the tabulator, and the no-break spaces that keyboards and word processors set between thousands.
bool skip_blank(std::string_view& text)
{
    for (const std::string_view blank : {" ", "\t", "\u00A0", "\u202F", "\u2009"})
        if (text.starts_with(blank)) return text.remove_prefix(blank.size()), true;
    return false;
}

bool skip_sign(std::string_view& text)
{
    for (const std::string_view minus : {"-", "\u2212"})
        if (text.starts_with(minus)) return text.remove_prefix(minus.size()), true;
    if (text.starts_with('+')) text.remove_prefix(1);
    return false;
}

struct Digits {
    std::int64_t value = 0;
    int count = 0;
};

/// Digits, with blanks between them where they are allowed; nothing if they are too many.
std::optional<Digits> take_digits(std::string_view& text, int most, bool with_blanks)
{
    Digits digits;
    while (!text.empty()) {
        auto rest = text;
        while (with_blanks && digits.count > 0 && skip_blank(rest)) {}
        if (rest.empty() || rest.front() < '0' || rest.front() > '9') break;
        if (++digits.count > most) return std::nullopt;
        digits.value = digits.value * 10 + (rest.front() - '0');
        text = rest.substr(1);
    }
    return digits;
}

} // namespace

std::optional<Decimal> decimal_from(std::string_view text)
{
    while (skip_blank(text)) {}
    const bool is_negative = skip_sign(text);
    const auto whole = take_digits(text, 13, true);
    if (!whole || whole->value > largest) return std::nullopt;
    Digits fraction;
    if (text.starts_with('.') || text.starts_with(',')) {
        text.remove_prefix(1);
        const auto taken = take_digits(text, places, false);
        if (!taken || taken->count == 0) return std::nullopt;
        fraction = *taken;
    }
    while (skip_blank(text)) {}
    if (!text.empty() || whole->count == 0) return std::nullopt;
    for (auto i = fraction.count; i < places; ++i) fraction.value *= 10;
    const auto size = whole->value * one + fraction.value;
    return Decimal{is_negative ? -size : size};
}

std::string to_text(Decimal number)
{
    const auto size = number.millionths < 0 ? -number.millionths : number.millionths;
    auto text = (number.millionths < 0 ? "-" : "") + std::to_string(size / one);
    auto fraction = std::to_string(one + size % one).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return fraction.empty() ? text : text + "." + fraction;
}

} // namespace adal::quizzes
