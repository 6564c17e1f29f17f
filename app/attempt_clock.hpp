#pragma once
#include "content/base/clock.hpp"
#include <optional>

namespace adal::app {

/// How much of an attempt's time is used: the sum over the boots of the machine, within each by its monotonic clock.
///
/// It runs while the machine runs, whether or not our program does, and stands while the machine is off. After a boot
/// it stands until she is back: a power cut costs her nothing. How long the old boot lasted after the last fact only
/// the heartbeat knows; it is believed as far as it goes, and never to a time before the last fact.
class AttemptClock {
public:
    void start(const Moment&);
    void saw(const Moment&);               // a fact of the attempt: the machine was alive then
    void run(const Moment&, Elapsed used); // she is back: from here on it runs
    void stand(Elapsed used);              // the machine booted anew in the middle of it

    Elapsed used(const Moment& now, const std::optional<Moment>& last_beat) const;
    bool runs_in(const std::string& boot) const { return running_ && since_.boot == boot; }
    bool stands() const { return !running_; }

private:
    Elapsed before_{}; // used until `since_`
    bool running_ = false;
    Moment since_, last_; // of the boot it runs in
};

} // namespace adal::app
