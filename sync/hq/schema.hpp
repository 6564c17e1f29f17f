#pragma once
#include "sync/database/connection.hpp"

namespace adal::sync::hq {

/// The one schema of both stores. Enduring: journals, people, users, terminals, releases. `projection_tables` are folds
/// of those and can be emptied at any time.
const std::vector<Migration>& migrations();

} // namespace adal::sync::hq
