#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// The rules of a test before its clock starts.
/// Ids: test_intro.start, test_intro.later
std::optional<Intent> draw(widgets::Frame&, const Surround&, const TestIntroScreen&, const Words&);

} // namespace adal::screens
