#pragma once
#include "content/base/clock.hpp"
#include <optional>

namespace adal::app {

/// Notices when the wall clock and the time since boot drift apart, at once or little by little: by more than two seconds
/// since the point they were last compared from.
class ClockWatch {
public:
    explicit ClockWatch(std::optional<Moment> from) : from_(std::move(from)) {}

    /// By how much it has jumped; nothing if it has not, or if the machine has started anew. Said again until `noted`.
    std::optional<Elapsed> look(const Moment& now);
    void noted(const Moment& now) { from_ = now; }

private:
    std::optional<Moment> from_;
};

} // namespace adal::app
