#include "app/widgets/folding.hpp"
#include "app/widgets/state.hpp"

namespace adal::widgets {

bool is_unfolded(Frame& f, std::string_view id)
{
    const auto& pages = f.state().pages;
    const auto known = pages.find(id);
    return known != pages.end() && known->second == 1;
}

void unfold(Frame& f, std::string_view id, bool shown)
{
    f.state().pages[std::string(id)] = shown ? 1 : 0;
    f.again();
}

} // namespace adal::widgets
