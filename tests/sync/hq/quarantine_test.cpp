#include "sync/hq/histories.hpp"
#include "tests/sync/hq/asking.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {
const PersonId other{"p-000002"};

std::vector<Continued> revoke(Headquarters& headquarters, const Terminal& terminal, bool stolen = false)
{
    auto store = headquarters.stores.borrow().value();
    std::vector<Continued> heads;
    REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
        heads = hq::revoke(*store, terminal.enrolment.certificate.terminal, stolen, headquarters.clock.now().at).value();
        return Done{};
    }));
    return heads;
}

hq::Accepted accept(Headquarters& headquarters, const Terminal& terminal)
{
    auto store = headquarters.stores.borrow().value();
    hq::Accepted accepted;
    REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
        accepted = hq::accept(*store, terminal.enrolment.certificate.terminal).value();
        return Done{};
    }));
    return accepted;
}

/// What a withdrawn terminal is told.
RevocationNotice notice(Headquarters& headquarters, const Bytes& envelope)
{
    const auto opened = read_envelope(envelope).value();
    CHECK(opened.envelope.purpose == Purpose::Revocation);
    const auto json = message_in(opened, Purpose::Revocation, headquarters.keys->identity.public_key());
    REQUIRE_MESSAGE(json, json.error().message());
    return decode_revocation_notice(*json).value();
}

bool has_done(Headquarters& headquarters, const PersonId& person, const char* object)
{
    auto store = headquarters.stores.borrow().value();
    const auto achievements = hq::achievements_of(*store, person).value();
    const auto* found = achievements.find(object);
    return found && found->done;
}
} // namespace

TEST_CASE("what a withdrawn terminal sends is stored and waits; the answer is a signed notice and nothing else")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        REQUIRE(terminal.exchange());
        const auto receipted = terminal.journal->head();
        const auto heads = revoke(headquarters, terminal, true);
        REQUIRE(heads.size() == 1);
        CHECK(heads[0] == Continued{terminal.journal->id(), receipted});
        const auto withdrawn_at = headquarters.clock.now().at;

        terminal.record(other, {completed("gifts")});
        const auto before = headquarters.pages();
        const auto told = headquarters.intake->exchange(terminal.envelope(terminal.request()));
        REQUIRE_MESSAGE(told, told.error().message());
        const auto said = notice(headquarters, *told);
        CHECK(said.terminal == terminal.enrolment.certificate.terminal);
        CHECK(said.stolen);
        CHECK(said.at == withdrawn_at);
        CHECK(headquarters.pages() == before);
        CHECK_FALSE(has_done(headquarters, other, "gifts"));
        CHECK(has_done(headquarters, aigerim, "speak-up")); // what was receipted stays
        check_rebuild(headquarters);

        auto store = headquarters.stores.borrow().value();
        const auto waiting = hq::waiting_of(*store, terminal.enrolment.certificate.terminal).value();
        REQUIRE(waiting.size() == 1);
        CHECK(waiting[0].facts == 1);
        CHECK(waiting[0].first == receipted.seq + 1);
        CHECK(waiting[0].last == terminal.journal->head());
        CHECK(headquarters.intake->exchange(terminal.envelope(terminal.request()))); // again: nothing doubles
        CHECK(hq::waiting_of(*store, terminal.enrolment.certificate.terminal)->at(0).facts == 1);
        const auto known = hq::find_journal(*store, terminal.journal->id()).value();
        CHECK(hq::verify_journal(*store, terminal.journal->id(), *known));
    });
}

TEST_CASE("accepted by a person it counts, and what comes later waits again")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        REQUIRE(terminal.exchange());
        revoke(headquarters, terminal);
        terminal.record(other, {completed("gifts")});
        REQUIRE(headquarters.intake->exchange(terminal.envelope(terminal.request())));
        const auto accepted = accept(headquarters, terminal);
        CHECK(accepted.facts == 1);
        CHECK(accepted.people == std::set{other});
        REQUIRE(accepted.heads.size() == 1);
        CHECK(accepted.heads[0].head == terminal.journal->head());
        CHECK(has_done(headquarters, other, "gifts"));
        check_rebuild(headquarters);
        CHECK(accept(headquarters, terminal).facts == 0);

        terminal.record(other, {completed("conflicts")});
        REQUIRE(headquarters.intake->exchange(terminal.envelope(terminal.request())));
        CHECK_FALSE(has_done(headquarters, other, "conflicts"));
        check_rebuild(headquarters);
    });
}

