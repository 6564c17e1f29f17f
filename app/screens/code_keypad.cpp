#include "app/screens/code_keypad.hpp"

namespace adal::screens {

std::optional<Intent> code_keypad(widgets::Frame& f, const widgets::Rect& where, const Words& words, bool enabled, float gap)
{
    using widgets::KeypadKey;
    const auto key = widgets::keypad(
        f, where, {.clear = words("screen.keypad.clear"), .erase = words("screen.keypad.erase"), .enabled = enabled, .gap = gap});
    if (!key) return std::nullopt;
    if (*key == KeypadKey::Clear) return ClearDigits{};
    if (*key == KeypadKey::Erase) return EraseDigit{};
    return TypeDigit{static_cast<int>(*key)};
}

void code_dots(widgets::Frame& f, const widgets::Rect& where, const Code& code, const Words& words, bool compact)
{
    const auto typed = std::to_string(code.typed), needed = std::to_string(code.needed);
    auto count = compact ? typed + " / " + needed : words("screen.code.count", {{"typed", typed}, {"needed", needed}});
    widgets::pin_dots(
        f, where, {.filled = code.typed, .total = code.needed, .words = std::move(count), .wrong = code.is_wrong, .compact = compact});
}

std::string why_closed(const Code& code, const Words& words)
{
    if (code.can_confirm) return {};
    if (code.is_locked) return words("screen.code.locked");
    if (code.wait_seconds > 0) return words("screen.code.wait", {{"seconds", std::to_string(code.wait_seconds)}});
    return words("screen.code.reason", {{"needed", std::to_string(code.needed)}});
}

} // namespace adal::screens
