#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace adal::window {

/// Our own icons, one for each file in assets/icons, in the alphabet's order; the two bold ones are drawn from the same
/// files.
enum class Icon : std::uint8_t {
    None,
    Alert,
    Back,
    Badge,
    Bolt,
    Book,
    Cal,
    Chart,
    Check,
    CheckBold,
    Checks,
    Chev,
    Chevd,
    Chevl,
    Chevu,
    Clock,
    Diff,
    Disk,
    Door,
    Dot,
    Down,
    Filter,
    Flag,
    Flagf,
    Form,
    Gauge,
    Gear,
    Globe,
    Half,
    Home,
    Hq,
    Info,
    Kbd,
    Key,
    Left,
    Link,
    List,
    Lock,
    Mail,
    Module,
    Moon,
    Pause,
    Pen,
    Phone,
    Pin,
    Play,
    Post,
    Print,
    Right,
    Ring,
    Scale,
    Seal,
    Search,
    Shift,
    Sound,
    Sun,
    Sync,
    Term,
    Test,
    Up,
    Usb,
    User,
    Users,
    Voice,
    Wait,
    Wrench,
    X,
    XBold
};

/// The file's name without its ending; empty for None.
std::string_view icon_name(Icon icon);
std::span<const Icon> all_icons();

} // namespace adal::window
