#include "tests/sync/hq/asking.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

std::string life_of(const Headquarters& headquarters) { return to_text(headquarters.founded.incarnation); }

Receipt receipt_of(Headquarters& headquarters, const Terminal& terminal)
{
    const auto reply = ask(headquarters, terminal, terminal.request());
    REQUIRE_MESSAGE(reply, reply.error().message());
    return reply->receipt;
}

/// The machine is put back to before the terminal's last batch.
void roll_back(Headquarters& headquarters, const Terminal& terminal, std::int64_t to_seq)
{
    auto store = headquarters.stores.borrow().value();
    const auto& journal = terminal.journal->id().text;
    const auto kept = store->db().query("SELECT hash FROM fact WHERE journal = $1 AND seq = $2", {journal, to_seq}).value().at(0).bytes(0);
    REQUIRE(store->db().execute("DELETE FROM fact WHERE journal = $1 AND seq > $2", {journal, to_seq}));
    REQUIRE(store->db().execute("DELETE FROM receipt WHERE journal = $1 AND head_seq > $2", {journal, to_seq}));
    REQUIRE(store->db().execute("UPDATE branch SET head_seq = $2, head_hash = $3 WHERE journal = $1", {journal, to_seq, kept}));
    REQUIRE(store->write([&](std::int64_t) { return hq::rebuild(*store, headquarters.teaching); }));
}

std::optional<hq::RolledBack> alarm(Headquarters& headquarters)
{
    auto store = headquarters.stores.borrow().value();
    return hq::rolled_back(*store).value();
}
} // namespace

TEST_CASE("a receipt over rows that are not here shows that the machine was put back; facts are taken, nothing goes down")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters}, other{headquarters};
        const auto early = receipt_of(headquarters, terminal);
        terminal.finish_module(aigerim);
        auto request = whole(terminal.enrolment.certificate.terminal, *terminal.journal);
        const auto receipt = ask(headquarters, terminal, request)->receipt;
        roll_back(headquarters, terminal, static_cast<std::int64_t>(early.head.seq));

        request.known = receipt;
        request.batch = terminal.journal->batch_after(receipt.head.seq, 10).value();
        headquarters.clock.advance(std::chrono::hours{1});
        const auto told = ask(headquarters, terminal, request);
        REQUIRE_MESSAGE(told, told.error().message());
        CHECK(told->receipt.head == early.head);
        CHECK(told->roster.empty());
        const auto noticed = alarm(headquarters);
        REQUIRE(noticed);
        CHECK(noticed->terminal == terminal.enrolment.certificate.terminal);
        CHECK(noticed->journal == terminal.journal->id());
        CHECK(noticed->seq == receipt.head.seq);
        CHECK(noticed->noticed_at == headquarters.clock.now().at);

        const auto again = ask(headquarters, terminal, whole(request.terminal, *terminal.journal)); // everything once more
        CHECK(again->receipt.head == terminal.journal->head());
        const auto quiet = ask(headquarters, other, whole(other.enrolment.certificate.terminal, *other.journal));
        REQUIRE(quiet); // nor to a terminal that lost nothing
        CHECK(quiet->receipt.head == other.journal->head());
        CHECK(quiet->roster.empty());
        CHECK(quiet->site_keys.empty());
        CHECK(quiet->feed.upto == 0);
        CHECK(alarm(headquarters)->noticed_at == noticed->noticed_at); // the first proof stays
        check_rebuild(headquarters);
    });
}

TEST_CASE("while the alarm stands nobody is enrolled: the name might be one that was lost")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    auto request = terminal.request();
    const Receipt later{.journal = terminal.journal->id(),
                        .head = {77, Hash{7}},
                        .committed_at = headquarters.clock.now().at,
                        .incarnation = life_of(headquarters),
                        .forked = false,
                        .signature = {}};
    request.known = signed_receipt(later, headquarters.keys->receipt);
    REQUIRE(ask(headquarters, terminal, request));
    REQUIRE(alarm(headquarters));
    const auto code = headquarters.invite();
    support::TemporaryFolder folder;
    CHECK(sync::enrol(TerminalFolder{folder.path()}, code, "http://hq", *headquarters.intake, headquarters.clock, headquarters.random).error().key ==
          "hq.rolled_back");
}

