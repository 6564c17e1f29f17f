#pragma once
#include "app/window/stage.hpp"
#include "content/base/expected.hpp"
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace adal::window {

struct WindowOptions {
    std::string title = "Adal";
    std::optional<Size> size; ///< none: the whole screen
    bool visible = true;      ///< the gallery draws without showing itself
    bool cursor = true;       ///< a touch screen needs none
};

/// The terminal's window: sleeps until somebody touches it, draws until nothing changes, sleeps again.
///
/// A static page costs nothing: no frame is drawn without an input, a `wake`, a deadline or a running fade.
class Window {
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// Fails with Unavailable where there is no display or no OpenGL 3.
    static Expected<Window> open(const WindowOptions& options);
    Window(Window&&) noexcept;
    Window& operator=(Window&&) noexcept;
    ~Window();

    /// Sleeps until there is something to draw, draws it, returns. False once the window is asked to close.
    /// `deadline` is when the page changes by itself (a clock's next minute, a timer's next second).
    bool step(const Draw& draw, std::optional<Moment> deadline = std::nullopt);

    /// Draws one frame now, whatever happened.
    void draw_now(const Draw& draw);

    /// From any thread: there is news, draw again.
    void wake();

    void close();
    Size size() const;

    /// The last frame as it stands on the glass.
    Expected<Done> save_png(const std::filesystem::path& file);

private:
    struct Impl;
    explicit Window(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace adal::window
