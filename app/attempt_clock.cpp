#include "app/attempt_clock.hpp"
#include <algorithm>

namespace adal::app {

void AttemptClock::start(const Moment& now) { run(now, Elapsed{}); }

void AttemptClock::run(const Moment& now, Elapsed used)
{
    before_ = used;
    running_ = true;
    since_ = last_ = now;
}

void AttemptClock::stand(Elapsed used)
{
    before_ = used;
    running_ = false;
}

void AttemptClock::saw(const Moment& now)
{
    if (runs_in(now.boot) && now.uptime > last_.uptime) last_ = now;
}

Elapsed AttemptClock::used(const Moment& now, const std::optional<Moment>& last_beat) const
{
    if (!running_) return before_;
    Elapsed until = last_.uptime;
    if (now.boot == since_.boot)
        until = std::max(until, now.uptime);
    else if (last_beat && last_beat->boot == since_.boot)
        until = std::max(until, last_beat->uptime);
    return before_ + (until - since_.uptime);
}

} // namespace adal::app
