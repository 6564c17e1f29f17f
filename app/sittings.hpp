#pragma once
#include "app/terminal.hpp"
#include "quizzes/session.hpp"

namespace adal::app {

/// An attempt brought back to life from its facts; it keeps the bank it was drawn from.
struct Sitting {
    std::shared_ptr<const quizzes::Bank> bank;
    quizzes::AssessmentTest test;
    quizzes::TestSession session;
    static Expected<Sitting> replay(const Library&, const AttemptRecord&);
};

/// The attempts under way on this terminal, on the screen or not: their time, their end, and the heartbeat that bounds
/// what a power cut refunds.
class Sittings {
public:
    Sittings(Terminal& terminal, const Clock& clock) : terminal_(&terminal), clock_(&clock) {}

    /// At the start of the program: an attempt of an earlier boot stands until she is back, and how much time was left
    /// becomes a fact.
    Expected<Done> begin();

    Elapsed used(const AttemptRecord&) const; // never more than its limit
    Elapsed left(const AttemptRecord& attempt) const { return attempt.time_limit - used(attempt); }

    /// Closes what has run out of time, whether or not she is there. True if there was any.
    Expected<bool> close_expired();

    /// Every half minute while an attempt's clock runs.
    void beat();
    bool is_running() const;
    static constexpr Elapsed beat_every{30'000};

private:
    Terminal* terminal_;
    const Clock* clock_;
    std::optional<Elapsed> last_beat_;

    Expected<Done> close(const AttemptRecord&);
};

/// An attempt whose items this terminal no longer has: it is closed without being counted.
quizzes::AttemptClosed interrupted_without_items(const AttemptRecord&, Elapsed used);

} // namespace adal::app
