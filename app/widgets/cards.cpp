#include "app/widgets/cards.hpp"
#include "app/widgets/shapes.hpp"
#include "app/window/assets.hpp"
#include <array>
#include <cmath>
#include <filesystem>

namespace adal::widgets {

namespace {

void card_plate(Frame& f, const Rect& where, CardLook look, bool held)
{
    if (look != CardLook::Done && look != CardLook::Copper && !held) rest_shadow(f, where, radius::card);
    switch (look) {
    case CardLook::Next:
        return plate(f, where, held ? Token::Sunken : Token::Surface, Token::Patina, 3, radius::card);
    case CardLook::Done:
        return plate(f, where, held ? Token::Sunken : Token::Ground, Token::Line, 1, radius::card);
    case CardLook::Copper:
        return plate(f, where, Token::CopperTint, Token::CopperLine, 1, radius::card);
    default:
        return plate(f, where, held ? Token::Sunken : Token::Surface, Token::Line, 1, radius::card);
    }
}

} // namespace

void card(Frame& f, const Rect& where, CardLook look) { card_plate(f, where, look, false); }

bool card_button(Frame& f, const Rect& where, std::string_view id, std::string_view label, CardLook look)
{
    const auto touch =
        f.touch({.id = std::string(id), .label = std::string(label), .role = Role::Button, .rect = where});
    card_plate(f, where, look, touch.held);
    if (touch.ring) focus_ring(f, where, radius::card);
    return touch.clicked;
}

void tile(Frame& f, const Rect& where, Icon icon, Tone tone, bool disc)
{
    const float radius = disc ? where.w / 2 : where.w < 44 ? 12.F : 14.F;
    const int size = where.w >= 64 ? 36 : where.w >= 56 ? 28 : 24;
    f.paint().fill(where, f(tint_of(tone)), radius);
    f.paint().icon(icon, where.centre(), size, f(tone == Tone::Neutral ? Token::Ink : ink_of(tone)));
}

void disc(Frame& f, const Rect& where, Icon icon, std::string_view digit)
{
    f.paint().circle(where.centre(), where.w / 2, f(Token::Patina));
    const bool small = where.w < 44;
    f.paint().icon(icon, where.centre(), small ? 22 : 28, f(Token::OnPatina));
    if (digit.empty()) return;
    const Font font{Weight::SemiBold, 18};
    const float width = f.paint().text_width(digit, font);
    f.paint().text({where.centre().x - width / 2, where.centre().y - 12 + f.paint().baseline(font, 24)}, digit, font,
                   f(Token::OnPatina));
}

float chip_width(Frame& f, const Chip& chip)
{
    return (chip.icon == Icon::None ? 12.F : 36.F) + std::ceil(text_width(f, chip.label, Type::SmallStrong)) + 12;
}

float chip(Frame& f, Point top_left, const Chip& chip)
{
    const Rect where{top_left.x, top_left.y, chip_width(f, chip), 32};
    if (chip.tone == Tone::Outline)
        f.paint().border(where, f(Token::Edge), 1, radius::chip);
    else
        f.paint().fill(where, f(tint_of(chip.tone)), radius::chip);
    const Token ink = ink_of(chip.tone);
    f.paint().icon(chip.icon, {where.x + 18, where.centre().y}, 20, f(ink));
    const float before = chip.icon == Icon::None ? 12 : 36;
    line(f, {where.x + before, where.y, where.w - before - 4, where.h}, chip.label, {Type::SmallStrong, ink});
    return where.w;
}

Chip duty_chip(DutyLook look, std::string label)
{
    struct Wear {
        Icon icon;
        Tone tone;
    };
    constexpr std::array<Wear, 11> wears = {{{Icon::Clock, Tone::Neutral},
                                             {Icon::Ring, Tone::Copper},
                                             {Icon::Half, Tone::Copper},
                                             {Icon::Wait, Tone::Neutral},
                                             {Icon::Check, Tone::Patina},
                                             {Icon::X, Tone::Outline},
                                             {Icon::Lock, Tone::Alarm},
                                             {Icon::Alert, Tone::Alarm},
                                             {Icon::Cal, Tone::Alarm},
                                             {Icon::Pause, Tone::Neutral},
                                             {Icon::Form, Tone::Outline}}};
    const auto& wear = wears[static_cast<std::size_t>(look)];
    return {std::move(label), wear.icon, wear.tone};
}

void hairline(Frame& f, const Rect& top_of) { f.paint().fill({top_of.x, top_of.y, top_of.w, 1}, f(Token::Line)); }
void vertical_hairline(Frame& f, const Rect& left_of)
{
    f.paint().fill({left_of.x, left_of.y, 1, left_of.h}, f(Token::Line));
}

void empty_state(Frame& f, const Rect& where, Icon icon, std::string_view title, std::string_view note, Tone tone)
{
    const Style strong{Type::Section, Token::Ink, Align::Centre}, plain{Type::Small, Token::Ink2, Align::Centre};
    const float wide = std::min(where.w, 480.F);
    const float title_h = text_height(f, wide, title, strong), note_h = text_height(f, wide, note, plain);
    Rect in = where.centred(wide, std::min(where.h, 64 + 8 + title_h + 4 + note_h));
    tile(f, in.cut_top(64, 8).centred(64, 64), icon, tone);
    text(f, in.cut_top(title_h, 4), title, strong);
    text(f, in, note, plain);
}

void skeleton(Frame& f, const Rect& where)
{
    card(f, where);
    Rect in = where.inset(24);
    const Colour grey = f(Token::Off);
    f.paint().fill(in.cut_top(48, 16).with_width(48), grey, 14);
    if (in.h >= 20) f.paint().fill(in.cut_top(20, 10), grey, 6);
    if (in.h >= 20) f.paint().fill(in.cut_top(20, 10).with_width(in.w * 0.6F), grey, 6);
}

void scene(Frame& f, const Rect& where, std::string_view name, float radius, Point focus)
{
    static const auto folder = window::assets_folder() / "scenes";
    // Two heights are built; the smaller where it covers, so that a small display decodes no more than it shows.
    struct Built {
        std::string_view name;
        std::array<int, 2> heights;
    };
    constexpr std::array<Built, 2> all = {{{"pit-day", {728, 1008}}, {"pit-night", {800, 1080}}}};
    constexpr float aspect = 640.F / 632;
    const float needed = std::max(where.h, where.w / aspect);
    for (const auto& built : all) {
        if (built.name != name) continue;
        const int height = static_cast<float>(built.heights[0]) >= needed ? built.heights[0] : built.heights[1];
        f.paint().picture(folder / (std::string(name) + "-" + std::to_string(height) + ".png"), where, radius, focus);
    }
    f.show({.label = std::string(name), .role = Role::Picture, .rect = where});
}

} // namespace adal::widgets
