#include "app/screens/acknowledgement_screen.hpp"
#include "app/screens/code_keypad.hpp"
#include "app/screens/header.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>
#include <array>

namespace adal::screens {
namespace {

using namespace widgets;

struct FactLine {
    Icon icon;
    const std::string& name;
    const std::string& value;
};

std::array<FactLine, 4> facts_of(const AcknowledgementScreen& screen, const Words& words)
{
    return {{{Icon::Book, words("screen.acknowledgement.document"), screen.document},
             {Icon::Globe, words("screen.acknowledgement.languages"), screen.languages},
             {Icon::Clock, words("screen.acknowledgement.time"), screen.time},
             {Icon::Key, words("screen.acknowledgement.fingerprint"), screen.fingerprint}}};
}

Code code_of(const AcknowledgementScreen& screen)
{
    return {.typed = screen.typed,
            .needed = screen.needed,
            .wait_seconds = screen.wait_seconds,
            .can_confirm = screen.can_confirm,
            .is_wrong = screen.notice && screen.notice->is_grave};
}

/// What one signs is seen whole: the pieces stand closer where they would not fit.
struct Setting {
    Type title;
    float gap, declaration_side, declaration_above, fact, fact_padding;
};
constexpr Setting usual{Type::Title, 16, 24, 18, 45, 18}, close_by{Type::CardTitle, 12, 20, 12, 38, 8};

/// The words that become hers when she confirms.
void add_declaration(Frame& f, Stack& stack, const std::string& words, const Setting& setting)
{
    const float side = setting.declaration_side, above = setting.declaration_above;
    const float height = text_height(f, stack.width() - 2 * side, words, {Type::Statement});
    stack.part(height + 2 * above, setting.gap, [&f, &words, side, above](const Rect& r) {
        card(f, r, CardLook::Copper);
        text(f, r.inset(side, above), words, {Type::Statement});
    });
}

/// What the signature stands on. Names stand in one column as wide as the widest of them.
void add_facts(Frame& f, Stack& stack, const std::array<FactLine, 4>& facts, const Setting& setting)
{
    constexpr float side = 24, above = 8, icon = 24 + 12, gap = 12;
    float name = 112;
    for (const auto& fact : facts) name = std::max(name, text_width(f, fact.name, Type::Small));
    std::array<float, 4> heights{};
    float sum = 2 * above;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const float inner = stack.width() - 2 * side - icon - name - gap;
        sum += heights[i] = std::max(setting.fact, text_height(f, inner, facts[i].value, {Type::NoteMedium}) + setting.fact_padding);
    }
    stack.part(sum, 16, [&f, facts, heights, name](const Rect& r) {
        card(f, r);
        Rect rows = r.inset(side, above);
        for (std::size_t i = 0; i < facts.size(); ++i) {
            const Rect row = rows.cut_top(heights[i]);
            if (i > 0) hairline(f, row);
            fact_row(f, row, facts[i].icon, facts[i].name, facts[i].value, name);
        }
    });
}

Stack statement(Frame& f, float width, const AcknowledgementScreen& screen, const Words& words, const Setting& setting)
{
    Stack stack(f, width);
    stack.text(words("screen.acknowledgement.title"), {setting.title}, setting.gap);
    stack.notice(screen.notice, setting.gap);
    add_declaration(f, stack, screen.declaration, setting);
    add_facts(f, stack, facts_of(screen, words), setting);
    return stack;
}

void draw_statement(Frame& f, const Rect& place, const AcknowledgementScreen& screen, const Words& words)
{
    const bool fits = statement(f, place.w, screen, words, usual).height() <= place.h;
    draw_column(f, "acknowledgement.statement", place,
                [&](float width) { return statement(f, width, screen, words, fits ? usual : close_by); });
}

void panel_head(Frame& f, Rect where, const Words& words)
{
    tile(f, where.cut_left(48, 12).with_height(48), Icon::Lock, Tone::Patina);
    Stack lines(f, where.w);
    lines.text(words("screen.acknowledgement.pin"), {Type::Subheading}, 0);
    lines.text(words("screen.acknowledgement.pin.note"), {Type::Small, Token::Ink2}, 0);
    lines.draw(where);
}

float panel_head_height(Frame& f, float width, const Words& words)
{
    return std::max(48.F, text_height(f, width - 60, words("screen.acknowledgement.pin"), {Type::Subheading}) +
                              text_height(f, width - 60, words("screen.acknowledgement.pin.note"), {Type::Small}));
}

/// Why the button is closed, on two lines where one has no room.
void tell_why(Frame& f, Footer& foot, const std::string& reason)
{
    constexpr Style small{Type::Small, Token::Ink2, Align::Centre};
    const Rect rest = foot.rest();
    if (icon_line_width(f, reason, small) <= rest.w) return foot.note(Icon::Lock, reason);
    text(f, rest.centred(rest.w, text_height(f, rest.w, reason, small)), reason, small);
}

/// The PIN that is her signature.
std::optional<Intent> pin_panel(Frame& f, const Rect& where, const AcknowledgementScreen& screen, const Words& words)
{
    constexpr float key = 84, gap = 8;
    card(f, where);
    Rect inside = where.inset(24);
    panel_head(f, inside.cut_top(panel_head_height(f, inside.w, words), 20), words);
    code_dots(f, inside.cut_top(56, 20), code_of(screen), words, true);
    inside.h = std::min(inside.h, keypad_height(key, gap));
    return code_keypad(f, inside, words, code_of(screen).takes_digits(), gap);
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const AcknowledgementScreen& screen, const Words& words)
{
    constexpr float tallest = 600;
    std::optional<Intent> intent;
    const Page page = begin_page(f, surround, words, intent);
    Rect body = no_wider(page.body, 1360);
    body.cut_top(24);
    body.cut_bottom(20);
    if (body.h > tallest) body = {body.x, body.y + (body.h - tallest) * 0.25F, body.w, tallest};

    const Rect panel = body.cut_right(f.narrow() ? 376.F : 416.F, f.narrow() ? 24.F : 32.F);
    if (auto typed = pin_panel(f, panel, screen, words)) intent = typed;
    draw_statement(f, body, screen, words);

    Footer foot(f, page.footer);
    if (foot.left({.id = "acknowledgement.later", .label = words("screen.acknowledgement.later"), .icon = Icon::Left})) intent = ShowDuties{};
    Button confirm{.id = "acknowledgement.confirm", .label = words("screen.acknowledgement.confirm"), .kind = Kind::Primary, .icon = Icon::Check};
    confirm.enabled = screen.can_confirm;
    confirm.reason = why_closed(code_of(screen), words);
    if (foot.right(confirm)) intent = Confirm{};
    if (!confirm.reason.empty()) tell_why(f, foot, confirm.reason);
    return intent;
}

} // namespace adal::screens
