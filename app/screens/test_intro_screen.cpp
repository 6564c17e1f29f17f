#include "app/screens/test_intro_screen.hpp"
#include "app/screens/header.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>

namespace adal::screens {
namespace {

using namespace widgets;
constexpr float side = 36, above = 28, usual_air = 9, close_air = 6;

Stack head_of(Frame& f, float width, const TestIntroScreen& screen, const Words& words)
{
    Stack lines(f, width);
    lines.text(screen.title, {Type::CardTitle}, 2);
    lines.text(words("screen.test_intro.lead"), {Type::Note, Token::Ink2}, 0);
    return lines;
}

/// A rule a row, with hairlines between.
void add_rules(Stack& stack, Frame& f, const std::vector<std::string>& rules, float air)
{
    constexpr float indent = 32;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const float height = text_height(f, stack.width() - indent, rules[i], {Type::Body}) + 2 * air;
        stack.part(height, i + 1 == rules.size() ? 10.F : 0.F, [&f, &rule = rules[i], air, is_first = i == 0](Rect row) {
            if (!is_first) hairline(f, row);
            row = row.inset(0, air);
            const Rect corner = row.cut_left(indent).with_height(line_height(f, Type::Body));
            f.paint().circle({corner.x + 8, corner.centre().y}, 4, f(Token::CopperFill));
            text(f, row, rule, {Type::Body});
        });
    }
}

/// `air` stands above and below each rule.
Stack inside_of(Frame& f, float width, const TestIntroScreen& screen, const Words& words, float air)
{
    constexpr float tile_room = 48 + 16;
    Stack stack(f, width);
    const Stack head = head_of(f, width - tile_room, screen, words);
    stack.part(std::max(48.F, head.height()), 20, [&f, head](Rect where) {
        tile(f, where.cut_left(48, 16).with_height(48), Icon::Test, Tone::Copper);
        head.draw(where);
    });
    stack.notice(screen.notice, 16);
    add_rules(stack, f, screen.rules, air);
    if (screen.can_start) stack.icon_text(Icon::Clock, words("screen.test_intro.note"), {Type::SmallStrong, Token::Copper}, 0);
    return stack;
}

/// As high as its rules, in the middle of the page; they scroll inside it only if they must.
void draw_card(Frame& f, const Rect& body, const TestIntroScreen& screen, const Words& words)
{
    const auto height_with = [&](float air) { return inside_of(f, body.w - 2 * side, screen, words, air).height() + 2 * above; };
    const float air = height_with(usual_air) <= body.h ? usual_air : close_air;
    const float height = height_with(air);
    const Rect place = body.centred(body.w, std::min(body.h, height));
    card(f, place);
    Rect view = place.inset(side, above);
    if (height > body.h) view.w += side - 8; // the bar keeps to the card's edge
    draw_column(f, "test_intro.rules", view, [&](float width) { return inside_of(f, width, screen, words, air); });
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const TestIntroScreen& screen, const Words& words)
{
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent);
    draw_card(f, no_wider(page.body.inset(0, 16), 880 + 80 * static_cast<float>(f.theme().settings().text_size - 1)), screen, words);

    Footer foot(f, page.footer);
    if (foot.left({.id = "test_intro.later", .label = words("screen.test_intro.later"), .icon = Icon::Left})) intent = ShowDuties{};
    Button start{.id = "test_intro.start", .label = words("screen.test_intro.start"), .kind = Kind::Primary, .arrow = Icon::Right};
    start.enabled = screen.can_start;
    if (foot.right(start)) intent = StartTest{screen.duty};
    return intent;
}

} // namespace adal::screens
