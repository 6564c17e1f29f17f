#include "app/widgets/registry.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace adal::widgets {

namespace {

using window::Rect;

constexpr float tolerance = 1;

bool inside(const Rect& part, const Rect& whole) { return whole.grown(tolerance).contains(part); }

bool lie_on_each_other(const Rect& a, const Rect& b)
{
    const auto both = a.intersected(b);
    return both.w > 2 && both.h > 4; // descenders may reach into the next line's headroom
}

std::string named(const Part& part)
{
    return fmt::format("{} [{}] \"{}\" at {},{} {}x{}", role_name(part.role), part.id, part.label,
                       static_cast<int>(part.rect.x), static_cast<int>(part.rect.y), static_cast<int>(part.rect.w),
                       static_cast<int>(part.rect.h));
}

bool is_text(const Part& part) { return part.role == Role::Text; }

void check_place(const Part& part, const Rect& display, std::vector<std::string>& faults)
{
    if (part.shortened) faults.push_back("lost words: " + named(part));
    if (part.scrolled) return;
    if (is_text(part) && !inside(part.ink, part.rect)) faults.push_back("leaves its place: " + named(part));
    if (!inside(is_text(part) ? part.ink : part.rect, display)) faults.push_back("leaves the display: " + named(part));
}

void check_pair(const Part& a, const Part& b, std::vector<std::string>& faults)
{
    if (a.layer != b.layer) return;
    const bool texts = is_text(a) && is_text(b);
    const bool buttons = a.pressable && b.pressable;
    if (texts && lie_on_each_other(a.ink.intersected(a.visible), b.ink.intersected(b.visible)))
        faults.push_back("words on words: " + named(a) + " and " + named(b));
    if (!buttons) return;
    if (a.id == b.id) faults.push_back("the same id twice: " + named(a) + " and " + named(b));
    const bool nested = inside(a.visible, b.visible) || inside(b.visible, a.visible);
    if (!nested && lie_on_each_other(a.visible, b.visible))
        faults.push_back("buttons on each other: " + named(a) + " and " + named(b));
}

nlohmann::json to_json(const Rect& r) { return {r.x, r.y, r.w, r.h}; }

} // namespace

std::string_view role_name(Role role)
{
    constexpr std::array<std::string_view, 14> names = {"button",   "option", "checkbox", "key",   "field",
                                                        "segment",  "link",   "cell",     "text",  "picture",
                                                        "progress", "status", "dialog",   "scroll"};
    return names[static_cast<std::size_t>(role)];
}

const Part* Registry::find(std::string_view id) const
{
    const auto found = std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) { return part.id == id; });
    return found == parts_.end() ? nullptr : &*found;
}

const Part* Registry::with_label(std::string_view label) const
{
    const Part* best = nullptr;
    for (const auto& part : parts_) {
        if (part.label != label) continue;
        if (part.pressable) return &part;
        if (best == nullptr) best = &part;
    }
    return best;
}

bool Registry::shows(std::string_view words) const
{
    return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
        return part.label.find(words) != std::string::npos || part.value.find(words) != std::string::npos;
    });
}

int Registry::top_layer() const
{
    int top = 0;
    for (const auto& part : parts_) top = std::max(top, part.layer);
    return top;
}

std::vector<const Part*> Registry::pressable() const
{
    std::vector<const Part*> found;
    const int top = top_layer();
    for (const auto& part : parts_)
        if (part.pressable && part.enabled && part.layer == top && !part.visible.empty()) found.push_back(&part);
    return found;
}

std::vector<std::string> Registry::faults(window::Size display) const
{
    std::vector<std::string> faults;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        check_place(parts_[i], {0, 0, display.w, display.h}, faults);
        for (std::size_t j = i + 1; j < parts_.size(); ++j) check_pair(parts_[i], parts_[j], faults);
    }
    return faults;
}

std::string Registry::to_json() const
{
    auto list = nlohmann::json::array();
    for (const auto& part : parts_)
        list.push_back({{"id", part.id},
                        {"label", part.label},
                        {"role", role_name(part.role)},
                        {"rect", widgets::to_json(part.rect)},
                        {"visible", widgets::to_json(part.visible)},
                        {"value", part.value},
                        {"enabled", part.enabled},
                        {"focused", part.focused},
                        {"selected", part.selected},
                        {"pressable", part.pressable},
                        {"layer", part.layer}});
    return list.dump(1);
}

} // namespace adal::widgets
