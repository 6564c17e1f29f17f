#pragma once
#include "quizzes/authored_item.hpp"
#include <array>
#include <string_view>

namespace adal::quizzes {

/// Three languages of one item, which do not differ (parity.hpp), as one.
Item joined(const std::array<const AuthoredItem*, all_languages.size()>&);

/// The other way: what one language says of it. Pictures come without their bytes.
AuthoredItem in_one_language(const Item&, Language);
AuthoredScenario in_one_language(const Scenario&, Language);

/// A match with 1, 2, 3 ... as the order it means; false if it is none.
bool become_order(AuthoredItem&);
void become_match(AuthoredItem&); // and back, as GIFT writes it

std::optional<Folding> folding_from(std::string_view); // "nothing", "case", "letters"
const char* folding_word(Folding);

} // namespace adal::quizzes
