#include "sync/journal/folder_lock.hpp"
#include "tests/sync/journal/some_journal.hpp"
#include <doctest/doctest.h>
#include <fstream>

using namespace adal;
using namespace adal::sync;
using adal::tests::aigerim;
using adal::tests::SomeJournal;

TEST_CASE("a journal is born once, and its first row says whose it is")
{
    SomeJournal some;
    const auto journal = some.create();
    REQUIRE(journal);
    CHECK(journal->head().seq == 1);
    CHECK(journal->id().text == to_hex(journal->head().hash));
    CHECK(journal->terminal() == TerminalId{"t-07"});
    const auto events = journal->read_after(0, 10).value();
    REQUIRE(events.size() == 1);
    CHECK(events[0].actor == Actor{TerminalId{"t-07"}});
    CHECK(std::get<JournalCreated>(events[0].fact).key == to_hex(tests::terminal_key.public_key()));
    CHECK(some.create().error().message() == "journal.exists path=" + some.path.string());
}

TEST_CASE("what was appended is there after the next start")
{
    SomeJournal some;
    const auto head = some.create_with_three_decisions().head();
    auto journal = some.open();
    REQUIRE(journal);
    CHECK(journal->head() == head);
    CHECK(journal->head().seq == 5);
    const auto events = journal->read_after(2, 100).value();
    REQUIRE(events.size() == 3);
    CHECK(events[0].fact == Fact{SignedIn{{"kaz-minerals"}, Identification::Pin, Language::kk}});
    CHECK(events[1].actor == Actor{aigerim});
    CHECK(events[2].moment == some.clock.now());
    CHECK(journal->verify());
}

TEST_CASE("append answers with the events as they stand in the journal")
{
    SomeJournal some;
    auto journal = some.create().value();
    const auto recorded = journal.append(aigerim, {PinSet{0, 1}, SignedOut{SignOutReason::Idle}}).value();
    const auto read = journal.read_after(1, 10).value();
    REQUIRE(recorded.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(recorded[i].seq == read[i].seq);
        CHECK(recorded[i].fact == read[i].fact);
        CHECK(recorded[i].moment == read[i].moment);
    }
}

TEST_CASE("a missing, an empty or a foreign file never becomes a new journal")
{
    SomeJournal some;
    CHECK(some.open().error().kind == ErrorKind::NotFound);
    std::ofstream{some.path}.close();
    CHECK(some.open().error().message() == "journal.unreadable path=" + some.path.string());
    std::ofstream{some.path} << std::string(9000, 'x');
    CHECK(some.open().error().key == "journal.unreadable");
    CHECK(some.create().error().kind == ErrorKind::Conflict);
}

TEST_CASE("a birth cut off in the middle is begun again")
{
    SomeJournal some;
    std::ofstream{some.path.string() + ".new"} << "half";
    CHECK(some.create());
    CHECK_FALSE(std::filesystem::exists(some.path.string() + ".new"));
}

TEST_CASE("a journal is not born beside the WAL of one that was taken away: it holds facts")
{
    SomeJournal some;
    {
        auto journal = some.create_with_three_decisions();
        std::filesystem::copy_file(some.path.string() + "-wal", some.folder.path() / "kept");
    }
    std::filesystem::remove(some.path);
    std::filesystem::rename(some.folder.path() / "kept", some.path.string() + "-wal");
    CHECK(some.create().error().message() == "journal.exists path=" + some.path.string() + "-wal");
    std::filesystem::remove(some.path.string() + "-wal");
    CHECK(some.create()->verify());
}

TEST_CASE("another program's database is not a journal, whatever number its format has")
{
    const auto key_of = [](const char* sql) {
        SomeJournal some;
        REQUIRE(open_sqlite(some.path).value()->script(sql));
        return some.open().error().key;
    };
    CHECK(key_of("CREATE TABLE event (x); PRAGMA user_version=1") == "journal.unreadable");
    CHECK(key_of("PRAGMA application_id=1633968490; PRAGMA user_version=-1") == "journal.unreadable");
}

TEST_CASE("another terminal's key does not open the journal")
{
    SomeJournal some;
    some.create_with_three_decisions();
    CHECK(Journal::open(some.path, KeyPair::from_seed({8}), some.clock).error().key == "journal.foreign_key");
}

TEST_CASE("a journal of a newer format is left alone")
{
    SomeJournal some;
    some.create_with_three_decisions();
    REQUIRE(open_sqlite(some.path).value()->script("PRAGMA user_version=2"));
    CHECK(some.open().error().key == "journal.newer");
}

