#include "sync/link/site_keys.hpp"
#include "tests/sync/link/office.hpp"

using namespace adal;
using namespace adal::sync;
using support::at_every_step;
using support::Office;

namespace {

std::vector<FeedFact> some_facts(std::uint8_t number)
{
    Hash hash{};
    hash.fill(number);
    return {{.hash = hash, .at_ms = number, .actor = "person:p-1", .kind = "module completed", .body = "{\"module\":\"speak-up\",\"version\":1}"}};
}

std::vector<FeedFact> facts_of(const Office& office, const std::string& person)
{
    const auto keys = site_keys(*office.key, office.enrolment, *office.beside);
    REQUIRE(keys);
    const auto facts = read_feed(*office.beside, {person}, *keys);
    REQUIRE_MESSAGE(facts, facts.error().message());
    return *facts;
}

void tell_five(Office& office)
{
    for (std::uint8_t i = 1; i <= 5; ++i) office.hq.tell({"p-" + std::to_string(i)}, some_facts(i));
    office.hq.feed_page = 2;
}

void check_five(const Office& office)
{
    CHECK(office.state().feed == 5);
    for (std::uint8_t i = 1; i <= 5; ++i) CHECK(facts_of(office, "p-" + std::to_string(i)) == some_facts(i));
}

} // namespace

TEST_CASE("what others know of a person comes page by page, once, and is read with the site's key")
{
    Office office;
    tell_five(office);
    const auto exchanged = office.exchange();
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(exchanged->requests == 3);
    CHECK(exchanged->changed_people.size() == 5);
    check_five(office);
    CHECK(facts_of(office, "p-9").empty());
    CHECK(office.exchange()->changed_people.empty());
    CHECK(text_of(office.beside->feed_of({"p-1"})->value()).find("speak-up") == std::string::npos);
}

TEST_CASE("a page is here whole, or comes again, whatever the road loses") { at_every_step(tell_five, check_five); }

TEST_CASE("a person's entry replaces the one before")
{
    Office office;
    tell_five(office);
    REQUIRE(office.exchange());
    office.hq.tell({"p-3"}, some_facts(33));
    CHECK(office.exchange()->changed_people == std::vector<PersonId>{{"p-3"}});
    CHECK(facts_of(office, "p-3") == some_facts(33));
    CHECK(facts_of(office, "p-4") == some_facts(4));
}

TEST_CASE("a restored HQ tells everything anew: cursors of its earlier life say nothing")
{
    Office office;
    tell_five(office);
    REQUIRE(office.exchange());
    office.hq.restore(1, 1'795'900'000);
    office.hq.tell({"p-3"}, some_facts(33));
    const auto exchanged = office.exchange();
    REQUIRE(exchanged);
    CHECK(exchanged->changed_people.size() == 5);
    CHECK(office.state().feed == 6);
    CHECK(facts_of(office, "p-3") == some_facts(33));
}

TEST_CASE("after a new generation of the site's key roster and feed are read with it, and what is locked under the old one stays readable")
{
    Office office;
    tell_five(office);
    Person person;
    person.id = {"p-1"};
    office.hq.hire(person);
    REQUIRE(office.exchange());
    office.hq.new_generation();
    office.hq.tell({"p-3"}, some_facts(33));
    CHECK(office.exchange()->new_roster == 2);
    office.open();
    CHECK(read_roster(*office.beside, *office.key, office.enrolment)->number == 2);
    CHECK(facts_of(office, "p-3") == some_facts(33));
    CHECK(facts_of(office, "p-4") == some_facts(4));
    REQUIRE(office.exchange());
    CHECK(office.hq.last_request->generation == 2);
}

TEST_CASE("what is locked under a key that never came is no end: the terminal asks for every generation")
{
    Office office;
    REQUIRE(office.exchange());
    office.hq.new_generation();
    office.hq.tell({"p-3"}, some_facts(33));
    office.hq.lies = [count = 0](ExchangeReply& reply) mutable {
        if (++count == 1) reply.site_keys.clear();
    };
    const auto exchanged = office.exchange();
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(office.hq.last_request->generation == 0);
    CHECK(exchanged->new_roster == 1);
    CHECK(facts_of(office, "p-3") == some_facts(33));
}

TEST_CASE("an HQ that never gives the key is not asked for ever: facts are at HQ, the roster at hand stays, the error is told")
{
    Office office;
    Person person;
    person.id = {"p-1"};
    office.hq.hire(person);
    REQUIRE(office.exchange());
    office.decide();
    office.hq.new_generation();
    office.hq.lies = [](ExchangeReply& reply) { reply.site_keys.clear(); };
    CHECK(office.exchange().error().key == "link.site_key");
    CHECK(office.all_at_hq());
    CHECK(read_roster(*office.beside, *office.key, office.enrolment)->number == 1);
    office.hq.lies = nullptr;
    CHECK(office.exchange()->new_roster == 2);
}

TEST_CASE("a feed that says more and does not move on is not asked for ever")
{
    Office office;
    tell_five(office);
    office.hq.lies = [](ExchangeReply& reply) { reply.feed.more = true; };
    REQUIRE(office.exchange());
    CHECK(office.state().feed == 5);
}
