#include "content/finding.hpp"
#include <algorithm>

namespace adal::content {

bool has_errors(const Findings& findings)
{
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.gravity == Finding::Gravity::Error; });
}

} // namespace adal::content
