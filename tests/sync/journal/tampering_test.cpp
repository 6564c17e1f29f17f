#include "tests/sync/journal/some_journal.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;
using adal::tests::SomeJournal;

namespace {

/// Somebody with the disk in her hands: triggers and types hold nobody back.
struct Tampered {
    SomeJournal some;
    std::unique_ptr<Connection> raw;

    Tampered()
    {
        some.create_with_three_decisions();
        raw = open_sqlite(some.path).value();
        const auto freed = raw->script("PRAGMA synchronous=OFF; DROP TRIGGER event_is_final; DROP TRIGGER event_stays; "
                                       "DROP TRIGGER event_follows");
        REQUIRE(freed);
    }
    void change(const std::string& sql, const std::vector<Value>& parameters = {})
    {
        const auto changed = raw->execute(sql, parameters);
        REQUIRE_MESSAGE(changed, sql);
        REQUIRE(*changed > 0);
    }
    std::string verdict() const
    {
        const auto journal = Journal::read_only(some.path);
        if (!journal) return journal.error().message();
        const auto whole = journal->verify();
        return whole ? "whole" : whole.error().message();
    }
    std::string broken_at(int seq) const
    {
        return "journal.broken path=" + some.path.string() + " seq=" + std::to_string(seq);
    }
};

Value with_flipped_byte(const Value& value, std::size_t at)
{
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number ^ (std::int64_t{1} << (8 * (at % 8)));
    if (const auto* text = std::get_if<std::string>(&value)) {
        auto changed = *text;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        return changed;
    }
    auto changed = std::get<Bytes>(value);
    changed[at] ^= 1U;
    return changed;
}

std::size_t size_of(const Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return text->size();
    if (const auto* bytes = std::get_if<Bytes>(&value)) return bytes->size();
    return value.index() == 1 ? 8 : 0;
}

const std::vector<std::string> columns{"at",   "boot",         "uptime_ms", "actor",    "kind",
                                       "body", "decision_end", "hash",      "signature"};

} // namespace

TEST_CASE("a flipped bit in any byte of any column of any row is found, and the row is named")
{
    Tampered journal;
    REQUIRE(journal.verdict() == "whole");
    for (std::int64_t seq = 1; seq <= 5; ++seq) {
        for (const auto& column : columns) {
            const auto before =
                journal.raw->query("SELECT " + column + " FROM event WHERE seq = $1", {seq}).value()[0].value(0);
            for (std::size_t at = 0; at < size_of(before); ++at) {
                journal.change("UPDATE event SET " + column + " = $1 WHERE seq = $2",
                               {with_flipped_byte(before, at), seq});
                REQUIRE_MESSAGE(journal.verdict() == journal.broken_at(static_cast<int>(seq)),
                                column << " byte " << at);
                journal.change("UPDATE event SET " + column + " = $1 WHERE seq = $2", {before, seq});
            }
        }
    }
    CHECK(journal.verdict() == "whole");
}

TEST_CASE("a deleted row is missed where it was")
{
    for (const int seq : {2, 3, 4}) {
        Tampered journal;
        journal.change("DELETE FROM event WHERE seq = $1", {std::int64_t{seq}});
        CHECK(journal.verdict() == journal.broken_at(seq));
    }
}

TEST_CASE("without its first row a journal is unreadable")
{
    Tampered journal;
    journal.change("DELETE FROM event WHERE seq = 1");
    CHECK(journal.verdict() == "journal.unreadable path=" + journal.some.path.string());
}

TEST_CASE("two rows that changed places are found")
{
    Tampered journal;
    journal.change("UPDATE event SET seq = 99 WHERE seq = 2");
    journal.change("UPDATE event SET seq = 2 WHERE seq = 5");
    journal.change("UPDATE event SET seq = 5 WHERE seq = 99");
    CHECK(journal.verdict() == journal.broken_at(2));
}

TEST_CASE("an inserted row is found at the end, in the middle and before the beginning")
{
    const std::string copy =
        ", at, boot, uptime_ms, actor, kind, body, decision_end, hash, signature FROM event WHERE seq = 5";
    Tampered at_end;
    at_end.change("INSERT INTO event SELECT 6" + copy);
    CHECK(at_end.verdict() == at_end.broken_at(6));

    Tampered in_middle;
    in_middle.change("UPDATE event SET seq = seq + 100 WHERE seq > 2");
    in_middle.change("INSERT INTO event SELECT 3, at, boot, uptime_ms, actor, kind, body, decision_end, hash, "
                     "signature FROM event WHERE seq = 2");
    in_middle.change("UPDATE event SET seq = seq - 99 WHERE seq > 100");
    CHECK(in_middle.verdict() == in_middle.broken_at(3));

    for (auto seq : {"0", "-1", "-9223372036854775808"}) {
        Tampered before;
        before.change("INSERT INTO event SELECT " + std::string{seq} + copy);
        CHECK(before.verdict() == before.broken_at(1));
    }
}

