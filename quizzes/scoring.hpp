#pragma once
#include "quizzes/assessment_test.hpp"
#include "quizzes/facts.hpp"
#include <map>
#include <set>

/// The one scoring function, used on the terminal and again at HQ. Integers only; a score never leaves 0 to its maximum.
///
/// With Credit::Partial an item of `points` gives floor(points x weight / whole), where weight is, never below nothing:
///     choices           the sum of the chosen ones' weights (QTI mapResponse with lowerBound 0; Moodle's fractions)
///     match, order      right pairs by sources; choices in their right place by all choices
///     numbers, texts    the best weight among the keys that fit
/// A thousandth of a percent is forgiven in the sum: three of 33.33333 are one whole.
namespace adal::quizzes {

int points_for(const Item&, const Response&);
bool is_right(const Item&, const Response&); // all its points

struct Verdict {
    Score score;
    std::vector<TopicScore> topics; // in the blueprint's order
    bool passed = false;
};
using Responses = std::map<ItemId, Response>;

/// `topic_marks`: the least a topic needs; none for topics that are not named. Items in `credited` (withdrawn later) give all their points to everybody.
Verdict score(const AssessmentTest&, const Bank&, const std::vector<DrawnItem>&, const Responses&, int pass_mark, const std::vector<TopicMark>& topic_marks = {},
              const std::set<ItemId>& credited = {});

} // namespace adal::quizzes
