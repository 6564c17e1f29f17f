#include "app/screens/number_screen.hpp"
#include "app/screens/header.hpp"
#include "app/screens/sign_in.hpp"
#include "app/widgets/parts.hpp"

namespace adal::screens {
namespace {

using namespace widgets;

void digits_plate(Frame& f, const Rect& where, const std::string& typed, const std::string& placeholder)
{
    f.paint().fill(where, f(Token::Surface), radius::card);
    f.paint().border(where, f(Token::Patina), 3, radius::card);
    const Rect inside = where.inset(28, 0);
    if (typed.empty())
        line(f, inside, placeholder, {Type::Lead, Token::Ink2});
    else
        digits(f, inside, typed, {Type::Title, Token::Ink});
}

Stack question(Frame& f, float width, const NumberScreen& screen, const Words& words)
{
    Stack stack(f, width);
    add_steps(f, stack, {words("screen.sign_in.step.number"), words("screen.sign_in.step.pin")}, 0);
    stack.text(words("screen.number.title"), {Type::Title}, 8);
    stack.text(words("screen.number.lead"), {Type::Lead, Token::Ink2}, 28);
    stack.part(88, 16, [&](const Rect& r) { digits_plate(f, r, screen.digits, words("screen.number.placeholder")); });
    stack.notice(screen.notice, 0);
    return stack;
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const NumberScreen& screen, const Words& words)
{
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent, false);
    auto [left, right] = sign_in_sides(f, page.body);

    if (sign_in_exit(f, left, {.id = "number.back", .label = words("screen.number.back"), .kind = Kind::Quiet, .icon = Icon::Left, .small = true}))
        intent = ShowStart{};
    draw_column(f, "number.question", left, [&](float width) { return question(f, width, screen, words); });

    Button confirm{.id = "number.confirm", .label = words("screen.number.confirm"), .kind = Kind::Primary, .arrow = Icon::Right};
    confirm.enabled = screen.can_confirm;
    if (!screen.can_confirm) confirm.reason = words("screen.number.reason");
    if (auto wanted = sign_in_panel(f, right, words, confirm, true)) intent = wanted;
    return intent;
}

} // namespace adal::screens