TEST_CASE("a journal cut inside a decision is found; one cut between decisions is only known to HQ's receipt")
{
    Tampered inside;
    inside.change("DELETE FROM event WHERE seq > 3");
    CHECK(inside.verdict() == inside.broken_at(3));
    Tampered between;
    between.change("DELETE FROM event WHERE seq > 2");
    CHECK(between.verdict() == "whole");
}

TEST_CASE("a signature taken away, or put where none belongs, is found")
{
    Tampered journal;
    journal.change("UPDATE event SET signature = (SELECT signature FROM event WHERE seq = 2) WHERE seq = 3");
    CHECK(journal.verdict() == journal.broken_at(3));
    journal.change("UPDATE event SET signature = NULL WHERE seq = 3");
    REQUIRE(journal.verdict() == "whole");
    journal.change("UPDATE event SET signature = NULL WHERE seq = 4");
    CHECK(journal.verdict() == journal.broken_at(4));
}

TEST_CASE("a row rewritten with a fitting hash is betrayed by the row after it or by the signature")
{
    Tampered journal;
    auto rows = Journal::read_only(journal.some.path)->rows_after(0, 10).value();
    rows[4].body = R"({"reason":"idle"})";
    journal.change("UPDATE event SET body = $1, hash = $2 WHERE seq = 5",
                   {rows[4].body, blob(hash_of(rows[3].hash, rows[4]))});
    CHECK(journal.verdict() == journal.broken_at(5));
    CHECK(journal.some.open().error().message() == journal.broken_at(5));
}

TEST_CASE("opening doubts everything after the last checked head, and the cache itself")
{
    Tampered journal;
    REQUIRE(journal.some.open());
    CHECK(journal.raw->query("SELECT seq FROM checked").value()[0].integer(0) == 5);

    journal.change("UPDATE event SET body = '{}' WHERE seq = 2");
    CHECK(journal.some.open()); // before the checked head: for `verify`
    CHECK(journal.verdict() == journal.broken_at(2));

    journal.change("UPDATE checked SET hash = $1", {blob(Hash{})}); // a cache that does not fit its row is not believed
    CHECK(journal.some.open().error().message() == journal.broken_at(2));
}

TEST_CASE("a damaged page of the file is corrupt, not an empty answer")
{
    SomeJournal some;
    {
        auto journal = some.create().value();
        for (int i = 0; i < 300; ++i) REQUIRE(journal.append(tests::aigerim, {PinSet{0, i}}));
    }
    auto* file = std::fopen(some.path.c_str(), "r+b");
    REQUIRE(file);
    std::fseek(file, -4096 * 3, SEEK_END);
    for (int i = 0; i < 4096; ++i) std::fputc(0x55, file);
    std::fclose(file);
    const auto opened = some.open();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::Corrupt);
    CHECK(opened.error().key == "journal.broken");
}

TEST_CASE("a journal whose table is a view, or computes itself, is refused before anything of it is read")
{
    const auto columns = [](const char* before, const char* after) {
        std::string all;
        for (const auto* name : {"at", "boot", "uptime_ms", "actor", "kind", "body", "decision_end", "hash", "signature"})
            all += std::string{", "} + before + name + after;
        return all;
    };
    for (const auto& disguise :
         {"CREATE VIEW event AS WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more) SELECT n AS seq" + columns("n AS ", "") + " FROM more",
          "CREATE TABLE event (seq INTEGER PRIMARY KEY" + columns("", " AS (zeroblob(900000000))") + "); INSERT INTO event (seq) VALUES (1)"}) {
        Tampered t;
        REQUIRE(t.raw->script("ALTER TABLE event RENAME TO aside; " + disguise));
        CHECK(Journal::read_only(t.some.path).error().kind != ErrorKind::NotFound);
    }
}

TEST_CASE("a table with the name of a question does not answer it")
{
    Tampered t;
    REQUIRE(t.raw->script("CREATE TABLE pragma_user_version (user_version TEXT); INSERT INTO pragma_user_version VALUES ('x')"));
    CHECK(t.verdict() == "whole");
}
