#include "sync/hq/histories.hpp"
#include "tests/sync/hq/asking.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {
}

TEST_CASE("a journal under a new key that the old one vouches for is taken, and says whom it follows")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        REQUIRE(terminal.exchange());
        Successor next{headquarters, terminal};
        REQUIRE(next.journal.append(aigerim, {completed("gifts")}));
        const auto reply = next.exchange(headquarters, next.request());
        REQUIRE_MESSAGE(reply, reply.error().message());
        CHECK(reply->receipt.head == next.journal.head());
        CHECK(reply->receipt.journal == next.journal.id());
        CHECK_FALSE(reply->receipt.forked);

        auto store = headquarters.stores.borrow().value();
        const auto known = hq::find_journal(*store, next.journal.id()).value();
        REQUIRE(known);
        CHECK(known->key == next.key.public_key());
        CHECK(known->continues == to_text(Continued{terminal.journal->id(), terminal.journal->head()}));
        CHECK(hq::verify_journal(*store, next.journal.id(), *known));
        CHECK(hq::achievements_of(*store, aigerim)->find("gifts")->done);

        REQUIRE(next.journal.append(aigerim, {completed("conflicts")})); // and it goes on without proving anything again
        auto more = whole(next.terminal, next.journal);
        more.batch = next.journal.batch_after(reply->receipt.head.seq, 10).value();
        CHECK(next.exchange(headquarters, more)->receipt.head == next.journal.head());
        check_rebuild(headquarters);
    });
}

TEST_CASE("each journal's exchanges are signed by its own key, the old one's by the old key")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    REQUIRE(terminal.exchange());
    Successor next{headquarters, terminal};
    REQUIRE(next.exchange(headquarters, next.request()));
    auto old = terminal.request();
    const auto life = to_text(headquarters.founded.incarnation);
    CHECK(headquarters.intake->exchange(sealed(old, next.key, life)).error().key == "link.signature");
    CHECK(headquarters.intake->exchange(sealed(next.request(), *terminal.key, life)).error().key == "link.signature");
    CHECK(headquarters.intake->exchange(sealed(old, *terminal.key, life)));
}

TEST_CASE("a new key that no known key vouches for is refused by name")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters}, other{headquarters};
        REQUIRE(terminal.exchange());
        REQUIRE(other.exchange());
        Successor next{headquarters, terminal};
        const auto facts = headquarters.count("fact");

        auto bare = next.request();
        bare.succession.reset();
        CHECK(next.exchange(headquarters, bare).error().key == "hq.journal.unproven");

        auto strangers = next.request(); // the key of another terminal
        strangers.succession = succeed(strangers.first_row, *other.key);
        CHECK(next.exchange(headquarters, strangers).error().key == "hq.journal.unproven");

        auto own = next.request(); // its own
        own.succession = succeed(own.first_row, next.key);
        CHECK(next.exchange(headquarters, own).error().key == "hq.journal.unproven");

        auto borrowed = next.request(); // vouched for, but for another first row
        Successor else_where{headquarters, terminal};
        borrowed.succession = else_where.succession;
        CHECK(next.exchange(headquarters, borrowed).error().key == "hq.journal.unproven");
        CHECK(headquarters.count("fact") == facts);
        CHECK(next.exchange(headquarters, next.request()));
    });
}

TEST_CASE("a terminal cannot continue another terminal's journal, whatever it vouches for")
{
    Headquarters headquarters;
    Terminal victim{headquarters}, thief{headquarters};
    REQUIRE(victim.exchange());
    REQUIRE(thief.exchange());
    const auto name = thief.enrolment.certificate.terminal;
    Successor stolen{headquarters, name, *victim.journal, *thief.key};
    CHECK(stolen.exchange(headquarters, stolen.request()).error().key == "hq.journal.unproven");
    Successor disguised{headquarters, victim.enrolment.certificate.terminal, *victim.journal, *thief.key};
    CHECK(disguised.exchange(headquarters, disguised.request()).error().key == "hq.journal.unproven");
    auto renamed = disguised.request(); // sent under the thief's name
    renamed.terminal = name;
    CHECK(headquarters.intake->exchange(sealed(renamed, disguised.key, "")).error().kind == ErrorKind::Denied);
    auto replayed = whole(name, *victim.journal);
    CHECK(headquarters.intake->exchange(sealed(replayed, *thief.key, "")).error().key == "hq.journal.foreign");
}

