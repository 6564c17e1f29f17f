#include "app/screens/duties_screen.hpp"
#include "app/screens/duty_card.hpp"
#include "app/screens/header.hpp"
#include "app/screens/notice.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>
#include <array>

namespace adal::screens {
namespace {

using namespace widgets;
constexpr float gap_x = 20, gap_y = 16, tallest_card = 300, tallest_alone = 340;

/// Title and date at the left, "to do" and "all" at the right, or below where they do not fit.
void cut_head(Frame& f, Rect& body, const DutiesScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    const std::array segments{Segment{"duties.to_do", words("screen.duties.to_do", {{"count", std::to_string(screen.left)}})},
                              Segment{"duties.all", words("screen.duties.all", {{"count", std::to_string(screen.all)}})}};
    constexpr Style title{Type::Title}, subtitle{Type::Note, Token::Ink2};
    const float switch_width = segmented_width(f, segments, 20);
    const float wanted = std::max(text_width(f, words("screen.duties.title"), title.type), text_width(f, screen.subtitle, subtitle.type));
    const bool beside = std::min(wanted, body.w * 0.55F) + 24 + switch_width <= body.w;

    const float width = beside ? body.w - switch_width - 24 : body.w;
    const float titled = text_height(f, width, words("screen.duties.title"), title), told = text_height(f, width, screen.subtitle, subtitle);
    Rect head = body.cut_top(beside ? std::max(titled + told, 56.F) : titled + told, 14);
    const Rect place = beside ? head.cut_right(switch_width, 24).centred(switch_width, 56) : body.cut_top(56, 14).with_width(switch_width);
    text(f, head.cut_top(titled), words("screen.duties.title"), title);
    text(f, head, screen.subtitle, subtitle);

    const auto chosen = segmented(f, place, segments, screen.shows_all ? "duties.all" : "duties.to_do");
    if (!chosen.empty()) intent = ShowAllDuties{chosen == "duties.all"};
}

struct Grid {
    std::size_t columns{}, rows{};
    float row_height{};
    float height() const { return static_cast<float>(rows) * (row_height + gap_y) - gap_y; }
};

Grid grid_of(Frame& f, const Rect& place, const DutiesScreen& screen)
{
    const bool is_roomy = !f.narrow() && (f.theme().settings().text_size < 3 || f.screen().w >= 1600);
    Grid grid{.columns = is_roomy ? 3U : 2U};
    grid.rows = (screen.cards.size() + grid.columns - 1) / grid.columns;
    const float width = place.column(0, grid.columns, gap_x).w;
    float needed = 0;
    for (const auto& card : screen.cards) needed = std::max(needed, duty_card_height(f, width, card));
    const auto rows = static_cast<float>(grid.rows);
    grid.row_height = std::max(needed, std::min(grid.rows == 1 ? tallest_alone : tallest_card, (place.h - gap_y * (rows - 1)) / rows));
    return grid;
}

void draw_cards(Frame& f, const Rect& place, const Grid& grid, const DutiesScreen& screen, std::optional<Intent>& intent)
{
    for (std::size_t i = 0; i < screen.cards.size(); ++i)
        if (auto opened = draw_duty_card(f, place.cell(i, grid.columns, grid.row_height, gap_x, gap_y), screen.cards[i])) intent = opened;
}

void draw_duties(Frame& f, const Rect& place, const DutiesScreen& screen, std::optional<Intent>& intent)
{
    const Grid fixed = grid_of(f, place, screen);
    if (fixed.height() <= place.h) return draw_cards(f, place, fixed, screen, intent);
    Scroll scroll(f, "duties.cards", place);
    const Grid moving = grid_of(f, scroll.inside().with_height(place.h), screen);
    draw_cards(f, scroll.inside(), moving, screen, intent);
    scroll.end(scroll.inside().y + moving.height());
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const DutiesScreen& screen, const Words& words)
{
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent);
    Rect body = page.body;
    body.cut_top(14);
    body.cut_bottom(16);
    cut_head(f, body, screen, words, intent);
    cut_notice(f, body, screen.notice);
    if (screen.cards.empty())
        empty_state(f, body, Icon::Checks, words("screen.duties.empty.title"), words("screen.duties.empty.note"));
    else
        draw_duties(f, body, screen, intent);

    Footer foot(f, page.footer);
    if (foot.left({.id = "duties.sign_out", .label = words("screen.duties.sign_out"), .icon = Icon::Door})) intent = SignOut{};
    if (foot.left({.id = "duties.not_me", .label = words("screen.duties.not_me"), .kind = Kind::Quiet, .icon = Icon::X})) intent = NotMe{};
    if (!screen.primary.empty() &&
        foot.right({.id = "duties.primary", .label = screen.primary, .kind = Kind::Primary, .arrow = Icon::Right}))
        intent = OpenDuty{screen.primary_duty};
    return intent;
}

} // namespace adal::screens
