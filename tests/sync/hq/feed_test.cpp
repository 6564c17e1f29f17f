#include "sync/hq/feed.hpp"
#include "sync/hq/people.hpp"
#include "sync/hq/site_keys.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/sync/hq/headquarters.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {


ExchangeReply answer(Headquarters& headquarters, const Terminal& terminal, const ExchangeRequest& request)
{
    const auto envelope = headquarters.intake->exchange(terminal.envelope(request));
    REQUIRE_MESSAGE(envelope, envelope.error().message());
    const auto text = message_in(*read_envelope(*envelope), Purpose::Reply, headquarters.keys->list.list.receipt);
    REQUIRE_MESSAGE(text, text.error().message());
    return decode_exchange_reply(*text).value();
}

SiteKeys keys_of(const Terminal& terminal, const ExchangeReply& reply)
{
    SiteKeys keys;
    auto add = [&](const SealedSiteKey& sealed) {
        const auto plain = terminal.key->unseal(sealed.sealed).value();
        std::copy(plain.begin(), plain.end(), keys[sealed.generation].begin());
    };
    add(terminal.enrolment.certificate.site_key);
    for (const auto& sealed : reply.site_keys) add(sealed);
    return keys;
}

/// An envelope for HQ that carries nothing but the cursors.
ExchangeRequest news_only(const Terminal& terminal, std::int64_t feed = 0, std::int64_t roster = 0)
{
    auto request = terminal.request();
    request.batch = terminal.journal->batch_after(terminal.journal->head().seq, 1).value();
    request.feed = feed;
    request.roster = roster;
    request.generation = 1;
    return request;
}

void in_store(Headquarters& headquarters, const std::function<void(hq::Store&)>& work)
{
    auto store = headquarters.stores.borrow().value();
    REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
        work(*store);
        return Done{};
    }));
}

Person person(Headquarters& headquarters, const PersonId& id)
{
    auto store = headquarters.stores.borrow().value();
    return hq::find_person(*store, id).value().value();
}

std::vector<std::string> names(const Roster& roster)
{
    std::vector<std::string> ids;
    for (const auto& each : roster.people) ids.push_back(each.id.text);
    std::sort(ids.begin(), ids.end());
    return ids;
}

Roster roster(Headquarters& headquarters, const hq::TerminalScope& scope)
{
    auto store = headquarters.stores.borrow().value();
    return hq::roster_of(*store, scope, headquarters.teaching.release ? Date{std::chrono::floor<std::chrono::days>(headquarters.clock.now().at)} : Date{})
        .value();
}

} // namespace

TEST_CASE("what she did at one terminal is told at another, once, and not to the one where she did it")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal here{headquarters}, there{headquarters};
        REQUIRE(here.exchange());
        REQUIRE(there.exchange());
        here.finish_module(aigerim);
        REQUIRE(here.exchange());

        const auto told = answer(headquarters, there, news_only(there));
        REQUIRE(told.feed.people.size() == 1);
        CHECK(told.feed.people[0].person == aigerim);
        const auto facts = unlock_feed(told.feed.people[0], keys_of(there, told)).value();
        CHECK(facts.size() == 4); // three pages and the module
        CHECK(facts.back().kind == "module completed");
        CHECK(facts.back().hash == here.journal->head().hash);

        CHECK(answer(headquarters, there, news_only(there, told.feed.upto)).feed.people.empty());
        CHECK(answer(headquarters, here, news_only(here)).feed.people.empty());
    });
}

TEST_CASE("facts that concern no duty are nobody else's business")
{
    Headquarters headquarters;
    Terminal here{headquarters}, there{headquarters};
    REQUIRE(there.exchange());
    here.record(aigerim, {PinSet{1, 1}, SignedOut{SignOutReason::Asked}});
    here.finish_module(aigerim, 1);
    REQUIRE(here.exchange());
    const auto told = answer(headquarters, there, news_only(there));
    REQUIRE(told.feed.people.size() == 1);
    for (const auto& fact : unlock_feed(told.feed.people[0], keys_of(there, told)).value()) CHECK(concerns_duties(decode(fact.kind, fact.body)));
}

TEST_CASE("who moves to another site takes her history along")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal here{headquarters};
        here.finish_module(aigerim);
        REQUIRE(here.exchange());
        hq::TerminalScope elsewhere{{"zhezkazgan"}, {}};
        auto page = [&](std::int64_t after) {
            auto store = headquarters.stores.borrow().value();
            return hq::feed_page(*store, {elsewhere, {"another"}, 0, after, Date{std::chrono::floor<std::chrono::days>(headquarters.clock.now().at)}}, {1, {}},
                                 headquarters.random)
                .value();
        };
        const auto before = page(0);
        CHECK(std::none_of(before.people.begin(), before.people.end(), [](const auto& entry) { return entry.person == aigerim; }));
        auto she = person(headquarters, aigerim);
        for (auto& assignment : she.assignments) assignment.site = elsewhere.site;
        in_store(headquarters, [&](hq::Store& store) { REQUIRE(hq::put_person(store, she)); });
        const auto after = page(before.upto);
        REQUIRE(after.people.size() == 1);
        CHECK(after.people[0].person == aigerim);
        CHECK(page(after.upto).people.empty());
    });
}

