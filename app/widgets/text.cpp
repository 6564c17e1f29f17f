#include "app/widgets/text.hpp"
#include "app/widgets/state.hpp"
#include "app/widgets/typesetting.hpp"
#include <cmath>

namespace adal::widgets {

namespace {

float shift(const Style& style, float room, float width)
{
    if (style.align == Align::Centre) return (room - width) / 2;
    return style.align == Align::Right ? room - width : 0;
}

float height_of(const Frame& f, const Style& style) { return style.line > 0 ? style.line : f.theme()(style.type).line; }

struct Drawn {
    float width{}, height{};
    bool shortened{};
    std::string pressed;
};

void backdrop(Frame& f, const Run& run, const Rect& box, float baseline, int size)
{
    if (!run.marked && !run.found) return;
    const auto s = static_cast<float>(size);
    const Rect fill{box.x, baseline - s, box.w, s * 1.27F};
    f.paint().fill(fill, f(Token::Mark), 2);
    if (run.marked) f.paint().fill({fill.x, fill.bottom(), fill.w, 3}, f(Token::CopperFill), 1);
}

void draw_piece(Frame& f, const Run& run, const Piece& piece, const Rect& box, const Style& style, std::string& pressed)
{
    const Font font = font_of(f, style.type, run);
    const float baseline = box.y + f.paint().baseline(font, box.h);
    backdrop(f, run, box, baseline, font.size);
    Colour colour = f(run.link.empty() ? style.colour : Token::Patina);
    if (!run.link.empty()) {
        const auto touch =
            f.touch({.id = run.link, .label = std::string(piece.words), .role = Role::Link, .rect = box, .reach = 10});
        if (touch.clicked) pressed = run.link;
        if (touch.held) colour = f(Token::PatinaDown);
        f.paint().fill({box.x, baseline + 4, box.w, 2}, colour);
        if (touch.ring) f.paint().border(box.grown(4), f(Token::Focus), 3, 6);
    }
    f.paint().text({box.x, baseline}, piece.words, font, colour);
}

Drawn set(Frame& f, const Rect& where, std::span<const Run> runs, const Style& style)
{
    const auto lines = typeset(f, runs, style.type, where.w, style.max_lines);
    Drawn drawn;
    const float height = height_of(f, style);
    for (const auto& line : lines) {
        const float x = where.x + shift(style, where.w, line.width);
        for (const auto& piece : line.pieces)
            draw_piece(f, runs[piece.run], piece, {x + piece.x, where.y + drawn.height, piece.width, height}, style,
                       drawn.pressed);
        if (line.cut) {
            const Font font = f.theme()(style.type).font;
            f.paint().text(
                {x + line.width - ellipsis_width(f, font), where.y + drawn.height + f.paint().baseline(font, height)},
                ellipsis, font, f(style.colour));
            drawn.shortened = true;
        }
        drawn.width = std::max(drawn.width, line.width);
        drawn.height += height;
    }
    return drawn;
}

/// The letters without the air of their lines, so that tight lines are no overlap.
Rect ink_of(const Rect& where, const Style& style, const Drawn& drawn, float line)
{
    const float air = line * 0.15F;
    return {where.x + shift(style, where.w, drawn.width), where.y + air, drawn.width,
            std::max(0.F, drawn.height - 2 * air)};
}

std::string joined(std::span<const Run> runs)
{
    std::string all;
    for (const auto& run : runs) all += run.text;
    return all;
}

void register_text(Frame& f, std::string_view id, std::string label, const Rect& where, const Style& style,
                   const Drawn& drawn)
{
    f.show({.id = std::string(id),
            .label = std::move(label),
            .role = Role::Text,
            .rect = where,
            .ink = ink_of(where, style, drawn, height_of(f, style)),
            .shortened = drawn.shortened});
}

} // namespace

float text(Frame& f, const Rect& where, std::string_view words, Style style, std::string_view id)
{
    if (words.empty()) return 0;
    const Run run{.text = std::string(words)};
    const auto drawn = set(f, where, {&run, 1}, style);
    register_text(f, id, run.text, where, style, drawn);
    return drawn.height;
}

float line(Frame& f, const Rect& where, std::string_view words, Style style, std::string_view id)
{
    if (words.empty()) return 0;
    style.max_lines = 1;
    const float height = height_of(f, style);
    const Rect row{where.x, std::round(where.y + (where.h - height) / 2), where.w, height};
    const Run run{.text = std::string(words)};
    const auto drawn = set(f, row, {&run, 1}, style);
    register_text(f, id, run.text, row, style, drawn);
    return drawn.width;
}

float icon_line(Frame& f, const Rect& where, Icon icon, std::string_view words, Style style, int icon_size)
{
    const auto size = static_cast<float>(icon_size);
    const float wanted = icon_line_width(f, words, style, icon_size), room = std::min(wanted, where.w);
    const float x = where.x + shift(style, where.w, room);
    f.paint().icon(icon, {x + size / 2, where.y + where.h / 2}, icon_size, f(style.colour));
    style.align = Align::Left;
    line(f, {x + size + 8, where.y, room - size - 8, where.h}, words, style);
    return room;
}

float icon_line_width(Frame& f, std::string_view words, Style style, int icon_size)
{
    return static_cast<float>(icon_size) + 8 + std::ceil(text_width(f, words, style.type)) + 1;
}

float text_height(Frame& f, float width, std::string_view words, Style style)
{
    if (words.empty()) return 0;
    const Run run{.text = std::string(words)};
    return rich_height(f, width, {&run, 1}, style);
}

float text_width(Frame& f, std::string_view words, Type type)
{
    return f.paint().text_width(words, f.theme()(type).font);
}
float line_height(const Frame& f, Type type) { return f.theme()(type).line; }

RichText rich_text(Frame& f, const Rect& where, std::span<const Run> runs, Style style, std::string_view id)
{
    auto drawn = set(f, where, runs, style);
    register_text(f, id, joined(runs), where, style, drawn);
    return {drawn.height, std::move(drawn.pressed)};
}

float rich_height(Frame& f, float width, std::span<const Run> runs, Style style)
{
    return height_of(f, style) * static_cast<float>(typeset(f, runs, style.type, width, style.max_lines).size());
}

float digits_width(Frame& f, std::string_view text, Type type)
{
    const Font font = f.theme()(type).font;
    float cell = 0, width = 0;
    for (char digit = '0'; digit <= '9'; ++digit) cell = std::max(cell, f.paint().text_width({&digit, 1}, font));
    for (const char& letter : text)
        width += letter >= '0' && letter <= '9' ? cell : f.paint().text_width({&letter, 1}, font);
    return width;
}

float digits(Frame& f, const Rect& where, std::string_view text, Style style)
{
    const auto size = f.theme()(style.type);
    const float width = digits_width(f, text, style.type), cell = digits_width(f, "0", style.type);
    const float height = std::min(size.line, static_cast<float>(size.font.size) * 1.25F);
    const float top = where.y + (where.h - height) / 2, baseline = top + f.paint().baseline(size.font, height);
    float pen = where.x + shift(style, where.w, width);
    const Rect ink{pen, top + 2, width, height - 4};
    for (const char& letter : text) {
        const float own = f.paint().text_width({&letter, 1}, size.font);
        const float room = letter >= '0' && letter <= '9' ? cell : own;
        f.paint().text({pen + (room - own) / 2, baseline}, {&letter, 1}, size.font, f(style.colour));
        pen += room;
    }
    f.show({.label = std::string(text), .role = Role::Text, .rect = where, .ink = ink});
    return width;
}

std::vector<std::string_view> wrap(Frame& f, std::string_view words, Type type, float width)
{
    const Run run{.text = std::string(words)};
    std::vector<std::string_view> lines;
    for (const auto& line : typeset(f, {&run, 1}, type, width, 0)) {
        const auto& only = line.pieces;
        if (only.empty()) {
            lines.emplace_back();
            continue;
        }
        const auto from = static_cast<std::size_t>(only.front().words.data() - run.text.data());
        lines.push_back(words.substr(from, only.front().words.size()));
    }
    return lines;
}

} // namespace adal::widgets
