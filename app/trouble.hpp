#pragma once
#include "app/step.hpp"

namespace adal::app {

/// What a terminal shows that cannot work: what happened, that nothing saved is lost, and whom to tell.
screens::TroubleScreen trouble_screen(const Error&, const screens::Words&);

/// The texts of this terminal are broken: until better ones come there is nothing to do here.
class InTrouble : public Step {
public:
    InTrouble(Desk& desk, Error error) : Step(desk), error_(std::move(error)) {}
    screens::State screen() const { return trouble_screen(error_, desk_->words()); }

private:
    Error error_;
};

} // namespace adal::app
