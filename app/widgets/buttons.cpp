#include "app/widgets/buttons.hpp"
#include "app/widgets/shapes.hpp"
#include "app/widgets/state.hpp"
#include <cmath>

namespace adal::widgets {

namespace {

constexpr float between = 12; // icon and label
constexpr float primary_width = 280, primary_width_narrow = 220;

struct Look {
    Token fill = Token::Surface, line = Token::Edge, ink = Token::Ink;
    float border = 2;
    bool plate = true, shadow = false;
};

Look quiet_look(const Button& b, bool held)
{
    Look look;
    look.ink = b.enabled ? ink_of(b.tone) : Token::OffInk;
    look.plate = held;
    look.fill = look.line = Token::Sunken;
    return look;
}

Look look_of(const Button& b, bool held)
{
    if (b.kind == Kind::Quiet) return quiet_look(b, held);
    if (!b.enabled) return {Token::Off, Token::Line, Token::OffInk};
    switch (b.kind) {
    case Kind::Primary: {
        const Token fill = held ? Token::PatinaDown : Token::Patina;
        return {fill, fill, Token::OnPatina, 0, true, !held};
    }
    case Kind::Grave:
        return {held ? Token::AlarmTint : Token::Surface, Token::AlarmLine, Token::Alarm};
    default:
        return {held ? Token::Sunken : Token::Surface, Token::Edge, Token::Ink};
    }
}

float radius_of(const Button& b, const Rect& where)
{
    if (b.small) return radius::icon_button;
    return where.h >= 80 ? 20 : radius::button;
}

Type type_of(const Button& b) { return b.small ? Type::ButtonSmall : Type::Button; }
int icon_size(const Button& b) { return b.small ? 22 : 24; }
int arrow_size(const Button& b) { return b.small ? 24 : 28; }
float padding(const Button& b) { return b.kind == Kind::Quiet ? 16.F : b.small ? 18.F : 24.F; }

float icons_width(const Button& b)
{
    const bool before = b.icon != Icon::None || b.busy, after = b.arrow != Icon::None;
    return (before ? static_cast<float>(icon_size(b)) + between : 0) +
           (after ? static_cast<float>(arrow_size(b)) + between : 0);
}

/// The label as large as it can be: in its own size, smaller, on two lines.
struct Label {
    Type type{};
    std::vector<std::string_view> lines{};
    float width{};
    bool shortened{};
};

Label fit_label(Frame& f, const Button& b, const Rect& where)
{
    const float room = where.w - 16 - icons_width(b);
    for (const Type type : {type_of(b), Type::ButtonSmall})
        if (const float width = text_width(f, b.label, type); width <= room) return {type, {b.label}, width, false};
    Label label;
    for (const Type type : {Type::ButtonSmall, Type::ButtonLeast}) {
        label = {type, wrap(f, b.label, type, room), 0, false};
        for (const auto words : label.lines) label.width = std::max(label.width, text_width(f, words, type));
        const float height = static_cast<float>(label.lines.size()) * line_height(f, type);
        label.shortened = height > where.h - 4 || label.width > room + 1;
        if (!label.shortened) break;
    }
    return label;
}

void loading_arc(Frame& f, Point centre, float radius, Colour colour)
{
    auto& turn = f.state().turning;
    if (!f.theme().settings().less_motion) turn = std::fmod(turn + f.seconds() * 0.9F, 1.F);
    f.paint().ring(centre, radius, colour.faded(0.3F), 3);
    f.paint().arc(centre, radius, turn, turn + 0.3F, colour, 3);
    if (!f.theme().settings().less_motion) f.again();
}

void draw_label(Frame& f, const Rect& where, const Label& label, Colour colour)
{
    const auto size = f.theme()(label.type);
    float y = where.y + (where.h - size.line * static_cast<float>(label.lines.size())) / 2;
    for (const auto words : label.lines) {
        const float x = where.x + (label.lines.size() > 1 ? 0 : (where.w - label.width) / 2);
        f.paint().text({x, std::round(y) + f.paint().baseline(size.font, size.line)}, words, size.font, colour);
        y += size.line;
    }
}

void draw_inside(Frame& f, const Rect& where, const Button& b, const Label& label, Colour ink)
{
    const float width = label.width + icons_width(b), middle = where.y + where.h / 2;
    float x = where.x + (where.w - width) / 2;
    if (b.icon != Icon::None || b.busy) {
        const auto size = static_cast<float>(icon_size(b));
        if (b.busy)
            loading_arc(f, {x + size / 2, middle}, size / 2, ink);
        else
            f.paint().icon(b.icon, {x + size / 2, middle}, icon_size(b), ink);
        x += size + between;
    }
    draw_label(f, {x, where.y, label.width, where.h}, label, ink);
    const auto size = static_cast<float>(arrow_size(b));
    f.paint().icon(b.arrow, {x + label.width + between + size / 2, middle}, arrow_size(b), ink);
}

/// The start page's button: from the left, its note on as many lines as fit.
struct Noted {
    Rect words;
    std::vector<std::string_view> lines;
    float height{};
    bool shortened{};
};

constexpr float note_line = 24;

Noted fit_note(Frame& f, const Rect& where, const Button& b)
{
    Noted n;
    n.words = where.inset(f.narrow() ? 24.F : 32.F, 0);
    if (b.icon != Icon::None) n.words.cut_left(40, f.narrow() ? 16.F : 24.F);
    if (b.arrow != Icon::None) n.words.cut_right(36, 12);
    n.lines = wrap(f, b.note, Type::NoteMedium, n.words.w);
    n.height = line_height(f, Type::StartButton) + note_line * static_cast<float>(n.lines.size());
    n.shortened = n.height > where.h || text_width(f, b.label, Type::StartButton) > n.words.w;
    return n;
}

void draw_with_note(Frame& f, const Rect& where, const Button& b, const Noted& n, Colour ink)
{
    const Rect edges = where.inset(f.narrow() ? 24.F : 32.F, 0);
    f.paint().icon(b.icon, {edges.x + 20, edges.centre().y}, 40, ink);
    f.paint().icon(b.arrow, {edges.right() - 16, edges.centre().y}, 36, ink);
    const auto big = f.theme()(Type::StartButton), small = f.theme()(Type::NoteMedium);
    const float x = n.words.x;
    float y = std::round(where.y + (where.h - n.height) / 2);
    f.paint().text({x, y + f.paint().baseline(big.font, big.line)}, b.label, big.font, ink);
    y += big.line;
    for (const auto words : n.lines) {
        f.paint().text({x, y + f.paint().baseline(small.font, note_line)}, words, small.font, ink);
        y += note_line;
    }
}

void draw_plate(Frame& f, const Rect& where, const Look& look, float radius)
{
    if (!look.plate) return;
    if (look.shadow) f.paint().shadow(where, window::Shadow::Primary, radius);
    plate(f, where, look.fill, look.line, look.border, radius);
}

} // namespace

float button_width(Frame& f, const Button& b)
{
    const float natural = 2 * padding(b) + icons_width(b) + std::ceil(text_width(f, b.label, type_of(b)));
    const float least = f.narrow() ? primary_width_narrow : primary_width;
    return b.kind == Kind::Primary && !b.small ? std::max(least, natural) : natural;
}

bool button(Frame& f, const Rect& where, const Button& b)
{
    const auto label = fit_label(f, b, where);
    const auto note = b.note.empty() ? Noted{} : fit_note(f, where, b);
    const bool usable = b.enabled && !b.busy;
    const bool by_enter = usable && b.kind == Kind::Primary && !f.state().ring && f.key(window::Key::Enter);
    const auto touch = f.touch({.id = b.id,
                                .label = b.label,
                                .role = Role::Button,
                                .rect = where,
                                .value = b.enabled ? b.note : b.reason,
                                .enabled = usable,
                                .shortened = b.note.empty() ? label.shortened : note.shortened});
    const auto look = look_of(b, touch.held);
    const float radius = radius_of(b, where);
    draw_plate(f, where, look, radius);
    const Rect inside = touch.held ? where.moved(0, 1) : where;
    if (b.note.empty())
        draw_inside(f, inside, b, label, f(look.ink));
    else
        draw_with_note(f, inside, b, note, f(look.ink));
    if (touch.ring) focus_ring(f, where, radius);
    if (by_enter) f.again();
    return touch.clicked || by_enter;
}

bool icon_button(Frame& f, const Rect& where, const IconButton& b)
{
    const auto touch = f.touch(
        {.id = b.id, .label = b.label, .role = Role::Button, .rect = where, .enabled = b.enabled, .selected = b.on});
    const float radius = b.round ? where.h / 2 : radius::icon_button;
    Token ink = b.on ? Token::Patina : Token::Ink, fill = b.on ? Token::PatinaTint : Token::Surface;
    Token line = b.on ? Token::Patina : Token::Line;
    if (b.round) {
        ink = Token::OnPatina;
        fill = line = touch.held ? Token::PatinaDown : Token::Patina;
    } else if (touch.held) {
        fill = Token::Sunken;
    }
    if (!b.enabled) ink = Token::OffInk, fill = Token::Off, line = Token::Line;
    if (b.round && b.enabled && !touch.held) f.paint().shadow(where, window::Shadow::Primary, radius);
    if (!b.plain || touch.held) plate(f, where, fill, line, b.round ? 0 : 2, radius);
    const Rect inside = touch.held ? where.moved(0, 1) : where;
    if (b.words.empty()) {
        f.paint().icon(b.icon, inside.centre(), b.round ? 28 : 24, f(ink));
    } else {
        const auto size = f.theme()(Type::ButtonSmall);
        const float width = f.paint().text_width(b.words, size.font);
        f.paint().text({inside.centre().x - width / 2,
                        inside.centre().y - size.line / 2 + f.paint().baseline(size.font, size.line)},
                       b.words, size.font, f(ink));
    }
    if (touch.ring) focus_ring(f, where, radius);
    return touch.clicked;
}

bool choice_tile(Frame& f, const Rect& where, std::string_view id, std::string_view label, bool chosen)
{
    const bool tight = where.w < 190;
    const float left = tight ? 16 : 22, check = tight ? 24 : 28;
    const auto size = f.theme()(Type::Subheading);
    const auto touch =
        f.touch({.id = std::string(id),
                 .label = std::string(label),
                 .role = Role::Option,
                 .rect = where,
                 .selected = chosen,
                 .shortened = f.paint().text_width(label, size.font) > where.w - 2 * left - (chosen ? check + 4 : 0)});
    plate(f, where,
          chosen       ? Token::PatinaTint
          : touch.held ? Token::Sunken
                       : Token::Surface,
          chosen ? Token::Patina : Token::Line, chosen ? 3 : 2, radius::button);
    const float top = where.centre().y - size.line / 2 + (touch.held ? 1 : 0);
    f.paint().text({where.x + left, top + f.paint().baseline(size.font, size.line)}, label, size.font, f(Token::Ink));
    if (chosen)
        f.paint().icon(Icon::CheckBold, {where.right() - left + 3 - check / 2, where.centre().y},
                       static_cast<int>(check), f(Token::Patina));
    if (touch.ring) focus_ring(f, where, radius::button);
    return touch.clicked;
}

} // namespace adal::widgets
