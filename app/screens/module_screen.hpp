#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// A page of a module: picture, words, and perhaps a check, which is explained at once.
/// Ids: module.option.<choice>, module.link.<reference>, module.back, module.later, module.next
std::optional<Intent> draw(widgets::Frame&, const Surround&, const ModuleScreen&, const Words&);

} // namespace adal::screens
