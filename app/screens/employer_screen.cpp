#include "app/screens/employer_screen.hpp"
#include "app/screens/header.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/parts.hpp"

namespace adal::screens {
namespace {

using namespace widgets;
constexpr Style name_style{Type::Subheading}, unit_style{Type::Note, Token::Ink2};
constexpr float padding = 20, tile_side = 48, chevron = 28;

float words_width(float width) { return width - 2 * padding - tile_side - chevron - 2 * 16; }

float row_height(Frame& f, float width, const EmployerScreen::Row& row)
{
    const float inner = words_width(width);
    return 2 * 16 + std::max(tile_side, text_height(f, inner, row.name, name_style) + text_height(f, inner, row.unit, unit_style));
}

/// Numbered like an answer, and answers to its number's key.
bool employer_row(Frame& f, const Rect& where, const EmployerScreen::Row& row, std::size_t number)
{
    const bool by_key = number <= 9 && f.key(static_cast<window::Key>(static_cast<std::size_t>(window::Key::Digit0) + number));
    const bool tapped = card_button(f, where, "employer.choose." + row.employer.text, row.name + ", " + row.unit);
    Rect inside = where.inset(padding, 16);
    number_tile(f, inside.cut_left(tile_side, 16).centred(tile_side, tile_side), std::to_string(number), false);
    f.paint().icon(Icon::Chev, inside.cut_right(chevron, 16).centre(), 24, f(Token::Ink2));
    const float name = text_height(f, inside.w, row.name, name_style), unit = text_height(f, inside.w, row.unit, unit_style);
    Rect lines = inside.centred(inside.w, name + unit);
    text(f, lines.cut_top(name), row.name, name_style);
    text(f, lines, row.unit, unit_style);
    return by_key || tapped;
}

Stack question(Frame& f, float width, const EmployerScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    Stack stack(f, width);
    stack.text(words("screen.employer.title"), {Type::Title}, 8);
    stack.text(words("screen.employer.lead", {{"number", screen.number}}), {Type::Lead, Token::Ink2}, 28);
    stack.notice(screen.notice, 16);
    for (std::size_t i = 0; i < screen.rows.size(); ++i)
        stack.part(row_height(f, width, screen.rows[i]), space::between_options, [&, i](const Rect& r) {
            if (employer_row(f, r, screen.rows[i], i + 1)) intent = ChooseEmployer{screen.rows[i].employer};
        });
    return stack;
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const EmployerScreen& screen, const Words& words)
{
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent);
    const Rect column = no_wider(page.body, 880).inset(0, f.narrow() ? 24 : 32);
    draw_column(f, "employer.question", column, [&](float width) { return question(f, width, screen, words, intent); });

    Footer foot(f, page.footer);
    if (foot.left({.id = "employer.back", .label = words("screen.number.back"), .icon = Icon::Left})) intent = ShowStart{};
    if (foot.left({.id = "employer.correct_number", .label = words("screen.employer.correct_number"), .kind = Kind::Quiet, .icon = Icon::Pen}))
        intent = CorrectNumber{};
    return intent;
}

} // namespace adal::screens
