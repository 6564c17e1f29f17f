#include "app/screens/draw.hpp"
#include "app/screens/acknowledgement_screen.hpp"
#include "app/screens/duties_screen.hpp"
#include "app/screens/employer_screen.hpp"
#include "app/screens/item_screen.hpp"
#include "app/screens/module_screen.hpp"
#include "app/screens/number_screen.hpp"
#include "app/screens/reader_screen.hpp"
#include "app/screens/result_screen.hpp"
#include "app/screens/secret_screen.hpp"
#include "app/screens/start_screen.hpp"
#include "app/screens/test_intro_screen.hpp"
#include "app/screens/trouble_screen.hpp"

namespace adal::screens {

std::optional<Intent> draw(widgets::Frame& f, const Surround& surround, const State& state, const Words& words)
{
    // Each alternative has an overload of its own, declared above; without it this would call itself.
    return std::visit([&](const auto& screen) { return draw(f, surround, screen, words); }, state);
}

} // namespace adal::screens
