#pragma once
#include "content/base/clock.hpp"

namespace adal::support {

/// A clock that stands until it is told to go on. Starts on 22 November 2026, 06:00 in Almaty, one minute after boot.
class ManualClock final : public Clock {
public:
    Moment now() const override { return moment; }
    void advance(Elapsed by) { moment.at += by, moment.uptime += by; }
    void step(Elapsed by) { moment.at += by; } // somebody set the wall clock
    void reboot() { moment.boot += "'", moment.uptime = Elapsed{0}; }

    Moment moment{from_ms(1'795'309'200'000), "boot-1", Elapsed{60'000}};
};

} // namespace adal::support
