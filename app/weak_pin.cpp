#include "app/weak_pin.hpp"

namespace adal::app {
namespace {

// Each digit follows the one before by `step`; 9 is followed by 0, so that 567890 is a run, too.
bool is_run(std::string_view pin, int step)
{
    for (std::size_t i = 1; i < pin.size(); ++i)
        if ((pin[i] - pin[i - 1] - step) % 10 != 0) return false;
    return true;
}

bool repeats(std::string_view pin, std::size_t length)
{
    for (std::size_t i = length; i < pin.size(); ++i)
        if (pin[i] != pin[i - length]) return false;
    return true;
}
} // namespace

bool is_weak_pin(std::string_view pin, std::string_view personnel_number)
{
    return is_run(pin, 0) || is_run(pin, 1) || is_run(pin, -1) || repeats(pin, 2) || repeats(pin, 3) ||
           pin == personnel_number;
}

} // namespace adal::app
