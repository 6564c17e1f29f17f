#include "app/screens/result_screen.hpp"
#include "app/screens/header.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>
#include <cmath>
#include <iterator>

namespace adal::screens {
namespace {

using namespace widgets;

std::string shares(const ResultScreen& screen, const Words& words)
{
    return words("screen.result.ring", {{"points", std::to_string(screen.points)},
                                        {"maximum", std::to_string(screen.maximum)},
                                        {"pass_mark", std::to_string(screen.pass_mark)}});
}

void draw_ring(Frame& f, const Rect& where, const ResultScreen& screen, const Words& words)
{
    const auto most = static_cast<float>(std::max(1, screen.maximum));
    ring(f, where,
         {.share = static_cast<float>(screen.points) / most,
          .tick = static_cast<float>(screen.pass_mark) / most,
          .figure = std::to_string(screen.points),
          .caption = words("screen.result.of", {{"maximum", std::to_string(screen.maximum)}}),
          .tone = screen.has_passed ? Tone::Patina : Tone::Copper});
    f.show({.label = shares(screen, words), .role = Role::Progress, .rect = where});
}

/// "Next: from 28 November", on copper.
void add_next(Stack& stack, Frame& f, const std::string& next)
{
    constexpr float indent = 16 + 24 + 12;
    const float height = text_height(f, stack.width() - indent - 16, next, {Type::NoteStrong});
    stack.part(height + 22, 0, [&f, &next, height](const Rect& where) {
        f.paint().fill(where, f(Token::CopperTint), 12);
        f.paint().icon(Icon::Cal, {where.x + 28, where.centre().y}, 24, f(Token::Copper));
        text(f, {where.x + indent, where.y + 11, where.w - indent - 16, height}, next, {Type::NoteStrong});
    });
}

void add_title(Stack& stack, Frame& f, const ResultScreen& screen)
{
    constexpr Style style{Type::CardTitle};
    if (!screen.has_passed) return stack.text(screen.title, style, 8);
    constexpr float room = 40 + 12;
    const float height = text_height(f, stack.width() - room, screen.title, style);
    stack.part(std::max(40.F, height), 8, [&f, &screen](Rect where) {
        disc(f, where.cut_left(40, 12).with_height(40), Icon::Check);
        text(f, where, screen.title, {Type::CardTitle});
    });
}

Stack verdict_words(Frame& f, float width, const ResultScreen& screen)
{
    Stack stack(f, width);
    add_title(stack, f, screen);
    stack.text(screen.explanation, {Type::Body}, 12);
    if (!screen.next.empty()) add_next(stack, f, screen.next);
    return stack;
}

/// How closely the two columns are set, the widest first; each takes the first that needs no scrolling.
struct Setting {
    float verdict_above, topic, reading, reading_padding, reading_gap;
};
constexpr Setting settings[] = {{24, 58, 88, 28, 12}, {20, 52, 76, 20, 10}, {12, 44, 64, 14, 8}};

void add_verdict(Stack& stack, Frame& f, const ResultScreen& screen, const Words& words, const Setting& setting)
{
    const float side = f.narrow() ? 20.F : 28.F, above = setting.verdict_above, size = f.narrow() ? 160.F : 170.F, gap = f.narrow() ? 20.F : 32.F;
    const Stack told = verdict_words(f, stack.width() - 2 * side - size - gap, screen);
    stack.part(std::max(size, told.height()) + 2 * above, 16, [&f, &screen, &words, told, side, above, size, gap](const Rect& where) {
        card(f, where);
        Rect inside = where.inset(side, above);
        draw_ring(f, inside.cut_left(size, gap).centred(size, size), screen, words);
        told.draw(inside.centred(inside.w, told.height()));
    });
}

/// A topic in one line: name, bar, points, and a check or a book.
struct TopicColumns {
    float bar = 184, points = 72, mark = 28, gap = 16;
    float name(float width) const { return width - bar - points - mark - 3 * gap; }
};

TopicColumns columns_of(Frame& f, const ResultScreen& screen, const Words& words)
{
    TopicColumns columns;
    if (f.narrow()) columns.bar = 104, columns.gap = 12;
    columns.points = 0;
    for (const auto& topic : screen.topics) {
        const auto said = words("screen.result.topic_points", {{"points", std::to_string(topic.points)}, {"maximum", std::to_string(topic.maximum)}});
        columns.points = std::max(columns.points, std::ceil(text_width(f, said, Type::NoteStrong)) + 2);
    }
    return columns;
}

void draw_topic(Frame& f, Rect row, const ResultScreen::Topic& topic, const TopicColumns& columns, const Words& words)
{
    const bool is_full = topic.points >= topic.maximum;
    const Rect mark = row.cut_right(columns.mark, columns.gap);
    const Rect points = row.cut_right(columns.points, columns.gap);
    const Rect bar = row.cut_right(columns.bar, columns.gap).centred(columns.bar, 14);
    const float height = text_height(f, row.w, topic.title, {Type::NoteMedium});
    text(f, row.centred(row.w, height), topic.title, {Type::NoteMedium});
    score_bar(f, bar, topic.points, topic.maximum);
    line(f, points, words("screen.result.topic_points", {{"points", std::to_string(topic.points)}, {"maximum", std::to_string(topic.maximum)}}),
         {Type::NoteStrong, Token::Ink, Align::Right});
    f.paint().icon(is_full ? Icon::Check : Icon::Book, mark.centre(), 24, f(is_full ? Token::Patina : Token::Copper));
}

Stack topics_inside(Frame& f, float width, const ResultScreen& screen, const Words& words, const Setting& setting)
{
    Stack stack(f, width);
    const TopicColumns columns = columns_of(f, screen, words);
    stack.text(words("screen.result.topics"), {Type::Section}, 4);
    for (std::size_t i = 0; i < screen.topics.size(); ++i) {
        const auto& topic = screen.topics[i];
        const float height = std::max(setting.topic, text_height(f, columns.name(width), topic.title, {Type::NoteMedium}) + setting.reading_padding - 8);
        stack.part(height, 0, [&f, &topic, &words, columns, is_first = i == 0](const Rect& row) {
            if (!is_first) hairline(f, row);
            draw_topic(f, row, topic, columns, words);
        });
    }
    return stack;
}

void add_topics(Stack& stack, Frame& f, const ResultScreen& screen, const Words& words, const Setting& setting)
{
    if (screen.topics.empty()) return;
    const float side = f.narrow() ? 20.F : 24.F;
    const Stack inside = topics_inside(f, stack.width() - 2 * side, screen, words, setting);
    stack.part(inside.height() + 16 + 12, 0, [&f, inside, side](const Rect& where) {
        card(f, where);
        inside.draw({where.x + side, where.y + 16, where.w - 2 * side, where.h - 28});
    });
}

Stack score_column(Frame& f, float width, const ResultScreen& screen, const Words& words, const Setting& setting)
{
    Stack stack(f, width);
    stack.notice(screen.notice, 16);
    add_verdict(stack, f, screen, words, setting);
    add_topics(stack, f, screen, words, setting);
    return stack;
}

/// As high as the title needs between plate and chevron.
float reading_height(Frame& f, float width, const ListRow& row, const Setting& setting)
{
    constexpr float around = 12 + 64 + 16 + 16 + 24 + 16;
    return std::max(setting.reading, text_height(f, width - around, row.title, {Type::NoteStrong}) + setting.reading_padding);
}

void add_readings(Stack& stack, Frame& f, const ResultScreen& screen, const Setting& setting, std::optional<Intent>& intent)
{
    for (const auto& reading : screen.read_again) {
        const ListRow row{.id = "result.read." + reading.reference, .title = reading.title, .plate = reading.anchor};
        stack.part(reading_height(f, stack.width(), row, setting), setting.reading_gap, [&f, &intent, row, reference = reading.reference](const Rect& where) {
            if (list_row(f, where, row)) intent = OpenParagraph{reference};
        });
    }
}

Stack reading_column(Frame& f, float width, const ResultScreen& screen, const Words& words, const Setting& setting, std::optional<Intent>& intent)
{
    Stack stack(f, width);
    if (screen.read_again.empty()) {
        stack.part(220, 12, [&f, &words](const Rect& where) {
            empty_state(f, where, Icon::Checks, words("screen.result.nothing"), words("screen.result.nothing.note"));
        });
    } else {
        stack.text(words("screen.result.read_again"), {Type::Heading}, 2);
        stack.text(words("screen.result.read_again.note"), {Type::Small, Token::Ink2}, 14);
        add_readings(stack, f, screen, setting, intent);
    }
    stack.spring();
    stack.icon_text(Icon::Term, screen.kept, {Type::Small, Token::Ink2}, 6);
    stack.icon_text(Icon::Lock, screen.identified, {Type::Small, Token::Ink2}, 0);
    return stack;
}

void draw_fitted(Frame& f, std::string_view id, const Rect& place, const std::function<Stack(float, const Setting&)>& build)
{
    const auto fits = [&](const Setting& setting) { return build(place.w, setting).height() <= place.h; };
    const auto found = std::find_if(std::begin(settings), std::end(settings), fits);
    const Setting& setting = found == std::end(settings) ? settings[1] : *found;
    draw_column(f, id, place, [&](float width) { return build(width, setting); });
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const ResultScreen& screen, const Words& words)
{
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent);
    Rect body = no_wider(page.body, 1360);
    body.cut_top(24);
    body.cut_bottom(20);
    body.h = std::min(body.h, 720.F);
    const Rect side = body.cut_right(f.narrow() ? 360.F : 440.F, f.narrow() ? 24.F : 32.F);
    draw_fitted(f, "result.score", body, [&](float width, const Setting& setting) { return score_column(f, width, screen, words, setting); });
    draw_fitted(f, "result.reading", side,
                [&](float width, const Setting& setting) { return reading_column(f, width, screen, words, setting, intent); });

    Footer foot(f, page.footer);
    if (foot.right({.id = "result.duties", .label = words("screen.result.duties"), .kind = Kind::Primary, .arrow = Icon::Right})) intent = ShowDuties{};
    return intent;
}

} // namespace adal::screens
