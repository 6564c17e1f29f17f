#include "sync/database/connection.hpp"
#include "tests/sync/database/postgres_cluster.hpp"
#include <doctest/doctest.h>
#include <stdexcept>

using namespace adal;
using namespace adal::sync;

namespace {

const std::vector<Migration> migrations{
    {1,
     "CREATE TABLE person (id TEXT PRIMARY KEY, born BIGINT, photo BYTEA); CREATE INDEX person_born ON person (born)"},
    {2, "CREATE TABLE pet (name TEXT NOT NULL, owner TEXT NOT NULL REFERENCES person (id))"},
};

std::int64_t count(Connection& connection)
{
    return connection.query("SELECT COUNT(*) FROM person").value().front().integer(0);
}

Expected<Done> insert(Connection& connection, const std::string& id)
{
    const auto inserted = connection.execute("INSERT INTO person (id) VALUES ($1)", {id});
    if (!inserted) return inserted.error();
    return Done{};
}
const Error change_of_mind = fail(ErrorKind::Denied, "test.changed_mind");

void values_come_back(Connection& connection)
{
    const Bytes photo{0, 1, 255, '\\', '\''};
    const auto big = std::numeric_limits<std::int64_t>::min();
    CHECK(connection.execute("INSERT INTO person (photo, id, born) VALUES ($3, $1, $2)", {"Әлия 'і'", big, photo})
              .value() == 1);
    CHECK(connection
              .execute("INSERT INTO person (id, born, photo) VALUES ($1, $2, $3)",
                       {"empty", std::monostate{}, std::monostate{}})
              .value() == 1);
    CHECK(connection.execute("UPDATE person SET photo = $1 WHERE id = $2", {Bytes{}, "empty"}).value() == 1);

    const auto rows =
        connection.query("SELECT id, born, photo, born IS NULL FROM person WHERE id = $1 OR id = $1", {"Әлия 'і'"})
            .value();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text(0) == "Әлия 'і'");
    CHECK(rows[0].integer(1) == big);
    CHECK(rows[0].bytes(2) == photo);
    CHECK(rows[0].integer(3) == 0);
    const auto empty = connection.query("SELECT born, photo FROM person WHERE id = 'empty'").value();
    CHECK(empty[0].is_null(0));
    CHECK(empty[0].bytes(1).empty());
    CHECK(connection.execute("DELETE FROM person WHERE id = $1", {"nobody"}).value() == 0);
    CHECK(connection.query("SELECT SUM(b) FROM (SELECT CAST(2 AS BIGINT) AS b UNION ALL SELECT 3) t")
              .value()[0]
              .integer(0) == 5);
    CHECK(connection.query("INSERT INTO person (id) VALUES ('r') RETURNING id").value()[0].text(0) == "r");
    CHECK(connection.execute("DELETE FROM person").value() == 3);
}

void everything_or_nothing(Connection& connection)
{
    CHECK(connection.transaction([&] { return insert(connection, "a"); }));
    CHECK(count(connection) == 1);
    const auto undone = connection.transaction([&]() -> Expected<Done> {
        CHECK(insert(connection, "b"));
        return change_of_mind;
    });
    CHECK(undone.error().key == "test.changed_mind");
    CHECK(count(connection) == 1);
    CHECK_THROWS(static_cast<void>(connection.transaction([&]() -> Expected<Done> {
        CHECK(insert(connection, "c"));
        throw std::runtime_error{"a library's"};
    })));
    CHECK(count(connection) == 1);
}

void savepoints_nest(Connection& connection)
{
    CHECK(connection.transaction([&]() -> Expected<Done> {
        CHECK(insert(connection, "outer"));
        CHECK_FALSE(connection.transaction([&]() -> Expected<Done> {
            CHECK(insert(connection, "inner"));
            CHECK(connection.transaction([&] { return insert(connection, "innermost"); }));
            return insert(connection, "outer"); // Conflict
        }));
        CHECK(count(connection) == 1);
        return connection.transaction([&] { return insert(connection, "second"); });
    }));
    CHECK(count(connection) == 2);
}

void a_failed_statement_spoils_its_transaction(Connection& connection)
{
    const auto result = connection.transaction([&]() -> Expected<Done> {
        CHECK(insert(connection, "d"));
        CHECK(insert(connection, "d").error().kind == ErrorKind::Conflict);
        CHECK(insert(connection, "e").error().key == "database.rolled_back");
        return Done{};
    });
    CHECK(result.error().key == "database.rolled_back");
    CHECK(count(connection) == 2);
}

void mistakes_have_kinds(Connection& connection)
{
    CHECK(insert(connection, "outer").error().key == "database.constraint");
    CHECK(connection.execute("INSERT INTO pet (name, owner) VALUES ('Ақтөс', 'unknown')").error().kind ==
          ErrorKind::Conflict);
    CHECK(connection.query("SELECT * FROM nowhere").error().key == "database.refused");
    CHECK(count(connection) == 2);
}

