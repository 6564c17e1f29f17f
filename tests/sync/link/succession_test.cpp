#include "sync/link/succession.hpp"
#include "tests/support/counted_random.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temporary_folder.hpp"
#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace adal;
using namespace adal::sync;
namespace fs = std::filesystem;

namespace {

/// A terminal's folder with a journal of four rows, and what is open of it.
struct Disk {
    support::TemporaryFolder root;
    support::ManualClock clock;
    support::CountedRandom random;
    TerminalFolder folder{root.path()};
    std::unique_ptr<KeyPair> key;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Beside> beside;

    Disk()
    {
        REQUIRE(KeyPair::create(folder.key(), random));
        key = std::make_unique<KeyPair>(*KeyPair::open(folder.key()));
        REQUIRE(Journal::create(folder.journal(), {.terminal = {"t-07"}, .continues = ""}, *key, clock, random));
        open();
        for (int i = 0; i < 3; ++i) decide();
    }
    explicit Disk(const fs::path& copied) { copy(copied, root.path()); }

    static void copy(const fs::path& from, const fs::path& to)
    {
        fs::remove_all(to);
        fs::copy(from, to, fs::copy_options::recursive);
    }
    void close()
    {
        journal.reset();
        beside.reset();
        key.reset();
    }
    void open()
    {
        close();
        const auto completed = complete_succession(folder);
        REQUIRE_MESSAGE(completed, completed.error().message());
        auto opened_key = KeyPair::open(folder.key());
        REQUIRE_MESSAGE(opened_key, opened_key.error().message());
        key = std::make_unique<KeyPair>(*opened_key);
        auto opened = Journal::open(folder.journal(), *key, clock);
        REQUIRE_MESSAGE(opened, opened.error().message());
        journal = std::make_unique<Journal>(std::move(*opened));
        beside = std::make_unique<Beside>(Beside::open(folder.beside()).value());
    }
    void decide() { REQUIRE(journal->append(PersonId{"p-1"}, {SignedOut{}})); }
    Expected<Done> succeed() { return begin_successor(folder, *journal, *key, *beside, clock, random); }
};

/// One journal follows the other, both are whole, and the old key vouches for the new.
void check_succession(Disk& disk, const JournalId& first, std::uint64_t rows)
{
    REQUIRE(disk.journal->continues());
    CHECK(disk.journal->continues()->journal == first);
    CHECK(disk.journal->continues()->head.seq == rows);
    CHECK(disk.journal->verify());
    const auto before = predecessors(disk.folder, *disk.journal);
    REQUIRE(before);
    REQUIRE(before->size() == 1);
    CHECK(before->front().id() == first);
    CHECK(before->front().head().seq == rows);
    CHECK(before->front().verify());
    const auto old_key = KeyPair::open(files_of(disk.folder, first).key);
    REQUIRE(old_key);
    CHECK(old_key->public_key() == before->front().key());
    CHECK(old_key->sealing_key() == disk.key->sealing_key());
    const auto succession = read_succession(*disk.beside, disk.journal->id());
    REQUIRE(succession);
    CHECK(succession->key == old_key->public_key());
    CHECK(is_succession(*succession, disk.journal->rows_after(0, 1)->front().body));
    for (const char* left : {"successor.db", "successor.db-wal", "successor.key"}) CHECK_MESSAGE(!fs::exists(disk.folder.root / left), left);
    disk.decide();
    CHECK(disk.journal->head().seq == 2);
}

/// What a killed program leaves after each of its steps, one after the other.
std::vector<std::function<void(const TerminalFolder&)>> steps(const TerminalFolder& done, const JournalId& first)
{
    const auto copied = [](const fs::path& from, const fs::path& to) {
        fs::create_directories(to.parent_path());
        fs::copy_file(from, to, fs::copy_options::overwrite_existing);
    };
    const auto closed = files_of(done, first);
    return {
        [=](const TerminalFolder& at) { copied(done.key(), at.root / "successor.key"); },
        [=](const TerminalFolder& at) { copied(done.journal(), at.root / "successor.db"); },
        [=](const TerminalFolder& at) { copied(done.beside(), at.beside()); },
        [=](const TerminalFolder& at) { copied(closed.key, files_of(at, first).key); },
        [=](const TerminalFolder& at) {
            copied(closed.journal, at.journal()); // folded
            for (const auto* ending : {"-wal", "-shm"}) fs::remove(at.journal().string() + ending);
        },
        [=](const TerminalFolder& at) { fs::rename(at.journal(), files_of(at, first).journal); }, // the one that counts
        [=](const TerminalFolder& at) { fs::rename(at.root / "successor.key", at.key()); },
        [=](const TerminalFolder& at) { fs::rename(at.root / "successor.db", at.journal()); },
    };
}

constexpr std::size_t step_that_counts = 5;

} // namespace

TEST_CASE("a successor names the head it follows, under a key of its own that the old one vouches for")
{
    Disk disk;
    const auto first = disk.journal->id();
    const auto old_key = disk.key->public_key();
    REQUIRE(disk.succeed());
    disk.open();
    CHECK(disk.key->public_key() != old_key);
    check_succession(disk, first, 4);
    CHECK((fs::status(disk.folder.journals()).permissions() & fs::perms::others_all) == fs::perms::none);
}

