#include "app/screens/blocks.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>

namespace adal::screens {
namespace {

using namespace widgets;
using content::Block, content::BlockKind;

constexpr float callout_side = 24, callout_above = 16, callout_icon = 24 + 12, bullet_indent = 28;

/// Larger letters take larger plates and more air.
struct Measures {
    float plate_width{}, gap{}, below{};
};

Measures measures_of(const Frame& f, bool has_plates)
{
    const auto step = static_cast<float>(f.theme().settings().text_size - 1);
    return {.plate_width = has_plates ? 64 + 8 * step : 0, .gap = has_plates ? 16 + 2 * step : 0, .below = 18 + 3 * step};
}

std::vector<widgets::Run> runs_of(const Block& block, const BlocksLook& look)
{
    const bool is_marked = !look.marked.empty() && block.anchor == look.marked;
    std::vector<widgets::Run> runs;
    for (const auto& run : block.runs) {
        auto link = run.link.empty() ? std::string() : std::string(look.links) + run.link;
        runs.push_back({.text = run.text, .bold = run.bold, .italic = run.italic, .found = is_marked, .link = std::move(link)});
    }
    return runs;
}

void plate(Frame& f, const Rect& where, std::string_view number, bool on)
{
    f.paint().fill(where, f(on ? Token::Patina : Token::Ground), 8);
    if (!on) f.paint().border(where, f(Token::PatinaLine), 1, 8);
    line(f, where, number, {Type::NoteStrong, on ? Token::OnPatina : Token::Patina, Align::Centre});
}

struct Paper {
    Frame& f;
    BlocksLook look;
    Measures measures;
    BlocksTouch& touch;

    Style style() const { return {look.type}; }
    float line() const { return line_height(f, look.type); }
    float indent() const { return measures.plate_width + measures.gap; }

    void words(const Rect& where, const Block& block) const
    {
        const auto pressed = rich_text(f, where, runs_of(block, look), style()).pressed;
        if (!pressed.empty()) touch.pressed = pressed.substr(look.links.size());
    }
    float words_height(float width, const Block& block) const { return rich_height(f, width, runs_of(block, look), style()); }
};

void add_paragraph(Stack& stack, const Paper& paper, const Block& block)
{
    stack.part(paper.words_height(stack.width() - paper.indent(), block), paper.measures.below, [paper, &block](Rect place) {
        const bool is_marked = !block.anchor.empty() && block.anchor == paper.look.marked;
        if (is_marked) paper.touch.marked = place;
        const Rect number = place.cut_left(paper.measures.plate_width, paper.measures.gap).with_height(paper.line());
        if (!block.anchor.empty()) plate(paper.f, number, block.anchor, is_marked);
        paper.words(place, block);
    });
}

void add_bullet(Stack& stack, const Paper& paper, const Block& block)
{
    const float indent = paper.indent() + bullet_indent;
    stack.part(paper.words_height(stack.width() - indent, block), paper.measures.below * 0.6F, [paper, &block](Rect place) {
        place.cut_left(paper.indent());
        const Rect dot = place.cut_left(bullet_indent).with_height(paper.line());
        paper.f.paint().circle({dot.x + 9, dot.centre().y}, 4, paper.f(Token::Patina));
        paper.words(place, block);
    });
}

void add_callout(Stack& stack, const Paper& paper, const Block& block)
{
    const float words = paper.words_height(stack.width() - 2 * callout_side - callout_icon, block);
    stack.part(words + 2 * callout_above, paper.measures.below, [paper, &block](const Rect& place) {
        paper.f.paint().fill(place, paper.f(Token::Sunken), radius::banner);
        Rect inside = place.inset(callout_side, callout_above);
        const Rect icon = inside.cut_left(callout_icon).with_height(paper.line());
        paper.f.paint().icon(Icon::Info, {icon.x + 12, icon.centre().y}, 24, paper.f(Token::Ink2));
        paper.words(inside, block);
    });
}
} // namespace

void add_blocks(Stack& stack, Frame& f, std::span<const Block> blocks, const BlocksLook& look, BlocksTouch& touch)
{
    const bool has_plates = std::any_of(blocks.begin(), blocks.end(), [](const Block& block) { return !block.anchor.empty(); });
    const Paper paper{f, look, measures_of(f, has_plates), touch};
    for (const auto& block : blocks) {
        if (block.kind == BlockKind::Paragraph) add_paragraph(stack, paper, block);
        if (block.kind == BlockKind::Bullet) add_bullet(stack, paper, block);
        if (block.kind == BlockKind::CallOut) add_callout(stack, paper, block);
    }
}

} // namespace adal::screens
