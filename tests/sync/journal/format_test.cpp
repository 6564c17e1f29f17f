#include "tests/sync/journal/some_journal.hpp"
#include <array>
#include <cstdio>
#include <doctest/doctest.h>
#include <sys/wait.h>

using namespace adal;
using namespace adal::sync;
using adal::tests::SomeJournal;

namespace {

/// What a stranger says who has read only FORMAT.md.
std::string stranger(const std::filesystem::path& path)
{
    const auto command = "python3 " ADAL_SOURCE "/tests/sync/journal/read_journal.py " + path.string() + " 2>&1";
    auto* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe);
    std::string said;
    std::array<char, 256> piece{};
    while (std::fgets(piece.data(), piece.size(), pipe)) said += piece.data();
    ::pclose(pipe);
    return said;
}

} // namespace

TEST_CASE("a stranger verifies a journal from the format page alone")
{
    SomeJournal some;
    some.create_with_three_decisions();
    CHECK(stranger(some.path) == "verified 5 rows\n");
    auto raw = open_sqlite(some.path).value();
    REQUIRE(raw->script("DROP TRIGGER event_is_final; UPDATE event SET actor = 'person:p-000118' WHERE seq = 4"));
    CHECK(stranger(some.path) == "row 4 is the first bad one\n");
}

TEST_CASE("a stranger sees a wrong signature, a hidden row and a cut decision")
{
    for (const auto& [damage, verdict] :
         {std::pair{"UPDATE event SET signature = zeroblob(64) WHERE seq = 2", "row 2 is the first bad one\n"},
          {"UPDATE event SET seq = 0 WHERE seq = 5", "row 1 is the first bad one\n"},
          {"DELETE FROM event WHERE seq > 3", "row 3 is the first bad one\n"}}) {
        SomeJournal some;
        some.create_with_three_decisions();
        auto raw = open_sqlite(some.path).value();
        REQUIRE(raw->script("DROP TRIGGER event_is_final; DROP TRIGGER event_stays"));
        REQUIRE(raw->script(damage));
        CHECK(stranger(some.path) == verdict);
    }
}

TEST_CASE("a journal of the first format is read for ever")
{
    SomeJournal some;
    std::filesystem::copy_file(ADAL_FIXTURES "/journal/format-1.db", some.path);
    const auto journal = some.open();
    REQUIRE_MESSAGE(journal, journal.error().message());
    CHECK(journal->head().seq == 5);
    CHECK(to_hex(journal->head().hash) == "1d6446f18de353ec6a2f1cea67f377d716d2547fbbf4268809cff114bc3fdea4");
    CHECK(journal->verify());
    CHECK(journal->read_after(4, 1)->front().fact == Fact{SignedOut{SignOutReason::Asked}});
    CHECK(stranger(some.path) == "verified 5 rows\n");
}
