#pragma once
#include "app/screens/draw.hpp"

namespace adal::screens {

/// A one-time code or a PIN: dots and how many, never digits.
/// Ids: keypad.<digit>, secret.confirm, secret.correct_number, secret.not_me
std::optional<Intent> draw(widgets::Frame&, const Surround&, const SecretScreen&, const Words&);

} // namespace adal::screens
