#pragma once
#include "content/base/actor.hpp"
#include "content/base/clock.hpp"
#include "content/base/expected.hpp"
#include "content/facts.hpp"
#include "quizzes/session.hpp"
#include "sync/decisions/facts.hpp"
#include "sync/people/facts.hpp"
#include "sync/terminals/facts.hpp"

namespace adal::sync {

/// A well-signed fact of a kind, or with a body, that this program does not understand: kept, passed on, shown, never guessed at.
struct UnknownFact {
    std::string kind, body;
    bool operator==(const UnknownFact&) const = default;
};

/// Everything the company can ever know about a learner stands on this page.
using Fact = std::variant<
    JournalCreated, TerminalEnrolled, TerminalStarted, ReleaseInstalled, ClockStepped, ClockCompared,         // terminals
    SignedIn, SignedOut, PinSet, SignInRefused,                                                              // people
    content::SectionRead, content::DocumentAcknowledged,                                                     // documents
    content::PageFinished, content::CheckAnswered, content::ModuleCompleted,                                 // modules
    quizzes::AttemptStarted, quizzes::ItemPresented, quizzes::ResponseGiven, quizzes::ItemFlagged,           // tests
    quizzes::AttemptResumed, quizzes::AttemptClosed, quizzes::ResultDisputed,
    CodeIssued, ReleasePublished, TerminalInvited, UserAdded,                                                // clerks at HQ
    TerminalRevoked, QuarantineAccepted, KeysInstalled, HqRestored,
    UnknownFact>;

/// "attempt started", "response given" ...: the past tense in words, as written in the journal's `kind`.
std::string kind_of(const Fact&);

/// Canonical JSON: sorted keys, integers only, NFC, no spaces. The very bytes that are hashed and signed.
std::string encode(const Fact&);

/// Never fails: what is not understood is an UnknownFact.
Fact decode(const std::string& kind, const std::string& body);

/// The sealed bodies (free text, scans, drawn signatures) that a fact names by the SHA-256 of their ciphertext.
std::vector<Hash> bodies_named_by(const Fact&);

/// A fact in its place: who, when, where.
struct Event {
    std::uint64_t seq = 0;
    Moment moment;
    Actor actor;
    Fact fact;
};

} // namespace adal::sync
