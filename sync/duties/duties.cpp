#include "sync/duties/duties.hpp"
#include "content/language/dates.hpp"
#include <algorithm>
#include <tuple>

namespace adal::sync {

using content::DutyRule;

std::string_view code(DutyState state)
{
    switch (state) {
    case DutyState::NotDue: return "not due";
    case DutyState::Due: return "due";
    case DutyState::InProgress: return "in progress";
    case DutyState::AwaitingPerson: return "awaiting person";
    case DutyState::Done: return "done";
    case DutyState::Refused: return "refused";
    case DutyState::AttemptsUsedUp: return "attempts used up";
    case DutyState::Overdue: return "overdue";
    case DutyState::Expired: return "expired";
    case DutyState::Suspended: return "suspended";
    case DutyState::Waived: return "waived";
    }
    assert(false);
    return "";
}

namespace {

bool applies(const DutyRule& rule, const Assignment& assignment, Date today)
{
    const auto& classes = rule.who.classes;
    if (!assignment.is_current(today)) return false;
    if (std::find(classes.begin(), classes.end(), assignment.person_class) == classes.end()) return false;
    return !rule.who.on_probation || (assignment.probation_end && today <= *assignment.probation_end);
}

std::optional<Date> due_date(const content::Due& due, const Assignment& assignment)
{
    using std::chrono::days;
    if (due.days_after_start) return assignment.from + days{*due.days_after_start};
    if (!due.days_before_probation_end || !assignment.probation_end) return std::nullopt;
    const auto due_on = *assignment.probation_end - days{*due.days_before_probation_end};
    return due_on >= assignment.from ? due_on : *assignment.probation_end; // nobody is overdue on her first day
}

// The cooldown yields to the deadline: nobody misses her date by waiting.
std::optional<Date> next_attempt(const Achievement& achievement, std::optional<Date> due, Date today, const TestPolicy& test)
{
    if (!achievement.last_closed || test.cooldown_days <= 0) return std::nullopt;
    auto on = language::date_of(*achievement.last_closed) + std::chrono::days{test.cooldown_days};
    if (due) on = std::min(on, *due);
    return on > today ? std::optional{on} : std::nullopt;
}

// What she can act on stands before what she cannot, what is done comes last.
int rank(const DutyView& view)
{
    switch (view.state) {
    case DutyState::Overdue: return 0;
    case DutyState::AttemptsUsedUp:
    case DutyState::AwaitingPerson:
    case DutyState::Suspended: return 2;
    case DutyState::Done:
    case DutyState::Refused:
    case DutyState::Waived: return 3;
    default: return 1;
    }
}

DutyView view_of(const DutyRule& rule, const Person& person, const Achievement* achievement, Date today, const TestPolicy& test)
{
    DutyView view;
    view.rule = &rule;
    view.due = due_date(rule, person, today);
    if (achievement) view.achievement = *achievement;
    view.state = state_of(rule, view.achievement, view.due, today, test);
    if (view.due) view.days_left = static_cast<int>((*view.due - today).count());
    view.parts_done = static_cast<int>(view.achievement.parts.size());
    const bool may_try = view.state == DutyState::Due || view.state == DutyState::InProgress || view.state == DutyState::Overdue;
    if (rule.kind == content::DutyKind::Test && may_try && !view.achievement.open_attempt)
        view.next_attempt_on = next_attempt(view.achievement, view.due, today, test);
    return view;
}

} // namespace

bool owes(const DutyRule& rule, const Person& person, Date today)
{
    return std::any_of(person.assignments.begin(), person.assignments.end(),
                       [&](const Assignment& assignment) { return applies(rule, assignment, today); });
}

// Of several assignments that ask for it the earliest date counts: what is done counts for all.
std::optional<Date> due_date(const DutyRule& rule, const Person& person, Date today)
{
    std::optional<Date> earliest;
    for (const auto& assignment : person.assignments) {
        if (!applies(rule, assignment, today)) continue;
        const auto due = due_date(rule.due, assignment);
        if (due && (!earliest || *due < *earliest)) earliest = due;
    }
    return earliest;
}

DutyState state_of(const DutyRule& rule, const Achievement& achievement, std::optional<Date> due, Date today, const TestPolicy& test)
{
    if (achievement.done) return DutyState::Done;
    const bool is_test = rule.kind == content::DutyKind::Test;
    if (is_test && test.attempts > 0 && achievement.attempts_counted >= test.attempts) return DutyState::AttemptsUsedUp;
    if (due && today > *due) return DutyState::Overdue;
    return achievement.started ? DutyState::InProgress : DutyState::Due;
}

std::vector<DutyView> duties_of(const content::Curriculum& curriculum, const Person& person, const Achievements& achievements,
                                Date today, const std::map<std::string, TestPolicy>& tests)
{
    std::vector<DutyView> views;
    for (const auto& rule : curriculum.duties) {
        if (!owes(rule, person, today)) continue;
        const auto test = tests.find(rule.object);
        views.push_back(view_of(rule, person, achievements.find(rule.object), today,
                                test == tests.end() ? TestPolicy{} : test->second));
    }
    const auto key = [](const DutyView& view) { return std::tuple{rank(view), view.due.value_or(Date::max())}; };
    std::stable_sort(views.begin(), views.end(), [&](const auto& one, const auto& other) { return key(one) < key(other); });
    return views;
}

} // namespace adal::sync
