#pragma once
#include "tests/support/manual_clock.hpp"
#include "tests/support/power_cut.hpp"
#include "tests/support/seeded_random.hpp"

namespace adal::simulation {

/// A place that keeps something: a folder, the disk below it, and a clock of its own that goes a little wrong and that somebody may set.
struct Machine {
    Machine(std::string called, const std::filesystem::path& at, std::uint64_t seed) : name(std::move(called)), folder(at), disk(at, seed) {}

    std::string name;
    std::filesystem::path folder;
    support::FragileDisk disk;
    support::ManualClock clock;
    int drift_ppm = 0;           // at most 100, as clocks go
    bool has_rtc = true;         // else it believes after every start that it is 2020
    UtcTime true_time = clock.moment.at;

    void pass(Elapsed by)
    {
        true_time += by;
        passed_ += by.count();
        const auto own = passed_ + passed_ * drift_ppm / 1'000'000; // of the sum: roundings do not add up
        clock.advance(Elapsed{own - std::exchange(shown_, own)});
    }
    void reboot()
    {
        clock.moment.boot = name + " " + std::to_string(++boots_);
        clock.moment.uptime = Elapsed{0};
        if (!has_rtc) clock.moment.at = from_ms(1'577'836'800'000);
    }

private:
    std::int64_t passed_ = 0, shown_ = 0;
    int boots_ = 0;
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
