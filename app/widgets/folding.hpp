#pragma once
#include "app/widgets/frame.hpp"
#include <string_view>

namespace adal::widgets {

/// Whether something that a button shows and hides is shown now. Remembered as long as the page, like a scroll
/// position.
bool is_unfolded(Frame& f, std::string_view id);
void unfold(Frame& f, std::string_view id, bool shown);

} // namespace adal::widgets
