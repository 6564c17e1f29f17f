#pragma once
#include "app/widgets/text.hpp"
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adal::widgets {

enum class Verdict { None, Right, Wrong }; ///< module checks only; a test never says so

/// How close rows stand. A page begins with the widest that fits it, so that the usual question needs no scrolling.
enum class Density { Roomy, Snug, Close }; ///< at least 76 (84 wide) and 12 apart; 70 and 10; 64 and 8

/// An answer in a row of its own. Numbered, and answers to its number's key.
struct Option {
    std::string id{};
    int number{}; ///< 1-9; 0 for no number
    std::string text{};
    bool selected{};
    bool several{}; ///< a checkbox among several answers rather than a radio
    bool enabled = true;
    Verdict verdict = Verdict::None;
};
/// True when tapped or its number was pressed.
bool option(Frame& f, const Rect& where, const Option& option);
/// Its least height for the density; more if the words need it.
float option_height(Frame& f, float width, const Option& option, Density density = Density::Roomy);
float between_options(Density density);
/// A column of options from the top of `where`, 12 apart; answers the tapped index. `height` receives what it took.
std::optional<std::size_t> options(Frame& f, const Rect& where, std::span<const Option> list, float* height = nullptr);

/// The palette of questions.
struct Cell {
    bool answered{}, flagged{}, current{};
};
struct PaletteWords {
    std::string title{}, count{};              ///< "Questions", "7 / 20"
    std::string answered{}, flagged{}, open{}; ///< the legend; empty for none
    std::string up{}, down{};                  ///< voice labels of the paging buttons
};
/// A card with cells of 56. Pages by itself where they do not all fit. Answers the tapped index. Ids: `palette.1` ...
std::optional<std::size_t> palette(Frame& f, const Rect& card, std::span<const Cell> cells, const PaletteWords& words);
float palette_width(const Frame& f); ///< 280, or 176 with two columns on narrow displays
float palette_height(Frame& f, std::size_t cells); ///< with all cells and the legend; it pages in less

/// Matching: tap left, then right. Rows are option rows with the number of the partner.
enum class MatchLook { Open, Active, Matched };
struct MatchRow {
    std::string id{}, text{}, number{}; ///< number: of the partner (left; empty for none) or its own (right)
    MatchLook look = MatchLook::Open;
};
bool match_left(Frame& f, const Rect& where, const MatchRow& row);
bool match_right(Frame& f, const Rect& where, const MatchRow& row);
void match_curve(Frame& f, const Rect& left, const Rect& right);
float match_height(Frame& f, float width, std::string_view text);

/// A square with a number: 48, radius 12.
void number_tile(Frame& f, const Rect& where, std::string_view number, bool on);
/// A paragraph's plate, 64 x 34; its touch rectangle reaches 56.
bool anchor_plate(Frame& f, const Rect& where, std::string_view id, std::string_view number, bool on);

} // namespace adal::widgets
