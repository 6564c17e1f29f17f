#pragma once
#include "app/widgets/registry.hpp"
#include "app/widgets/theme.hpp"
#include "app/window/stage.hpp"
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace adal::widgets {

/// What the pointer and the keys do to a part in this frame.
struct Touch {
    bool clicked{}; ///< pressed and released on it, or Enter or Space while focused
    bool held{};    ///< draw it pressed
    bool ring{};    ///< draw the focus ring
};

struct State; // what outlives a frame: focus, the pressed part, scroll positions, fades

/// One frame being drawn. Every part takes it first; screens hand it on and ask it for the theme and the display.
class Frame {
public:
    Frame(const window::Shot& shot, const Settings& settings, State& state, Registry& registry);

    window::Painter& paint() { return shot_.paint; }
    const window::Input& input() const { return shot_.input; }
    Rect screen() const { return shot_.screen; }
    bool narrow() const { return shot_.screen.w < space::narrow_below; }
    float margin() const { return narrow() ? space::margin_narrow : space::margin; }
    const Theme& theme() const { return theme_; }
    Colour operator()(Token token) const { return theme_(token); }

    /// Registers a pressable part and answers what happens to it. All parts call this; screens seldom need to.
    Touch touch(Part part);
    /// Registers something that is only looked at.
    void show(Part part);

    /// A key nobody else took. Digits and letters are hidden while a field has the focus, and everything while a dialog
    /// is above.
    bool key(window::Key key) const;
    bool listening() const; ///< may the current layer hear the keys?

    void focus(std::string_view id); ///< e.g. the field of a page that has just opened
    bool has_focus(std::string_view id) const;
    /// From 0 to 1 as `on` stays true; at once with less motion.
    float fade(std::string_view id, bool on, float seconds);
    void again(); ///< one more frame, please

    State& state() { return state_; }
    float seconds() const { return shot_.seconds; }

    /// A second look for a subtree: the curtain is dark whatever the setting.
    void use(const Settings& settings) { theme_ = Theme(settings); }

    void push_layer(); ///< see Dialog
    void pop_layer();
    bool on_top() const; ///< no dialog above the part being drawn

private:
    window::Shot shot_;
    Theme theme_;
    State& state_;
    Registry& registry_;
    int layer_{};
};

/// Lives as long as the window. Owns focus, fades and the registry of the last frame.
///
///     Ui ui;
///     window.step([&](const Shot& shot) { ui.draw(shot, settings, [&](Frame& f) { screen.draw(f); }); }, deadline);
class Ui {
public:
    Ui();
    ~Ui();
    using Page = std::function<void(Frame&)>;

    /// `page_name` names what is shown; when it changes, focus, scroll positions and presses of the old page are
    /// forgotten and the new page fades in. Writes the registry to the file in $ADAL_WIDGETS_DUMP when it changed.
    void draw(const window::Shot& shot, const Settings& settings, std::string_view page_name, const Page& page);
    const Registry& registry() const { return registry_; }
    void reveal(std::string_view id); ///< scroll it into sight with the next frame

private:
    void dump();
    std::unique_ptr<State> state_;
    Registry registry_;
    std::string page_, dump_file_, dumped_;
};

} // namespace adal::widgets
