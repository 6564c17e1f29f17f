#pragma once
#include "content/finding.hpp"
#include <string_view>

/// What all authors' files share, whatever their format.
namespace adal::content {

/// Without a byte-order mark, and with LF where an editor wrote CRLF.
std::string plain_source(std::string_view);

/// Every line is UTF-8 in NFC, without control characters and lost letters (U+FFFD); each that is not is a finding.
void check_letters(std::string_view source, const std::string& file, Findings&);

std::string_view trimmed(std::string_view);
std::vector<std::string_view> lines_of(std::string_view);

bool is_identifier(std::string_view);          // "anti-corruption-code": small Latin letters, digits, single hyphens
bool is_anchor(std::string_view);              // "4.2"
bool is_paragraph_reference(std::string_view); // "anti-corruption-code#4.2"

} // namespace adal::content
