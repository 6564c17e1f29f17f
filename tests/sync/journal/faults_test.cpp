#include "tests/sync/journal/some_journal.hpp"
#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace adal;
using namespace adal::sync;
using adal::tests::aigerim;
using adal::tests::SomeJournal;

namespace {

const Fact long_fact =
    content::DocumentAcknowledged{{"code"}, 1, Language::kk, {Language::kk}, {}, std::string(2000, 'x')};

/// The kernel refuses to let any file of this process grow beyond `bytes`: a full disk, for SQLite.
void limit_files(rlim_t bytes)
{
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

/// In a process of its own: fills the disk, sees a decision refused, frees the disk and goes on. 0 if all was as it
/// should be.
int fill_the_disk_and_go_on(SomeJournal& some)
{
    auto journal = some.open();
    if (!journal) return 1;
    limit_files(400'000);
    while (journal->append(aigerim, {long_fact, long_fact})) {
    }
    const auto head = journal->head();
    const auto refused = journal->append(aigerim, {long_fact, long_fact});
    if (refused || refused.error().kind != ErrorKind::Unavailable) return 2;
    if (journal->head() != head || !journal->read_after(head.seq, 10)->empty()) return 3;
    limit_files(RLIM_INFINITY);
    if (!journal->append(aigerim, {SignedOut{}}) || journal->head().seq != head.seq + 1) return 4;
    return journal->verify() ? 0 : 5;
}

/// Appends for ever and tells each durable head through the pipe.
[[noreturn]] void append_until_killed(SomeJournal& some, int pipe)
{
    auto journal = some.open();
    while (journal && journal->append(aigerim, {SignedIn{}, long_fact, SignedOut{}})) {
        const auto seq = journal->head().seq;
        if (::write(pipe, &seq, sizeof seq) != sizeof seq) break;
    }
    ::_exit(1);
}

std::uint64_t last_number_in(int pipe, int at_least)
{
    std::uint64_t seq = 0, last = 0;
    for (int i = 0; i < at_least && ::read(pipe, &seq, sizeof seq) == sizeof seq; ++i) last = seq;
    return last;
}

} // namespace

TEST_CASE("a full disk refuses a decision whole, and the journal goes on when there is room again")
{
    SomeJournal some;
    REQUIRE(some.create());
    const auto child = ::fork();
    if (child == 0) ::_exit(fill_the_disk_and_go_on(some));
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    auto journal = some.open();
    REQUIRE(journal);
    CHECK(journal->verify());
}

TEST_CASE("after kill -9 every decision that was reported durable is there, whole")
{
    SomeJournal some;
    REQUIRE(some.create());
    for (const int decisions : {1, 17, 60}) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const auto child = ::fork();
        if (child == 0) append_until_killed(some, ends[1]);
        ::close(ends[1]);
        auto reported = last_number_in(ends[0], decisions);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        reported = std::max(reported, last_number_in(ends[0], 1'000'000)); // what it still managed to say
        ::close(ends[0]);

        const auto journal = some.open();
        REQUIRE(journal);
        CHECK(journal->head().seq >= reported);
        CHECK((journal->head().seq - 1) % 3 == 0);
        CHECK(journal->verify());
    }
}
