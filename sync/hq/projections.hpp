#pragma once
#include "sync/hq/timeline.hpp"
#include "sync/hq/teaching.hpp"
#include "sync/people/roster.hpp"
#include <set>

/// Folds of facts and roster that pages read: who owes what by when (`duty_span`), what she has done (`achievement`), and those of
/// fact_folds.hpp. They change in the transaction that stores the facts, and `rebuild` must give the same rows.
namespace adal::sync::hq {

/// What she has done, from all of her facts in all journals.
Expected<Achievements> achievements_of(Store&, const PersonId&);

/// Both inside a write.
Expected<Done> fold_achievements(Store&, const std::set<PersonId>&);
Expected<Done> fold_duties(Store&, const Teaching&); // everybody's spans: after a release or a change of the roster
Expected<Done> rebuild(Store&, const Teaching&);

/// From which day to which she owes a duty and by when. Dates only: a state is these compared with today.
struct Span {
    Date from{}, until{};
    std::optional<Date> due;
    bool operator==(const Span&) const = default;
};
std::vector<Span> spans_of(const content::DutyRule&, const Person&);

/// More attempts counted than her test's policy allows: two terminals that did not know of each other, or a copied disk. Each of them counts;
/// somebody should look at it.
struct OverLimit {
    PersonId person;
    DutyId rule;
    std::string object;
    std::int64_t attempts = 0, allowed = 0;
};
Expected<std::vector<OverLimit>> attempts_over_limit(Store&, std::int64_t limit = 100);

/// Every projected row as text, in one order: equal texts are equal pages.
Expected<std::string> projected(Store&);

} // namespace adal::sync::hq
