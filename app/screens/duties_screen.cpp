#include "app/screens/duties_screen.hpp"
#include "app/screens/duty_card.hpp"
#include "app/screens/header.hpp"
#include "app/screens/notice.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace adal::screens {
namespace {

using namespace widgets;
constexpr float gap_x = 20, tallest_card = 300, tallest_alone = 340;

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

/// Every row as high as its highest card needs; what is left of the place is shared, up to a height at which a card still looks like one.
struct Grid {
    std::size_t columns{};
    CardSetting setting{};
    std::vector<float> rows{};
    float gap_y() const { return setting == CardSetting::Close ? 12 : 16; }
    float height() const { return std::accumulate(rows.begin(), rows.end(), gap_y() * static_cast<float>(rows.size() - 1)); }
};

std::size_t columns_of(const Frame& f)
{
    const bool is_roomy = !f.narrow() && (f.theme().settings().text_size < 3 || f.screen().w >= 1600);
    return is_roomy ? 3 : 2;
}

Grid grid_of(Frame& f, const Rect& place, const DutiesScreen& screen, CardSetting setting)
{
    Grid grid{columns_of(f), setting};
    const float width = place.column(0, grid.columns, gap_x).w;
    for (std::size_t i = 0; i < screen.cards.size(); ++i) {
        if (i % grid.columns == 0) grid.rows.push_back(0);
        grid.rows.back() = std::max(grid.rows.back(), duty_card_height(f, width, screen.cards[i], setting));
    }
    const float spare = std::max(0.F, place.h - grid.height()) / static_cast<float>(grid.rows.size());
    const float tallest = grid.rows.size() == 1 ? tallest_alone : tallest_card;
    for (float& row : grid.rows) row = std::max(row, std::min(tallest, row + spare));
    return grid;
}

void draw_cards(Frame& f, const Rect& place, const Grid& grid, const DutiesScreen& screen, std::optional<Intent>& intent)
{
    float y = place.y;
    for (std::size_t i = 0; i < screen.cards.size(); ++i) {
        const float height = grid.rows[i / grid.columns];
        const Rect row{place.x, y, place.w, height};
        if (auto opened = draw_duty_card(f, row.column(i % grid.columns, grid.columns, gap_x), screen.cards[i], grid.setting)) intent = opened;
        if ((i + 1) % grid.columns == 0) y += height + grid.gap_y();
    }
}

void draw_duties(Frame& f, const Rect& place, const DutiesScreen& screen, std::optional<Intent>& intent)
{
    for (auto setting : {CardSetting::Usual, CardSetting::Close}) {
        const Grid fixed = grid_of(f, place, screen, setting);
        if (fixed.height() <= place.h + 0.5F) return draw_cards(f, place, fixed, screen, intent);
    }
    Scroll scroll(f, "duties.cards", place);
    const Grid moving = grid_of(f, scroll.inside().with_height(place.h), screen, CardSetting::Usual);
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
