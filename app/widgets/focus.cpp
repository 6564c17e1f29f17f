#include "app/widgets/state.hpp"
#include <algorithm>
#include <cmath>
#include <optional>

namespace adal::widgets {

namespace {

using window::Key;
using window::Point;

std::optional<Point> direction(const window::Input& input)
{
    if (input.has(Key::Left)) return Point{-1, 0};
    if (input.has(Key::Right)) return Point{1, 0};
    if (input.has(Key::Up)) return Point{0, -1};
    if (input.has(Key::Down)) return Point{0, 1};
    return std::nullopt;
}

/// Smaller is nearer; nothing for what lies elsewhere. Sideways counts double, so that columns and rows are kept.
std::optional<float> distance(Point from, Point to, Point towards)
{
    const float ahead = (to.x - from.x) * towards.x + (to.y - from.y) * towards.y;
    const float aside = std::abs((to.x - from.x) * towards.y) + std::abs((to.y - from.y) * towards.x);
    if (ahead <= 1) return std::nullopt;
    return ahead + 2 * aside;
}

using Stops = std::vector<State::Stop>;

Stops on_layer(const Stops& all, int layer)
{
    Stops some;
    std::copy_if(all.begin(), all.end(), std::back_inserter(some),
                 [&](const State::Stop& stop) { return stop.layer == layer; });
    return some;
}

std::string after(const Stops& stops, std::string_view focused, bool backwards)
{
    const auto here =
        std::find_if(stops.begin(), stops.end(), [&](const State::Stop& stop) { return stop.id == focused; });
    if (here == stops.end()) return backwards ? stops.back().id : stops.front().id;
    if (backwards) return here == stops.begin() ? stops.back().id : std::prev(here)->id;
    return std::next(here) == stops.end() ? stops.front().id : std::next(here)->id;
}

std::string towards(const Stops& stops, std::string_view focused, Point way)
{
    const auto here =
        std::find_if(stops.begin(), stops.end(), [&](const State::Stop& stop) { return stop.id == focused; });
    if (here == stops.end()) return stops.front().id;
    std::string best = here->id;
    float nearest = 1e9F;
    for (const auto& stop : stops) {
        const auto far = distance(here->rect.centre(), stop.rect.centre(), way);
        if (far && *far < nearest) {
            nearest = *far;
            best = stop.id;
        }
    }
    return best;
}

} // namespace

void State::move_focus(const window::Input& input)
{
    const auto here = on_layer(stops, top_layer);
    if (here.empty()) return;
    const bool forward = input.has(Key::Tab), backward = input.has(Key::BackTab);
    const auto way = ring && !typing ? direction(input) : std::nullopt;
    if (!forward && !backward && !way) return;
    focused = way ? towards(here, focused, *way) : after(here, focused, backward);
    ring = true;
    typing = std::any_of(here.begin(), here.end(), [&](const Stop& stop) { return stop.id == focused && stop.field; });
    reveal = focused;
}

void State::forget_page()
{
    focused.clear();
    pressed.clear();
    reveal.clear();
    ring = typing = false;
    scrolls.clear();
    fades.clear();
    pages.clear();
}

} // namespace adal::widgets
