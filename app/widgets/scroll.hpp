#pragma once
#include "app/widgets/frame.hpp"
#include <string_view>

namespace adal::widgets {

/// A window on something taller. Drag it with a finger, turn the wheel, or walk in it with the keys; a part that gets
/// the focus is brought into sight. The bar at the right is always visible when there is more than fits.
///
///     Scroll scroll(f, "reader.text", view);
///     Rect in = scroll.inside();      // as wide as the view less the bar, as tall as you like
///     float y = in.y; ... draw downwards ...
///     scroll.end(y);                  // where the content ended
class Scroll {
public:
    Scroll(Frame& f, std::string_view id, const Rect& view);
    ~Scroll();
    Scroll(const Scroll&) = delete;
    Scroll& operator=(const Scroll&) = delete;

    Rect inside() const { return inside_; }
    bool sees(const Rect& part) const; ///< skip drawing what is far outside
    void end(float bottom);
    bool reached_end() const; ///< the last line has been in sight at least once
    bool is_new() const
    {
        return is_new_;
    }                             ///< drawn for the first time since the page opened: the moment to jump to a paragraph
    void bring(const Rect& part); ///< into sight: the paragraph being read aloud
    void jump(const Rect& part);  ///< to the top: a chapter picked in the contents
    void to_top();

private:
    Frame& f_;
    std::string id_;
    Rect view_, inside_;
    bool is_new_;
};

} // namespace adal::widgets
