#include "sync/hq/belief.hpp"
#include "content/base/overloaded.hpp"

namespace adal::sync::hq {
namespace {

template <class T, class... Others> constexpr bool is_one_of = (std::is_same_v<T, Others> || ...);

template <class T>
concept SaidAtTerminals =
    is_one_of<T, JournalCreated, TerminalEnrolled, TerminalStarted, ReleaseInstalled, ClockStepped, ClockCompared, SignedIn, SignedOut, PinSet,
              SignInRefused, content::SectionRead, content::DocumentAcknowledged, content::PageFinished, content::CheckAnswered,
              content::ModuleCompleted, quizzes::AttemptStarted, quizzes::ItemPresented, quizzes::ResponseGiven, quizzes::ItemFlagged,
              quizzes::AttemptResumed, quizzes::AttemptClosed, quizzes::ResultDisputed>;
template <class T>
concept DecidedAtHq = is_one_of<T, CodeIssued, ReleasePublished, TerminalInvited, UserAdded, TerminalRevoked, QuarantineAccepted, KeysInstalled, HqRestored>;

/// A new fact does not compile before somebody has said here who may state it.
bool is_for_terminals(const Fact& fact)
{
    return std::visit(overloaded{
                          []<SaidAtTerminals T>(const T&) { return true; },
                          []<DecidedAtHq T>(const T&) { return false; },
                          [](const UnknownFact&) { return true; }, // who knows
                      },
                      fact);
}

bool is_actor_of(const TerminalId& owner, const Actor& actor)
{
    if (const auto* terminal = std::get_if<TerminalId>(&actor)) return *terminal == owner;
    return !std::holds_alternative<ConsoleUser>(actor);
}

/// Row 1 says whose journal it is; said anywhere else, or of another, it means nothing.
bool is_misplaced_birth(const TerminalId& owner, const Event& event)
{
    const auto* created = std::get_if<JournalCreated>(&event.fact);
    return created && (event.seq != 1 || created->terminal != owner);
}

} // namespace

Judged judged(const TerminalId& owner, const JournalRow& row)
{
    Judged judged{.event = to_event(row)};
    const auto& event = judged.event;
    const bool is_hqs = owner.text == "hq";
    if (!is_hqs && (!is_actor_of(owner, event.actor) || !is_for_terminals(event.fact) || is_misplaced_birth(owner, event)))
        judged.belief = Belief::NotTheirs;
    else if (std::holds_alternative<UnknownFact>(event.fact))
        judged.belief = Belief::Unread;
    return judged;
}

} // namespace adal::sync::hq
