#pragma once
#include "tests/support/manual_clock.hpp"
#include "tests/support/power_cut.hpp"

namespace adal::simulation {

/// A place that keeps something: a folder, the disk below it, and a clock of its own.
struct Machine {
    Machine(std::string called, const std::filesystem::path& at, std::uint64_t seed) : name(std::move(called)), folder(at), disk(at, seed) {}

    std::string name;
    std::filesystem::path folder;
    support::FragileDisk disk;
    support::ManualClock clock;
};

/// As `cp -r` of a running machine, or of its disk: what SQLite keeps in memory stays behind.
inline void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::filesystem::create_directories(to);
    for (const auto& entry : std::filesystem::directory_iterator{from}) {
        const auto there = to / entry.path().filename();
        if (entry.is_directory())
            copy_folder(entry.path(), there);
        else if (!entry.path().native().ends_with("-shm"))
            std::filesystem::copy_file(entry.path(), there, std::filesystem::copy_options::overwrite_existing);
    }
}

} // namespace adal::simulation
