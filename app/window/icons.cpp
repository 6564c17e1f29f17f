#include "app/window/icons.hpp"
#include <array>

namespace adal::window {

namespace {
constexpr std::array<std::string_view, 68> names = {
    "",      "alert", "back",  "badge",  "bolt",   "book",   "cal",   "chart", "check", "check-bold", "checks", "chev",
    "chevd", "chevl", "chevu", "clock",  "diff",   "disk",   "door",  "dot",   "down",  "filter",     "flag",   "flagf",
    "form",  "gauge", "gear",  "globe",  "half",   "home",   "hq",    "info",  "kbd",   "key",        "left",   "link",
    "list",  "lock",  "mail",  "module", "moon",   "pause",  "pen",   "phone", "pin",   "play",       "post",   "print",
    "right", "ring",  "scale", "seal",   "search", "shift",  "sound", "sun",   "sync",  "term",       "test",   "up",
    "usb",   "user",  "users", "voice",  "wait",   "wrench", "x",     "x-bold"};
static_assert(names.size() == static_cast<std::size_t>(Icon::XBold) + 1);

constexpr auto all = [] {
    std::array<Icon, names.size() - 1> icons{};
    for (std::size_t i = 0; i < icons.size(); ++i) icons[i] = static_cast<Icon>(i + 1);
    return icons;
}();
} // namespace

std::string_view icon_name(Icon icon) { return names[static_cast<std::size_t>(icon)]; }
std::span<const Icon> all_icons() { return all; }

} // namespace adal::window
