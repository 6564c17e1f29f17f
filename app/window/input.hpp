#pragma once
#include "app/window/geometry.hpp"
#include <deque>
#include <string>
#include <variant>
#include <vector>

namespace adal::window {

enum class Key {
    Tab,
    BackTab,
    Enter,
    Space,
    Escape,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Digit0,
    Digit1,
    Digit2,
    Digit3,
    Digit4,
    Digit5,
    Digit6,
    Digit7,
    Digit8,
    Digit9,
    Service
};

struct PointerMoved {
    Point to;
};
struct PointerPressed {
    Point at;
};
struct PointerReleased {
    Point at;
};
struct Wheel {
    float steps{};
}; ///< positive scrolls up
struct KeyPressed {
    Key key{};
}; ///< repeats included
struct Typed {
    std::string utf8;
};                     ///< one character, or pasted text
struct PointerLeft {}; ///< the pointer is no longer over the window

using Event = std::variant<PointerMoved, PointerPressed, PointerReleased, Wheel, KeyPressed, Typed, PointerLeft>;

/// What happened since the last frame, and where the pointer is now.
struct Input {
    Point pointer{-1, -1};
    bool down{};     ///< held now
    bool pressed{};  ///< went down in this frame
    bool released{}; ///< went up in this frame
    float wheel{};
    std::vector<Key> keys; ///< at most one transition of each key
    std::string typed;     ///< UTF-8

    bool has(Key key) const;
    /// 0-9, or -1. Digits come from the physical key, so that a Kazakh layout, whose digit row types letters, still
    /// answers.
    int digit() const;
};

/// Events wait here between two frames, and each frame takes at most one transition of the button and of each key: a
/// tap that goes down and up before the next frame is drawn is then seen as both.
class InputQueue {
public:
    void push(Event event) { waiting_.push_back(std::move(event)); }
    bool empty() const { return waiting_.empty(); }
    Input take();

private:
    bool apply(Input& frame, const Event& event); // false: this event must wait for the next frame
    std::deque<Event> waiting_;
    Point pointer_{-1, -1};
    bool down_{};
};

} // namespace adal::window
