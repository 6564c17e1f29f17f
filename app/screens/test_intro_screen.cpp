#include "app/screens/test_intro_screen.hpp"
#include "app/screens/header.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>

namespace adal::screens {
namespace {

using namespace widgets;
constexpr float side = 36;

Stack head_of(Frame& f, float width, const TestIntroScreen& screen, const Words& words)
{
    Stack lines(f, width);
    lines.text(screen.title, {Type::CardTitle}, 2);
    lines.text(words("screen.test_intro.lead"), {Type::Note, Token::Ink2}, 0);
    return lines;
}

/// A rule a row, with hairlines between.
void add_rules(Stack& stack, Frame& f, const std::vector<std::string>& rules)
{
    constexpr float indent = 32, air = 13;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const float height = text_height(f, stack.width() - indent, rules[i], {Type::Body}) + 2 * air;
        stack.part(height, 0, [&f, &rule = rules[i], is_first = i == 0](Rect row) {
            if (!is_first) hairline(f, row);
            row = row.inset(0, air);
            const Rect corner = row.cut_left(indent).with_height(line_height(f, Type::Body));
            f.paint().circle({corner.x + 8, corner.centre().y}, 4, f(Token::CopperFill));
            text(f, row, rule, {Type::Body});
        });
    }
}

Stack inside_of(Frame& f, float width, const TestIntroScreen& screen, const Words& words)
{
    constexpr float tile_room = 48 + 16;
    Stack stack(f, width);
    const Stack head = head_of(f, width - tile_room, screen, words);
    stack.part(std::max(48.F, head.height()), 20, [&f, head](Rect where) {
        tile(f, where.cut_left(48, 16).with_height(48), Icon::Test, Tone::Copper);
        head.draw(where);
    });
    stack.notice(screen.notice, 16);
    add_rules(stack, f, screen.rules);
    return stack;
}

Stack card_of(Frame& f, float width, const TestIntroScreen& screen, const Words& words)
{
    Stack stack(f, width);
    const Stack inside = inside_of(f, width - 2 * side, screen, words);
    stack.part(inside.height() + 28 + side, 0, [&f, inside](const Rect& where) {
        card(f, where);
        inside.draw({where.x + side, where.y + side, where.w - 2 * side, where.h - side - 28});
    });
    return stack;
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const TestIntroScreen& screen, const Words& words)
{
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent);
    const Rect body = no_wider(page.body.inset(0, 20), 760 + 80 * static_cast<float>(f.theme().settings().text_size - 1));
    const float height = card_of(f, body.w, screen, words).height();
    const Rect place = height < body.h ? body.centred(body.w, height) : body;
    draw_column(f, "test_intro.card", place, [&](float width) { return card_of(f, width, screen, words); });

    Footer foot(f, page.footer);
    if (foot.left({.id = "test_intro.later", .label = words("screen.test_intro.later"), .icon = Icon::Back})) intent = ShowDuties{};
    Button start{.id = "test_intro.start", .label = words("screen.test_intro.start"), .kind = Kind::Primary, .arrow = Icon::Right};
    start.enabled = screen.can_start;
    if (foot.right(start)) intent = StartTest{screen.duty};
    if (screen.can_start) foot.note(Icon::Clock, words("screen.test_intro.note"));
    return intent;
}

} // namespace adal::screens
