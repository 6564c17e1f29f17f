#include "app/window/input.hpp"
#include "content/base/overloaded.hpp"
#include <algorithm>

namespace adal::window {

bool Input::has(Key key) const { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

int Input::digit() const
{
    for (const Key key : keys)
        if (key >= Key::Digit0 && key <= Key::Digit9) return static_cast<int>(key) - static_cast<int>(Key::Digit0);
    return -1;
}

bool InputQueue::apply(Input& frame, const Event& event)
{
    return std::visit(overloaded{
                          [&](const PointerMoved& moved) {
                              if (frame.pressed || frame.released)
                                  return false; // these belong to where the pointer was
                              pointer_ = moved.to;
                              return true;
                          },
                          [&](const PointerPressed& pressed) {
                              if (frame.pressed || frame.released) return false;
                              pointer_ = pressed.at;
                              down_ = frame.pressed = true;
                              return true;
                          },
                          [&](const PointerReleased& released) {
                              if (frame.pressed || frame.released) return false; // be drawn pressed for one frame
                              pointer_ = released.at;
                              down_ = false;
                              frame.released = true;
                              return true;
                          },
                          [&](const Wheel& wheel) {
                              frame.wheel += wheel.steps;
                              return true;
                          },
                          [&](const KeyPressed& pressed) {
                              if (!frame.keys.empty()) return false; // in order: Tab, Enter, Tab must not become one
                              frame.keys.push_back(pressed.key);
                              return true;
                          },
                          [&](const Typed& typed) {
                              frame.typed += typed.utf8;
                              return true;
                          },
                          [&](const PointerLeft&) {
                              if (frame.released) return false;
                              pointer_ = {-1, -1};
                              return true;
                          },
                      },
                      event);
}

Input InputQueue::take()
{
    Input frame;
    while (!waiting_.empty() && apply(frame, waiting_.front())) waiting_.pop_front();
    frame.pointer = pointer_;
    frame.down = down_;
    return frame;
}

} // namespace adal::window
