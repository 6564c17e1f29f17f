#pragma once
#include "app/step.hpp"

namespace adal::app {

/// What is due, by when, why, what is done, and whether HQ has it; the next step first.
class AtDuties : public SignedInStep {
public:
    AtDuties(Desk&, std::optional<Message>);
    screens::State screen() const;

    using SignedInStep::on;
    Move on(const screens::ShowAllDuties&);
    Move on(const screens::OpenDuty&) const;
    Move on(const screens::Confirm&) const; // the next step

private:
    bool shows_all_ = false;
};

} // namespace adal::app
