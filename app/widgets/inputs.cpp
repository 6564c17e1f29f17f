#include "app/widgets/inputs.hpp"
#include "app/widgets/shapes.hpp"
#include "app/widgets/state.hpp"
#include <algorithm>
#include <cmath>

namespace adal::widgets {

namespace {

using window::Key;

constexpr float label_height = 30, error_height = 30;

void centred_text(Frame& f, const Rect& where, std::string_view words, TypeSize size, Colour colour)
{
    const float width = f.paint().text_width(words, size.font);
    f.paint().text(
        {where.centre().x - width / 2, where.centre().y - size.line / 2 + f.paint().baseline(size.font, size.line)},
        words, size.font, colour);
}

bool digit_key(Frame& f, const Rect& where, const Keypad& pad, std::string_view digit)
{
    const auto touch = f.touch({.id = pad.id + "." + std::string(digit),
                                .label = std::string(digit),
                                .role = Role::Key,
                                .rect = where,
                                .enabled = pad.enabled});
    if (touch.held) {
        plate(f, where, Token::PatinaTint, Token::Patina, 2, radius::key);
    } else {
        f.paint().fill(where.moved(0, 2), f(Token::Line), radius::key);
        plate(f, where, pad.enabled ? Token::Surface : Token::Off, Token::Line, 1, radius::key);
    }
    centred_text(f, touch.held ? where.moved(0, 1) : where, digit, f.theme()(Type::Digit),
                 f(pad.enabled ? Token::Ink : Token::OffInk));
    if (touch.ring) focus_ring(f, where, radius::key);
    return touch.clicked;
}

bool bare_key(Frame& f, const Rect& where, const Keypad& pad, std::string_view name, std::string_view words, Icon icon)
{
    const auto touch = f.touch({.id = pad.id + "." + std::string(name),
                                .label = std::string(words),
                                .role = Role::Key,
                                .rect = where,
                                .enabled = pad.enabled});
    if (touch.held) f.paint().fill(where, f(Token::Sunken), radius::key);
    const Rect inside = touch.held ? where.moved(0, 1) : where;
    const Colour ink = f(pad.enabled ? Token::Patina : Token::OffInk);
    if (icon == Icon::None)
        centred_text(f, inside, words, f.theme()(Type::ButtonSmall), ink);
    else
        f.paint().icon(icon, inside.centre(), 32, ink);
    if (touch.ring) focus_ring(f, where.inset(6), radius::key - 6);
    return touch.clicked;
}

std::optional<KeypadKey> heard(Frame& f)
{
    for (int digit = 0; digit <= 9; ++digit)
        if (f.key(static_cast<Key>(static_cast<int>(Key::Digit0) + digit))) return static_cast<KeypadKey>(digit);
    if (f.key(Key::Backspace)) return KeypadKey::Erase;
    if (f.key(Key::Delete)) return KeypadKey::Clear;
    return std::nullopt;
}

std::size_t letters(std::string_view utf8)
{
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void erase_last(std::string& value)
{
    while (!value.empty()) {
        const bool tail = (static_cast<unsigned char>(value.back()) & 0xC0U) == 0x80U;
        value.pop_back();
        if (!tail) return;
    }
}

/// One letter at a time, so that what is too much is left out and nothing is cut within a letter.
bool add_typed(std::string& value, std::string_view typed, const Field& field)
{
    bool changed = false;
    while (!typed.empty()) {
        std::size_t end = 1;
        while (end < typed.size() && (static_cast<unsigned char>(typed[end]) & 0xC0U) == 0x80U) ++end;
        const auto letter = typed.substr(0, end);
        typed.remove_prefix(end);
        const bool digit = letter[0] >= '0' && letter[0] <= '9', control = static_cast<unsigned char>(letter[0]) < 0x20;
        if (control || (field.digits_only && !digit) || letters(value) >= field.most) continue;
        value += letter;
        changed = true;
    }
    return changed;
}

void field_plate(Frame& f, const Rect& box, const Field& field, bool focused)
{
    const Token line = !field.error.empty() ? Token::Alarm
                       : focused            ? Token::Patina
                       : field.enabled      ? Token::Edge
                                            : Token::Line;
    plate(f, box, field.enabled ? Token::Surface : Token::Off, line, focused || !field.error.empty() ? 3 : 2,
          radius::icon_button);
}

/// The end of the text stays in sight, because that is where one types.
void field_text(Frame& f, Rect in, const Field& field, const std::string& value, bool focused)
{
    const auto size = f.theme()(Type::Lead);
    const float baseline = in.centre().y - size.line / 2 + f.paint().baseline(size.font, size.line);
    const float width = f.paint().text_width(value, size.font), x = in.x - std::max(0.F, width + 4 - in.w);
    f.paint().push_clip(in);
    if (value.empty())
        f.paint().text({in.x, baseline}, field.placeholder, size.font, f(Token::Ink2));
    else
        f.paint().text({x, baseline}, value, size.font, f(field.enabled ? Token::Ink : Token::OffInk));
    if (focused) f.paint().fill({std::round(x + width) + 1, in.centre().y - 14, 2, 28}, f(Token::Patina));
    f.paint().pop_clip();
}

} // namespace

float keypad_height(float key_height, float gap) { return 4 * key_height + 3 * gap + 2; }

std::optional<KeypadKey> keypad(Frame& f, const Rect& where, const Keypad& pad)
{
    std::optional<KeypadKey> pressed = pad.enabled ? heard(f) : std::nullopt;
    const float height = (where.h - 2 - 3 * pad.gap) / 4;
    const auto cell = [&](std::size_t i) { return where.cell(i, 3, height, pad.gap, pad.gap); };
    constexpr std::string_view digits = "1234567890";
    for (std::size_t i = 0; i < 9; ++i)
        if (digit_key(f, cell(i), pad, digits.substr(i, 1))) pressed = static_cast<KeypadKey>(i + 1);
    if (bare_key(f, cell(9), pad, "clear", pad.clear, Icon::None)) pressed = KeypadKey::Clear;
    if (digit_key(f, cell(10), pad, "0")) pressed = KeypadKey::Digit0;
    if (bare_key(f, cell(11), pad, "erase", pad.erase, Icon::Back)) pressed = KeypadKey::Erase;
    if (pressed) f.again();
    return pressed;
}

bool press(std::string& digits, KeypadKey key, std::size_t most)
{
    const auto before = digits;
    if (key == KeypadKey::Clear)
        digits.clear();
    else if (key == KeypadKey::Erase)
        erase_last(digits);
    else if (digits.size() < most)
        digits += static_cast<char>('0' + static_cast<int>(key));
    return digits != before;
}

void pin_dots(Frame& f, const Rect& where, const PinDots& pin)
{
    const Token ink = pin.wrong ? Token::Alarm : Token::Patina;
    if (!pin.compact) rest_shadow(f, where, radius::card);
    plate(f, where, Token::Surface, ink, 3, pin.compact ? radius::icon_button : radius::card);
    const float side = pin.compact ? 22 : 28;
    Rect in = where.inset(pin.compact ? 19.F : 31.F, 0);
    const float words = std::ceil(text_width(f, pin.words, Type::NoteStrong)) + 2;
    line(f, in.cut_right(words, 8), pin.words, {Type::NoteStrong, ink, Align::Right});
    if (pin.compact && pin.filled >= pin.total) f.paint().icon(Icon::Check, in.cut_right(24, 8).centre(), 24, f(ink));
    const float gap =
        std::min(20.F, (in.w - side * static_cast<float>(pin.total)) / static_cast<float>(std::max(1, pin.total - 1)));
    for (int i = 0; i < pin.total; ++i) {
        const Point centre = in.cut_left(side, gap).centre();
        if (i < pin.filled)
            f.paint().circle(centre, side / 2, f(ink));
        else
            f.paint().ring(centre, side / 2, f(Token::Edge), 2);
    }
    f.show({.id = "pin", .label = pin.words, .role = Role::Status, .rect = where, .value = std::to_string(pin.filled)});
}

float field_height(const Field& field)
{
    return (field.label.empty() ? 0 : label_height) + 64 + (field.error.empty() ? 0 : error_height);
}

FieldTouch field(Frame& f, const Rect& where, const Field& field, std::string& value)
{
    Rect in = where;
    if (!field.label.empty()) line(f, in.cut_top(24, label_height - 24), field.label, {Type::SmallStrong});
    const Rect box = in.cut_top(64, 6);
    FieldTouch result;
    const bool focused = field.enabled && f.has_focus(field.id) && f.on_top();
    if (focused) {
        result.changed = add_typed(value, f.input().typed, field);
        if (f.input().has(Key::Backspace) && !value.empty()) erase_last(value), result.changed = true;
        if (f.input().has(Key::Delete) && !value.empty()) value.clear(), result.changed = true;
        result.entered = f.input().has(Key::Enter);
        if (result.changed || result.entered) f.again();
    }
    f.touch({.id = field.id,
             .label = field.label.empty() ? field.placeholder : field.label,
             .role = Role::Field,
             .rect = box,
             .value = value,
             .enabled = field.enabled});
    field_plate(f, box, field, focused);
    Rect inside = box.inset(20, 3);
    if (field.icon != Icon::None) f.paint().icon(field.icon, inside.cut_left(24, 12).centre(), 24, f(Token::Ink2));
    field_text(f, inside, field, value, focused);
    if (!field.error.empty())
        icon_line(f, in.with_height(24), Icon::Alert, field.error, {Type::SmallStrong, Token::Alarm});
    return result;
}

} // namespace adal::widgets
