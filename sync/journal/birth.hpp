#pragma once
#include "sync/database/connection.hpp"
#include "sync/journal/chain.hpp"
#include <filesystem>

namespace adal::sync {

/// Makes a whole journal of one row under a temporary name and renames it: the real name never belongs to a half-born one.
/// Conflict if the name, or a companion file that SQLite would read into a new journal, is taken.
Expected<Done> give_birth(const std::filesystem::path&, const JournalRow&);

/// Everything that lies in the WAL goes into the file itself, which may then be renamed. Unavailable, at once, while another connection is open.
Expected<Done> fold_into_one_file(Connection&, const std::filesystem::path&);

} // namespace adal::sync
