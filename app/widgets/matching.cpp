#include "app/widgets/options.hpp"
#include "app/widgets/shapes.hpp"
#include <algorithm>

namespace adal::widgets {

namespace {

constexpr float slot = 48, gap = 16;

Style words(const MatchRow& row) { return {row.look == MatchLook::Active ? Type::OptionChosen : Type::Option}; }

Touch row_plate(Frame& f, const Rect& where, const MatchRow& row, Token matched)
{
    const auto touch =
        f.touch({.id = row.id,
                 .label = row.text,
                 .role = Role::Option,
                 .rect = where,
                 .value = row.number,
                 .selected = row.look == MatchLook::Active,
                 .shortened = text_height(f, where.w - 42 - slot - gap, row.text, words(row)) > where.h - 8});
    if (row.look == MatchLook::Active)
        plate(f, where, Token::CopperTint, Token::CopperFill, 3, radius::option);
    else if (row.look == MatchLook::Matched)
        plate(f, where, matched, Token::PatinaLine, 2, radius::option);
    else
        plate(f, where, touch.held ? Token::Sunken : Token::Surface, Token::Edge, 2, radius::option);
    if (touch.ring) focus_ring(f, where, radius::option);
    return touch;
}

void row_words(Frame& f, const Rect& in, const MatchRow& row)
{
    const float height = text_height(f, in.w, row.text, words(row));
    text(f, in.centred(in.w, height), row.text, words(row));
}

} // namespace

float match_height(Frame& f, float width, std::string_view text)
{
    return std::max(space::option_wide, text_height(f, width - 42 - slot - gap - 40, text, {Type::OptionChosen}) + 24);
}

bool match_left(Frame& f, const Rect& where, const MatchRow& row)
{
    const auto touch = row_plate(f, where, row, Token::Surface);
    Rect in = where.inset(22, 0);
    const Rect place = in.cut_right(slot, gap).centred(slot, slot);
    if (row.number.empty()) {
        plate(f, place, Token::Surface, row.look == MatchLook::Active ? Token::CopperFill : Token::Line, 2, 12);
        if (row.look == MatchLook::Active) line(f, place, "?", {Type::NumberTile, Token::Ink, Align::Centre});
    } else {
        number_tile(f, place, row.number, true);
    }
    row_words(f, in, row);
    return touch.clicked;
}

bool match_right(Frame& f, const Rect& where, const MatchRow& row)
{
    const auto touch = row_plate(f, where, row, Token::PatinaTint);
    Rect in{where.x + 18, where.y, where.w - 40, where.h};
    number_tile(f, in.cut_left(slot, gap).centred(slot, slot), row.number, row.look == MatchLook::Matched);
    if (row.look == MatchLook::Matched)
        f.paint().icon(Icon::Link, in.cut_right(24, gap).centre(), 24, f(Token::Patina));
    row_words(f, in, row);
    return touch.clicked;
}

void match_curve(Frame& f, const Rect& left, const Rect& right)
{
    const Point from{left.right() + 2, left.centre().y}, to{right.x - 2, right.centre().y};
    const float bend = (to.x - from.x) * 0.5F;
    const Colour colour = f(Token::Patina);
    f.paint().curve(from, {from.x + bend, from.y}, {to.x - bend, to.y}, to, colour, 3);
    f.paint().circle(from, 6, colour);
    f.paint().circle(to, 6, colour);
}

} // namespace adal::widgets
