#pragma once
#include "app/desk.hpp"
#include "app/move.hpp"
#include "app/screens/intents.hpp"
#include "app/screens/states.hpp"

namespace adal::app {

/// What all steps of the journey share. A step is one screen with what is on the way there: `screen()` prepares what is
/// shown, one overload of `on` answers each intent it understands and says where to go. An intent without an overload
/// does not fit the screen (a late tap) and is ignored.
class Step {
public:
    explicit Step(Desk& desk) : desk_(&desk) {}

protected:
    Desk* desk_;
    std::optional<Message> notice_; // shown until something succeeds

    /// First the disk, then the screen. False: nothing has changed, and the notice says why.
    bool keep(const std::vector<sync::Fact>&);
    bool done_or_say(const Expected<Done>&);
};

/// A step of somebody who has signed in and may go at any moment.
class SignedInStep : public Step {
public:
    using Step::Step;
    Move on(const screens::SignOut&) const { return Leave{sync::SignOutReason::Asked, {}}; }
    Move on(const screens::NotMe&) const { return Leave{sync::SignOutReason::NotMe, {}}; }
    Move on(const screens::ShowDuties&) const { return ToDuties{}; }
};

} // namespace adal::app
