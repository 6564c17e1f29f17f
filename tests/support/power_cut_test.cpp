#include "tests/support/fast_folder.hpp"
#include "tests/support/power_cut.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/sync/journal/some_journal.hpp"
#include <doctest/doctest.h>
#include <sqlite3.h>

using namespace adal;
using namespace adal::sync;
using adal::support::FastFolder;
using adal::support::FragileDisk;
using adal::support::SeededRandom;
using adal::tests::aigerim;
using Kind = FragileDisk::Fault::Kind;

namespace {

int pages_before_checkpoint = 0; // SQLite's 1000 would need megabytes

int check_often(sqlite3* database, char**, const struct sqlite3_api_routines*)
{
    if (pages_before_checkpoint > 0) sqlite3_wal_autocheckpoint(database, pages_before_checkpoint);
    return SQLITE_OK;
}

/// A young journal on a fragile disk: what was reported durable, and what was tried last.
class JournalAtRisk {
public:
    explicit JournalAtRisk(std::uint64_t seed) : random(seed), disk(folder.path(), random.number())
    {
        pages_before_checkpoint = random.happens(1, 2) ? 3 + static_cast<int>(random.below(20)) : 0;
        auto born = Journal::create(path, {{"t-07"}, ""}, tests::terminal_key, clock, random);
        REQUIRE(born);
        journal.emplace(std::move(*born));
        reported = journal->head();
    }

    void plan_something()
    {
        const auto steps = static_cast<int>(random.below(14));
        disk.leave_room(std::nullopt);
        switch (random.below(6)) {
        case 0: break;
        case 1: disk.plan({Kind::WriteFails, random.happens(1, 2), steps}); break;
        case 2: disk.plan({Kind::SyncFails, random.happens(1, 2), steps / 4}); break;
        case 3: disk.leave_room(static_cast<std::int64_t>(random.below(40'000))); break;
        default: disk.plan({Kind::PowerCut, random.happens(1, 2), steps}); break;
        }
    }

    void decide()
    {
        std::vector<Fact> facts;
        for (auto left = 1 + random.below(3); left > 0; --left)
            facts.push_back(UnknownFact{"tried " + std::to_string(++tried), "{\"x\":\"" + std::string(random.below(9000), 'x') + "\"}"});
        clock.advance(Elapsed{700});
        if (journal->append(aigerim, facts)) {
            reported = journal->head();
            reported_tries = tried;
        }
    }

    /// As after a restart; the power may be off.
    void start()
    {
        journal.reset();
        if (disk.is_dead()) disk.power_on();
        disk.forget_plan();
        disk.leave_room(std::nullopt);
        auto opened = Journal::open(path, tests::terminal_key, clock);
        REQUIRE_MESSAGE(opened, opened.error().message());
        journal.emplace(std::move(*opened));
        const auto sound = journal->verify();
        REQUIRE_MESSAGE(sound, sound.error().message());
    }

    /// Everything reported stands, what was refused is there whole or not at all, in the order of trying.
    void judge()
    {
        CHECK(journal->contains(reported));
        const auto rows = journal->rows_after(1, 100'000).value();
        int last = 0, found = 0;
        for (const auto& row : rows) {
            const int number = std::stoi(row.kind.substr(6));
            CHECK(number > last);
            last = number;
            found += number <= reported_tries ? 1 : 0;
        }
        CHECK((rows.empty() || rows.back().seq == rows.back().decision_end));
        CHECK(last >= reported_tries);
        CHECK(journal->head().seq == rows.size() + 1);
    }

    FastFolder folder;
    std::filesystem::path path = folder.path() / "journal.db";
    support::ManualClock clock;
    SeededRandom random;
    FragileDisk disk;
    std::optional<Journal> journal;
    Head reported;
    int tried = 0, reported_tries = 0;
};

std::unique_ptr<Connection> table_in(const std::filesystem::path& path, const std::string& pragma)
{
    auto connection = open_sqlite(path).value();
    REQUIRE(connection->script(pragma + "; CREATE TABLE IF NOT EXISTS n (value BIGINT)"));
    return connection;
}

std::int64_t rows_in(const std::filesystem::path& path)
{
    auto connection = open_sqlite(path);
    if (!connection) return -1;
    const auto rows = (*connection)->query("SELECT COUNT(*) FROM n");
    return rows ? rows->front().integer(0) : -1;
}

} // namespace

TEST_CASE("what was not synced is lost in some power cuts, and what was synced in none")
{
    int lost_unsynced = 0, lost_synced = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed)
        for (const bool is_synced : {false, true}) {
            FastFolder folder;
            FragileDisk disk{folder.path(), seed};
            {
                auto connection = table_in(folder.path() / "n.db", is_synced ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
                for (int i = 0; i < 5; ++i) REQUIRE(connection->execute("INSERT INTO n VALUES (1)"));
                disk.cut();
                CHECK_FALSE(connection->execute("INSERT INTO n VALUES (1)"));
            }
            disk.power_on();
            (is_synced ? lost_synced : lost_unsynced) += rows_in(folder.path() / "n.db") == 5 ? 0 : 1;
        }
    CHECK(lost_synced == 0);
    CHECK(lost_unsynced > 10);
}

TEST_CASE("two machines lose power one at a time")
{
    FastFolder one, other;
    FragileDisk first{one.path(), 1}, second{other.path(), 2};
    const auto still_running = table_in(other.path() / "n.db", "PRAGMA synchronous=FULL");
    table_in(one.path() / "n.db", "PRAGMA synchronous=FULL");
    first.cut();
    CHECK_FALSE(open_sqlite(one.path() / "n.db"));
    CHECK(still_running->execute("INSERT INTO n VALUES (1)"));
    first.power_on();
    CHECK(rows_in(one.path() / "n.db") == 0);
}

TEST_CASE("a full disk says so, and has room again when it is told")
{
    FastFolder folder;
    FragileDisk disk{folder.path(), 3};
    const auto connection = table_in(folder.path() / "n.db", "PRAGMA synchronous=FULL");
    disk.leave_room(0);
    const auto refused = connection->execute("INSERT INTO n VALUES (1)");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().key == "database.full");
    disk.leave_room(std::nullopt);
    CHECK(connection->execute("INSERT INTO n VALUES (1)"));
}

TEST_CASE("the same seed loses the same bytes")
{
    const auto what_is_left = [](std::uint64_t seed) {
        JournalAtRisk at_risk{seed};
        for (int i = 0; i < 6; ++i) {
            at_risk.plan_something();
            at_risk.decide();
            if (at_risk.disk.is_dead()) at_risk.start();
        }
        at_risk.start();
        return to_hex(at_risk.journal->head().hash) + " after " + std::to_string(at_risk.disk.steps());
    };
    for (std::uint64_t seed = 0; seed < 20; ++seed) CHECK(what_is_left(seed) == what_is_left(seed));
}

TEST_CASE("whatever goes wrong with the disk, a decision that was reported durable stands and one that was refused is whole or absent")
{
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(check_often));
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        JournalAtRisk at_risk{seed};
        for (int round = 0; round < 8; ++round) {
            at_risk.plan_something();
            for (auto decisions = 1 + at_risk.random.below(4); decisions > 0; --decisions) at_risk.decide();
            const bool goes_on = !at_risk.disk.is_dead() && at_risk.random.happens(2, 3);
            if (!goes_on) at_risk.start();
            at_risk.disk.leave_room(std::nullopt);
            at_risk.disk.forget_plan();
            at_risk.judge();
        }
    }
    sqlite3_reset_auto_extension();
}
