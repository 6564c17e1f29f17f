#include "app/step.hpp"

namespace adal::app {

bool Step::done_or_say(const Expected<Done>& result)
{
    notice_.reset();
    if (!result) notice_ = refused(result.error());
    return static_cast<bool>(result);
}

bool Step::keep(const std::vector<sync::Fact>& facts) { return done_or_say(desk_->record(facts)); }

} // namespace adal::app
