#include "sync/hq/dead_disk.hpp"
#include "sync/database/connection.hpp"
#include "sync/hq/bodies.hpp"
#include "sync/hq/journals.hpp"
#include "sync/hq/withdrawal.hpp"
#include "sync/link/succession.hpp"
#include "tests/sync/hq/headquarters.hpp"
#include <fstream>

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;
namespace fs = std::filesystem;

namespace {


hq::DeadDisk recover(Headquarters& headquarters, const fs::path& disk)
{
    auto store = headquarters.stores.borrow().value();
    auto found = hq::take_dead_disk(*headquarters.intake, *store, disk, headquarters.clock);
    REQUIRE_MESSAGE(found, found.error().message());
    return *found;
}

std::int64_t rows_at_hq(Headquarters& headquarters, const JournalId& journal) { return headquarters.count("fact WHERE journal = '" + journal.text + "'"); }

/// The disk as it is at this moment, logs and all: the terminal is not closed.
void pull_disk(const Terminal& terminal, const support::TemporaryFolder& into)
{
    fs::copy(terminal.root.path(), into.path(), fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

std::string everything_in(const fs::path& folder)
{
    std::string all;
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        all += file.string();
        if (fs::is_regular_file(file)) all += std::string{std::istreambuf_iterator<char>{std::ifstream{file, std::ios::binary}.rdbuf()}, {}};
    }
    return all;
}

void change(const fs::path& database, const std::string& sql)
{
    auto connection = open_sqlite(database).value();
    REQUIRE(connection->script(sql));
}

} // namespace

TEST_CASE("a dead terminal's disk gives what HQ lacks: rows that still lay in the log, and bodies; the disk stays as it was")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        REQUIRE(terminal.exchange());
        terminal.finish_module(aigerim);
        const auto body = terminal.beside->keep_body(Bytes{1, 2, 3}).value();
        terminal.record(aigerim, {quizzes::ResultDisputed{.attempt = {"a1"}, .words = body}});
        support::TemporaryFolder disk;
        pull_disk(terminal, disk);
        CHECK(fs::file_size(disk.path() / "journal.db-wal") > 0);
        fs::remove(disk.path() / "terminal.key");
        const auto before = everything_in(disk.path());

        const auto known = rows_at_hq(headquarters, terminal.journal->id());
        const auto found = recover(headquarters, disk.path());
        CHECK(found.refused.empty());
        CHECK(found.terminal == terminal.journal->terminal());
        CHECK(static_cast<std::int64_t>(found.facts) == static_cast<std::int64_t>(terminal.journal->head().seq) - known);
        CHECK(found.bodies == 1);
        CHECK(rows_at_hq(headquarters, terminal.journal->id()) == static_cast<std::int64_t>(terminal.journal->head().seq));
        CHECK(everything_in(disk.path()) == before);

        const auto again = recover(headquarters, disk.path());
        CHECK(again.facts == 0);
        CHECK(again.bodies == 0);
    });
}

TEST_CASE("a disk that nobody may write to is read all the same")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    support::TemporaryFolder disk;
    pull_disk(terminal, disk);
    for (const auto& entry : fs::directory_iterator{disk.path()}) fs::permissions(entry.path(), fs::perms::owner_read);
    fs::permissions(disk.path(), fs::perms::owner_read | fs::perms::owner_exec);
    CHECK(recover(headquarters, disk.path()).facts == terminal.journal->head().seq);
    fs::permissions(disk.path(), fs::perms::owner_all);
}

TEST_CASE("a journal that HQ never saw is taken if its first row names an enrolled key")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    const auto found = recover(headquarters, terminal.root.path());
    CHECK(found.facts == terminal.journal->head().seq);
    CHECK(headquarters.pages().find("speak-up") != std::string::npos);
    REQUIRE(terminal.exchange()); // it was not dead after all: nothing is there twice
    CHECK(rows_at_hq(headquarters, terminal.journal->id()) == static_cast<std::int64_t>(terminal.journal->head().seq));
}

TEST_CASE("a journal of nobody's, and one of another HQ's terminal, are refused by name")
{
    Headquarters headquarters, elsewhere;
    elsewhere.random.bytes(7); // other keys than here
    Terminal stranger{elsewhere};
    const auto unknown = recover(headquarters, stranger.root.path());
    REQUIRE(unknown.refused.size() == 1);
    CHECK(unknown.refused[0].reason.key == "hq.terminal.unknown");
    CHECK(unknown.refused[0].file == (stranger.root.path() / "journal.db").string());
    Terminal ours{headquarters}; // the same name, another key
    CHECK(ours.journal->terminal() == stranger.journal->terminal());
    const auto foreign = recover(headquarters, stranger.root.path());
    REQUIRE(foreign.refused.size() == 1);
    CHECK(foreign.refused[0].reason.kind == ErrorKind::Denied);
    CHECK(rows_at_hq(headquarters, stranger.journal->id()) == 0);
}

