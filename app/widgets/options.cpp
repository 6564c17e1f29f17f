#include "app/widgets/options.hpp"
#include "app/widgets/shapes.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace adal::widgets {

namespace {

constexpr float left = 18, right = 22, gap = 20, number_side = 48, radio_side = 28;

Style words(const Option& o)
{
    return {o.selected ? Type::OptionChosen : Type::Option, o.enabled ? Token::Ink : Token::OffInk};
}

float words_width(float width, const Option& o)
{
    const float before = left + (o.number > 0 || o.verdict != Verdict::None ? number_side + gap : 0);
    const float after = right + (o.verdict == Verdict::None ? radio_side + gap : 0);
    return width - before - after;
}

void option_plate(Frame& f, const Rect& where, const Option& o, bool held)
{
    if (o.verdict == Verdict::Right) return plate(f, where, Token::Surface, Token::Patina, 3, radius::option);
    if (o.verdict == Verdict::Wrong) return plate(f, where, Token::Surface, Token::AlarmLine, 3, radius::option);
    const float on = f.fade(o.id + "#fill", o.selected, 0.08F);
    plate(f, where, held ? Token::Sunken : Token::Surface, Token::Line, 2, radius::option);
    if (on <= 0) return;
    f.paint().fill(where, f(Token::Patina).faded(on), radius::option);
    f.paint().fill(where.inset(3), f(Token::PatinaTint).faded(on), radius::option - 3);
}

void verdict_tile(Frame& f, const Rect& where, Verdict verdict)
{
    const bool yes = verdict == Verdict::Right;
    f.paint().fill(where, f(yes ? Token::Patina : Token::AlarmTint), 12);
    f.paint().icon(yes ? Icon::CheckBold : Icon::XBold, where.centre(), 28, f(yes ? Token::OnPatina : Token::Alarm));
}

void radio(Frame& f, const Rect& where, const Option& o)
{
    if (o.several) {
        if (o.selected)
            f.paint().fill(where, f(Token::Patina), 8);
        else
            plate(f, where, Token::Surface, Token::Edge, 2, 8);
    } else if (o.selected) {
        f.paint().circle(where.centre(), radio_side / 2, f(Token::Patina));
    } else {
        f.paint().ring(where.centre(), radio_side / 2, f(Token::Edge), 2);
    }
    if (o.selected) f.paint().icon(Icon::CheckBold, where.centre(), 20, f(Token::OnPatina));
}

bool number_pressed(Frame& f, const Option& o)
{
    if (o.number < 1 || o.number > 9 || !o.enabled || o.verdict != Verdict::None) return false;
    return f.key(static_cast<window::Key>(static_cast<int>(window::Key::Digit0) + o.number));
}

} // namespace

void number_tile(Frame& f, const Rect& where, std::string_view number, bool on)
{
    f.paint().fill(where, f(on ? Token::Patina : Token::Sunken), 12);
    const auto size = f.theme()(Type::NumberTile);
    const float width = f.paint().text_width(number, size.font);
    f.paint().text(
        {where.centre().x - width / 2, where.centre().y - size.line / 2 + f.paint().baseline(size.font, size.line)},
        number, size.font, f(on ? Token::OnPatina : Token::Ink));
}

bool anchor_plate(Frame& f, const Rect& where, std::string_view id, std::string_view number, bool on)
{
    const auto touch = f.touch({.id = std::string(id),
                                .label = std::string(number),
                                .role = Role::Button,
                                .rect = where,
                                .selected = on,
                                .reach = 9});
    if (on)
        f.paint().fill(where, f(touch.held ? Token::PatinaDown : Token::Patina), 8);
    else
        plate(f, where, touch.held ? Token::PatinaTint : Token::Ground, Token::PatinaLine, 1, 8);
    const auto size = f.theme()(Type::NoteStrong);
    const float width = f.paint().text_width(number, size.font);
    f.paint().text(
        {where.centre().x - width / 2, where.centre().y - size.line / 2 + f.paint().baseline(size.font, size.line)},
        number, size.font, f(on ? Token::OnPatina : Token::Patina));
    if (touch.ring) focus_ring(f, where.inset(3), 5);
    return touch.clicked;
}

float between_options(Density density)
{
    return density == Density::Roomy ? space::between_options : density == Density::Snug ? 10.F : 8.F;
}

float option_height(Frame& f, float width, const Option& o, Density density)
{
    const float roomy = f.narrow() ? space::option : space::option_wide;
    const float least = density == Density::Roomy ? roomy : density == Density::Snug ? 70.F : 64.F;
    const float padding = density == Density::Roomy ? 24.F : density == Density::Snug ? 16.F : 12.F;
    // As wide as it gets when chosen, so that choosing moves nothing.
    const float room = words_width(width, o);
    const float text =
        std::max(text_height(f, room, o.text, {Type::Option}), text_height(f, room, o.text, {Type::OptionChosen}));
    return std::max(least, text + padding);
}

bool option(Frame& f, const Rect& where, const Option& o)
{
    const bool by_number = number_pressed(f, o);
    const float height = text_height(f, words_width(where.w, o), o.text, words(o));
    const auto touch = f.touch({.id = o.id,
                                .label = o.text,
                                .role = o.several ? Role::Checkbox : Role::Option,
                                .rect = where,
                                .enabled = o.enabled,
                                .selected = o.selected,
                                .shortened = height > where.h - 8});
    option_plate(f, where, o, touch.held);
    const bool held = touch.held && !o.selected;
    Rect in{where.x + left, where.y + (held ? 1.F : 0.F), where.w - left - right, where.h};
    if (o.verdict != Verdict::None)
        verdict_tile(f, in.cut_left(number_side, gap).centred(number_side, number_side), o.verdict);
    else if (o.number > 0)
        number_tile(f, in.cut_left(number_side, gap).centred(number_side, number_side), fmt::format("{}", o.number),
                    o.selected);
    if (o.verdict == Verdict::None) radio(f, in.cut_right(radio_side, gap).centred(radio_side, radio_side), o);
    text(f, in.centred(in.w, height), o.text, words(o));
    if (touch.ring) focus_ring(f, where, radius::option);
    if (by_number) f.again();
    return touch.clicked || by_number;
}

std::optional<std::size_t> options(Frame& f, const Rect& where, std::span<const Option> list, float* height)
{
    std::optional<std::size_t> chosen;
    float y = where.y;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const float h = option_height(f, where.w, list[i]);
        if (option(f, {where.x, y, where.w, h}, list[i])) chosen = i;
        y += h + space::between_options;
    }
    if (height != nullptr) *height = list.empty() ? 0 : y - where.y - space::between_options;
    return chosen;
}

} // namespace adal::widgets
