#include "sync/database/connection.hpp"
#include "sync/journal/beside.hpp"
#include "tests/support/temporary_folder.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;

TEST_CASE("what lies beside the journal is found again, and the heartbeat is one row")
{
    const support::TemporaryFolder folder;
    const auto path = folder.path() / "beside.db";
    {
        auto beside = Beside::open(path).value();
        CHECK_FALSE(beside.last_beat());
        CHECK_FALSE(beside.get("receipt"));
        REQUIRE(beside.beat({"boot-1", Elapsed{5000}}));
        REQUIRE(beside.beat({"boot-1", Elapsed{6000}}));
        REQUIRE(beside.put("receipt", bytes_of("one")));
        REQUIRE(beside.put("receipt", bytes_of("two")));
        REQUIRE(beside.put("empty", {}));
    }
    const auto beside = Beside::open(path).value();
    CHECK(beside.last_beat()->boot == "boot-1");
    CHECK(beside.last_beat()->uptime == Elapsed{6000});
    CHECK(text_of(*beside.get("receipt")) == "two");
    CHECK(beside.get("empty")->empty());
}

TEST_CASE("of two PIN verifiers the one of the higher reset, then of the higher counter stays")
{
    const support::TemporaryFolder folder;
    auto beside = Beside::open(folder.path() / "beside.db").value();
    const PersonId person{"p-000117"};
    const auto put = [&](std::int64_t reset, std::int64_t counter, const char* verifier) {
        REQUIRE(beside.put(Beside::PinVerifier{person, reset, counter, verifier}));
        return beside.pin_of(person)->verifier;
    };
    CHECK_FALSE(beside.pin_of(person));
    CHECK(put(1, 5, "first") == "first");
    CHECK(put(1, 4, "late copy") == "first");
    CHECK(put(2, 1, "after reset") == "after reset");
    CHECK(put(1, 9, "before reset") == "after reset");
    CHECK(put(2, 2, "changed") == "changed");
    REQUIRE(beside.put(Beside::PinVerifier{{"p-000001"}, 0, 1, "x"}));
    CHECK(beside.pins().size() == 2);
    CHECK(beside.pins().front().person == PersonId{"p-000001"});
}

TEST_CASE("what could not be read is not taken for missing by who asks, and not overwritten before it was read")
{
    const support::TemporaryFolder folder;
    const auto path = folder.path() / "beside.db";
    auto beside = Beside::open(path).value();
    const PersonId person{"p-000117"};
    REQUIRE(beside.put("receipt", bytes_of("one")));
    REQUIRE(beside.put(Beside::PinVerifier{person, 1, 5, "hers"}));
    CHECK(beside.look_up("nothing").value() == std::nullopt);

    const auto disk = open_sqlite(path).value();
    REQUIRE(disk->script("ALTER TABLE thing RENAME TO away; ALTER TABLE pin RENAME TO gone"));
    CHECK_FALSE(beside.look_up("receipt"));
    CHECK_FALSE(beside.get("receipt"));
    CHECK_FALSE(beside.look_up(person));
    CHECK_FALSE(beside.pin_of(person));
    CHECK(beside.pins().empty());

    REQUIRE(disk->script("ALTER TABLE away RENAME TO thing; ALTER TABLE gone RENAME TO pin"));
    CHECK_FALSE(beside.put("receipt", bytes_of("from nothing")));
    CHECK_FALSE(beside.put(Beside::PinVerifier{person, 1, 6, "another's"}));
    CHECK(beside.put("other", bytes_of("two")));
    CHECK(text_of(*beside.get("receipt")) == "one");
    CHECK(beside.pin_of(person)->verifier == "hers");
    CHECK(beside.put("receipt", bytes_of("two")));
    CHECK(beside.put(Beside::PinVerifier{person, 1, 6, "new"}));
}

TEST_CASE("values of another type beside the journal are none, and can be replaced")
{
    const support::TemporaryFolder folder;
    const auto path = folder.path() / "beside.db";
    auto beside = Beside::open(path).value();
    REQUIRE(open_sqlite(path).value()->script("INSERT INTO thing VALUES ('sync', 'text'); INSERT INTO heartbeat VALUES (1, 'b', 'soon');"
                                              "INSERT INTO pin VALUES ('p-1', 'x', 1, 'v')"));
    CHECK_FALSE(beside.get("sync"));
    CHECK_FALSE(beside.last_beat());
    CHECK_FALSE(beside.pin_of({"p-1"}));
    CHECK(beside.pins().empty());
    REQUIRE(beside.put("sync", bytes_of("whole")));
    CHECK(text_of(*beside.get("sync")) == "whole");
}

TEST_CASE("words where the numbers of changes belong are no crash")
{
    const support::TemporaryFolder folder;
    const auto path = folder.path() / "beside.db";
    REQUIRE(Beside::open(path));
    REQUIRE(open_sqlite(path).value()->script("UPDATE migration SET number = 'first' WHERE number = 1"));
    CHECK(Beside::open(path).error().kind == ErrorKind::InvalidInput);
}