void migrations_run_once(Connection& connection)
{
    REQUIRE(connection.migrate({migrations[0]}));
    REQUIRE(connection.migrate(migrations));
    REQUIRE(connection.migrate(migrations));
    CHECK(connection.query("SELECT number FROM migration ORDER BY number").value().size() == 2);
    CHECK(connection.migrate({migrations[0]}).error().key == "database.newer");
}

void a_broken_migration_leaves_no_trace(Connection& connection)
{
    auto more = migrations;
    more.push_back({3, "CREATE TABLE half (id BIGINT); CREATE TABLE half (id BIGINT)"});
    CHECK_FALSE(connection.migrate(more));
    CHECK_FALSE(connection.query("SELECT * FROM half"));
    CHECK(connection.query("SELECT number FROM migration").value().size() == 2);
}

void the_tables_are_told(Connection& connection)
{
    const auto tables = connection.tables().value();
    REQUIRE(tables.size() == 3);
    CHECK(tables[0].name == "migration");
    CHECK(tables[1].name == "person");
    CHECK(tables[1].columns == std::vector<std::string>{"id", "born", "photo"});
    CHECK(tables[2].name == "pet");
}

void rows_are_taken_one_by_one(Connection& connection)
{
    std::string seen;
    const auto letter_of = [&](const Row& row) -> Expected<Done> {
        seen += row.text(0).front();
        if (seen == "os!") return change_of_mind;
        return Done{};
    };
    const auto* sql = "SELECT id FROM person WHERE id <> $1 ORDER BY id";
    CHECK(connection.each(sql, {"nobody"}, letter_of));
    CHECK(seen == "os");
    CHECK(connection.each("SELECT '!' UNION ALL SELECT 'never seen'", {}, letter_of).error().key == change_of_mind.key);
    CHECK(seen == "os!");
    CHECK_FALSE(connection.each("SELECT * FROM nowhere", {}, letter_of));
    CHECK(count(connection) == 2);
}

void a_snapshot_is_of_one_moment(Connection& connection, Connection& other)
{
    const auto read = connection.snapshot([&]() -> Expected<Done> {
        CHECK(count(connection) == 2);
        CHECK(insert(other, "meanwhile")); // a writer does not wait for whoever reads
        CHECK(count(other) == 3);
        CHECK(count(connection) == 2);
        return Done{};
    });
    CHECK_MESSAGE(read, (read ? "" : read.error().message()));
    CHECK(count(connection) == 3);
    CHECK(connection.snapshot([]() -> Expected<Done> { return change_of_mind; }).error().key == change_of_mind.key);
    CHECK(insert(connection, "afterwards"));
}

void the_same_on_every_store(Connection& connection, Connection& other)
{
    migrations_run_once(connection);
    a_broken_migration_leaves_no_trace(connection);
    values_come_back(connection);
    everything_or_nothing(connection);
    CHECK(connection.execute("DELETE FROM person").value() == 1);
    savepoints_nest(connection);
    a_failed_statement_spoils_its_transaction(connection);
    mistakes_have_kinds(connection);
    the_tables_are_told(connection);
    rows_are_taken_one_by_one(connection);
    a_snapshot_is_of_one_moment(connection, other);
}

} // namespace

TEST_CASE("the same statements and migrations mean the same on SQLite")
{
    const support::TemporaryFolder folder;
    auto connection = open_sqlite(folder.path() / "hq.db").value();
    the_same_on_every_store(*connection, *open_sqlite(folder.path() / "hq.db").value());
}

TEST_CASE("the same statements and migrations mean the same on PostgreSQL")
{
    auto* cluster = tests::PostgresCluster::shared();
    if (!cluster) {
        MESSAGE("SKIPPED: Debian's postgresql-15 is not installed, PostgreSQL was NOT tested");
        return;
    }
    auto connection = connect_postgres(cluster->url());
    REQUIRE_MESSAGE(connection, connection.error().message());
    the_same_on_every_store(**connection, *connect_postgres(cluster->url()).value());
}

TEST_CASE("a PostgreSQL session that was cut off is found again, except in the middle of a transaction")
{
    auto* cluster = tests::PostgresCluster::shared();
    if (!cluster) return;
    auto connection = connect_postgres(cluster->url()).value();
    auto other = connect_postgres(cluster->url()).value();
    const auto cut = [&] {
        CHECK(other->query(
            "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
            "backend_type = 'client backend'"));
    };
    cut();
    CHECK(connection->query("SELECT 1").error().key == "database.unreachable");
    CHECK(connection->query("SELECT 1").value()[0].integer(0) == 1);
    const auto result = connection->transaction([&]() -> Expected<Done> {
        cut();
        CHECK_FALSE(connection->query("SELECT 1"));
        CHECK(connection->query("SELECT 1").error().key == "database.rolled_back");
        return Done{};
    });
    CHECK_FALSE(result);
    CHECK(connection->transaction([&] { return connection->script("SELECT 1"); }));
}

TEST_CASE("a PostgreSQL that is not there is said to be unreachable")
{
    const support::TemporaryFolder folder;
    CHECK(connect_postgres("host=" + folder.path().string() + " dbname=hq").error().key == "database.unreachable");
}
