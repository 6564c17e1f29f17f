#pragma once
#include "app/widgets/frame.hpp"
#include "app/window/headless.hpp"
#include <string_view>

namespace adal::widgets {

/// A screen in a test: no display, found and pressed by id.
///
///     Probe probe({1280, 800}, [&](Frame& f) { intent = draw(f, screen); });
///     probe.click("test.next");
///     CHECK(probe.registry().faults(probe.size()).empty());
class Probe {
public:
    using Page = Ui::Page;
    explicit Probe(Size size, Page page, Settings settings = {});

    void frame();                    ///< one frame
    void settle();                   ///< until nothing moves
    bool click(std::string_view id); ///< false if it is not in sight, disabled or beneath a dialog
    void click_at(Point at);
    void drag(Point from, Point to);
    void press(window::Key key);
    void type(std::string_view utf8);
    void resize(Size size);
    void use(Settings settings) { settings_ = settings; }

    Size size() const { return size_; }
    const Registry& registry() const { return ui_.registry(); }
    const Part* find(std::string_view id) const { return ui_.registry().find(id); }
    std::string focused() const; ///< id of the part with the focus
    std::vector<std::string> faults() const { return registry().faults(size_); }

private:
    window::Draw drawing();
    Size size_;
    Page page_;
    Settings settings_;
    window::Headless stage_;
    Ui ui_;
};

} // namespace adal::widgets
