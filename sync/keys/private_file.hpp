#pragma once
#include "content/base/bytes.hpp"
#include "content/base/expected.hpp"
#include <filesystem>

namespace adal::sync {

/// Replaces a file so that a power cut leaves the old bytes or the new ones: temporary file, fsync, rename, fsync of the folder. Mode 0600.
Expected<Done> write_private_file(const std::filesystem::path&, BytesView);

/// The same on a stick that somebody carries: its file system may know no modes.
Expected<Done> write_carried_file(const std::filesystem::path&, BytesView);

/// NotFound if it does not exist, Corrupt if it is larger than `limit`, Unavailable if it cannot be read.
Expected<Bytes> read_private_file(const std::filesystem::path&, std::size_t limit);

/// Unavailable if the disk does not say: nobody may take its silence for "not there" and write over what is.
Expected<bool> is_there(const std::filesystem::path&);

/// What was created, renamed and removed in it is durable.
Expected<Done> sync_folder(const std::filesystem::path&);

/// Gives a finished file its name; durable when it returns. The caller has synced the file's bytes.
Expected<Done> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

} // namespace adal::sync