TEST_CASE("a restored HQ that lost the end of a journal still takes the one that follows it")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        REQUIRE(terminal.exchange());
        terminal.finish_module(aigerim); // HQ will know nothing of this
        Successor next{headquarters, terminal};
        REQUIRE(next.journal.append(aigerim, {completed("gifts")}));
        CHECK(next.exchange(headquarters, next.request())->receipt.head == next.journal.head());
        CHECK(terminal.exchange()); // its predecessor comes afterwards, whole
        check_rebuild(headquarters);
    });
}

TEST_CASE("a restored HQ that lost both journals takes them one after the other")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    Successor second{headquarters, terminal};
    Successor third{headquarters, second.terminal, second.journal, second.key};
    CHECK(third.exchange(headquarters, third.request()).error().key == "hq.journal.unproven"); // who is that
    CHECK(second.exchange(headquarters, second.request()));                                   // by the enrolled key
    CHECK(third.exchange(headquarters, third.request()));
}

TEST_CASE("a lost journal told of from its middle is asked for from its first row, and nothing else goes down")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    REQUIRE(terminal.exchange());
    Successor next{headquarters, terminal};
    REQUIRE(next.journal.append(aigerim, {completed("gifts")}));
    auto middle = next.request();
    middle.batch = next.journal.batch_after(1, 10).value();
    middle.succession.reset();
    const auto reply = next.exchange(headquarters, middle);
    REQUIRE_MESSAGE(reply, reply.error().message());
    CHECK(reply->receipt.head == Head{});
    CHECK(reply->receipt.journal == next.journal.id());
    CHECK(reply->roster.empty());
    CHECK(reply->site_keys.empty());
    CHECK(headquarters.count("fact WHERE journal = '" + next.journal.id().text + "'") == 0);
}

TEST_CASE("both copies of a disk may begin a journal that follows the same one")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    REQUIRE(terminal.exchange());
    Successor one{headquarters, terminal}, other{headquarters, terminal};
    CHECK(one.exchange(headquarters, one.request()));
    CHECK(other.exchange(headquarters, other.request()));
    CHECK(headquarters.count("journal WHERE continues <> ''") == 2);
    auto store = headquarters.stores.borrow().value();
    CHECK(hq::continuity_of(hq::lines_of(*store, one.terminal).value()) == hq::Continuity::Forked);
}

TEST_CASE("a journal that is born while another key speaks of it takes nothing from that key")
{
    struct Meanwhile final : Clock {
        Headquarters& headquarters;
        mutable std::function<void()> once;
        explicit Meanwhile(Headquarters& at) : headquarters(at) {}
        Moment now() const override
        {
            if (const auto act = std::exchange(once, {})) act();
            return headquarters.clock.now();
        }
    };
    Headquarters headquarters;
    Terminal terminal{headquarters};
    REQUIRE(terminal.exchange());
    Successor next{headquarters, terminal};
    const auto birth = sealed(next.request(), next.key, "");
    JournalRow row{.seq = 2, .at_ms = 0, .boot = "b", .uptime_ms = 0, .actor = "person:p-000001", .kind = "tea drunk", .body = "{}", .decision_end = 2, .hash = {}, .signature = {}};
    row.hash = hash_of(next.journal.head().hash, row);
    ExchangeRequest forged = terminal.request(); // the terminal's old key, over a row of the journal that follows
    forged.batch = {.journal = next.journal.id(), .after = next.journal.head(), .rows = {row}, .signature = terminal.key->sign(Purpose::JournalRow, signed_bytes(next.journal.id(), row.hash))};
    forged.first_row.clear();
    Meanwhile clock{headquarters};
    hq::Intake intake{headquarters.stores, headquarters.folder, *headquarters.keys, clock, headquarters.random};
    clock.once = [&] { REQUIRE(headquarters.intake->exchange(birth)); };
    const auto answer = intake.exchange(terminal.envelope(forged));
    CHECK_FALSE(answer);
    CHECK(headquarters.count("fact WHERE journal = '" + next.journal.id().text + "'") == 1);
    auto store = headquarters.stores.borrow().value();
    CHECK(hq::verify_journal(*store, next.journal.id(), *hq::find_journal(*store, next.journal.id()).value()));
}
