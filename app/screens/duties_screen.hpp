#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// What is due, by when, what is done and where it is kept.
/// Ids: duties.open.<duty>, duties.to_do, duties.all, duties.primary, duties.sign_out, duties.not_me
std::optional<Intent> draw(widgets::Frame&, const Surround&, const DutiesScreen&, const Words&);

} // namespace adal::screens
