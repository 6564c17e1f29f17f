#pragma once
#include "app/widgets/buttons.hpp"
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adal::widgets {

enum class CardLook {
    Plain,
    Next,  ///< the next step: 3 px of patina
    Done,  ///< on ground, without shadow
    Copper ///< the words one signs: copper tint and line
};
void card(Frame& f, const Rect& where, CardLook look = CardLook::Plain);
/// A card that is a button; draw its inside after it.
bool card_button(Frame& f, const Rect& where, std::string_view id, std::string_view label,
                 CardLook look = CardLook::Plain);

/// A rounded square with an icon: 48, radius 14 (40: 12). `disc` makes it round.
void tile(Frame& f, const Rect& where, Icon icon, Tone tone = Tone::Neutral, bool disc = false);
/// A filled disc in patina with a check or a digit: steps, "passed".
void disc(Frame& f, const Rect& where, Icon icon, std::string_view digit = {});

/// A word with its icon, 32 high.
struct Chip {
    std::string label{};
    Icon icon = Icon::None;
    Tone tone = Tone::Neutral;
};
float chip(Frame& f, Point top_left, const Chip& chip); ///< answers the width
float chip_width(Frame& f, const Chip& chip);

/// The eleven states of a duty: icon and metal; the word is the caller's.
enum class DutyLook {
    NotDue,
    Due,
    InProgress,
    Awaiting,
    Done,
    Refused,
    AttemptsUsed,
    Overdue,
    Expired,
    Suspended,
    Waived
};
Chip duty_chip(DutyLook look, std::string label);

/// It pushes content and never covers it.
struct Banner {
    Tone tone = Tone::Neutral;
    Icon icon = Icon::Info;
    std::string strong{}; ///< may be empty
    std::string plain{};  ///< may be empty
    std::string more{};   ///< a last line with a book: "Code, paragraphs 4.1 and 7.2"
    bool large{};         ///< a module's answer: the strong line is 22 in the tone's ink
};
float banner(Frame& f, const Rect& where, const Banner& banner); ///< height of `where` is ignored; answers the height
float banner_height(Frame& f, float width, const Banner& banner);

/// A window over the page. While one lives, nothing beneath hears keys or taps.
///
///     Dialog dialog(f, "idle", s("idle.title"), 332);
///     Rect in = dialog.inside();
class Dialog {
public:
    Dialog(Frame& f, std::string_view id, std::string_view label, float height, float width = 640);
    ~Dialog();
    Dialog(const Dialog&) = delete;
    Dialog& operator=(const Dialog&) = delete;
    Rect inside() const { return inside_; } ///< 32 of padding taken off

private:
    Frame& f_;
    Rect inside_;
};

void progress_bar(Frame& f, const Rect& where, float share, std::string_view words,
                  Tone tone = Tone::Patina); ///< 8 high
/// One segment a page or question: patina behind, copper now, off ahead. 6 or 8 high.
void segments(Frame& f, const Rect& where, int total, int current, std::string_view words, float gap = 3);
void segments(Frame& f, const Rect& where, std::span<const Token> colours, std::string_view words, float gap = 3);
/// A topic's result: so many filled, the rest outlined in copper. 14 high.
void score_bar(Frame& f, const Rect& where, int points, int maximum);

/// The score: an arc with a tick at the pass mark, a figure and a caption inside.
struct Ring {
    float share{};
    float tick = -1; ///< pass mark; less than 0: none
    std::string figure{}, caption{};
    Tone tone = Tone::Patina;
};
void ring(Frame& f, const Rect& where, const Ring& ring);

/// Quiet copper: "[clock] 18:42 left". 48 high, right-aligned in `where`; answers its width.
float timer_chip(Frame& f, const Rect& where, std::string_view time, std::string_view words);

/// A row that leads somewhere: plate or icon, two lines, chevron. 88 high.
struct ListRow {
    std::string id{}, title{}, note{};
    std::string plate{};    ///< "6.2" on copper; or
    Icon icon = Icon::None; ///< a tile
    Tone tone = Tone::Copper;
    Icon end = Icon::Chev;
    bool enabled = true;
    bool selected{};
};
bool list_row(Frame& f, const Rect& where, const ListRow& row);

/// "[book] Document    Anti-Corruption Code, edition 3". 44 high or more; answers the height.
float fact_row(Frame& f, const Rect& where, Icon icon, std::string_view name, std::string_view value,
               float name_width = 112);

/// A line of contents: number, title, check or arrow. 56 high.
struct ContentsRow {
    std::string id{}, number{}, title{};
    bool done{}, current{};
    bool enabled = true;
};
bool contents_row(Frame& f, const Rect& where, const ContentsRow& row);

/// Where in a few steps we are: disc, word, line, disc, word. Steps before `current` wear a check.
void steps(Frame& f, const Rect& where, std::span<const std::string> names, std::size_t current);

/// Icon, what it means, what comes next; centred.
void empty_state(Frame& f, const Rect& where, Icon icon, std::string_view title, std::string_view note,
                 Tone tone = Tone::Patina);
/// Grey blocks in the layout's shape; show it after 300 ms.
void skeleton(Frame& f, const Rect& where);
void hairline(Frame& f, const Rect& top_of);           ///< along the top edge
void vertical_hairline(Frame& f, const Rect& left_of); ///< along the left edge
/// A scene of assets/scenes by name ("pit-day"), cut to fill; `focus` says which part stays in sight.
void scene(Frame& f, const Rect& where, std::string_view name, float radius = 0, Point focus = {0.5F, 0.5F});

} // namespace adal::widgets
