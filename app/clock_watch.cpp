#include "app/clock_watch.hpp"

namespace adal::app {

std::optional<Elapsed> ClockWatch::look(const Moment& now)
{
    if (!from_ || from_->boot != now.boot) from_ = now;
    const Elapsed jump = (now.at - from_->at) - (now.uptime - from_->uptime);
    return std::chrono::abs(jump) > std::chrono::seconds{2} ? std::optional{jump} : std::nullopt;
}

} // namespace adal::app
