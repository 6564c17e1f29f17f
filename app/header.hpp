#pragma once
#include "app/desk.hpp"

namespace adal::app {

/// What the header of every screen says: place, person, where facts are kept, the time.
screens::Surround surround(const Desk&);

} // namespace adal::app
