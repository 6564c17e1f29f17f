#pragma once
#include "content/document.hpp"
#include "content/finding.hpp"
#include <string_view>

namespace adal::content {

/// The body of a text: CommonMark, of which we keep headings of the second level (each begins a section), paragraphs,
/// block quotes, bullet lists, pictures on their own and blocks fenced as `check`. All else is a finding. What may
/// stand where is the reader's matter. Section numbers are 1, 2, 3 ...; titles are as written.
std::vector<Section> read_sections(std::string_view body, const std::string& file, Findings&);

} // namespace adal::content
