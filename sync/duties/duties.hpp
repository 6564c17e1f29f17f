#pragma once
#include "content/curriculum.hpp"
#include "sync/events/event.hpp"
#include "sync/people/roster.hpp"
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace adal::sync {

enum class DutyState { NotDue, Due, InProgress, AwaitingPerson, Done, Refused, AttemptsUsedUp, Overdue, Expired, Suspended, Waived };
std::string_view code(DutyState); // "not due", "due", "in progress" ...: for --json, databases and strings (duty.state.<code with _>)

/// What one person has done with one object (document, module or test): a fold of her facts, the same on both sides.
struct Achievement {
    int version = 0;
    std::optional<UtcTime> started, done; // done: acknowledged, completed, passed
    std::uint64_t done_seq = 0;           // the fact that proves it, in its journal (0 when folded from several journals)
    std::set<int> parts;                  // sections read, pages finished
    int attempts_counted = 0;             // closed and not interrupted
    std::set<AttemptId> closed_attempts;  // those counted
    std::optional<AttemptId> open_attempt;
    std::optional<quizzes::AttemptClosed> last_result, passing_result;
    std::optional<UtcTime> last_closed;
};

/// Does it change what anybody has done of her duties? Such facts go to every terminal where she may work.
bool concerns_duties(const Fact&);

/// All of one person's achievements, by object. `apply` is the one place where it changes; facts that do not concern duties are ignored.
class Achievements {
public:
    void apply(const Event&);
    const Achievement* find(const std::string& object) const;
    const std::map<std::string, Achievement>& all() const { return by_object_; }

private:
    std::map<std::string, Achievement> by_object_;
    std::map<AttemptId, std::string> test_of_; // attempt -> test
};

/// One duty of one person today.
struct DutyView {
    const content::DutyRule* rule{};
    DutyState state{};
    std::optional<Date> due;
    int days_left = 0; // to the due date; negative: overdue by so many
    int parts_done = 0, parts_total = 0; // sections or pages; total 0 when the caller did not say
    std::optional<Date> next_attempt_on;  // while a cooldown runs
    Achievement achievement;
};

/// The dates a duty hangs on, for both the function below and HQ's SQL; nullopt if she does not owe it.
std::optional<Date> due_date(const content::DutyRule&, const Person&, Date today);
bool owes(const content::DutyRule&, const Person&, Date today);

/// The one function that says which state a duty is in (HQ's SQL expression is tested equal to it):
/// done > attempts used up > overdue > in progress > due; attempts and cooldown come from the test's policy.
struct TestPolicy {
    int attempts = 0, cooldown_days = 0;
};
DutyState state_of(const content::DutyRule&, const Achievement&, std::optional<Date> due, Date today, const TestPolicy&);

/// Her duties, the next step first: overdue, then by due date; done last.
std::vector<DutyView> duties_of(const content::Curriculum&, const Person&, const Achievements&, Date today, const std::map<std::string, TestPolicy>& tests);

} // namespace adal::sync
