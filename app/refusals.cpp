#include "app/refusals.hpp"
#include <algorithm>
#include <array>

namespace adal::app {

void Refusals::refused(const Moment& now)
{
    ++count_;
    last_ = now;
}

Elapsed pause_after(int refusals)
{
    using std::chrono::seconds;
    static constexpr std::array pauses{seconds{0},  seconds{0},  seconds{0},   seconds{5},   seconds{15},
                                       seconds{30}, seconds{60}, seconds{120}, seconds{300}, seconds{300}};
    return pauses.at(static_cast<std::size_t>(std::clamp(refusals, 0, static_cast<int>(pauses.size()) - 1)));
}

Elapsed left_of_pause(int refusals, const Moment& last, const Moment& now)
{
    const Elapsed pause = pause_after(refusals);
    const Elapsed passed = last.boot == now.boot ? now.uptime - last.uptime : std::max(now.uptime, now.at - last.at);
    return std::clamp(pause - passed, Elapsed{0}, pause);
}

} // namespace adal::app
