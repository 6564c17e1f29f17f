#include "content/document.hpp"
#include <algorithm>

namespace adal::content {

std::string plain(const Runs& runs)
{
    std::string text;
    for (const auto& run : runs) text += run.text;
    return text;
}

bool has_paragraph(const DocumentText& text, std::string_view anchor)
{
    return std::any_of(text.sections.begin(), text.sections.end(), [&](const Section& section) {
        return std::any_of(section.blocks.begin(), section.blocks.end(),
                           [&](const Block& block) { return !block.anchor.empty() && block.anchor == anchor; });
    });
}

} // namespace adal::content
