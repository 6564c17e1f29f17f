#pragma once
#include "app/screens/draw.hpp"
#include "app/screens/layout.hpp"
#include "app/widgets/buttons.hpp"
#include <span>

namespace adal::screens {

/// The two columns of signing in: what is asked at the left, the keypad and the one button at the right.
struct SignInSides {
    widgets::Rect left, right;
};
SignInSides sign_in_sides(widgets::Frame&, const widgets::Rect& body);

/// Keypad, button, and below it the reason while it is closed.
std::optional<Intent> sign_in_panel(widgets::Frame&, widgets::Rect side, const Words&, widgets::Button confirm, bool keypad_enabled);

/// Where in signing in we are. Where the names do not fit, only the present one is written.
void add_steps(widgets::Frame&, Stack&, std::vector<std::string> names, std::size_t current);

/// The quiet way out, at the left below. Cuts it off `left`.
bool sign_in_exit(widgets::Frame&, widgets::Rect& left, const widgets::Button&);

} // namespace adal::screens