TEST_CASE("only our own word of our present life is a proof")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        support::TemporaryFolder folder;
        const auto stranger = KeyPair::create(folder.path() / "stranger.key", headquarters.random).value();
        auto earlier = headquarters.founded.incarnation;
        earlier.second -= 10;
        Receipt receipt{.journal = terminal.journal->id(),
                        .head = {77, Hash{7}},
                        .committed_at = headquarters.clock.now().at,
                        .incarnation = life_of(headquarters),
                        .forked = false,
                        .signature = {}};
        auto show = [&](const Receipt& shown) {
            auto request = terminal.request();
            request.known = shown;
            REQUIRE(ask(headquarters, terminal, request));
        };
        show(signed_receipt(receipt, stranger));
        CHECK_FALSE(alarm(headquarters));
        auto forged = signed_receipt(receipt, headquarters.keys->receipt);
        forged.head.seq = 78;
        show(forged);
        CHECK_FALSE(alarm(headquarters));
        auto history = receipt;
        history.incarnation = to_text(earlier);
        show(signed_receipt(history, headquarters.keys->receipt));
        CHECK_FALSE(alarm(headquarters));
        show(receipt_of(headquarters, terminal)); // what is here
        CHECK_FALSE(alarm(headquarters));
        auto nothing = receipt;
        nothing.head = {};
        show(signed_receipt(nothing, headquarters.keys->receipt));
        CHECK_FALSE(alarm(headquarters));
        show(signed_receipt(receipt, headquarters.keys->receipt));
        CHECK(alarm(headquarters));
    });
}

TEST_CASE("a receipt of a later life tells that this is the old copy")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    auto later = headquarters.founded.incarnation;
    later.second += 10;
    auto receipt = receipt_of(headquarters, terminal);
    receipt.incarnation = to_text(later);
    auto request = terminal.request();
    request.known = signed_receipt(receipt, headquarters.keys->receipt);
    REQUIRE(ask(headquarters, terminal, request));
    REQUIRE(alarm(headquarters));
    CHECK(alarm(headquarters)->incarnation == to_text(later));
}

TEST_CASE("a machine put back to before a terminal was enrolled learns of it by the receipt that the terminal shows")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    auto request = terminal.request();
    request.known = receipt_of(headquarters, terminal);
    auto store = headquarters.stores.borrow().value();
    for (const char* table : {"terminal", "journal", "branch", "receipt", "fact"})
        REQUIRE(store->db().execute(std::string{"DELETE FROM "} + table));
    CHECK(headquarters.intake->exchange(terminal.envelope(request)).error().key == "hq.terminal.unknown");
    CHECK(alarm(headquarters));
}

TEST_CASE("cursors of another life begin anew, and everything comes down again")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        auto request = terminal.request();
        request.roster = 1'000'000;
        request.release = request.generation = request.feed = 1'000'000;
        CHECK(ask(headquarters, terminal, request)->roster.empty());
        auto store = headquarters.stores.borrow().value();
        auto later = headquarters.founded.incarnation;
        later.second += 100;
        REQUIRE(store->put_meta("incarnation", to_text(later)));
        const auto reply = ask(headquarters, terminal, request);
        REQUIRE(reply);
        CHECK_FALSE(reply->roster.empty());
        CHECK_FALSE(reply->site_keys.empty());
        const auto same = headquarters.intake->exchange(sealed(request, *terminal.key, to_text(later)));
        CHECK(reply_in(headquarters, *same)->roster.empty());
    });
}
