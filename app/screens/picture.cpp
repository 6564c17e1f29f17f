#include "app/screens/picture.hpp"
#include <cmath>

namespace adal::screens {

float fitted_height(const Picture& picture, float width)
{
    if (picture.width <= 0) return 0;
    return std::round(width * static_cast<float>(picture.height) / static_cast<float>(picture.width));
}

void draw_picture(widgets::Frame& f, const widgets::Rect& where, const Picture& picture, const std::string& text)
{
    f.paint().fill(where, f(widgets::Token::Sunken), widgets::radius::card); // until the pixels are there
    if (picture.rgba) f.paint().picture({picture.key, picture.width, picture.height, *picture.rgba}, where, widgets::radius::card);
    f.paint().border(where, f(widgets::Token::Line), 1, widgets::radius::card);
    f.show({.label = text, .role = widgets::Role::Picture, .rect = where});
}

} // namespace adal::screens
