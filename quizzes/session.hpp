#pragma once
#include "content/base/expected.hpp"
#include "quizzes/assessment_test.hpp"
#include "quizzes/facts.hpp"
#include <optional>
#include <set>
#include <span>
#include <variant>

namespace adal::quizzes {

using Fact = std::variant<AttemptStarted, ItemPresented, ResponseGiven, ItemFlagged, AttemptResumed, AttemptClosed>;

/// One person's passage through one test (QTI: assessmentTest session).
///
/// Asking never changes anything: the const functions only answer which facts should be recorded. `apply` is the one place where the session
/// changes. Resuming after a power cut is therefore nothing special: it is `replay` of the facts found in the journal.
/// Time is handed in as the elapsed milliseconds of the attempt (monotonic, off-time not counted); nobody here looks at a clock.
class TestSession {
public:
    /// Corrupt if the facts do not begin with AttemptStarted or name items the bank lacks or in another revision.
    static Expected<TestSession> replay(const AssessmentTest&, const Bank&, std::span<const Fact>);

    const AttemptStarted& started() const { return started_; }
    const Item& item(std::size_t index) const; // in the drawn order; the bank must outlive the session
    std::size_t current() const;               // index of the item on the screen
    Response response_to(const ItemId&) const;
    bool is_flagged(const ItemId&) const;
    int answered() const;
    Elapsed time_limit() const { return started_.time_limit; }
    Elapsed time_left() const { return time_left_; } // when the attempt began, or was last resumed
    const std::optional<AttemptClosed>& closed() const { return closed_; }

    /// InvalidInput for an item or choice that is not in the form, and for going back where the test goes only forward; Conflict after the attempt was closed.
    Expected<std::vector<Fact>> present(const ItemId&) const;
    Expected<std::vector<Fact>> respond(const ItemId&, Response, Language) const;
    Expected<std::vector<Fact>> flag(const ItemId&, bool) const;
    Expected<std::vector<Fact>> submit(Elapsed used) const;    // unanswered counts as wrong
    Expected<std::vector<Fact>> interrupt(Elapsed used) const; // "I must leave"
    std::vector<Fact> expire(Elapsed used) const;              // closes when the limit is reached, else nothing

    void apply(const Fact&);

private:
    const Bank* bank_{};
    AssessmentTest test_;
    AttemptStarted started_;
    std::optional<ItemId> current_;
    std::map<ItemId, Response> responses_;
    std::set<ItemId> flagged_;
    Elapsed time_left_{};
    std::optional<AttemptClosed> closed_;

    Expected<const DrawnItem*> open_for(const ItemId&) const;
    bool accepts(const Fact&) const;
    std::size_t index_of(const ItemId&) const;
    bool may_come_next(const ItemId&) const; // Linear: the one on the screen, or the one after it
    bool is_over(Elapsed used) const { return used >= started_.time_limit; }
    AttemptClosed close(CloseReason, Elapsed used) const;
};

} // namespace adal::quizzes
