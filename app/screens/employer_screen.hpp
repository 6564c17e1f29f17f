#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// One number at two employers: she taps hers, or presses its digit.
/// Ids: employer.choose.<employer>, employer.correct_number, employer.back
std::optional<Intent> draw(widgets::Frame&, const Surround&, const EmployerScreen&, const Words&);

} // namespace adal::screens