TEST_CASE("a program killed between any two steps goes on with the one journal or with the other, and nothing is lost")
{
    Disk before;
    const auto first = before.journal->id();
    before.close();
    Disk done{before.root.path()};
    done.open();
    REQUIRE(done.succeed());
    done.close();
    const auto all = steps(done.folder, first);
    for (std::size_t killed_after = 0; killed_after <= all.size(); ++killed_after) {
        CAPTURE(killed_after);
        Disk disk{before.root.path()};
        for (std::size_t i = 0; i < killed_after; ++i) all[i](disk.folder);
        const auto present = present_files(disk.folder); // a reader completes nothing
        const auto seen = Journal::read_only(present.journal)->id();
        CHECK(KeyPair::open(present.key)->public_key() == Journal::read_only(present.journal)->key());
        CHECK((seen == first) == (killed_after <= step_that_counts));
        disk.open();
        CHECK(disk.journal->id() == seen);
        if (killed_after <= step_that_counts) {
            CHECK(disk.journal->id() == first);
            CHECK(disk.journal->head().seq == 4);
            REQUIRE(disk.succeed());
            disk.open();
        }
        check_succession(disk, first, 4);
    }
}

TEST_CASE("what is written between a killed try and the next one is followed, too")
{
    Disk before;
    const auto first = before.journal->id();
    before.close();
    Disk done{before.root.path()};
    done.open();
    REQUIRE(done.succeed());
    done.close();
    const auto all = steps(done.folder, first);
    for (std::size_t killed_after = 1; killed_after <= step_that_counts; ++killed_after) {
        CAPTURE(killed_after);
        Disk disk{before.root.path()};
        for (std::size_t i = 0; i < killed_after; ++i) all[i](disk.folder);
        disk.open();
        disk.decide();
        REQUIRE(disk.succeed());
        disk.open();
        check_succession(disk, first, 5);
    }
}

TEST_CASE("kill -9 at any moment")
{
    Disk before;
    const auto first = before.journal->id();
    before.close();
    const auto in_a_child = [](Disk& disk) {
        const auto child = ::fork();
        REQUIRE(child >= 0);
        if (child > 0) return child;
        disk.open();
        static_cast<void>(disk.succeed());
        ::_exit(0);
    };
    const auto begun = std::chrono::steady_clock::now();
    Disk unkilled{before.root.path()};
    ::waitpid(in_a_child(unkilled), nullptr, 0);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count();
    int young = 0;
    constexpr int rounds = 50;
    for (int round = 0; round < rounds; ++round) {
        CAPTURE(round);
        Disk disk{before.root.path()};
        const auto child = in_a_child(disk);
        ::usleep(static_cast<useconds_t>(whole * (rounds + round) / rounds * 2 / 3));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        disk.open();
        if (disk.journal->id() != first) {
            ++young;
        } else {
            REQUIRE(disk.succeed());
            disk.open();
        }
        check_succession(disk, first, 4);
    }
    MESSAGE(young << " of " << rounds << " were killed after the step that counts");
}

TEST_CASE("while somebody reads the journal nothing is begun, and it goes on")
{
    Disk disk;
    const auto first = disk.journal->id();
    {
        const auto reader = Journal::read_only(disk.folder.journal());
        REQUIRE(reader->read_after(0, 1));
        const auto begun = disk.succeed();
        REQUIRE(!begun);
        CHECK(begun.error().kind == ErrorKind::Unavailable);
        disk.decide();
    }
    REQUIRE(disk.succeed());
    disk.open();
    check_succession(disk, first, 5);
}

TEST_CASE("on a full disk nothing is begun, and the journal goes on when there is room again")
{
    Disk disk;
    const auto first = disk.journal->id();
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit none{0, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
    const auto begun = disk.succeed();
    ::setrlimit(RLIMIT_FSIZE, &before);
    CHECK(!begun);
    disk.decide();
    CHECK(disk.journal->id() == first);
    REQUIRE(disk.succeed());
    disk.open();
    check_succession(disk, first, 5);
}

TEST_CASE("a journal that was taken away is not taken for one that was followed")
{
    Disk disk;
    const auto first = disk.journal->id();
    REQUIRE(disk.succeed());
    disk.close();
    fs::copy_file(disk.folder.journal(), disk.folder.root / "successor.db");
    fs::remove(disk.folder.journal());
    fs::remove(files_of(disk.folder, first).journal);
    REQUIRE(complete_succession(disk.folder));
    CHECK(!fs::exists(disk.folder.journal()));
}

TEST_CASE("three journals in a row are told from the oldest, and one that is missing hides those before it")
{
    Disk disk;
    const auto first = disk.journal->id();
    REQUIRE(disk.succeed());
    disk.open();
    disk.decide();
    const auto second = disk.journal->id();
    REQUIRE(disk.succeed());
    disk.open();
    const auto before = predecessors(disk.folder, *disk.journal);
    REQUIRE(before);
    REQUIRE(before->size() == 2);
    CHECK(before->at(0).id() == first);
    CHECK(before->at(1).id() == second);
    fs::remove(files_of(disk.folder, second).journal);
    CHECK(predecessors(disk.folder, *disk.journal)->empty());
    fs::copy_file(files_of(disk.folder, first).journal, files_of(disk.folder, second).journal);
    CHECK(predecessors(disk.folder, *disk.journal).error().kind == ErrorKind::Corrupt);
}
