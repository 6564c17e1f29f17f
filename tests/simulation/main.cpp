#include "tests/simulation/demand.hpp"
#include "tests/simulation/memory.hpp"
#include "tests/simulation/world.hpp"
#include "tests/support/fast_folder.hpp"
#include <chrono>
#include <cstdio>
#include <cstring>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// sync_simulation [--seeds N] [--from S] [--seconds T] [--jobs J] [--steps K] [--twice]: worlds from the seeds S, S + 1 ..., until one is broken.
// sync_simulation --seed S [--verbose]: that very world again.
// --steps K: all worlds are that long; else each is as long as its seed says. --twice: each world is lived twice, and must be the same, word for word.

/// Where an error comes from is told by the seed; remembering where each piece of memory came from takes a third of the time.
extern "C" const char* __asan_default_options() { return "malloc_context_size=1:quarantine_size_mb=16:max_malloc_fill_size=0"; }

/// Hashes of PINs' codes are slow on purpose; here nobody tries to guess them.
extern "C" {
int __real_crypto_pwhash_str_alg(char*, const char*, unsigned long long, unsigned long long, size_t, int);
int __wrap_crypto_pwhash_str_alg(char* out, const char* secret, unsigned long long length, unsigned long long, size_t, int algorithm)
{
    return __real_crypto_pwhash_str_alg(out, secret, length, crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN, algorithm);
}
}

namespace {

using namespace adal;
using namespace adal::simulation;

struct Plan {
    std::uint64_t from = 1, count = 200;
    int seconds = 0, jobs = 2;
    std::optional<int> steps;
    bool is_verbose = false, twice = false;
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

/// How a world went: what happened, and what HQ has in the end.
struct Life {
    std::vector<std::string> story;
    std::optional<std::string> broken;
};

Life live(const Template& start, std::uint64_t seed, const Plan& plan)
{
    chance() = support::SeededRandom{seed};
    seed_sqlite(seed);
    support::SeededRandom length{seed * 2 + 1};
    support::FastFolder folder;
    std::unique_ptr<World> world;
    Life life;
    try {
        world = std::make_unique<World>(start, folder.path(), seed);
        world->tells_at_once = plan.is_verbose;
        world->live(plan.steps.value_or(8 + static_cast<int>(length.below(33))));
        world->heal();
        world->tell("hq has " + world->what_hq_holds());
    } catch (const Broken& broken) {
        life.broken = broken.what;
    }
    if (world) life.story = world->story();
    return life;
}

void print_broken(const Life& life, std::uint64_t seed, const std::string& what, bool with_story)
{
    if (with_story)
        for (const auto& line : life.story) std::printf("%s\n", line.c_str());
    std::printf("BROKEN seed %llu: %s\n", static_cast<unsigned long long>(seed), what.c_str());
    std::fflush(stdout);
}

std::string first_difference(const Life& one, const Life& other)
{
    std::size_t line = 0;
    while (line < one.story.size() && line < other.story.size() && one.story[line] == other.story[line]) ++line;
    const auto at = [&](const Life& life) { return line < life.story.size() ? life.story[line] : std::string{"nothing"}; };
    return "two stories of one seed: \"" + at(one) + "\" and \"" + at(other) + "\"";
}

bool run(const Template& start, std::uint64_t seed, const Plan& plan)
{
    const auto life = live(start, seed, plan);
    if (life.broken) return print_broken(life, seed, *life.broken, !plan.is_verbose), false;
    if (!plan.twice) return true;
    const auto again = live(start, seed, plan);
    if (again.story == life.story) return true;
    return print_broken(life, seed, first_difference(life, again), !plan.is_verbose), false;
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
    std::printf("%llu worlds%s\n", static_cast<unsigned long long>(done), plan.twice ? ", each lived twice and the same" : "");
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
        if (word == "--twice") {
            plan.twice = true;
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
        std::puts("sync_simulation [--seeds N] [--from S] [--seconds T] [--jobs J] [--steps K] [--twice] [--verbose]\nsync_simulation --seed S [--verbose]");
        return 2;
    }
    make_sodium_repeatable();
    make_sqlite_fast_and_repeatable();
    seed_sqlite(1);
    const support::FastFolder folder;
    ::setenv("TMPDIR", folder.path().c_str(), 1);
    try {
        const Template start{folder.path() / "template", 3};
        return run_all(start, *plan);
    } catch (const Broken& broken) {
        std::printf("the first folders could not be made: %s\n", broken.what.c_str());
        return 1;
    }
}
