#pragma once
#include "content/base/expected.hpp"
#include "quizzes/facts.hpp"
#include "quizzes/item.hpp"

/// A response is a list of words, as QTI writes the values of a response variable:
///
///     single choice, true or false   one choice, "B"
///     multiple choice                choices, sorted
///     order                          all choices, in her order
///     match                          directed pairs "A C" (source, target), sorted; each source once
///     numeric                        one number, "-3.5"
///     text entry                     one text, blanks made one, at most 100 letters
///
/// Empty: no answer.
namespace adal::quizzes {

inline constexpr std::size_t longest_text = 100; // code points

/// The one form of what she gave; InvalidInput (session.*) if it is no response to this item as it was drawn.
Expected<Response> normalised(const Item&, const DrawnItem&, Response given);

std::string pair_text(const ChoiceId& source, const ChoiceId& target);
std::optional<std::pair<ChoiceId, ChoiceId>> pair_from(const std::string&);

} // namespace adal::quizzes
