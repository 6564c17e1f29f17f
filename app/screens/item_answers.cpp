#include "app/screens/item_answers.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>

namespace adal::screens {
namespace {

using namespace widgets;
constexpr float key_height = 64, order_button = 56, between_pairs = 12, widest_number = 420;

// --- choosing

Option option_of(const ItemScreen& screen, std::size_t i)
{
    const auto& choice = screen.options[i];
    return {.id = "item.option." + choice.choice.text,
            .number = static_cast<int>(i) + 1,
            .text = choice.text,
            .selected = choice.is_selected,
            .several = screen.is_multiple};
}

void add_choices(Stack& stack, Frame& f, const ItemScreen& screen, Density density, std::optional<Intent>& intent)
{
    for (std::size_t i = 0; i < screen.options.size(); ++i)
        stack.part(option_height(f, stack.width(), option_of(screen, i), density), between_options(density), [&f, &screen, &intent, i](const Rect& where) {
            if (widgets::option(f, where, option_of(screen, i))) intent = SelectChoice{screen.item, screen.options[i].choice};
        });
}

// --- matching: tap at the left, then at the right

float gap_between(const Frame& f) { return f.narrow() ? 56.F : 92.F; }
float column_width(const Frame& f, float width) { return (width - gap_between(f)) / 2; }

std::string number_of(const ItemScreen& screen, const ChoiceId& target)
{
    for (std::size_t i = 0; i < screen.targets.size(); ++i)
        if (screen.targets[i].choice == target) return std::to_string(i + 1);
    return {};
}

bool is_taken(const ItemScreen& screen, const ChoiceId& target)
{
    return std::any_of(screen.options.begin(), screen.options.end(), [&](const auto& source) { return source.partner == target; });
}

MatchLook look(const ItemScreen& screen, const ItemScreen::Option& source)
{
    if (!source.partner.empty()) return MatchLook::Matched;
    return source.choice == screen.active ? MatchLook::Active : MatchLook::Open;
}

template <class Rows> std::vector<Rect> places_of(Frame& f, const Rect& column, const Rows& rows)
{
    std::vector<Rect> places;
    float y = column.y;
    for (const auto& row : rows) {
        const float height = match_height(f, column.w, row.text);
        places.push_back({column.x, y, column.w, height});
        y += height + between_pairs;
    }
    return places;
}

template <class Rows> float height_of(Frame& f, float width, const Rows& rows)
{
    float height = 0;
    for (const auto& row : rows) height += match_height(f, width, row.text) + between_pairs;
    return std::max(0.F, height - between_pairs);
}

void draw_curves(Frame& f, const ItemScreen& screen, const std::vector<Rect>& left, const std::vector<Rect>& right)
{
    for (std::size_t i = 0; i < screen.options.size(); ++i)
        for (std::size_t j = 0; j < screen.targets.size(); ++j)
            if (screen.options[i].partner == screen.targets[j].choice) match_curve(f, left[i], right[j]);
}

void draw_match(Frame& f, const Rect& where, const ItemScreen& screen, std::optional<Intent>& intent)
{
    Rect rest = where;
    const float width = column_width(f, where.w);
    const auto left = places_of(f, rest.cut_left(width), screen.options), right = places_of(f, rest.cut_right(width), screen.targets);
    for (std::size_t i = 0; i < left.size(); ++i) {
        const auto& source = screen.options[i];
        if (match_left(f, left[i], {"item.option." + source.choice.text, source.text, number_of(screen, source.partner), look(screen, source)}))
            intent = SelectChoice{screen.item, source.choice};
    }
    for (std::size_t i = 0; i < right.size(); ++i) {
        const auto& target = screen.targets[i];
        const auto state = is_taken(screen, target.choice) ? MatchLook::Matched : MatchLook::Open;
        if (match_right(f, right[i], {"item.target." + target.choice.text, target.text, std::to_string(i + 1), state}))
            intent = SelectTarget{screen.item, target.choice};
    }
    draw_curves(f, screen, left, right);
}

void add_match(Stack& stack, Frame& f, const ItemScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    const float width = column_width(f, stack.width());
    stack.part(std::max(height_of(f, width, screen.options), height_of(f, width, screen.targets)), 12,
               [&](const Rect& where) { draw_match(f, where, screen, intent); });
    const Button clear{.id = "item.clear", .label = words("screen.item.clear_pairs"), .kind = Kind::Quiet, .icon = Icon::X, .enabled = screen.is_answered, .small = true};
    stack.part(56, 0, [&f, &screen, &intent, clear](const Rect& where) {
        if (button(f, Rect{where}.cut_left(button_width(f, clear)), clear)) intent = ClearResponse{screen.item};
    });
}

// --- putting in order: each row goes up or down by one

void draw_row(Frame& f, Rect where, const ItemScreen& screen, std::size_t i, const Words& words, std::optional<Intent>& intent)
{
    const auto& choice = screen.options[i];
    card(f, where);
    Rect in = where.inset(14, 0);
    number_tile(f, in.cut_left(48, 16).centred(48, 48), std::to_string(i + 1), screen.is_answered);
    const auto move = [&](const char* name, const char* said, Icon icon, int by, bool is_open) {
        const IconButton arrow{.id = std::string{"item."} + name + "." + choice.choice.text, .label = words(said, {{"text", choice.text}}), .icon = icon, .enabled = is_open};
        if (icon_button(f, in.cut_right(order_button, 8).centred(order_button, order_button), arrow)) intent = MoveChoice{screen.item, choice.choice, by};
    };
    move("down", "screen.item.move_down", Icon::Chevd, 1, i + 1 < screen.options.size());
    move("up", "screen.item.move_up", Icon::Chevu, -1, i > 0);
    const Style style{Type::Option};
    text(f, in.centred(in.w, text_height(f, in.w, choice.text, style)), choice.text, style);
}

void add_order(Stack& stack, Frame& f, const ItemScreen& screen, const Words& words, Density density, std::optional<Intent>& intent)
{
    for (std::size_t i = 0; i < screen.options.size(); ++i) {
        const float room = stack.width() - 28 - 64 - 2 * (order_button + 8);
        const float height = std::max(76.F, text_height(f, room, screen.options[i].text, {Type::Option}) + 24);
        stack.part(height, between_options(density), [&f, &screen, &words, &intent, i](const Rect& where) { draw_row(f, where, screen, i, words, intent); });
    }
}

// --- typing

void add_field(Stack& stack, Frame& f, const ItemScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    const bool is_number = screen.answering == Answering::Number;
    const Field typing{.id = "item.field",
                       .label = words(is_number ? "screen.item.your_number" : "screen.item.your_words"),
                       .error = screen.takes_typed ? "" : words(is_number ? "screen.item.no_number" : "screen.item.too_long"),
                       .most = is_number ? 20U : 100U};
    stack.part(field_height(typing), 16, [&f, &screen, &intent, typing](const Rect& where) {
        auto value = screen.typed;
        const float width = typing.most == 20U ? std::min(where.w, widest_number) : where.w;
        if (field(f, Rect{where}.cut_left(width), typing, value).changed) intent = TypeResponse{screen.item, value};
    });
}

std::string typed_after(std::string typed, KeypadKey key)
{
    if (key == KeypadKey::Clear) return {};
    if (key == KeypadKey::Erase) return typed.empty() ? typed : typed.substr(0, typed.size() - 1); // of a number: one byte a sign
    return typed + static_cast<char>('0' + static_cast<int>(key));
}

void draw_number_keys(Frame& f, Rect where, const ItemScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    Rect signs = where.cut_bottom(key_height, 12);
    const auto sign = [&](const char* id, const char* label, const char* letter, const Rect& place) {
        if (button(f, place, {.id = id, .label = words(label)})) intent = TypeResponse{screen.item, screen.typed + letter};
    };
    sign("item.minus", "screen.item.minus", "-", signs.cut_left((signs.w - 12) / 2, 12));
    sign("item.comma", "screen.item.comma", ",", signs);
    if (const auto key = keypad(f, where, {.clear = words("screen.keypad.clear"), .erase = words("screen.keypad.erase")}))
        intent = TypeResponse{screen.item, typed_after(screen.typed, *key)};
}

void add_number(Stack& stack, Frame& f, const ItemScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    add_field(stack, f, screen, words, intent);
    stack.part(keypad_height(key_height) + 12 + key_height, 0, [&](const Rect& where) {
        draw_number_keys(f, Rect{where}.cut_left(std::min(where.w, widest_number)), screen, words, intent);
    });
}

} // namespace

void add_answers(Stack& stack, Frame& f, const ItemScreen& screen, const Words& words, Density density, std::optional<Intent>& intent)
{
    switch (screen.answering) {
    case Answering::Choose:
        return add_choices(stack, f, screen, density, intent);
    case Answering::Match:
        return add_match(stack, f, screen, words, intent);
    case Answering::Order:
        return add_order(stack, f, screen, words, density, intent);
    case Answering::Number:
        return add_number(stack, f, screen, words, intent);
    case Answering::Words:
        break;
    }
    add_field(stack, f, screen, words, intent);
}

} // namespace adal::screens
