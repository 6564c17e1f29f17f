#include "app/screens/reader_screen.hpp"
#include "app/screens/blocks.hpp"
#include "app/screens/header.hpp"
#include "app/screens/notice.hpp"
#include "app/widgets/folding.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

namespace adal::screens {
namespace {

using namespace widgets;

std::optional<Intent> text_size_switch(Frame& f, const Rect& where, const Surround& surround, const Words& words)
{
    const std::array segments{Segment{"reader.size.1", words("screen.reader.letter"), 18}, Segment{"reader.size.2", words("screen.reader.letter"), 22},
                              Segment{"reader.size.3", words("screen.reader.letter"), 26}};
    const auto chosen = segmented(f, where, segments, "reader.size." + std::to_string(surround.text_size));
    if (chosen.empty()) return std::nullopt;
    return ChooseTextSize{chosen.back() - '0'};
}

/// Large letters need the whole width: the contents then open by a button.
bool folds_contents(const Frame& f)
{
    const int size = f.theme().settings().text_size;
    return f.screen().w < 1600 && (size == 3 || (size == 2 && f.narrow()));
}

Button contents_button(const Words& words) { return {.id = "reader.contents", .label = words("screen.reader.contents"), .icon = Icon::List, .small = true}; }

constexpr float sizes_width = 3 * 56 + 10, gap = 12, after_names = 24;

float controls_width(Frame& f, const Words& words)
{
    const float fixed = sizes_width + gap + 56 + after_names;
    return folds_contents(f) ? fixed + gap + button_width(f, contents_button(words)) : fixed;
}

std::optional<Intent> draw_controls(Frame& f, Rect place, const Surround& surround, const Words& words)
{
    std::optional<Intent> intent;
    const IconButton turn{.id = "reader.theme",
                          .label = words(surround.is_dark ? "screen.reader.light" : "screen.reader.dark"),
                          .icon = surround.is_dark ? Icon::Sun : Icon::Moon};
    if (icon_button(f, place.cut_right(56, gap), turn)) intent = ChooseTheme{!surround.is_dark};
    if (auto size = text_size_switch(f, place.cut_right(sizes_width, gap), surround, words)) intent = size;
    if (!folds_contents(f)) return intent;
    const auto contents = contents_button(words);
    if (button(f, place.cut_right(button_width(f, contents)), contents)) unfold(f, contents.id, !is_unfolded(f, contents.id));
    return intent;
}

float bar_height(Frame& f, const ReaderScreen& screen, const Words& words)
{
    const float width = f.screen().w - 2 * f.margin() - controls_width(f, words);
    const float names = text_height(f, width, screen.title, {Type::Section}) + text_height(f, width, screen.edition, {Type::Small});
    return std::max(56.F, names) + 20;
}

/// The document's name and edition, and how it is read: contents, letters, colours.
std::optional<Intent> draw_bar(Frame& f, Rect bar, const Surround& surround, const ReaderScreen& screen, const Words& words)
{
    f.paint().fill(bar, f(Token::Surface));
    hairline(f, {bar.x, bar.bottom() - 1, bar.w, 1});
    bar = bar.inset(f.margin(), 10);
    const float width = controls_width(f, words);
    const Rect controls = bar.cut_right(width);
    Stack names(f, bar.w);
    names.text(screen.title, {Type::Section}, 0);
    names.text(screen.edition, {Type::Small, Token::Ink2}, 0);
    names.draw(bar.centred(bar.w, names.height()));
    return draw_controls(f, controls.centred(width, 56), surround, words);
}

struct ContentsHead {
    const std::string& title;
    std::string count;
};

ContentsHead head_of(const ReaderScreen& screen, const Words& words)
{
    const auto read = std::count_if(screen.contents.begin(), screen.contents.end(), [](const auto& section) { return section.is_read; });
    return {words("screen.reader.contents"), words("screen.reader.count", {{"read", std::to_string(read)}, {"total", std::to_string(screen.contents.size())}})};
}

constexpr float number_and_check = 12 + 24 + 12 + 22 + 8 + 12, contents_side = 16;

/// As high as its title needs between number and check.
float contents_row_height(Frame& f, float width, const ContentsRow& row)
{
    return std::max(56.F, std::ceil(0.86F * text_height(f, width - number_and_check, row.title, {Type::NoteStrong})) + 12);
}

Stack contents_stack(Frame& f, float width, const ReaderScreen& screen, const ContentsHead& head, Rect& current, std::optional<Intent>& intent)
{
    Stack stack(f, width);
    stack.part(line_height(f, Type::Section), 8, [&](const Rect& row) {
        const float taken = line(f, row.inset(12, 0), head.title, {Type::Section});
        Rect rest = row.inset(12, 0);
        rest.cut_left(taken, 8);
        line(f, rest, head.count, {Type::Small, Token::Ink2, Align::Right});
    });
    for (const auto& section : screen.contents) {
        const ContentsRow row{.id = "reader.section." + std::to_string(section.number),
                              .number = std::to_string(section.number),
                              .title = section.title,
                              .done = section.is_read,
                              .current = section.number == screen.section};
        stack.part(contents_row_height(f, width, row), 0, [&f, &intent, &current, row, n = section.number](const Rect& where) {
            if (row.current) current = where;
            if (!contents_row(f, where, row)) return;
            unfold(f, "reader.contents", false);
            intent = GoToSection{n};
        });
    }
    return stack;
}

void draw_contents(Frame& f, const Rect& column, const ReaderScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    f.paint().fill(column, f(Token::Surface));
    vertical_hairline(f, {column.right() - 1, column.y, 1, column.h});
    const ContentsHead head = head_of(screen, words);
    Rect current;
    Rect view = column.inset(contents_side);
    view.w += 12; // the bar keeps to the edge
    Scroll scroll(f, "reader.contents." + std::to_string(screen.section), view);
    const Rect inside = scroll.inside().with_width(column.w - 2 * contents_side);
    const Stack stack = contents_stack(f, inside.w, screen, head, current, intent);
    stack.draw(inside.with_height(stack.height()));
    scroll.end(inside.y + stack.height());
    if (scroll.is_new()) scroll.bring(current);
}

float longest_word(Frame& f, const std::string& title)
{
    float longest = 0;
    std::istringstream words(title);
    for (std::string word; words >> word;) longest = std::max(longest, text_width(f, word, Type::NoteStrong));
    return std::ceil(longest) + 1;
}

/// Wider for larger letters, so that a title takes two lines at most, and for long words, so that none is broken.
float contents_width(Frame& f, const ReaderScreen& screen)
{
    const float usual = (f.narrow() ? 288.F : 320.F) + 40 * static_cast<float>(f.theme().settings().text_size - 1);
    float word = 0;
    for (const auto& section : screen.contents) word = std::max(word, longest_word(f, section.title));
    return std::clamp(word + number_and_check + 2 * contents_side, usual, usual + 64);
}

/// Lines of 55 to 80 letters, whatever the letters' size.
float widest(const Frame& f) { return 840 * static_cast<float>(f.theme()(Type::Reading).font.size) / 22; }

void draw_section(Frame& f, const Rect& view, const ReaderScreen& screen, std::optional<Intent>& intent)
{
    BlocksTouch touch;
    const std::string id = "reader.text." + std::to_string(screen.section) + "#" + screen.marked_anchor; // a new section begins at its top
    Scroll scroll(f, id, view);
    Rect paper = no_wider(scroll.inside().inset(f.narrow() ? 24.F : 40.F, 28), widest(f));
    Stack stack(f, paper.w);
    stack.notice(screen.notice, 20);
    stack.text(std::to_string(screen.section) + ". " + screen.section_title, {Type::CardTitle}, 20);
    add_blocks(stack, f, screen.blocks, {.links = "reader.link.", .marked = screen.marked_anchor}, touch);
    stack.draw(paper.with_height(stack.height()));
    scroll.end(paper.y + stack.height() + 28);
    if (scroll.is_new() && touch.marked) scroll.bring(*touch.marked);
    if (!touch.pressed.empty()) intent = OpenParagraph{touch.pressed};
}

struct Primary {
    std::string id, label;
    Intent intent;
    Icon arrow = Icon::Right;
};

/// One road on: the next section, the signature, or back to where she came from.
Primary primary_of(const ReaderScreen& screen, const Words& words)
{
    if (screen.from_result) return {"reader.result", words("screen.reader.to_result"), ShowDuties{}};
    if (!screen.is_last) {
        const int next = screen.section + 1;
        return {"reader.next", words("screen.reader.next", {{"n", std::to_string(next)}}), GoToSection{next}};
    }
    if (screen.is_acknowledged) return {"reader.duties", words("screen.reader.to_duties"), ShowDuties{}};
    return {"reader.acknowledge", words("screen.reader.acknowledge"), ShowAcknowledgement{}};
}

void draw_footer(Frame& f, const Rect& footer, const ReaderScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    Footer foot(f, footer);
    const Primary primary = primary_of(screen, words);
    const bool leads_away = std::holds_alternative<ShowDuties>(primary.intent);
    if (!leads_away && foot.left({.id = "reader.later", .label = words("screen.reader.later"), .icon = Icon::Left})) intent = ShowDuties{};
    if (foot.right({.id = primary.id, .label = primary.label, .kind = Kind::Primary, .arrow = primary.arrow})) intent = primary.intent;
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const ReaderScreen& screen, const Words& words)
{
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent);
    Rect body{f.screen().x, page.body.y, f.screen().w, page.body.h}; // to the very edges
    if (auto wanted = draw_bar(f, body.cut_top(bar_height(f, screen, words)), surround, screen, words)) intent = wanted;
    if (!folds_contents(f) || is_unfolded(f, "reader.contents")) draw_contents(f, body.cut_left(contents_width(f, screen)), screen, words, intent);
    body.cut_right(4);
    draw_section(f, body, screen, intent);
    draw_footer(f, page.footer, screen, words, intent);
    return intent;
}

} // namespace adal::screens
