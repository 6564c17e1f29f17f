#include "sync/database/connection.hpp"
#include "tests/support/temporary_folder.hpp"
#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>

using namespace adal;
using namespace adal::sync;

namespace {
unsigned mode_of(const std::filesystem::path& path)
{
    struct stat info {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    return info.st_mode & 0777U;
}
} // namespace

TEST_CASE("a database and its companions are private")
{
    const support::TemporaryFolder folder;
    const auto path = folder.path() / "a.db";
    auto connection = open_sqlite(path).value();
    REQUIRE(connection->script("CREATE TABLE t (x BIGINT)"));
    CHECK(mode_of(path) == 0600);
    CHECK(mode_of(folder.path() / "a.db-wal") == 0600);
    CHECK(mode_of(folder.path() / "a.db-shm") == 0600);
    CHECK(connection->query("PRAGMA journal_mode").value()[0].text(0) == "wal");
    CHECK(connection->query("PRAGMA synchronous").value()[0].integer(0) == 2);
}

TEST_CASE("opening keeps to what was asked")
{
    const support::TemporaryFolder folder;
    const auto path = folder.path() / "a.db";
    CHECK(open_sqlite(path, OpenMode::MustExist).error().kind == ErrorKind::NotFound);
    CHECK(open_sqlite(path, OpenMode::ReadOnly).error().kind == ErrorKind::NotFound);
    REQUIRE(open_sqlite(path, OpenMode::MustNotExist));
    CHECK(open_sqlite(path, OpenMode::MustNotExist).error().kind == ErrorKind::Conflict);
    auto reader = open_sqlite(path, OpenMode::ReadOnly).value();
    CHECK(reader->script("CREATE TABLE t (x BIGINT)").error().kind == ErrorKind::Denied);
    CHECK(open_sqlite(folder.path() / "no" / "such.db").error().kind == ErrorKind::Unavailable);
}

TEST_CASE("a file that is no database is corrupt, not new")
{
    const support::TemporaryFolder folder;
    std::ofstream{folder.path() / "a.db"} << std::string(5000, 'x');
    CHECK(open_sqlite(folder.path() / "a.db").error().kind == ErrorKind::Corrupt);
}

TEST_CASE("a full disk undoes the transaction and the connection goes on")
{
    const support::TemporaryFolder folder;
    auto connection = open_sqlite(folder.path() / "a.db").value();
    REQUIRE(connection->script("CREATE TABLE t (x BYTEA); PRAGMA max_page_count=20"));
    const auto fill = [&](std::size_t size) {
        return connection->transaction([&]() -> Expected<Done> {
            const auto inserted = connection->execute("INSERT INTO t (x) VALUES ($1)", {Bytes(size, 1)});
            if (!inserted) return inserted.error();
            return Done{};
        });
    };
    CHECK(fill(10));
    CHECK(fill(1'000'000).error().message().starts_with("database.full"));
    CHECK(fill(10));
    CHECK(connection->query("SELECT COUNT(*) FROM t").value()[0].integer(0) == 2);
}

TEST_CASE("a writer that waits too long is told that the database is busy")
{
    const support::TemporaryFolder folder;
    auto first = open_sqlite(folder.path() / "a.db").value(), second = open_sqlite(folder.path() / "a.db").value();
    REQUIRE(second->script("PRAGMA busy_timeout=1"));
    const auto done = first->transaction([&] {
        const auto refused = second->transaction([]() -> Expected<Done> { return Done{}; });
        CHECK(refused.error().key == "database.busy");
        return Expected<Done>{Done{}};
    });
    CHECK(done);
    CHECK(second->transaction([]() -> Expected<Done> { return Done{}; }));
}
