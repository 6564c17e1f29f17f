#pragma once
#include "content/base/bytes.hpp"
#include <string>

/// The bytes of a pack; sync/packs/FORMAT.md says it for strangers.
namespace adal::sync {

inline constexpr int pack_format = 1;

inline constexpr const char* pack_schema =
    "CREATE TABLE pack (format INTEGER NOT NULL, kind TEXT NOT NULL) STRICT;"
    "CREATE TABLE source (name TEXT PRIMARY KEY, hash BLOB NOT NULL, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE item (id TEXT PRIMARY KEY, revision TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE picture (owner TEXT NOT NULL, name TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, rgba BLOB NOT NULL, "
    "PRIMARY KEY (owner, name)) STRICT;";

inline std::string pack_file_name(const Hash& hash) { return to_hex(hash) + ".pack"; }

} // namespace adal::sync
