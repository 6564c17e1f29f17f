#pragma once
#include "content/finding.hpp"
#include "quizzes/authored_item.hpp"
#include <array>

namespace adal::quizzes {

/// One item of each language, and the names of their files.
struct ThreeItems {
    std::array<const AuthoredItem*, all_languages.size()> texts{};
    std::array<std::string, all_languages.size()> files;
};

/// Why two languages of one item do not say the same, a key of assets/strings; null if they do.
const char* difference(const AuthoredItem&, const AuthoredItem&);

/// What reads as if a translation slipped, for a person to judge: other numbers in the text, a stem negative in one language only, one text twice as long as
/// another.
void warn_of_slips(const ThreeItems&, content::Findings&);

std::vector<std::string> numbers_in(const std::string& text); // sorted, "1 250" as "1250"; years and clock times are numbers, too
bool is_negative(const std::string& text, Language);

} // namespace adal::quizzes
