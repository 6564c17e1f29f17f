#include "sync/link/terminal_link.hpp"

namespace adal::sync {

namespace {

using namespace std::chrono_literals;
constexpr Elapsed first_pause = 5s, longest_pause = 5min, when_all_is_well = 60s;

} // namespace

Elapsed SyncSchedule::wait_time(Elapsed now) const { return next_ > now ? next_ - now : Elapsed{0}; }

void SyncSchedule::news(Elapsed now)
{
    if (pause_ == Elapsed{0}) next_ = now; // while HQ is silent, the pause stands: it will come along then
}

void SyncSchedule::succeeded(Elapsed now)
{
    pause_ = Elapsed{0};
    next_ = now + when_all_is_well;
}

void SyncSchedule::failed(Elapsed now)
{
    pause_ = pause_ == Elapsed{0} ? first_pause : std::min(pause_ * 2, longest_pause);
    next_ = now + pause_;
}

} // namespace adal::sync
