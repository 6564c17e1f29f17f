#pragma once
#include <string>
#include <vector>

namespace adal::sync::hq {

/// Columns of plain text for a shell, as wide as their widest word; the first row is the heading.
std::string table(const std::vector<std::vector<std::string>>& rows);

} // namespace adal::sync::hq
