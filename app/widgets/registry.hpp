#pragma once
#include "app/window/geometry.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace adal::widgets {

enum class Role {
    Button,
    Option,
    Checkbox,
    Key,
    Field,
    Segment,
    Link,
    Cell,
    Text,
    Picture,
    Progress,
    Status,
    Dialog,
    Scroll
};
std::string_view role_name(Role role);

/// One part as it stood on the last frame.
struct Part {
    std::string id{};    ///< `duties.leave`; unique among parts one can press. Texts may have none.
    std::string label{}; ///< what is written on it, or what a voice says instead
    Role role{};
    window::Rect rect{};    ///< where it was laid out
    window::Rect visible{}; ///< what is left of it inside scroll regions and the display
    window::Rect ink{};     ///< texts only: what the letters really take
    std::string value{};    ///< a field's text, a progress bar's words, a reason for being disabled
    bool enabled{true};
    bool focused{};
    bool selected{};
    bool pressable{};
    bool shortened{}; ///< texts only: did not fit and ends with an ellipsis
    bool scrolled{};  ///< lies in a scroll region, so being cut there is no fault
    float reach{};    ///< fingers may miss it by so much
    int layer{};      ///< 0 the page, 1 and more a dialog above it
};

/// Every part of the last frame in drawing order. The one place that tests, keyboard focus, end-to-end scripts and,
/// later, the voice ask about what is on the screen; nobody reads pixels.
class Registry {
public:
    void clear() { parts_.clear(); }
    void add(Part part) { parts_.push_back(std::move(part)); }
    Part& last() { return parts_.back(); }

    const std::vector<Part>& parts() const { return parts_; }
    const Part* find(std::string_view id) const;          ///< nullptr if nobody has this id
    const Part* with_label(std::string_view label) const; ///< a pressable part first, then a text
    bool shows(std::string_view words) const;             ///< are these words in some label or value?
    std::vector<const Part*> pressable() const;           ///< enabled, in sight, and on the top layer
    int top_layer() const;

    /// What a test forbids: texts that leave their rectangle or the display, or lost words to an ellipsis; texts of one
    /// layer that lie on each other; pressable parts of one layer with the same id.
    std::vector<std::string> faults(window::Size display) const;

    /// For scripts that drive the real window: id, label, role, rectangle, state.
    std::string to_json() const;

private:
    std::vector<Part> parts_;
};

} // namespace adal::widgets
