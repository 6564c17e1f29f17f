#include "app/widgets/cards.hpp"
#include "app/widgets/shapes.hpp"
#include <algorithm>
#include <cmath>

namespace adal::widgets {

namespace {

void row_head(Frame& f, Rect& in, const ListRow& row)
{
    if (!row.plate.empty()) {
        const Rect place = in.cut_left(64, 16).centred(64, 48);
        f.paint().fill(place, f(tint_of(row.tone)), radius::chip);
        const Font font{Weight::Bold, 20};
        const float width = f.paint().text_width(row.plate, font);
        f.paint().text({place.centre().x - width / 2, place.centre().y - 12 + f.paint().baseline(font, 24)}, row.plate,
                       font, f(ink_of(row.tone)));
    } else if (row.icon != Icon::None) {
        tile(f, in.cut_left(48, 16).centred(48, 48), row.icon, row.tone);
    }
}

} // namespace

bool list_row(Frame& f, const Rect& where, const ListRow& row)
{
    const auto touch = f.touch({.id = row.id,
                                .label = row.title,
                                .role = Role::Button,
                                .rect = where,
                                .value = row.note,
                                .enabled = row.enabled,
                                .selected = row.selected});
    const Token fill = row.selected ? Token::PatinaTint : touch.held ? Token::Sunken : Token::Surface;
    plate(f, where, fill, row.selected ? Token::Patina : Token::Line, row.selected ? 3 : 2, radius::button);
    Rect in{where.x + 14, where.y + 8, where.w - 30, where.h - 16};
    if (touch.held) in = in.moved(0, 1);
    row_head(f, in, row);
    if (row.end != Icon::None) f.paint().icon(row.end, in.cut_right(24, 8).centre(), 24, f(Token::Ink));
    const Style strong{Type::NoteStrong, row.enabled ? Token::Ink : Token::OffInk, Align::Left, 0,
                       row.note.empty() ? 0.F : 24.F};
    const Style plain{Type::Small, Token::Ink2};
    const float title_h = text_height(f, in.w, row.title, strong), note_h = text_height(f, in.w, row.note, plain);
    in = in.centred(in.w, std::min(in.h, title_h + note_h));
    text(f, in.cut_top(title_h), row.title, strong);
    text(f, in, row.note, plain);
    if (touch.ring) focus_ring(f, where, radius::button);
    return touch.clicked;
}

float fact_row(Frame& f, const Rect& where, Icon icon, std::string_view name, std::string_view value, float name_width)
{
    const Style strong{Type::NoteMedium, Token::Ink, Align::Left, 0,
                       std::max(24.F, line_height(f, Type::NoteMedium) - 2)};
    const float room = where.w - 36 - name_width - 12;
    const float value_h = text_height(f, room, value, strong);
    const float name_h = text_height(f, name_width, name, {Type::Small});
    const float height = std::max(44.F, std::max(value_h, name_h) + 16);
    Rect row = where.with_height(height);
    f.paint().icon(icon, {row.x + 12, row.centre().y}, 24, f(Token::Ink2));
    row.cut_left(24, 12);
    const Rect left = row.cut_left(name_width, 12);
    text(f, left.centred(left.w, name_h), name, {Type::Small, Token::Ink2});
    text(f, row.centred(row.w, value_h), value, strong);
    return height;
}

bool contents_row(Frame& f, const Rect& where, const ContentsRow& row)
{
    const auto touch = f.touch({.id = row.id,
                                .label = row.title,
                                .role = Role::Button,
                                .rect = where,
                                .value = row.number,
                                .enabled = row.enabled,
                                .selected = row.current});
    if (row.current || touch.held) f.paint().fill(where, f(row.current ? Token::PatinaTint : Token::Sunken), 12);
    Rect in = where.inset(12, 0);
    const auto number = row.current ? Style{Type::NoteStrong, Token::Patina} : Style{Type::Note, Token::Ink2};
    line(f, in.cut_left(24, 12), row.number, number);
    const Icon end = row.current ? Icon::Right : row.done ? Icon::Check : Icon::None;
    f.paint().icon(end, in.cut_right(22, 8).centre(), 22, f(Token::Patina));
    Style style{row.current ? Type::NoteStrong : Type::Note, row.enabled ? Token::Ink : Token::OffInk, Align::Left, 3};
    style.line = std::floor(line_height(f, style.type) * 0.86F);
    const float height = text_height(f, in.w, row.title, style);
    text(f, in.centred(in.w, height), row.title, style);
    if (touch.ring) focus_ring(f, where.inset(4), 8);
    return touch.clicked;
}

} // namespace adal::widgets
