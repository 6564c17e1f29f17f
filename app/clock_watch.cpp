#include "app/clock_watch.hpp"

namespace adal::app {

std::optional<Elapsed> ClockWatch::look(const Moment& now)
{
    const auto before = last_;
    last_ = now;
    if (!before || before->boot != now.boot) return std::nullopt;
    const Elapsed jump = (now.at - before->at) - (now.uptime - before->uptime);
    if (std::chrono::abs(jump) <= std::chrono::seconds{60}) return std::nullopt;
    return jump;
}

} // namespace adal::app
