#pragma once
#include "content/finding.hpp"
#include <string>

namespace adal::content {

/// "12 check.front.unknown": the first fault found, or nothing.
inline std::string first_fault(const Findings& findings)
{
    return findings.empty() ? "" : std::to_string(findings.front().line) + " " + findings.front().key;
}

/// The text with one passage changed; a test that changes nothing tests nothing.
inline std::string changed(std::string text, const std::string& from, const std::string& to)
{
    return text.replace(text.find(from), from.size(), to);
}

} // namespace adal::content