TEST_CASE("a roster holds those who work there, and for sixty days those who have left")
{
    on_both_stores([](Headquarters& headquarters) {
        const auto today = Date{std::chrono::floor<std::chrono::days>(headquarters.clock.now().at)};
        const hq::TerminalScope site{{"balkhash"}, {}};
        auto leaves = [&](int days_ago) {
            auto she = person(headquarters, aigerim);
            for (auto& assignment : she.assignments) assignment.to = today - std::chrono::days{days_ago};
            in_store(headquarters, [&](hq::Store& store) { REQUIRE(hq::put_person(store, she)); });
            return roster(headquarters, site).find(aigerim) != nullptr;
        };
        CHECK(roster(headquarters, site).find(aigerim));
        CHECK(leaves(1));
        CHECK(leaves(59));
        CHECK_FALSE(leaves(60));
    });
}

TEST_CASE("a terminal of some units gets their people alone, and its header the unit's name")
{
    on_both_stores([](Headquarters& headquarters) {
        const auto everybody = roster(headquarters, {{"balkhash"}, {}});
        const auto unit = person(headquarters, aigerim).assignments.at(0).unit;
        const auto some = roster(headquarters, {{"balkhash"}, {unit}});
        CHECK(some.find(aigerim));
        CHECK(some.people.size() < everybody.people.size());
        for (const auto& each : some.people)
            CHECK(std::any_of(each.assignments.begin(), each.assignments.end(), [&](const auto& assignment) { return assignment.unit == unit; }));
        CHECK(names(roster(headquarters, {{"balkhash"}, {unit, {"no such unit"}}})) == names(some));
    });
}

TEST_CASE("a change at one site is no news at another")
{
    on_both_stores([](Headquarters& headquarters) {
        auto number = [&](const char* site) {
            auto store = headquarters.stores.borrow().value();
            return hq::roster_number(*store, {site}).value();
        };
        const auto here = number("balkhash"), there = number("zhezkazgan");
        in_store(headquarters, [&](hq::Store& store) { REQUIRE(hq::bump_roster_of(store, {aigerim}, headquarters.clock.now().at)); });
        CHECK(number("balkhash") > here);
        CHECK(number("zhezkazgan") == there);
        in_store(headquarters, [&](hq::Store& store) { REQUIRE(hq::bump_roster(store, headquarters.clock.now().at)); });
        CHECK(number("zhezkazgan") > there);
    });
}

TEST_CASE("a new generation of a site's key reaches its terminals before anything is locked under it")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        REQUIRE(terminal.exchange());
        in_store(headquarters, [&](hq::Store& store) {
            REQUIRE(hq::begin_generation(store, headquarters.folder, *headquarters.keys, {"balkhash"}, headquarters.random)->generation == 2);
            REQUIRE(hq::bump_roster(store, headquarters.clock.now().at));
        });
        const auto told = answer(headquarters, terminal, news_only(terminal));
        REQUIRE(told.site_keys.size() == 1);
        CHECK(told.site_keys[0].generation == 2);
        CHECK(unlock_roster(told.roster, keys_of(terminal, told))->find(aigerim));
        CHECK(unlock_roster(told.roster, keys_of(terminal, {})).error().key == "link.site_key");
    });
}

TEST_CASE("a long feed comes in pages that end between two positions")
{
    Headquarters headquarters;
    Terminal here{headquarters}, there{headquarters};
    REQUIRE(here.exchange());
    REQUIRE(there.exchange());
    constexpr std::size_t people = 30;
    content::DocumentAcknowledged wordy{.document = {"anti-corruption-code"}, .version = 1, .language = Language::kk, .read_in = {}, .text = {}, .declaration = {}};
    const auto ids = names(roster(headquarters, {{"balkhash"}, {}}));
    REQUIRE(ids.size() >= people);
    for (std::size_t i = 0; i < people; ++i) {
        wordy.declaration = to_hex(support::SeededRandom{i}.bytes(30'000)); // so that it does not pack well
        here.record({ids[i]}, {wordy});
        REQUIRE(here.exchange());
    }
    std::set<std::string> told;
    std::int64_t cursor = 0;
    int pages = 0;
    for (bool more = true; more; ++pages) {
        const auto page = answer(headquarters, there, news_only(there, cursor)).feed;
        for (const auto& entry : page.people) CHECK(told.insert(entry.person.text).second);
        CHECK(page.upto > cursor);
        cursor = page.upto;
        more = page.more;
    }
    const auto at_site = names(roster(headquarters, {{"balkhash"}, {}}));
    CHECK(std::all_of(told.begin(), told.end(), [&](const auto& id) { return std::binary_search(at_site.begin(), at_site.end(), id); }));
    CHECK(told.size() == people);
    CHECK(pages > 1);
}
