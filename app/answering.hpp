#pragma once
#include "quizzes/facts.hpp"
#include "quizzes/item.hpp"

/// What a tap makes of a response: pure, and in the words of quizzes/response.hpp.
namespace adal::app {

/// Of one answer only, the new one replaces the old; of several, a second tap takes it back.
quizzes::Response toggled(const quizzes::Item&, quizzes::Response, const ChoiceId&);

/// Match: the partner of a source, and a response in which this source has this partner or, if empty, none.
ChoiceId partner_of(const quizzes::Response&, const ChoiceId& source);
quizzes::Response paired(quizzes::Response, const ChoiceId& source, const ChoiceId& target);
/// The next source that has no partner, from this one on and round; empty if all have one.
ChoiceId next_unpaired(const quizzes::DrawnItem&, const quizzes::Response&, const ChoiceId& after);

/// Order: as it stands on the screen, and with one choice moved down by so many places (up if negative); unchanged at the ends.
std::vector<ChoiceId> order_shown(const quizzes::DrawnItem&, const quizzes::Response&);
quizzes::Response moved(const quizzes::DrawnItem&, const quizzes::Response&, const ChoiceId&, int by);

} // namespace adal::app
