#include "app/screens/start_screen.hpp"
#include "app/screens/header.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/parts.hpp"
#include <algorithm>

namespace adal::screens {
namespace {

using namespace widgets;
constexpr float tile_side = 48, tile_gap = 12;
constexpr Style contact_style{Type::NoteStrong}, contact_note{Type::Small, Token::Ink2};

struct Contact {
    Icon icon;
    const std::string& words;
    const std::string& note;
};

float contact_height(Frame& f, float width, const Contact& contact)
{
    const float inner = width - tile_side - tile_gap;
    return std::max(tile_side, text_height(f, inner, contact.words, contact_style) + text_height(f, inner, contact.note, contact_note));
}

void draw_contact(Frame& f, Rect where, const Contact& contact)
{
    tile(f, where.cut_left(tile_side, tile_gap).with_height(tile_side), contact.icon);
    const float words = text_height(f, where.w, contact.words, contact_style);
    text(f, where.cut_top(words), contact.words, contact_style);
    text(f, where, contact.note, contact_note);
}

/// Two beside each other if neither has a word that is too long, else one under another.
void add_pair(Frame& f, Stack& stack, const Contact& a, const Contact& b)
{
    constexpr float gap = 24, below = 12;
    const float half = (stack.width() - gap) / 2, inner = half - tile_side - tile_gap;
    const bool fits = std::max(text_width(f, a.words, contact_style.type), text_width(f, b.words, contact_style.type)) <= inner;
    if (fits) {
        stack.part(std::max(contact_height(f, half, a), contact_height(f, half, b)), below, [&f, a, b](const Rect& r) {
            draw_contact(f, r.column(0, 2, gap), a);
            draw_contact(f, r.column(1, 2, gap), b);
        });
        return;
    }
    for (const auto& one : {a, b})
        stack.part(contact_height(f, stack.width(), one), below, [&f, one](const Rect& r) { draw_contact(f, r, one); });
}

/// Speak Up's three channels: nobody needs to sign in for them.
void add_speak_up(Frame& f, Stack& stack, const StartScreen& screen, const Words& words)
{
    stack.part(1, 16, [&f](const Rect& r) { hairline(f, r); });
    stack.text(words("screen.start.speak_up"), {Type::Section}, 0);
    stack.icon_text(Icon::Lock, words("screen.start.speak_up.note"), contact_note, 14);
    add_pair(f, stack, {Icon::Phone, screen.phone, words("screen.start.phone")}, {Icon::Mail, screen.mail, words("screen.start.mail")});
    const Contact address{Icon::Post, screen.address, words("screen.start.address")};
    stack.part(contact_height(f, stack.width(), address), 0, [&f, address](const Rect& r) { draw_contact(f, r, address); });
}

void language_tiles(Frame& f, const Rect& row, const Surround& surround, const Words& words, std::optional<Intent>& intent)
{
    for (std::size_t i = 0; i < all_languages.size(); ++i) {
        const std::string name(code(all_languages[i]));
        const bool chosen = all_languages[i] == surround.language;
        if (choice_tile(f, row.column(i, all_languages.size(), 12), "start.language." + name, words("screen.start.language." + name), chosen))
            intent = ChooseLanguage{all_languages[i]};
    }
}

Stack column(Frame& f, float width, const Surround& surround, const StartScreen& screen, const Words& words, std::optional<Intent>& intent)
{
    Stack stack(f, width);
    stack.text(words("screen.start.title"), {Type::Display}, screen.notice ? 16.F : 8.F);
    if (screen.notice)
        stack.notice(screen.notice, 20);
    else
        stack.text(words("screen.start.lead"), {Type::Lead, Token::Ink2}, f.narrow() ? 24.F : 28.F);
    stack.part(88, 24, [&](const Rect& r) { language_tiles(f, r, surround, words, intent); });
    stack.part(96, 28, [&](const Rect& r) {
        if (button(f, r, {.id = "start.sign_in", .label = words("screen.start.sign_in"), .kind = Kind::Primary, .icon = Icon::Badge,
                          .arrow = Icon::Right, .note = words("screen.start.sign_in.note")}))
            intent = BeginSignIn{};
    });
    stack.spring();
    add_speak_up(f, stack, screen, words);
    return stack;
}

/// On a large display the column stays one thing to look at rather than two ends of a page.
Rect column_place(const Rect& body)
{
    constexpr float widest = 760, tallest = 720;
    const Rect place = no_wider(body, widest);
    return place.h <= tallest ? place : Rect{place.x, place.y + (place.h - tallest) * 0.4F, place.w, tallest};
}

/// However much of the scene is cut off, its people stay in sight.
float people_at(const Rect& picture)
{
    const float share = picture.w / picture.h;
    return share < 0.4F ? 0.16F : share < 0.7F ? 0.24F : 0.5F;
}

/// The picture gives way to words.
float scene_width(const Frame& f)
{
    const int letters = f.theme().settings().text_size;
    if (f.narrow()) return letters == 1 ? 344 : 240;
    return f.screen().w * (letters == 3 ? 0.34F : 0.4375F);
}
} // namespace

std::optional<Intent> draw(Frame& f, const Surround& surround, const StartScreen& screen, const Words& words)
{
    const Page page = widgets::page(f, false);
    std::optional<Intent> intent = draw_header(f, surround, words, LanguageSwitch::Hidden);
    const float top = page.header.bottom();
    Rect body{f.screen().x, top, f.screen().w, f.screen().bottom() - top};

    const Rect picture = body.cut_right(scene_width(f));
    scene(f, picture, surround.is_dark ? "pit-night" : "pit-day", 0, {people_at(picture), 0.5F});
    vertical_hairline(f, picture);

    body = column_place(body.inset(f.margin(), f.narrow() ? 24 : 32));
    draw_column(f, "start.column", body, [&](float width) { return column(f, width, surround, screen, words, intent); });
    return intent;
}

} // namespace adal::screens
