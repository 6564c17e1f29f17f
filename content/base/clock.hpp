#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace adal {

using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::sys_days; // a calendar day at the company's place, not an instant
using Elapsed = std::chrono::milliseconds;

inline std::int64_t to_ms(UtcTime at) { return at.time_since_epoch().count(); }
inline UtcTime from_ms(std::int64_t ms) { return UtcTime{std::chrono::milliseconds{ms}}; }

/// When something was recorded: the wall clock, which people may set, and the time since this boot, which they cannot.
struct Moment {
    UtcTime at;
    std::string boot;   // the kernel's boot id
    Elapsed uptime{};   // CLOCK_BOOTTIME: counts suspend, too
    bool operator==(const Moment&) const = default;
};

/// Handed in wherever time matters, so that no test sleeps.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Moment now() const = 0;
};

/// The machine's clock. In builds with tests, ADAL_TEST_CLOCK (milliseconds since 1970, UTC) shifts the wall clock.
class SystemClock final : public Clock {
public:
    SystemClock();
    Moment now() const override;

private:
    std::string boot_;
    Elapsed shift_{};
};

} // namespace adal