TEST_CASE("journals that follow each other come off the disk together, the later vouched for by the earlier")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    const auto closed = terminal.journal->id();
    const auto rows = terminal.journal->head().seq;
    REQUIRE(begin_successor(terminal.folder, *terminal.journal, *terminal.key, *terminal.beside, headquarters.clock, headquarters.random));
    terminal.open();
    terminal.finish_module(aigerim);
    SUBCASE("with what lies beside them")
    {
        const auto found = recover(headquarters, terminal.root.path());
        CHECK(found.refused.empty());
        CHECK(found.facts == rows + terminal.journal->head().seq);
        CHECK(rows_at_hq(headquarters, closed) == static_cast<std::int64_t>(rows));
    }
    SUBCASE("without it nothing vouches for the new key, and that is said")
    {
        support::TemporaryFolder disk;
        pull_disk(terminal, disk);
        for (const auto* ending : {"", "-wal", "-shm"}) fs::remove(disk.path() / (std::string{"beside.db"} + ending));
        const auto found = recover(headquarters, disk.path());
        CHECK(found.facts == rows);
        REQUIRE(found.refused.size() == 1);
        CHECK(found.refused[0].reason.key == "hq.journal.unproven");
    }
}

TEST_CASE("of a damaged journal everything before the damage is saved, and the place is named")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    for (int i = 0; i < 5; ++i) terminal.finish_module(aigerim);
    const auto id = terminal.journal->id();
    terminal.journal.reset();
    change(terminal.folder.journal(), "DROP TRIGGER event_is_final; UPDATE event SET body = '{}' WHERE seq = 12");
    const auto found = recover(headquarters, terminal.root.path());
    REQUIRE(found.refused.size() == 1);
    CHECK(found.refused[0].reason.kind == ErrorKind::Corrupt);
    CHECK(rows_at_hq(headquarters, id) == 11);
    CHECK(found.facts == 11);
}

TEST_CASE("a file that is none is refused, and the rest of the disk is taken")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    support::TemporaryFolder disk;
    pull_disk(terminal, disk);
    fs::create_directory(disk.path() / "journals");
    std::ofstream{disk.path() / "journals/old.db"} << "not a journal";
    for (const auto* ending : {"-wal", "-shm"}) fs::remove(disk.path() / (std::string{"beside.db"} + ending));
    std::ofstream{disk.path() / "beside.db"} << "not a database either, but long enough to be looked at";
    const auto found = recover(headquarters, disk.path());
    CHECK(found.refused.size() == 2);
    CHECK(found.facts == terminal.journal->head().seq);
}

TEST_CASE("what is on a disk changes nothing of when its terminal was last heard, or of what it has at hand")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    REQUIRE(terminal.exchange());
    auto store = headquarters.stores.borrow().value();
    const auto before = hq::find_terminal(*store, terminal.journal->terminal()).value();
    terminal.finish_module(aigerim);
    headquarters.clock.advance(std::chrono::hours{48});
    CHECK(recover(headquarters, terminal.root.path()).facts > 0);
    const auto after = hq::find_terminal(*store, terminal.journal->terminal()).value();
    CHECK(after->seen_at == before->seen_at);
    CHECK(after->roster == before->roster);
}

TEST_CASE("the disk of a terminal that was withdrawn first gives its bodies, too: nobody keeps the disk until a person has judged the facts")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        REQUIRE(terminal.exchange());
        const auto body = terminal.beside->keep_body(Bytes{1, 2, 3}).value();
        terminal.record(aigerim, {quizzes::ResultDisputed{.attempt = {"a1"}, .words = body}});
        auto store = headquarters.stores.borrow().value();
        REQUIRE(hq::withdraw(*store, headquarters.folder, *headquarters.keys, terminal.journal->terminal(), false, ConsoleUser{"admin"}, headquarters.clock,
                             headquarters.random));
        CHECK(recover(headquarters, terminal.root.path()).bodies == 1);
        CHECK(hq::has_body(*store, body).value());
        REQUIRE(hq::accept_waiting(*store, *headquarters.keys, terminal.journal->terminal(), ConsoleUser{"admin"}, headquarters.clock, headquarters.random));
        CHECK(hq::missing_bodies(*store, terminal.journal->id())->empty());
        CHECK(recover(headquarters, terminal.root.path()).bodies == 0);
    });
}
