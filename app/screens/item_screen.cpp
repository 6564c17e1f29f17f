#include "app/screens/item_screen.hpp"
#include "app/screens/header.hpp"
#include "app/screens/item_answers.hpp"
#include "app/screens/item_dialogs.hpp"
#include "app/screens/layout.hpp"
#include "app/screens/notice.hpp"
#include "app/widgets/parts.hpp"
#include "app/widgets/shapes.hpp"
#include <algorithm>
#include <cmath>

namespace adal::screens {
namespace {

using namespace widgets;
constexpr Style title_style{Type::Subheading}, progress_style{Type::Note, Token::Ink2}, saved_style{Type::SmallStrong, Token::Patina};

float width_of(Frame& f, const std::string& words, const Style& style) { return std::ceil(text_width(f, words, style.type)) + 1; }

/// Test and question beside each other, or one below the other where the timer leaves too little room.
void draw_names(Frame& f, Rect place, const ItemScreen& screen, const Words& words)
{
    const float title = width_of(f, screen.test_title, title_style), progress = width_of(f, screen.progress, progress_style);
    const float saved = icon_line_width(f, words("screen.item.saved"), saved_style, 24);
    if (title + 16 + progress > place.w) {
        Stack lines(f, place.w);
        lines.text(screen.test_title, title_style, 0);
        lines.text(screen.progress, progress_style, 0);
        return lines.draw(place.centred(place.w, lines.height()));
    }
    line(f, place.cut_left(title, 16), screen.test_title, title_style);
    line(f, place.cut_left(progress, 16), screen.progress, progress_style);
    if (screen.is_answered && !screen.notice && saved <= place.w) icon_line(f, place.cut_right(saved), Icon::Term, words("screen.item.saved"), saved_style, 24);
}

float names_height(Frame& f, float width, const ItemScreen& screen)
{
    if (width_of(f, screen.test_title, title_style) + 16 + width_of(f, screen.progress, progress_style) <= width) return 48;
    return text_height(f, width, screen.test_title, title_style) + text_height(f, width, screen.progress, progress_style);
}

float timer_width(Frame& f, const std::string& time, const std::string& words)
{
    return 16 + 24 + 12 + digits_width(f, time, Type::Timer) + 12 + text_width(f, words, Type::SmallStrong) + 16;
}

/// What it is, where in it she is, how long is left.
void cut_head(Frame& f, Rect& body, const ItemScreen& screen, const Words& words)
{
    const auto& left = words("screen.item.time_left");
    const float timer = std::ceil(timer_width(f, screen.time_left, left)) + 8;
    Rect row = body.cut_top(std::max(48.F, names_height(f, body.w - timer - 16, screen)), 12);
    timer_chip(f, row.cut_right(timer, 16).centred(timer, 48), screen.time_left, left);
    draw_names(f, row, screen, words);

    std::vector<Token> colours;
    for (const auto& cell : screen.cells) colours.push_back(cell.is_answered ? Token::Patina : Token::Off);
    if (screen.number >= 1 && screen.number <= static_cast<int>(colours.size())) colours[static_cast<std::size_t>(screen.number) - 1] = Token::CopperFill;
    segments(f, body.cut_top(6, 20), colours, screen.progress);
}

void cut_banners(Frame& f, Rect& body, const ItemScreen& screen, const Words& words)
{
    cut_notice(f, body, screen.notice, 12);
    cut_notice(f, body, screen.warning, 12);
    if (!screen.is_resumed) return;
    const Banner resumed{.icon = Icon::Info, .strong = words("screen.item.resumed"), .plain = words("screen.item.resumed.note")};
    banner(f, body.cut_top(banner_height(f, body.w, resumed), 12), resumed);
}

/// How closely a question is set, so that all its options are seen at once.
struct Setting {
    Type stem;
    float after_hint;
    Density density;
};
constexpr Setting settings[] = {{Type::Question, 16, Density::Roomy},
                                {Type::Question, 12, Density::Snug},
                                {Type::Question, 8, Density::Close},
                                {Type::Heading, 8, Density::Close}};

/// A scenario's story stays above each of its questions.
void add_story(Stack& stack, Frame& f, const std::string& story)
{
    if (story.empty()) return;
    const Style style{Type::Body};
    stack.part(text_height(f, stack.width() - 40, story, style) + 32, 16, [&f, &story, style](const Rect& where) {
        plate(f, where, Token::Sunken, Token::Line, 1, radius::card);
        text(f, where.inset(20, 16), story, style);
    });
}

Stack question_stack(Frame& f, float width, const ItemScreen& screen, const Words& words, const Setting& setting, std::optional<Intent>& intent)
{
    Stack stack(f, width);
    add_story(stack, f, screen.story);
    stack.text(screen.stem, {setting.stem}, 4);
    stack.text(screen.hint, {Type::Small, Token::Ink2}, setting.after_hint);
    add_answers(stack, f, screen, words, setting.density, intent);
    return stack;
}

/// The widest setting that needs no scrolling; the closest with the usual stem if it scrolls all the same.
Setting setting_for(Frame& f, const Rect& place, const ItemScreen& screen, const Words& words)
{
    std::optional<Intent> none;
    for (const auto& setting : settings)
        if (question_stack(f, place.w, screen, words, setting, none).height() <= place.h) return setting;
    return settings[2];
}

/// The column scrolls only if it must; it starts anew with every question.
void draw_question(Frame& f, const Rect& place, const ItemScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    const Setting setting = setting_for(f, place, screen, words);
    draw_column(f, "item.question." + std::to_string(screen.number), place,
                [&](float width) { return question_stack(f, width, screen, words, setting, intent); });
}

void draw_palette(Frame& f, const Rect& side, const ItemScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    std::vector<Cell> cells;
    for (const auto& cell : screen.cells)
        cells.push_back({.answered = cell.is_answered, .flagged = cell.is_flagged, .current = static_cast<int>(cells.size()) + 1 == screen.number});
    const auto answered = std::count_if(screen.cells.begin(), screen.cells.end(), [](const auto& cell) { return cell.is_answered; });
    const PaletteWords said{
        .title = words("screen.item.palette"),
        .count = words("screen.item.palette.count", {{"answered", std::to_string(answered)}, {"total", std::to_string(screen.total)}}),
        .answered = words("screen.item.palette.answered"),
        .flagged = words("screen.item.palette.flagged"),
        .open = words("screen.item.palette.open"),
        .up = words("screen.item.palette.up"),
        .down = words("screen.item.palette.down")};
    const Rect card = side.with_height(std::min(side.h, palette_height(f, cells.size())));
    if (auto index = palette(f, card, cells, said)) intent = GoToItem{static_cast<int>(*index) + 1};
}

void draw_footer(Frame& f, const Rect& footer, const ItemScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    Footer foot(f, footer);
    if (foot.left({.id = "item.leave", .label = words("screen.item.leave"), .icon = Icon::Door})) intent = AskToLeave{};
    const bool is_last = screen.number >= screen.total;
    if (is_last && foot.right({.id = "item.submit", .label = words("screen.item.submit"), .kind = Kind::Primary, .icon = Icon::Check}))
        intent = AskToSubmit{};
    if (!is_last && foot.right({.id = "item.next", .label = words("screen.item.next"), .kind = Kind::Primary, .arrow = Icon::Right}))
        intent = GoToItem{screen.number + 1};
    if (screen.number > 1 && !screen.goes_only_forward && foot.right({.id = "item.back", .label = words("screen.item.back"), .icon = Icon::Left}))
        intent = GoToItem{screen.number - 1};
    const Button flag{.id = "item.flag",
                      .label = words(screen.is_flagged ? "screen.item.unflag" : "screen.item.flag"),
                      .kind = Kind::Quiet,
                      .icon = screen.is_flagged ? Icon::Flagf : Icon::Flag,
                      .tone = Tone::Copper};
    if (!screen.goes_only_forward && foot.middle(flag)) intent = FlagItem{screen.item, !screen.is_flagged};
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const ItemScreen& screen, const Words& words)
{
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent);
    Rect body = page.body;
    body.cut_top(16);
    cut_head(f, body, screen, words);
    body.cut_bottom(20);
    const Rect side = body.cut_right(palette_width(f), f.narrow() ? 20.F : 28.F);
    cut_banners(f, body, screen, words);
    draw_question(f, body, screen, words, intent);
    draw_palette(f, side, screen, words, intent);
    draw_footer(f, page.footer, screen, words, intent);
    if (auto wanted = draw_item_dialog(f, screen, words)) intent = wanted;
    return intent;
}

} // namespace adal::screens
