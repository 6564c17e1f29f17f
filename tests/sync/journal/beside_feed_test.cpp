#include "sync/database/connection.hpp"
#include "sync/journal/beside.hpp"
#include "tests/support/temporary_folder.hpp"
#include <doctest/doctest.h>
#include <fstream>

using namespace adal;
using namespace adal::sync;

namespace {

std::string on_disk(const std::filesystem::path& path)
{
    std::string all;
    for (const auto* ending : {"", "-wal"}) {
        std::ifstream in{path.string() + ending, std::ios::binary};
        all.append(std::istreambuf_iterator<char>{in}, {});
    }
    return all;
}

} // namespace

TEST_CASE("a person's feed entry and a sealed body are found again; the newest entry counts, the same body is kept once")
{
    const support::TemporaryFolder folder;
    auto beside = Beside::open(folder.path() / "beside.db").value();
    CHECK(beside.feed_of({"p-1"}).value() == std::nullopt);
    REQUIRE(beside.keep_feed({"p-1"}, bytes_of("one")));
    REQUIRE(beside.keep_feed({"p-1"}, bytes_of("two")));
    CHECK(text_of(*beside.feed_of({"p-1"}).value()) == "two");
    const auto hash = beside.keep_body(bytes_of("sealed"));
    REQUIRE(beside.keep_body(bytes_of("sealed")));
    CHECK(*hash == sha256(bytes_of("sealed")));
    CHECK(text_of(*beside.body(*hash).value()) == "sealed");
    CHECK(beside.body(Hash{}).value() == std::nullopt);
}

TEST_CASE("what is kept together is there whole or not at all")
{
    const support::TemporaryFolder folder;
    auto beside = Beside::open(folder.path() / "beside.db").value();
    const auto half = beside.together([&]() -> Expected<Done> {
        REQUIRE(beside.keep_feed({"p-1"}, bytes_of("one")));
        REQUIRE(beside.put("cursor", bytes_of("1")));
        return fail(ErrorKind::Unavailable, "database.full");
    });
    CHECK(half.error().key == "database.full");
    CHECK(beside.feed_of({"p-1"}).value() == std::nullopt);
    CHECK_FALSE(beside.get("cursor"));
}

TEST_CASE("what is deleted leaves the file, too")
{
    const support::TemporaryFolder folder;
    const auto path = folder.path() / "beside.db";
    auto beside = Beside::open(path).value();
    const std::string verifier = "a verifier that nobody else has", entry = "an entry that nobody else has", thing = "a thing that nobody else has";
    REQUIRE(beside.put(Beside::PinVerifier{{"p-1"}, 1, 1, verifier}));
    REQUIRE(beside.keep_feed({"p-1"}, bytes_of(entry)));
    REQUIRE(beside.put("roster", bytes_of(thing)));
    for (const auto& text : {verifier, entry, thing}) REQUIRE(on_disk(path).find(text) != std::string::npos);
    REQUIRE(beside.forget_people());
    REQUIRE(beside.remove("roster"));
    REQUIRE(beside.scrub());
    for (const auto& text : {verifier, entry, thing}) CHECK(on_disk(path).find(text) == std::string::npos);
    CHECK(beside.pins().empty());
}

TEST_CASE("a file of 0.1.0 gets the new tables and keeps what it has")
{
    const support::TemporaryFolder folder;
    const auto path = folder.path() / "beside.db";
    {
        auto beside = Beside::open(path).value();
        REQUIRE(beside.put("enrolment", bytes_of("as it was")));
    }
    const auto disk = open_sqlite(path).value();
    REQUIRE(disk->script("DROP TABLE feed; DROP TABLE body; DELETE FROM migration WHERE number = 2"));
    auto beside = Beside::open(path).value();
    CHECK(text_of(*beside.get("enrolment")) == "as it was");
    CHECK(beside.keep_feed({"p-1"}, bytes_of("one")));
}
