#include "app/screens/secret_screen.hpp"
#include "app/screens/code_keypad.hpp"
#include "app/screens/header.hpp"
#include "app/screens/sign_in.hpp"
#include "app/widgets/parts.hpp"

namespace adal::screens {
namespace {

using namespace widgets;

std::string key(SecretPurpose purpose, const char* what)
{
    constexpr std::array names{"one_time_code", "pin", "new_pin", "repeat_pin"};
    return std::string("screen.secret.") + names[static_cast<std::size_t>(purpose)] + "." + what;
}

Code code_of(const SecretScreen& screen)
{
    return {.typed = screen.typed,
            .needed = screen.needed,
            .wait_seconds = screen.wait_seconds,
            .is_locked = screen.is_locked,
            .can_confirm = screen.can_confirm,
            .is_wrong = screen.notice && screen.notice->is_grave};
}

void add_steps(Frame& f, Stack& stack, SecretPurpose purpose, const Words& words)
{
    const auto number = words("screen.sign_in.step.number");
    if (purpose == SecretPurpose::Pin) return add_steps(f, stack, {number, words("screen.sign_in.step.pin")}, 1);
    add_steps(f, stack, {number, words("screen.sign_in.step.code"), words("screen.sign_in.step.new_pin")},
              purpose == SecretPurpose::OneTimeCode ? 1 : 2);
}

Button change_button(const Words& words)
{
    return {.id = "secret.correct_number",
            .label = words("screen.secret.correct_number"),
            .kind = Kind::Quiet,
            .icon = Icon::Pen,
            .small = true};
}

float number_card_height(Frame& f) { return 32 + std::max(56.F, line_height(f, Type::Small) + line_height(f, Type::Heading)); }

/// Whose code is asked for, and the way back to another number.
void number_card(Frame& f, const Rect& where, const SecretScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    card(f, where);
    Rect row = where.inset(0, 16);
    row.cut_left(20);
    row.cut_right(16);
    tile(f, row.cut_left(48, 16).centred(48, 48), Icon::Badge, Tone::Copper);
    const auto change = change_button(words);
    if (button(f, row.cut_right(button_width(f, change), 8).centred(button_width(f, change), space::button_small), change))
        intent = CorrectNumber{};
    Rect lines = row.centred(row.w, line_height(f, Type::Small) + line_height(f, Type::Heading));
    line(f, lines.cut_top(line_height(f, Type::Small)), words("screen.sign_in.step.number"), {Type::Small, Token::Ink2});
    line(f, lines, screen.number, {Type::Heading});
}

Stack question(Frame& f, float width, const SecretScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    const auto needed = std::to_string(screen.needed);
    Stack stack(f, width);
    add_steps(f, stack, screen.purpose, words);
    stack.text(words(key(screen.purpose, "title")), {Type::Title}, 8);
    stack.text(words(key(screen.purpose, "lead"), {{"needed", needed}}), {Type::Lead, Token::Ink2}, 28);
    stack.part(number_card_height(f), 16, [&](const Rect& r) { number_card(f, r, screen, words, intent); });
    stack.part(90, 16, [&](const Rect& r) { code_dots(f, r, code_of(screen), words, false); });
    stack.notice(screen.notice, 0);
    return stack;
}

Button confirm_button(const SecretScreen& screen, const Words& words)
{
    Button confirm{.id = "secret.confirm", .label = words(key(screen.purpose, "confirm")), .kind = Kind::Primary, .arrow = Icon::Right};
    confirm.enabled = screen.can_confirm;
    confirm.reason = why_closed(code_of(screen), words);
    return confirm;
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const SecretScreen& screen, const Words& words)
{
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent, false);
    auto [left, right] = sign_in_sides(f, page.body);

    if (sign_in_exit(f, left, {.id = "secret.not_me", .label = words("screen.secret.not_me"), .kind = Kind::Quiet, .icon = Icon::X, .small = true}))
        intent = NotMe{};
    draw_column(f, "secret.question", left, [&](float width) { return question(f, width, screen, words, intent); });
    if (auto wanted = sign_in_panel(f, right, words, confirm_button(screen, words), code_of(screen).takes_digits())) intent = wanted;
    return intent;
}

} // namespace adal::screens
