#pragma once
#include "app/message.hpp"
#include "content/base/ids.hpp"
#include "sync/people/facts.hpp"
#include <optional>
#include <variant>

/// Where a step of the journey leads. A step never builds the next one itself: the kiosk does, in one place.
namespace adal::app {

struct Stay {};
struct ToStart {
    std::optional<Message> message;
};
struct ToSignIn {};
struct Arrive {}; // signed in: her open attempt, a result she has not seen, or her duties
struct Leave {
    sync::SignOutReason reason{};
    std::optional<Message> message;
};
struct ToDuties {
    std::optional<Message> message;
};
struct ToDocument {
    DocumentId document;
    std::string anchor;
    std::optional<AttemptId> back; // the result it was opened from
};
struct ToAcknowledgement {
    DocumentId document;
};
struct ToModule {
    ModuleId module;
};
struct ToTest {
    DutyId duty;
};
struct ToAttempt {
    AttemptId attempt;
    bool is_resumed = false;
};
struct ToResult {
    AttemptId attempt;
};

using Move = std::variant<Stay, ToStart, ToSignIn, Arrive, Leave, ToDuties, ToDocument, ToAcknowledgement, ToModule,
                          ToTest, ToAttempt, ToResult>;

} // namespace adal::app
