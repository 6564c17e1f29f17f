#include "app/widgets/page.hpp"
#include "app/widgets/cards.hpp"
#include "app/widgets/shapes.hpp"
#include <cmath>

namespace adal::widgets {

namespace {

constexpr float gap = 12;

float words_width(Frame& f, std::string_view words, Type type) { return std::ceil(text_width(f, words, type)) + 1; }

bool person(Frame& f, Rect& band, const Header& h)
{
    if (h.person.empty()) return false;
    const bool words = !f.narrow();
    const float width = 48 + (words ? 8 + words_width(f, h.person, Type::HeaderStrong) : 0);
    const Rect where = band.cut_right(width, gap + 4).centred(width, 48);
    const auto touch = f.touch({.id = "header.person",
                                .label = h.person_label.empty() ? h.person : h.person_label,
                                .role = Role::Button,
                                .rect = where});
    tile(f, where.with_width(48), Icon::User, Tone::Copper, true);
    if (words) line(f, {where.x + 56, where.y, width - 56, where.h}, h.person, {Type::HeaderStrong});
    if (touch.ring) focus_ring(f, where, 24);
    return touch.clicked;
}

bool sync(Frame& f, Rect& band, const Header& h)
{
    if (h.saved.empty()) return false;
    const bool words = !f.narrow();
    const float text =
        std::max(words_width(f, h.saved, Type::HeaderStrong), 22 + words_width(f, h.at_hq, Type::HeaderLine));
    const float width = 28 + (words ? gap + text : 0);
    const Rect where = band.cut_right(width, gap + 4).centred(width, 48);
    const auto touch = f.touch({.id = "header.sync",
                                .label = h.sync_label.empty() ? h.saved : h.sync_label,
                                .role = Role::Button,
                                .rect = where,
                                .value = h.at_hq,
                                .reach = words ? 0.F : 8.F});
    f.paint().icon(Icon::Term, {where.x + 14, where.centre().y}, 28, f(Token::Patina));
    if (words) {
        const Rect column{where.x + 28 + gap, where.y + 4, text, 40};
        line(f, column.with_height(20), h.saved, {Type::HeaderStrong});
        f.paint().icon(h.waiting ? Icon::Sync : Icon::Checks, {column.x + 9, column.y + 30}, 18, f(Token::Ink2));
        line(f, {column.x + 22, column.y + 20, text - 22, 20}, h.at_hq, {Type::HeaderLine, Token::Ink2});
    }
    if (touch.ring) focus_ring(f, where, 12);
    return touch.clicked;
}

void who_we_are(Frame& f, Rect band, const Header& h)
{
    mark(f, band.cut_left(48, gap).centred(48, 48));
    const Rect column = band.centred(band.w, 46);
    const float name = std::ceil(text_width(f, "Adal", Type::HeaderName));
    line(f, {column.x, column.y, name + 2, 26}, "Adal", {Type::HeaderName});
    if (!h.demo.empty()) demo_chip(f, {column.x + name + 9, column.y}, h.demo);
    const bool fits = text_width(f, h.place, Type::HeaderLine) <= column.w;
    const auto& place = fits || h.place_short.empty() ? h.place : h.place_short;
    line(f, {column.x, column.y + 26, column.w, 20}, place, {Type::HeaderLine, Token::Ink2});
}

} // namespace

Page page(Frame& f, bool with_footer)
{
    f.paint().fill(f.screen(), f(Token::Ground));
    Page p;
    p.body = f.screen();
    p.header = p.body.cut_top(space::header);
    if (with_footer) p.footer = p.body.cut_bottom(space::footer);
    p.body = p.body.inset(f.margin(), 0);
    return p;
}

void mark(Frame& f, const Rect& where)
{
    const float s = where.w / 48;
    const auto at = [&](float x, float y) { return Point{where.x + x * s, where.y + y * s}; };
    f.paint().fill(where, f(Token::Patina), 12 * s);
    const Colour legs = f(Token::OnPatina);
    f.paint().line(at(12.5F, 38), at(22, 17.5F), legs, 4 * s, true);
    f.paint().line(at(35.5F, 38), at(26, 17.5F), legs, 4 * s, true);
    f.paint().line(at(17, 29.5F), at(31, 29.5F), legs, 4 * s, true);
    const Colour wheel = f.theme().settings().dark ? Colour::hex(0xBF6430) : Colour::hex(0xE39A6B);
    f.paint().ring(at(24, 13.5F), 7 * s, wheel, 3.6F * s);
}

float demo_chip(Frame& f, Point top_left, std::string_view word)
{
    const float width = words_width(f, word, Type::HeaderStrong) + 18;
    const Rect where{top_left.x, top_left.y, width, 26};
    f.paint().border(where, f(Token::CopperLine), 1, 8);
    line(f, where.inset(1, 1), word, {Type::HeaderStrong, Token::Copper, Align::Centre});
    return width;
}

HeaderTouch header(Frame& f, const Header& h)
{
    Rect band = f.screen().with_height(space::header);
    f.paint().fill(band, f(Token::Surface));
    f.paint().fill({band.x, band.bottom() - 1, band.w, 1}, f(Token::Line));
    band = {band.x + 24, band.y, band.w - 40, band.h - 1};
    HeaderTouch touch;
    Rect switches;
    if (!h.languages.empty()) {
        const float width = segmented_width(f, h.languages);
        switches = band.cut_right(width, gap).centred(width, 56);
    }
    const Rect clock = band.cut_right(72, gap);
    if (h.languages.empty()) band.cut_right(4);
    touch.sync = sync(f, band, h);
    touch.person = person(f, band, h);
    who_we_are(f, band, h);
    if (!h.clock.empty()) digits(f, clock, h.clock, {Type::HeaderClock, Token::Ink, Align::Centre});
    if (!h.languages.empty()) touch.language = segmented(f, switches, h.languages, h.language);
    return touch;
}

Footer::Footer(Frame& f, const Rect& footer) : f_(f)
{
    f.paint().fill(footer, f(Token::Ground));
    hairline(f, footer);
    rest_ = footer.inset(f.margin(), 0).centred(footer.w - 2 * f.margin(), space::button);
}

bool Footer::left(const Button& b)
{
    const float width = button_width(f_, b);
    return button(f_, rest_.cut_left(std::min(width, rest_.w), 16), b);
}

bool Footer::right(const Button& b)
{
    const float width = button_width(f_, b);
    return button(f_, rest_.cut_right(std::min(width, rest_.w), f_.narrow() ? 12.F : 16.F), b);
}

bool Footer::middle(const Button& b)
{
    const float width = std::min(button_width(f_, b), rest_.w);
    return button(f_, rest_.centred(width, rest_.h), b);
}

void Footer::note(Icon icon, std::string_view words)
{
    const Style style{Type::Small, Token::Ink2, Align::Centre};
    if (icon == Icon::None)
        line(f_, rest_, words, style);
    else
        icon_line(f_, rest_, icon, words, style);
}

} // namespace adal::widgets
