#include "tests/simulation/demand.hpp"
#include "tests/simulation/world.hpp"
#include "tests/support/fast_folder.hpp"
#include <chrono>
#include <cstdio>
#include <cstring>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// sync_simulation [--seeds N] [--from S] [--seconds T] [--jobs J] [--steps K]: worlds from the seeds S, S + 1 ..., until one is broken.
// sync_simulation --seed S [--verbose]: that very world again.

namespace {

using namespace adal;
using namespace adal::simulation;

struct Plan {
    std::uint64_t from = 1, count = 200;
    int seconds = 0, jobs = 2, steps = 40;
    bool is_verbose = false;
};

/// libsodium's own chance comes from the seed, too.
support::SeededRandom& chance()
{
    static support::SeededRandom source{0};
    return source;
}

void make_sodium_repeatable()
{
    static randombytes_implementation ours{
        [] { return "seeded"; },
        [] { return static_cast<std::uint32_t>(chance().number()); },
        nullptr,
        nullptr,
        [](void* const into, const std::size_t count) {
            const auto bytes = chance().bytes(count);
            if (count > 0) std::memcpy(into, bytes.data(), count);
        },
        nullptr,
    };
    randombytes_set_implementation(&ours);
}

bool run(const Template& start, std::uint64_t seed, const Plan& plan)
{
    chance() = support::SeededRandom{seed};
    support::FastFolder folder;
    std::unique_ptr<World> world;
    try {
        world = std::make_unique<World>(start, folder.path(), seed);
        world->tells_at_once = plan.is_verbose;
        world->live(plan.steps);
        world->heal();
        return true;
    } catch (const Broken& broken) {
        if (world && !plan.is_verbose)
            for (const auto& line : world->story()) std::printf("%s\n", line.c_str());
        std::printf("BROKEN seed %llu: %s\n", static_cast<unsigned long long>(seed), broken.what.c_str());
        std::fflush(stdout);
        return false;
    }
}

/// One number in memory that parent and children share: the seed under way, so that a crash has a name, and what was done.
struct Progress {
    std::uint64_t seed = 0, done = 0;
};

[[noreturn]] void work(const Template& start, const Plan& plan, int job, Progress& progress)
{
    using Steady = std::chrono::steady_clock;
    const auto end = Steady::now() + std::chrono::seconds{plan.seconds};
    for (auto i = static_cast<std::uint64_t>(job); i < plan.count; i += static_cast<std::uint64_t>(plan.jobs)) {
        if (plan.seconds > 0 && Steady::now() > end) break;
        ::alarm(120); // a world without end
        progress.seed = plan.from + i;
        if (!run(start, progress.seed, plan)) ::_exit(1);
        ++progress.done;
    }
    ::_exit(0);
}

int run_all(const Template& start, const Plan& plan)
{
    const auto size = sizeof(Progress) * static_cast<std::size_t>(plan.jobs);
    auto* progress = static_cast<Progress*>(::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    std::vector<pid_t> children;
    for (int job = 0; job < plan.jobs; ++job) {
        const auto child = ::fork();
        if (child == 0) work(start, plan, job, progress[job]);
        children.push_back(child);
    }
    int worst = 0;
    std::uint64_t done = 0;
    for (int job = 0; job < plan.jobs; ++job) {
        int status = 0;
        ::waitpid(children[static_cast<std::size_t>(job)], &status, 0);
        done += progress[job].done;
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) continue;
        worst = 1;
        std::printf("seed %llu ended %s; again: sync_simulation --seed %llu --verbose\n", static_cast<unsigned long long>(progress[job].seed),
                    WIFSIGNALED(status) ? ::strsignal(WTERMSIG(status)) : "broken", static_cast<unsigned long long>(progress[job].seed));
    }
    std::printf("%llu worlds of %d steps\n", static_cast<unsigned long long>(done), plan.steps);
    return worst;
}

std::optional<Plan> plan_from(int count, char** words)
{
    Plan plan;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--verbose") {
            plan.is_verbose = true;
            continue;
        }
        if (i + 1 == count) return std::nullopt;
        const auto number = std::strtoull(words[++i], nullptr, 10);
        if (word == "--seeds") plan.count = number;
        else if (word == "--from") plan.from = number;
        else if (word == "--seed") plan.from = number, plan.count = 1, plan.jobs = 1;
        else if (word == "--seconds") plan.seconds = static_cast<int>(number);
        else if (word == "--jobs") plan.jobs = static_cast<int>(number);
        else if (word == "--steps") plan.steps = static_cast<int>(number);
        else return std::nullopt;
    }
    return plan;
}

} // namespace

int main(int count, char** words)
{
    const auto plan = plan_from(count, words);
    if (!plan) {
        std::puts("sync_simulation [--seeds N] [--from S] [--seconds T] [--jobs J] [--steps K] [--verbose]\nsync_simulation --seed S [--verbose]");
        return 2;
    }
    make_sodium_repeatable();
    const support::FastFolder folder;
    try {
        const Template start{folder.path(), 3};
        return run_all(start, *plan);
    } catch (const Broken& broken) {
        std::printf("the first folders could not be made: %s\n", broken.what.c_str());
        return 1;
    }
}
