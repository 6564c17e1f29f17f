#pragma once
#include "app/screens/states.hpp"
#include "app/widgets/frame.hpp"

namespace adal::screens {

/// How high a picture is that fills this width.
float fitted_height(const Picture&, float width);
/// Fills `where` with rounded corners, cut at the sides or above and below if it has another shape; `text` is for the voice.
void draw_picture(widgets::Frame&, const widgets::Rect& where, const Picture&, const std::string& text);

} // namespace adal::screens
