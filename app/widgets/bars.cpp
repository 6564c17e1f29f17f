#include "app/widgets/cards.hpp"
#include "app/widgets/shapes.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace adal::widgets {

namespace {

Token fill_of(Tone tone)
{
    return tone == Tone::Copper ? Token::CopperFill : tone == Tone::Alarm ? Token::Alarm : Token::Patina;
}

/// Whole pixels, so that all segments look alike.
Rect segment(const Rect& where, std::size_t index, std::size_t count, float gap)
{
    const float step = (where.w + gap) / static_cast<float>(count);
    const float from = std::round(where.x + step * static_cast<float>(index));
    const float to = std::round(where.x + step * static_cast<float>(index + 1) - gap);
    return {from, where.y, to - from, where.h};
}

void show_progress(Frame& f, const Rect& where, std::string_view words)
{
    f.show({.label = std::string(words), .role = Role::Progress, .rect = where});
}

void figure(Frame& f, const Rect& where, const Ring& r, bool large)
{
    const Type type = large ? Type::Score : Type::CardTitle;
    const float height = f.theme()(type).line, below = r.caption.empty() ? 0 : line_height(f, Type::Small);
    Rect in = where.centred(where.w * 0.7F, height + below);
    const Style style{type, Token::Ink, Align::Centre};
    if (large)
        line(f, in.cut_top(height), r.figure, style);
    else
        digits(f, in.cut_top(height), r.figure, style); // a countdown
    if (below > 0) line(f, in, r.caption, {Type::Small, Token::Ink2, Align::Centre});
}

} // namespace

void progress_bar(Frame& f, const Rect& where, float share, std::string_view words, Tone tone)
{
    const float radius = where.h / 2;
    f.paint().fill(where, f(Token::Off), radius);
    if (share > 0)
        f.paint().fill(where.with_width(std::max(where.h, where.w * std::min(1.F, share))), f(fill_of(tone)), radius);
    show_progress(f, where, words);
}

void segments(Frame& f, const Rect& where, std::span<const Token> colours, std::string_view words, float gap)
{
    for (std::size_t i = 0; i < colours.size(); ++i)
        f.paint().fill(segment(where, i, colours.size(), gap), f(colours[i]), where.h / 2);
    show_progress(f, where, words);
}

void segments(Frame& f, const Rect& where, int total, int current, std::string_view words, float gap)
{
    std::vector<Token> colours(static_cast<std::size_t>(std::max(0, total)), Token::Off);
    for (int i = 0; i < total; ++i)
        if (i <= current) colours[static_cast<std::size_t>(i)] = i < current ? Token::Patina : Token::CopperFill;
    segments(f, where, colours, words, gap);
}

void score_bar(Frame& f, const Rect& where, int points, int maximum)
{
    const auto count = static_cast<std::size_t>(std::max(1, maximum));
    for (std::size_t i = 0; i < count; ++i) {
        const Rect part = segment(where, i, count, 4);
        if (static_cast<int>(i) < points)
            f.paint().fill(part, f(Token::Patina), 4);
        else
            f.paint().border(part, f(Token::CopperFill), 2, 4);
    }
    show_progress(f, where, fmt::format("{} / {}", points, maximum));
}

void ring(Frame& f, const Rect& where, const Ring& r)
{
    const bool large = where.w >= 140;
    const float width = large ? 14 : 8, radius = where.w / 2 - (large ? 5.F : 2.F);
    const Point centre = where.centre();
    f.paint().ring(centre, radius, f(Token::Off), width);
    f.paint().arc(centre, radius, 0, std::clamp(r.share, 0.F, 1.F), f(fill_of(r.tone)), width);
    if (r.tick >= 0) {
        const float angle = r.tick * 6.2831853F;
        const Point out{std::sin(angle), -std::cos(angle)};
        const float to = where.w / 2, from = to - 26;
        f.paint().line({centre.x + out.x * from, centre.y + out.y * from},
                       {centre.x + out.x * to, centre.y + out.y * to}, f(Token::CopperFill), 5);
    }
    figure(f, where, r, large);
    show_progress(f, where, r.figure + " " + r.caption);
}

float timer_chip(Frame& f, const Rect& where, std::string_view time, std::string_view words)
{
    const float time_w = std::ceil(digits_width(f, time, Type::Timer));
    const float words_w = words.empty() ? 0 : std::ceil(text_width(f, words, Type::SmallStrong)) + 12;
    const float width = 16 + 24 + 12 + time_w + words_w + 16;
    const Rect chip{std::round(where.right() - width), where.y + std::round((where.h - 48) / 2), width, 48};
    f.paint().fill(chip, f(Token::CopperTint), radius::icon_button);
    f.paint().icon(Icon::Clock, {chip.x + 28, chip.centre().y}, 24, f(Token::Copper));
    digits(f, {chip.x + 52, chip.y, time_w, chip.h}, time);
    if (!words.empty())
        line(f, {chip.x + 52 + time_w + 12, chip.y, words_w - 10, chip.h}, words, {Type::SmallStrong, Token::Copper});
    return width;
}

void steps(Frame& f, const Rect& where, std::span<const std::string> names, std::size_t current)
{
    float x = where.x;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Rect spot{x, where.y, 40, 40};
        if (i > current) {
            f.paint().ring(spot.centre(), 20, f(Token::Edge), 2);
            line(f, spot, fmt::format("{}", i + 1), {Type::NoteStrong, Token::Ink2, Align::Centre});
        } else {
            disc(f, spot, i < current ? Icon::CheckBold : Icon::None, i < current ? "" : fmt::format("{}", i + 1));
        }
        x += 52;
        const float width = std::ceil(text_width(f, names[i], Type::NoteStrong)) + 1;
        line(f, {x, where.y, width, 40}, names[i], {Type::NoteStrong, i > current ? Token::Ink2 : Token::Ink});
        x += width + 16;
        if (i + 1 == names.size()) break;
        f.paint().fill({x, where.y + 19, 48, 2}, f(i < current ? Token::Patina : Token::Line));
        x += 64;
    }
}

} // namespace adal::widgets
