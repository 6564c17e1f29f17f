#pragma once
#include "app/window/stage.hpp"
#include "content/base/expected.hpp"
#include <memory>
#include <string_view>

namespace adal::window {

/// The same stage without display or OpenGL: tests press keys and the pointer, and draw as many frames as they like.
/// Text is measured with the real fonts. Time moves 1/60 s a frame.
class Headless {
public:
    static Expected<Headless> open(Size size);
    Headless(Headless&&) noexcept;
    Headless& operator=(Headless&&) noexcept;
    ~Headless();

    void push(Event event); ///< seen by the next frame, or the one after if the button already changed in it
    void frame(const Draw& draw);
    /// Frames until the queue is empty and nobody asks for more; at most 200.
    void settle(const Draw& draw);
    void click(Point at, const Draw& draw);
    void press(Key key, const Draw& draw);
    void type(std::string_view utf8, const Draw& draw);
    void resize(Size size);

private:
    struct Impl;
    explicit Headless(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace adal::window
