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
