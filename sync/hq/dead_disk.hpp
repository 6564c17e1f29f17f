#pragma once
#include "sync/hq/intake.hpp"
#include "sync/link/stick.hpp"

/// The disk of a terminal that will never speak again: its data folder, or what is left of it. Nothing of it need be believed: every row is judged as if the
/// terminal had sent it, and its key is not needed.
namespace adal::sync::hq {

bool is_data_folder(const std::filesystem::path&); // of a terminal; else it is a stick

struct DeadDisk {
    TerminalId terminal;
    std::uint64_t facts = 0; // that were not here
    std::size_t bodies = 0;
    std::vector<RefusedFile> refused; // what is before the damage was taken
};
/// Works on a copy: the disk may be read-only, and its last rows may still lie in SQLite's log.
Expected<DeadDisk> take_dead_disk(Intake&, Store&, const std::filesystem::path&, const Clock&);

} // namespace adal::sync::hq
