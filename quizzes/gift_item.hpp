#pragma once
#include "quizzes/gift.hpp"

namespace adal::quizzes {

/// Reads one item of GIFT, from its `::name::` to its closing brace, into `item`; topic and tags are the file's matter.
/// `text` begins on line `line` of the file. False, and a finding, for what is not understood.
bool read_gift_item(const std::string& text, int line, const std::string& file, content::Findings&, AuthoredItem& item);

/// The same for a text without answers.
bool has_answers(const std::string& text); // a brace that no backslash takes away
bool read_gift_text(const std::string& text, int line, const std::string& file, content::Findings&, AuthoredScenario&);

} // namespace adal::quizzes
