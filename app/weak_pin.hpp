#pragma once
#include <string_view>

namespace adal::app {

/// Six digits that anyone would try first: one digit only, a run up or down, a pattern said twice or thrice, her own
/// number.
bool is_weak_pin(std::string_view pin, std::string_view personnel_number);

} // namespace adal::app
