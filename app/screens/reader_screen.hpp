#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

std::optional<Intent> draw(widgets::Frame&, const Surround&, const ReaderScreen&, const Words&);

} // namespace adal::screens
