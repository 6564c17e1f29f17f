#include "sync/link/conversation.hpp"
#include "tests/sync/link/office.hpp"

using namespace adal;
using namespace adal::sync;
using support::FakeHq;
using support::Office;

namespace {

Expected<Exchanged> carry(Office& office, const Bytes& answer, std::int64_t feed_after = 0)
{
    Conversation conversation{office.terminal, *office.journal, *office.beside, *office.key, office.enrolment, office.hq, office.clock, 500};
    if (auto heard = conversation.hear_carried(answer, feed_after); !heard) return heard.error();
    if (auto finished = conversation.finish(); !finished) return finished.error();
    return conversation.exchanged();
}

/// What HQ answers now, though it does not reach the terminal.
Bytes answer_on_a_stick(Office& office)
{
    Bytes answer;
    office.hq.spoils = [&](const Bytes& reply) { return answer = reply, Bytes{}; };
    CHECK(office.exchange().error().key == "link.foreign_answer");
    office.hq.spoils = nullptr;
    return answer;
}

} // namespace

TEST_CASE("an answer on a stick says that the facts are at HQ, and asks nothing")
{
    Office office;
    office.decide();
    Person person;
    person.id = {"p-1"};
    office.hq.hire(person);
    const auto answer = answer_on_a_stick(office);
    office.hq.heard.clear();
    const auto taken = carry(office, answer);
    REQUIRE_MESSAGE(taken, taken.error().message());
    CHECK(office.all_at_hq());
    CHECK(taken->new_roster == 1);
    CHECK_FALSE(taken->clock);
    CHECK(office.hq.heard.empty());
}

TEST_CASE("sticks in any order: what is old is passed over, and no alarm")
{
    Office office;
    const auto old = answer_on_a_stick(office);
    office.decide(3);
    Person person;
    person.id = {"p-1"};
    office.hq.hire(person);
    const auto newer = answer_on_a_stick(office);
    REQUIRE(carry(office, newer));
    REQUIRE(carry(office, old));
    REQUIRE(carry(office, newer));
    CHECK(office.all_at_hq());
    CHECK(office.state().roster == 1);
    CHECK_FALSE(office.state().alarm);
}

TEST_CASE("a stick from before HQ was restored is recognised for what it is, and is no alarm")
{
    Office office;
    office.decide(3);
    const auto old = answer_on_a_stick(office);
    office.hq.restore(2, 1'795'900'000);
    REQUIRE(office.exchange());
    CHECK(carry(office, old).error().key == "link.before_restore");
    CHECK(office.all_at_hq());
    CHECK_FALSE(office.state().alarm);
}

TEST_CASE("that HQ was restored may be heard from a stick: what it lacks goes up again")
{
    Office office;
    office.decide(3);
    REQUIRE(office.exchange());
    office.hq.restore(2, 1'795'900'000);
    Bytes answer;
    office.hq.spoils = [&](const Bytes& reply) { return answer = reply, Bytes{}; };
    CHECK_FALSE(office.exchange());
    office.hq.spoils = nullptr;
    office.hq.roll_back(2); // as it was when the stick was written
    REQUIRE(carry(office, answer));
    CHECK(office.state().incarnation.starts_with("1795900000-"));
    REQUIRE(office.exchange());
    CHECK(office.all_at_hq());
}

TEST_CASE("a page of the feed counts only if nothing is left out before it")
{
    Office office;
    office.hq.feed_page = 1;
    office.hq.tell({"p-1"}, {});
    office.hq.tell({"p-2"}, {});
    const auto first = answer_on_a_stick(office);
    REQUIRE(carry(office, first, 0));
    const auto second = answer_on_a_stick(office);

    REQUIRE(change_sync_state(*office.beside, [](SyncState& state) { state.feed = 0; }));
    CHECK(carry(office, second, 1)->changed_people.empty());
    CHECK(office.state().feed == 0);
    CHECK(carry(office, first, 0)->changed_people.size() == 1);
    CHECK(carry(office, second, 1)->changed_people.size() == 1);
    CHECK(carry(office, second, 1)->changed_people.empty());
    CHECK(office.state().feed == 2);
}

TEST_CASE("a notice on a stick withdraws the terminal")
{
    Office office;
    REQUIRE(office.exchange());
    office.hq.revoke();
    const auto notice = answer_on_a_stick(office);
    CHECK(carry(office, notice).error().key == "link.revoked");
    CHECK(read_revocation(*office.beside));
    CHECK(office.exchange().error().key == "link.revoked");
}

TEST_CASE("a foreign or spoiled answer on a stick changes nothing")
{
    Office office;
    office.decide();
    auto answer = answer_on_a_stick(office);
    answer[answer.size() - 80] ^= 1;
    CHECK(carry(office, answer).error().key == "link.signature");
    CHECK(carry(office, Bytes{1, 2}).error().key == "bundle.broken");
    CHECK_FALSE(office.receipt());
}
