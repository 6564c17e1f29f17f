#pragma once
#include "app/screens/draw.hpp"
#include "app/widgets/cards.hpp"

namespace adal::screens {

/// How closely the lines of a card stand: close where not all cards would be seen at once.
enum class CardSetting { Usual, Close };
/// One duty: what it is, its state, how far, by when, and where the evidence is kept.
float duty_card_height(widgets::Frame&, float width, const DutyCard&, CardSetting = CardSetting::Usual);
/// Answers OpenDuty. Id `duties.open.<duty>`.
std::optional<Intent> draw_duty_card(widgets::Frame&, const widgets::Rect&, const DutyCard&, CardSetting = CardSetting::Usual);

} // namespace adal::screens
