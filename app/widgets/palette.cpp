#include "app/widgets/buttons.hpp"
#include "app/widgets/cards.hpp"
#include "app/widgets/options.hpp"
#include "app/widgets/shapes.hpp"
#include "app/widgets/state.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace adal::widgets {

namespace {

constexpr float cell_height = 56, gap = 8, legend_line = 28, legend_height = 12 + 3 * legend_line + 4;

struct Look {
    Token fill, line, ink;
};

Look look_of(const Cell& cell, bool held)
{
    if (cell.current) return {Token::Patina, Token::Patina, Token::OnPatina};
    if (cell.answered) return {Token::PatinaTint, Token::PatinaLine, Token::Patina};
    return {held ? Token::Sunken : Token::Surface, Token::Line, Token::Ink2};
}

bool draw_cell(Frame& f, const Rect& where, const Cell& cell, std::size_t index, const PaletteWords& words)
{
    const auto number = fmt::format("{}", index + 1);
    std::string state = cell.answered ? words.answered : words.open;
    if (cell.flagged) state += ", " + words.flagged;
    const auto touch = f.touch({.id = "palette." + number,
                                .label = number,
                                .role = Role::Cell,
                                .rect = where,
                                .value = state,
                                .selected = cell.current});
    const auto look = look_of(cell, touch.held);
    plate(f, where, look.fill, look.line, 2, 14);
    if (cell.current) f.paint().border(where.grown(6), f(Token::Patina), 3, 20);
    const Font font{Weight::SemiBold, 20};
    const float width = f.paint().text_width(number, font);
    f.paint().text({where.centre().x - width / 2, where.centre().y - 12 + f.paint().baseline(font, 24)}, number, font,
                   f(look.ink));
    if (cell.answered) f.paint().icon(Icon::CheckBold, {where.right() - 13, where.bottom() - 12}, 16, f(look.ink));
    if (cell.flagged)
        f.paint().icon(Icon::Flagf, {where.right() - 13, where.y + 13}, 18,
                       f(cell.current ? Token::OnPatina : Token::Copper));
    if (touch.ring) focus_ring(f, where.inset(2), 12);
    return touch.clicked;
}

void legend(Frame& f, Rect where, const PaletteWords& words)
{
    hairline(f, where);
    where.cut_top(12);
    const Style style{Type::Small, Token::Ink2};
    const auto row = [&](std::string_view what, auto&& sign) {
        Rect line_of = where.cut_top(legend_line);
        sign(line_of.cut_left(24, 12).centred(24, 24));
        line(f, line_of, what, style);
    };
    row(words.answered, [&](const Rect& r) {
        plate(f, r, Token::PatinaTint, Token::PatinaLine, 2, 7);
        f.paint().icon(Icon::CheckBold, r.centre(), 16, f(Token::Patina));
    });
    row(words.flagged, [&](const Rect& r) { f.paint().icon(Icon::Flagf, r.centre(), 22, f(Token::Copper)); });
    row(words.open, [&](const Rect& r) { plate(f, r, Token::Surface, Token::Edge, 2, 7); });
}

/// Which page is shown: the one with the current question until somebody turns it.
int& page_of(Frame& f, std::size_t current, std::size_t per_page)
{
    auto& pages = f.state().pages;
    const int now = static_cast<int>(current);
    const auto known = pages.find("palette.current");
    if (known == pages.end() || known->second != now) {
        pages["palette.current"] = now;
        pages["palette.page"] = now / static_cast<int>(per_page);
    }
    return pages["palette.page"];
}

void turn_pages(Frame& f, const Rect& row, int& page, int pages, const PaletteWords& words)
{
    const auto up = row.column(0, 2, gap), down = row.column(1, 2, gap);
    if (icon_button(f, up, {.id = "palette.up", .label = words.up, .icon = Icon::Chevu, .enabled = page > 0})) --page;
    if (icon_button(f, down,
                    {.id = "palette.down", .label = words.down, .icon = Icon::Chevd, .enabled = page + 1 < pages}))
        ++page;
}

std::size_t columns_of(const Frame& f) { return f.narrow() ? 2 : 4; }

std::size_t current_of(std::span<const Cell> cells)
{
    const auto found = std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.current; });
    return found == cells.end() ? 0 : static_cast<std::size_t>(found - cells.begin());
}

} // namespace

float palette_width(const Frame& f) { return f.narrow() ? 176 : 280; }

float palette_height(Frame& f, std::size_t cells)
{
    const auto rows = static_cast<float>((cells + columns_of(f) - 1) / columns_of(f));
    const float words = line_height(f, Type::Section) + 16 + (f.narrow() ? 0.F : legend_height + 8);
    return 40 + words + rows * (cell_height + gap);
}

std::optional<std::size_t> palette(Frame& f, const Rect& where, std::span<const Cell> cells, const PaletteWords& words)
{
    card(f, where);
    Rect in = where.inset(f.narrow() ? 17.F : 21.F, 20);
    const std::size_t columns = columns_of(f);
    Rect title = in.cut_top(line_height(f, Type::Section), 16);
    if (!f.narrow())
        line(f, title.cut_right(std::ceil(text_width(f, words.count, Type::Small)) + 2, 8), words.count,
             {Type::Small, Token::Ink2, Align::Right});
    line(f, title, words.title, {Type::Section});

    const auto rows_for = [&](float height) {
        return static_cast<std::size_t>(std::max(1.F, (height + gap) / (cell_height + gap)));
    };
    const std::size_t rows = (cells.size() + columns - 1) / columns;
    if (!f.narrow() && !words.answered.empty() && rows_for(in.h - legend_height - 8) >= rows)
        legend(f, in.cut_bottom(legend_height - 4, 8), words);
    const bool pages = rows_for(in.h) < rows;
    const Rect turning = pages ? in.cut_bottom(cell_height, 16) : Rect{};
    const std::size_t per_page = std::min(rows, rows_for(in.h)) * columns;
    if (per_page == 0) return std::nullopt;
    int& page = page_of(f, current_of(cells), per_page);
    const int last = static_cast<int>((cells.size() + per_page - 1) / per_page) - 1;
    page = std::clamp(page, 0, std::max(0, last));
    std::optional<std::size_t> tapped;
    const auto first = static_cast<std::size_t>(page) * per_page;
    for (std::size_t i = first; i < std::min(cells.size(), first + per_page); ++i)
        if (draw_cell(f, in.cell(i - first, columns, cell_height, gap, gap), cells[i], i, words)) tapped = i;
    if (pages) turn_pages(f, turning, page, last + 1, words);
    return tapped;
}

} // namespace adal::widgets
