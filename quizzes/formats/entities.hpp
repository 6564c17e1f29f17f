#pragma once
#include <string>
#include <string_view>

namespace adal::quizzes::formats {

void append_letter(std::string& text, char32_t letter); // UTF-8; U+FFFD for what is no letter

/// The character of "nbsp", "#171", "#xAB" (HTML 4.01, section 24); 0 if there is none of this name.
char32_t entity(std::string_view name);

} // namespace adal::quizzes::formats
