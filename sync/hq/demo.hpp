#pragma once
#include "sync/hq/people.hpp"

namespace adal::sync::hq {

/// Five sites, their units and employers, and about two hundred people who never lived: the same names for the same
/// day. Only the roster is made up; what these people have done comes from terminals, like anything else. Inside a
/// write.
Expected<Done> put_demo_roster(Store&, Date today, UtcTime now);

} // namespace adal::sync::hq
