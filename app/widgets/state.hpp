#pragma once
#include "app/widgets/registry.hpp"
#include "app/window/input.hpp"
#include <map>
#include <string>
#include <vector>

namespace adal::widgets {

struct ScrollState {
    float offset{}, content{}, velocity{}; // pixels, pixels a second
    float drag_offset{};                   // where the offset was when the finger came down
    bool held{}, dragging{}, reached_end{};
    std::string jump;
};

/// What outlives a frame. Internal to the parts.
struct State {
    struct Stop {
        std::string id;
        window::Rect rect;
        int layer{};
        bool field{};
    };

    std::string focused; // the part that hears Enter and Space, or the field being typed into
    bool ring{};         // focus came by key, so it is shown
    bool typing{};       // the focused part is a field
    std::string pressed; // the part under the finger since it came down
    window::Point press_at;
    std::string reveal; // got the focus and may be out of sight

    std::vector<Stop> stops, stops_now; // what Tab visits: last frame's, and as this frame is drawn
    int top_layer{}, layers_now{};
    bool typing_now{};

    std::map<std::string, ScrollState, std::less<>> scrolls;
    std::vector<std::pair<std::string, window::Rect>> scroll_stack; // id and view of the regions being drawn
    std::map<std::string, float, std::less<>> fades;
    std::map<std::string, int, std::less<>> pages; // of paged parts
    float page_fade{};
    float turning{}; // where the loading arc stands, in turns

    void move_focus(const window::Input& input);
    void forget_page();
};

} // namespace adal::widgets
