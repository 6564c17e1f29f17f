#pragma once
#include "app/screens/surround.hpp"
#include "app/widgets/cards.hpp"

namespace adal::screens {

/// Grave ones are alarm, the others copper.
widgets::Banner banner_of(const Notice&);

/// Cuts the banner's height and a gap off the top of `place`; does nothing without a notice.
void cut_notice(widgets::Frame&, widgets::Rect& place, const std::optional<Notice>&, float gap = widgets::space::between_cards);
float notice_height(widgets::Frame&, float width, const std::optional<Notice>&, float gap = widgets::space::between_cards);

} // namespace adal::screens
