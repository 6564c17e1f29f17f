#pragma once
#include "app/step.hpp"

namespace adal::app {

/// Nobody is signed in: three languages, the way in, the Speak Up channels.
class AtStart : public Step {
public:
    AtStart(Desk&, std::optional<Message>);
    screens::State screen() const;

    Move on(const screens::BeginSignIn&) const { return ToSignIn{}; }
    Move on(const screens::Confirm&) const { return ToSignIn{}; }

private:
    std::optional<Message> standing_message() const;
    std::optional<Message> succession_message() const;
};

} // namespace adal::app
