#pragma once
#include "content/base/clock.hpp"
#include <optional>

namespace adal::app {

/// Notices when the wall clock jumps against the time since boot. Small differences are a clock being kept in step and
/// are forgotten.
class ClockWatch {
public:
    explicit ClockWatch(std::optional<Moment> last) : last_(std::move(last)) {}

    /// By how much it has jumped since the last look; nothing if it has not, or if the machine has started anew.
    std::optional<Elapsed> look(const Moment& now);

private:
    std::optional<Moment> last_;
};

} // namespace adal::app
