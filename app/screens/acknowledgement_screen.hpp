#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// The words she signs, what they stand on, and the PIN that is her signature.
/// Ids: keypad.<digit>, acknowledgement.confirm, acknowledgement.later
std::optional<Intent> draw(widgets::Frame&, const Surround&, const AcknowledgementScreen&, const Words&);

} // namespace adal::screens
