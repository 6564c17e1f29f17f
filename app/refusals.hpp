#pragma once
#include "content/base/clock.hpp"
#include <optional>

namespace adal::app {

/// Wrong PINs and codes typed for one person, in a row: the first two cost nothing, then she waits longer each time,
/// and after ten only her supervisor can help. A fold of facts, so neither pulling the plug nor setting the clock
/// shortens anything.
class Refusals {
public:
    static constexpr int most = 10;

    void refused(const Moment&);
    void accepted() { count_ = 0; }
    int count() const { return count_; }
    const std::optional<Moment>& last() const { return last_; }

private:
    int count_ = 0;
    std::optional<Moment> last_;
};

/// The pause after so many wrong ones in a row.
Elapsed pause_after(int refusals);

/// What is left of it now. In the boot of the last refusal its uptime counts; in a later one the wall clock, but never
/// less than this boot has lasted and never more than the whole pause.
Elapsed left_of_pause(int refusals, const Moment& last, const Moment& now);

} // namespace adal::app
