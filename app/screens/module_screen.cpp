#include "app/screens/module_screen.hpp"
#include "app/screens/blocks.hpp"
#include "app/screens/header.hpp"
#include "app/screens/notice.hpp"
#include "app/screens/picture.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>
#include <cmath>

namespace adal::screens {
namespace {

using namespace widgets;
constexpr float between_columns = 32;

/// "Speak Up  ====----  page 3 of 7"; the segments go below where the words need the whole line.
void cut_progress(Frame& f, Rect& body, const ModuleScreen& screen, const Words& words)
{
    const auto count = words("screen.module.page", {{"page", std::to_string(screen.page)}, {"total", std::to_string(screen.pages)}});
    const float title_width = std::ceil(text_width(f, screen.module_title, Type::Section)) + 1;
    const float count_width = icon_line_width(f, count, {Type::Small}, 20);
    const bool in_one_line = title_width + count_width + 2 * 24 + 160 <= body.w;
    Rect row = body.cut_top(32, in_one_line ? 20.F : 8.F);
    line(f, row.cut_left(std::min(title_width, row.w - count_width - 16), 24), screen.module_title, {Type::Section});
    icon_line(f, row.cut_right(count_width, 24), Icon::Module, count);
    const Rect bar = in_one_line ? row : body.cut_top(8, 16);
    segments(f, bar.centred(bar.w, 8), screen.pages, screen.page - 1, count, 8);
}

std::vector<Option> options_of(const ModuleScreen::Check& check)
{
    std::vector<Option> options;
    for (const auto& choice : check.options) {
        const bool is_chosen = check.chosen == choice.choice;
        const Verdict verdict = !is_chosen ? Verdict::None : check.is_right ? Verdict::Right : Verdict::Wrong;
        options.push_back({.id = "module.option." + choice.choice.text,
                           .number = static_cast<int>(options.size()) + 1,
                           .text = choice.text,
                           .selected = is_chosen,
                           .enabled = !check.is_right || is_chosen, // a wrong answer may be mended, a right one stays
                           .verdict = verdict});
    }
    return options;
}

Banner banner_of(const ModuleScreen::Check& check)
{
    return {.tone = check.is_right ? Tone::Patina : Tone::Copper,
            .icon = check.is_right ? Icon::Check : Icon::Info,
            .strong = check.verdict,
            .plain = check.feedback,
            .large = true};
}

/// What a page consists of, and where it reports what was touched.
struct PageParts {
    Frame& f;
    const ModuleScreen& screen;
    BlocksTouch& touch;
    std::optional<Intent>& intent;
    std::optional<Rect>& answer; // where the explanation lies
    Density density = Density::Roomy;
};

void add_title(Stack& stack, const PageParts& page)
{
    const auto& words = page.screen.check ? page.screen.check->stem : page.screen.title;
    stack.text(words, {page.screen.check ? Type::Question : Type::CardTitle}, page.density == Density::Close ? 12.F : 20.F);
}

void add_words(Stack& stack, const PageParts& page, Type type)
{
    add_blocks(stack, page.f, page.screen.blocks, {.type = type, .links = "module.link."}, page.touch);
}

void add_check(Stack& stack, const PageParts& page)
{
    if (!page.screen.check) return;
    const auto& check = *page.screen.check;
    const auto list = options_of(check);
    for (std::size_t i = 0; i < list.size(); ++i)
        stack.part(option_height(page.f, stack.width(), list[i], page.density), between_options(page.density), [page, option = list[i], i](const Rect& where) {
            const auto& asked = *page.screen.check;
            if (widgets::option(page.f, where, option)) page.intent = AnswerCheck{asked.item, asked.options[i].choice};
        });
    if (!check.chosen) return;
    const auto banner = banner_of(check);
    stack.part(banner_height(page.f, stack.width(), banner), 0, [page, banner](const Rect& where) {
        page.answer = where;
        widgets::banner(page.f, where, banner);
    });
}

/// As wide as the column and cut above and below if it may be no higher; or, uncut, narrower.
void add_picture(Stack& stack, const PageParts& page, float most, bool may_cut)
{
    if (!page.screen.picture) return;
    const auto& picture = *page.screen.picture;
    const float natural = fitted_height(picture, stack.width()), height = std::min(most, natural);
    const float width = may_cut || natural <= 0 ? stack.width() : std::round(stack.width() * height / natural);
    stack.part(height, 18, [page, width](const Rect& where) {
        draw_picture(page.f, where.centred(width, where.h), *page.screen.picture, page.screen.picture_text);
    });
}

/// Picture and story at the left, title and check at the right.
Stack story_column(float width, float height, const PageParts& page)
{
    Stack words(page.f, width);
    if (page.screen.check) {
        if (page.screen.title != page.screen.check->stem) words.text(page.screen.title, {Type::Heading}, 12);
        add_words(words, page, Type::Body);
    }
    Stack stack(page.f, width);
    const float room = height - words.height() - 18;
    const float natural = page.screen.picture ? fitted_height(*page.screen.picture, width) : 0;
    add_picture(stack, page, std::max(room, natural * 0.55F), true);
    stack.part(words.height(), 0, [words](const Rect& where) { words.draw(where); });
    return stack;
}

Stack task_column(float width, const PageParts& page)
{
    Stack stack(page.f, width);
    add_title(stack, page);
    if (!page.screen.check) add_words(stack, page, Type::Reading);
    add_check(stack, page);
    return stack;
}

Stack single_column(float width, const PageParts& page)
{
    Stack stack(page.f, width);
    stack.text(page.screen.title, {Type::CardTitle}, 20);
    add_picture(stack, page, 320, false);
    add_words(stack, page, Type::Reading);
    if (page.screen.check) add_title(stack, page);
    add_check(stack, page);
    return stack;
}

bool has_two_columns(const Frame& f, const ModuleScreen& screen)
{
    const int size = f.theme().settings().text_size;
    return screen.picture && (size == 1 || !f.narrow());
}

/// Draws the page from the top of `place`, if it is to be drawn; answers how high it is.
float two_columns(const Rect& place, float view_height, const PageParts& page, bool is_drawn)
{
    Rect right = place;
    const Rect left = right.cut_left(std::round(std::min(place.w * 0.46F, 760.F)), between_columns);
    const Stack story = story_column(left.w, view_height, page), task = task_column(right.w, page);
    if (is_drawn) story.draw(left.with_height(story.height()));
    if (is_drawn) task.draw(right.with_height(task.height()));
    return std::max(story.height(), task.height());
}

float one_column(const Rect& place, const PageParts& page, bool is_drawn)
{
    const Rect paper = no_wider(place, 840 * static_cast<float>(page.f.theme()(Type::Reading).font.size) / 22);
    const Stack stack = single_column(paper.w, page);
    if (is_drawn) stack.draw(paper.with_height(stack.height()));
    return stack.height();
}

void draw_page(const Rect& view, PageParts page)
{
    const auto lay_out = [&](const Rect& place, bool is_drawn) {
        return has_two_columns(page.f, page.screen) ? two_columns(place, view.h, page, is_drawn) : one_column(place, page, is_drawn);
    };
    for (auto density : {Density::Roomy, Density::Snug, Density::Close}) {
        page.density = density;
        if (lay_out(view, false) <= view.h) {
            lay_out(view, true);
            return;
        }
    }
    const bool is_answered = page.screen.check && page.screen.check->chosen;
    Scroll scroll(page.f, "module.page." + std::to_string(page.screen.page) + (is_answered ? ".answered" : ""), view);
    scroll.end(scroll.inside().y + lay_out(scroll.inside(), true));
    if (scroll.is_new() && page.answer) scroll.bring(*page.answer);
}

void draw_footer(Frame& f, const Rect& footer, const ModuleScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    Footer foot(f, footer);
    if (screen.page > 1 && foot.left({.id = "module.back", .label = words("screen.module.back"), .icon = Icon::Left}))
        intent = GoToPage{screen.page - 1};
    if (foot.left({.id = "module.later", .label = words("screen.module.later"), .kind = Kind::Quiet})) intent = ShowDuties{};
    const Button next{.id = "module.next",
                      .label = words(screen.is_last ? "screen.module.finish" : "screen.module.next"),
                      .kind = Kind::Primary,
                      .arrow = screen.is_last ? Icon::Check : Icon::Right,
                      .enabled = screen.can_go_on,
                      .reason = screen.can_go_on ? std::string() : words("screen.module.reason")};
    if (foot.right(next)) intent = screen.is_last ? Intent{Confirm{}} : Intent{GoToPage{screen.page + 1}};
    if (!screen.can_go_on) foot.note(Icon::Lock, next.reason);
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const ModuleScreen& screen, const Words& words)
{
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent);
    Rect body = page.body;
    body.cut_top(16);
    body.cut_bottom(12);
    cut_progress(f, body, screen, words);
    cut_notice(f, body, screen.notice);

    BlocksTouch touch;
    std::optional<Rect> answer;
    draw_page(body, {f, screen, touch, intent, answer});
    if (!touch.pressed.empty()) intent = OpenParagraph{touch.pressed};
    draw_footer(f, page.footer, screen, words, intent);
    return intent;
}

} // namespace adal::screens
