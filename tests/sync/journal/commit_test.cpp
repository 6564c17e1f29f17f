#include "tests/sync/journal/failing_connection.hpp"
#include "tests/sync/journal/some_journal.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;
using adal::tests::aigerim;
using adal::tests::Failure;
using adal::tests::SomeJournal;
using Manner = adal::tests::Failure::Manner;

namespace {

struct FailingJournal {
    SomeJournal some;
    Failure failure;
    Journal journal = open();

    Journal open()
    {
        REQUIRE(some.create());
        auto real = open_sqlite(some.path, OpenMode::MustExist).value();
        auto failing = std::make_unique<tests::FailingConnection>(std::move(real), failure);
        return Journal::open(std::move(failing), some.path, tests::terminal_key, some.clock).value();
    }
    std::size_t rows() { return Journal::read_only(some.path)->read_after(1, 100)->size(); }
};

const Fact first = PinSet{0, 1}, second = PinSet{0, 2};

} // namespace

TEST_CASE("a decision that did not reach the disk is refused, leaves no trace, and the next one takes its place")
{
    FailingJournal one;
    const auto head = one.journal.head();
    one.failure.manner = Manner::NotDone;
    CHECK(one.journal.append(aigerim, {first, SignedOut{}}).error().key == "database.io");
    CHECK(one.journal.head() == head);
    CHECK(one.rows() == 0);
    CHECK(one.journal.append(aigerim, {second})->size() == 1);
    CHECK(one.journal.verify());
}

TEST_CASE("a decision that reached the disk while the disk said that it failed is recorded, once")
{
    FailingJournal one;
    one.failure.manner = Manner::DoneButReplyLost;
    const auto recorded = one.journal.append(aigerim, {first, SignedOut{}});
    REQUIRE(recorded);
    CHECK(recorded->size() == 2);
    CHECK(one.journal.head().seq == 3);
    CHECK(one.rows() == 2);
    CHECK(one.journal.append(aigerim, {second})->front().seq == 4);
    CHECK(one.journal.verify());
    CHECK(one.some.open()->head() == one.journal.head());
}

TEST_CASE("while nobody can say whether a decision stands nothing is appended; afterwards its events are told before the new ones")
{
    FailingJournal one;
    one.failure = {Manner::DoneButReplyLost, true};
    CHECK_FALSE(one.journal.append(aigerim, {first}));
    CHECK(one.journal.head().seq == 1);
    CHECK_FALSE(one.journal.append(aigerim, {second}));
    CHECK(one.rows() == 1);

    one.failure = {Manner::None, false};
    const auto recorded = one.journal.append(aigerim, {second});
    REQUIRE(recorded);
    REQUIRE(recorded->size() == 2);
    CHECK(recorded->front().fact == first);
    CHECK(recorded->back().fact == second);
    CHECK(one.journal.head().seq == 3);
    CHECK(one.journal.verify());
}

TEST_CASE("a decision in doubt that turns out not to stand is forgotten")
{
    FailingJournal one;
    one.failure = {Manner::NotDone, true};
    CHECK_FALSE(one.journal.append(aigerim, {first}));
    one.failure = {Manner::None, false};
    const auto recorded = one.journal.append(aigerim, {second});
    REQUIRE(recorded);
    CHECK(recorded->size() == 1);
    CHECK(one.rows() == 1);
    CHECK(one.journal.verify());
}

TEST_CASE("a late decision is told even if the one that found it fails")
{
    FailingJournal one;
    one.failure = {Manner::DoneButReplyLost, true};
    CHECK_FALSE(one.journal.append(aigerim, {first}));
    one.failure = {Manner::None, false};
    const auto blocker = open_sqlite(one.some.path).value(); // the file is asked, then the writing is refused
    REQUIRE(blocker->script("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'test'); END"));
    CHECK_FALSE(one.journal.append(aigerim, {second}));
    REQUIRE(blocker->script("DROP TRIGGER full"));
    CHECK(one.journal.append(aigerim, {second})->size() == 2);
    CHECK(one.journal.verify());
}

TEST_CASE("another writer's row is never taken for ours")
{
    FailingJournal one;
    REQUIRE(one.some.open()->append(aigerim, {first}));
    CHECK(one.journal.append(aigerim, {first, second}).error().kind == ErrorKind::Conflict);
    CHECK(one.journal.head().seq == 1);
}

TEST_CASE("the note of the last checked head is a cache: a journal opens although it cannot be written")
{
    SomeJournal some;
    const auto head = some.create_with_three_decisions().head();
    REQUIRE(open_sqlite(some.path).value()->script(
        "CREATE TRIGGER full BEFORE INSERT ON checked BEGIN SELECT RAISE(ABORT, 'test'); END"));
    const auto journal = some.open();
    REQUIRE(journal);
    CHECK(journal->head() == head);
}
