#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// Nobody is signed in: the language, the one way in, and Speak Up's channels, which need no signing in.
/// Ids: start.language.<code>, start.sign_in
std::optional<Intent> draw(widgets::Frame&, const Surround&, const StartScreen&, const Words&);

} // namespace adal::screens
