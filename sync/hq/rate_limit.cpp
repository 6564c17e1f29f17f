#include "sync/hq/rate_limit.hpp"

namespace adal::sync::hq {

bool RateLimit::allows(const std::string& key, Elapsed now)
{
    const std::lock_guard lock{mutex_};
    forget(now);
    const auto found = counted_.find(key);
    return found == counted_.end() || found->second.size() < tries_;
}

void RateLimit::count(const std::string& key, Elapsed now)
{
    const std::lock_guard lock{mutex_};
    counted_[key].push_back(now);
}

void RateLimit::forgive(const std::string& key)
{
    const std::lock_guard lock{mutex_};
    counted_.erase(key);
}

void RateLimit::forget(Elapsed now)
{
    for (auto entry = counted_.begin(); entry != counted_.end();) {
        while (!entry->second.empty() && entry->second.front() + within_ < now) entry->second.pop_front();
        entry = entry->second.empty() ? counted_.erase(entry) : std::next(entry);
    }
}

} // namespace adal::sync::hq
