#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// The terminal cannot work: what happened, what it means, whom to call. Nothing here can be pressed but the language.
std::optional<Intent> draw(widgets::Frame&, const Surround&, const TroubleScreen&, const Words&);

} // namespace adal::screens
