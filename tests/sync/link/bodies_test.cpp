#include "quizzes/facts.hpp"
#include "sync/database/connection.hpp"
#include "tests/sync/link/office.hpp"

using namespace adal;
using namespace adal::sync;
using support::at_every_step;
using support::Office;

namespace {

const Bytes words{'s', 'e', 'a', 'l', 'e', 'd'};

Hash dispute(Office& office, const Bytes& sealed = words)
{
    const auto hash = office.beside->keep_body(sealed);
    REQUIRE(hash);
    REQUIRE(office.journal->append(PersonId{"p-1"}, {quizzes::ResultDisputed{.attempt = {"a-1"}, .words = *hash}}));
    return *hash;
}

} // namespace

TEST_CASE("a body goes up before the fact that names it")
{
    Office office;
    REQUIRE(office.exchange());
    office.hq.heard.clear();
    const auto hash = dispute(office);
    const auto exchanged = office.exchange();
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(exchanged->bodies == 1);
    CHECK(office.hq.heard == std::vector<std::string>{"put", "exchange"});
    CHECK(office.hq.bodies.at(hash) == words);
    CHECK(office.exchange()->bodies == 0);
    CHECK(office.beside->body(hash)->value() == words);
}

TEST_CASE("whatever the road loses, body and fact are both at HQ in the end")
{
    at_every_step([](Office& office) { dispute(office); },
                  [](const Office& office) {
                      CHECK(office.hq.bodies.at(sha256(words)) == words);
                      CHECK(office.all_at_hq());
                  });
}

TEST_CASE("a body that HQ lacks goes up again: a restored HQ says what it has lost")
{
    Office office;
    dispute(office);
    REQUIRE(office.exchange());
    office.hq.bodies.clear();
    CHECK(office.exchange()->bodies == 1);
    office.hq.bodies.clear();
    office.hq.restore(1, 1'795'900'000);
    REQUIRE(office.exchange());
    CHECK(office.hq.bodies.size() == 1);
    CHECK(office.all_at_hq());
}

TEST_CASE("a body that is lost here, or damaged, keeps no fact from HQ")
{
    Office office;
    const auto lost = dispute(office), damaged = dispute(office, {1, 2, 3});
    const auto disk = open_sqlite(office.terminal.beside()).value();
    REQUIRE(disk->execute("DELETE FROM body WHERE hash = $1", {blob(lost)}));
    REQUIRE(disk->execute("UPDATE body SET content = $1 WHERE hash = $2", {Bytes{9}, blob(damaged)}));
    CHECK(office.exchange().error().key == "link.blob_hash");
    CHECK(office.all_at_hq());
    CHECK(office.hq.bodies.empty());
}

TEST_CASE("many disputes in one batch are one question after their bodies")
{
    Office office;
    for (std::uint8_t i = 0; i < 5; ++i) dispute(office, {i, 7, 7});
    REQUIRE(office.exchange());
    CHECK(office.hq.bodies.size() == 5);
    CHECK(office.hq.heard.size() == 6);
    CHECK(office.hq.heard.back() == "exchange");
}