TEST_CASE("branches and successors of a withdrawn terminal wait, too")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        REQUIRE(terminal.exchange());
        Terminal copy{terminal, 0};
        terminal.record(aigerim, {completed("gifts")});
        REQUIRE(terminal.exchange());
        revoke(headquarters, terminal);
        copy.record(other, {completed("gifts")});
        REQUIRE(headquarters.intake->exchange(copy.envelope(copy.request())));
        Successor next{headquarters, copy};
        REQUIRE(next.journal.append(other, {completed("conflicts")}));
        REQUIRE(headquarters.intake->exchange(sealed(next.request(), next.key, "")));
        CHECK_FALSE(has_done(headquarters, other, "gifts"));
        CHECK_FALSE(has_done(headquarters, other, "conflicts"));
        auto store = headquarters.stores.borrow().value();
        const auto waiting = hq::waiting_of(*store, terminal.enrolment.certificate.terminal).value();
        REQUIRE(waiting.size() == 2);
        CHECK(waiting[0].facts + waiting[1].facts == 3); // one of the branch; the birth and one fact of the successor
        CHECK(accept(headquarters, terminal).heads.size() == 2);
        CHECK(has_done(headquarters, other, "gifts"));
        CHECK(has_done(headquarters, other, "conflicts"));
        check_rebuild(headquarters);
    });
}

TEST_CASE("a withdrawn terminal sets no PIN and fetches nothing, and its withdrawal may turn into a theft")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    REQUIRE(terminal.exchange());
    revoke(headquarters, terminal);
    auto request = terminal.request();
    request.verifiers = seal_verifiers({{aigerim, 99, 1, "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA"}}, headquarters.keys->list.list.sealing.front());
    REQUIRE(headquarters.intake->exchange(terminal.envelope(request)));
    auto store = headquarters.stores.borrow().value();
    CHECK(hq::find_person(*store, aigerim).value()->verifier.reset < 99);
    const Hash hash{1};
    const auto word = blob_authorisation(terminal.enrolment.certificate.terminal, "", hash, *terminal.key);
    CHECK(headquarters.intake->blob(hash, word).error().key == "hq.terminal.revoked");

    const auto since = hq::revocation_of(*store, terminal.enrolment.certificate.terminal).value()->at;
    headquarters.clock.advance(std::chrono::hours{1});
    terminal.record(other, {completed("gifts")});
    REQUIRE(headquarters.intake->exchange(terminal.envelope(terminal.request())));
    const auto heads = revoke(headquarters, terminal, true);
    CHECK(heads.at(0).head.seq < terminal.journal->head().seq); // the heads of the first time
    const auto now = hq::revocation_of(*store, terminal.enrolment.certificate.terminal).value();
    CHECK(now->stolen);
    CHECK(now->at == since);
    revoke(headquarters, terminal, false);
    CHECK(hq::revocation_of(*store, terminal.enrolment.certificate.terminal).value()->stolen);
}

TEST_CASE("a terminal's history is told: journals one after the other, branches, what waits")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters}, quiet{headquarters};
        terminal.finish_module(aigerim);
        REQUIRE(terminal.exchange());
        REQUIRE(quiet.exchange());
        const auto shared = terminal.journal->head();
        Terminal copy{terminal, 0};
        headquarters.clock.advance(std::chrono::hours{1});
        terminal.record(aigerim, {completed("gifts")});
        REQUIRE(terminal.exchange());
        headquarters.clock.advance(std::chrono::hours{1});
        copy.record(other, {completed("gifts"), completed("conflicts")});
        const auto forked_at = headquarters.clock.now().at;
        CHECK(ask(headquarters, copy, copy.request())->receipt.forked);
        Successor next{headquarters, copy};
        REQUIRE(next.exchange(headquarters, next.request()));

        auto store = headquarters.stores.borrow().value();
        const auto lines = hq::lines_of(*store, terminal.enrolment.certificate.terminal).value();
        REQUIRE(lines.size() == 3);
        CHECK(lines[0].journal == terminal.journal->id());
        CHECK(lines[0].continues.empty());
        CHECK(lines[0].head_seq == terminal.journal->head().seq);
        CHECK(lines[1].branch == 1);
        CHECK(lines[1].fork_seq == shared.seq);
        CHECK(lines[1].facts == 2);
        CHECK(lines[1].since == forked_at);
        CHECK(lines[2].journal == next.journal.id());
        CHECK(lines[2].continues == to_text(Continued{terminal.journal->id(), copy.journal->head()}));
        CHECK(hq::continuity_of(lines) == hq::Continuity::Forked);
        CHECK(hq::continuity_of(hq::lines_of(*store, quiet.enrolment.certificate.terminal).value()) == hq::Continuity::Whole);
    });
}

TEST_CASE("each event counts once, on whatever branch it came first")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        terminal.pass_test(aigerim, 5, false);
        REQUIRE(terminal.exchange());
        Terminal copy{terminal, 0};
        terminal.pass_test(aigerim, 6, false);
        REQUIRE(terminal.exchange());
        copy.pass_test(aigerim, 7, false);
        CHECK(ask(headquarters, copy, whole(copy.enrolment.certificate.terminal, *copy.journal))->receipt.forked); // from the first row on
        auto store = headquarters.stores.borrow().value();
        CHECK(hq::achievements_of(*store, aigerim)->find("probation")->attempts_counted == 3);
        CHECK(headquarters.count("fact WHERE journal = '" + terminal.journal->id().text + "'") ==
              static_cast<std::int64_t>(terminal.journal->head().seq + 4));
        check_rebuild(headquarters);
    });
}
