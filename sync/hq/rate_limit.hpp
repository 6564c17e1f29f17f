#pragma once
#include "content/base/clock.hpp"
#include <deque>
#include <map>
#include <mutex>
#include <string>

namespace adal::sync::hq {

/// So many tries in so long a time for each key (a login, an address). In memory: a restart forgives.
class RateLimit {
public:
    RateLimit(std::size_t tries, Elapsed within) : tries_(tries), within_(within) {}

    bool allows(const std::string& key, Elapsed now);
    void count(const std::string& key, Elapsed now);
    void forgive(const std::string& key);

private:
    void forget(Elapsed now);

    std::size_t tries_;
    Elapsed within_;
    std::mutex mutex_;
    std::map<std::string, std::deque<Elapsed>> counted_;
};

} // namespace adal::sync::hq