TEST_CASE("a journal knows the points of its own history")
{
    SomeJournal some;
    const auto journal = some.create_with_three_decisions();
    const auto rows = journal.rows_after(0, 10).value();
    for (const auto& row : rows) CHECK(journal.contains({row.seq, row.hash}));
    CHECK(journal.contains(Head{}));
    CHECK_FALSE(journal.contains({2, rows[2].hash}));
    CHECK_FALSE(journal.contains({9, rows[0].hash}));
    CHECK_FALSE(journal.contains({0, rows[0].hash}));
    for (const auto far : {std::uint64_t{1} << 63U, (std::uint64_t{1} << 63U) - 1, ~std::uint64_t{0}}) {
        CHECK_FALSE(journal.contains({far, rows[0].hash}));
        CHECK(journal.rows_after(far, 10)->empty());
        CHECK(journal.batch_after(far, 10).error().kind == ErrorKind::NotFound);
    }
}

TEST_CASE("the database itself refuses to change or delete a row, or to insert one out of turn")
{
    SomeJournal some;
    some.create_with_three_decisions();
    auto raw = open_sqlite(some.path).value();
    CHECK(raw->execute("UPDATE event SET body = '{}' WHERE seq = 3").error().kind == ErrorKind::Conflict);
    CHECK(raw->execute("DELETE FROM event WHERE seq = 5").error().kind == ErrorKind::Conflict);
    for (auto seq : {"7", "3", "0", "-1"})
        CHECK(raw->execute(
                     "INSERT OR REPLACE INTO event SELECT " + std::string{seq} +
                     ", at, boot, uptime_ms, actor, kind, body, decision_end, hash, signature FROM event WHERE seq = 3")
                  .error()
                  .kind == ErrorKind::Conflict);
    CHECK(some.open()->verify());
}

TEST_CASE("the second program in a data folder is turned away until the first has gone")
{
    const support::TemporaryFolder folder;
    {
        const auto first = lock_folder(folder.path());
        REQUIRE(first);
        CHECK(lock_folder(folder.path()).error().message() == "folder.locked path=" + folder.path().string());
    }
    CHECK(lock_folder(folder.path()));
    CHECK(lock_folder(folder.path() / "none").error().kind == ErrorKind::Unavailable);
}

TEST_CASE("anybody may read a journal while its terminal works, and needs no key")
{
    SomeJournal some;
    auto journal = some.create_with_three_decisions();
    const auto reader = Journal::read_only(some.path);
    REQUIRE(reader);
    CHECK(reader->head() == journal.head());
    CHECK(reader->verify());
    REQUIRE(journal.append(aigerim, {SignedOut{}}));
    CHECK(reader->read_after(5, 10)->size() == 1);
    CHECK(reader->contains(journal.head()));
    CHECK(reader->verify());
}

TEST_CASE("a journal that follows another names its head, and says so again")
{
    SomeJournal some;
    const auto old = some.create_with_three_decisions();
    const Continued point{old.id(), old.head()};
    const auto next = Journal::create(some.folder.path() / "next.db", {{"t-07"}, to_text(point)}, tests::terminal_key, some.clock, some.random);
    REQUIRE(next);
    CHECK(next->continues() == point);
    CHECK(!old.continues());
    CHECK(next->id() != old.id());
    CHECK(next->key() == tests::terminal_key.public_key());
    CHECK(next->verify());
}

TEST_CASE("a point that is none is read as none")
{
    const auto hex = std::string(64, 'a');
    CHECK(continued_from(hex + " 12 " + hex).value().head.seq == 12);
    for (const auto& text : {std::string{}, hex, hex + " 12", hex + " " + hex, hex + " x " + hex, hex + " 12 " + hex + "a", "ab 12 " + hex,
                             hex + " -1 " + hex, hex + "  " + hex, hex + " 12 12 " + hex, hex + " 99999999999999999999 " + hex})
        CHECK_MESSAGE(!continued_from(text), text);
}

TEST_CASE("everything is folded into one file before it is moved, and while somebody reads it goes on as before")
{
    SomeJournal some;
    auto journal = some.create_with_three_decisions();
    {
        const auto reader = Journal::read_only(some.path);
        CHECK(reader->read_after(0, 10));
        const auto refused = journal.fold_into_one_file();
        REQUIRE(!refused);
        CHECK(refused.error().kind == ErrorKind::Unavailable);
        CHECK(journal.append(aigerim, {SignedOut{}})->front().seq == 6);
    }
    REQUIRE(journal.fold_into_one_file());
    CHECK(!std::filesystem::exists(some.path.string() + "-wal"));
    const auto moved = some.folder.path() / "moved.db";
    std::filesystem::rename(some.path, moved);
    const auto reader = Journal::read_only(moved);
    REQUIRE(reader);
    CHECK(reader->head().seq == 6);
    CHECK(reader->verify());
}
