#include "tests/sync/hq/asking.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

/// A decision of rows that no program of ours would write, signed as it should be.
ExchangeRequest with_rows(const Terminal& terminal, std::vector<JournalRow> rows)
{
    auto request = whole(terminal.enrolment.certificate.terminal, *terminal.journal);
    auto head = terminal.journal->head();
    const auto end = head.seq + rows.size();
    for (auto& row : rows) {
        row.seq = head.seq + 1;
        row.boot = "b";
        row.decision_end = end;
        head = {row.seq, hash_of(head.hash, row)};
        request.batch.rows.push_back(row);
    }
    request.batch.signature = terminal.key->sign(Purpose::JournalRow, signed_bytes(request.batch.journal, head.hash));
    return request;
}

JournalRow row(std::string actor, std::string kind, std::string body)
{
    JournalRow made;
    made.actor = std::move(actor);
    made.kind = std::move(kind);
    made.body = std::move(body);
    return made;
}
JournalRow row(std::string actor, const Fact& fact) { return row(std::move(actor), kind_of(fact), encode(fact)); }
} // namespace

TEST_CASE("a signed body that does not parse is stored, the head moves on, folds skip it, and it is shown")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        const auto request = with_rows(terminal, {row("person:p-000001", "module completed", "{\"module\":"),
                                                  row("person:p-000001", "tea drunk", "{\"cups\":3}"),
                                                  row("a nobody", "module completed", "{}"),
                                                  row("person:p-000001", Fact{completed()})});
        const auto reply = ask(headquarters, terminal, request);
        REQUIRE_MESSAGE(reply, reply.error().message());
        CHECK(reply->receipt.head.seq == terminal.journal->head().seq + 4);
        auto store = headquarters.stores.borrow().value();
        CHECK(hq::achievements_of(*store, aigerim)->find("speak-up")->done);
        const auto unread = hq::unread_facts(*store).value();
        REQUIRE(unread.size() == 3);
        CHECK(unread[0].terminal == terminal.enrolment.certificate.terminal);
        CHECK(unread[0].seq == terminal.journal->head().seq + 1);
        CHECK(unread[0].kind == "module completed");
        CHECK(unread[1].kind == "tea drunk");
        CHECK(unread[1].why == hq::Belief::Unread);
        CHECK(hq::count_unread_facts(*store, terminal.enrolment.certificate.terminal).value() == 3);
        check_rebuild(headquarters);
    });
}

TEST_CASE("what a terminal says in a clerk's name, in another terminal's, or of what HQ decides is kept and never believed")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        const auto own = terminal.enrolment.certificate.terminal.text;
        const auto request = with_rows(terminal, {row("user:admin", Fact{CodeIssued{aigerim, 5, 0}}),
                                                  row("terminal:t-99", Fact{TerminalStarted{"9"}}),
                                                  row("person:p-000001", Fact{TerminalRevoked{{"t-01"}, true, {}}}),
                                                  row("terminal:" + own, Fact{KeysInstalled{7, {}}}),
                                                  row("terminal:" + own, Fact{JournalCreated{{own}, "", "", ""}}),
                                                  row("terminal:" + own, Fact{TerminalStarted{"1"}})});
        CHECK(ask(headquarters, terminal, request)->receipt.head.seq == terminal.journal->head().seq + 6);
        auto store = headquarters.stores.borrow().value();
        const auto unread = hq::unread_facts(*store).value();
        REQUIRE(unread.size() == 5);
        for (const auto& fact : unread) CHECK(fact.why == hq::Belief::NotTheirs);
        CHECK(hq::rows_of_actor(*store, ConsoleUser{"admin"}).value().empty()); // the clerk said nothing
        CHECK(hq::rows_of_actor(*store, aigerim).value().empty());
        CHECK_FALSE(hq::revocation_of(*store, {"t-01"}).value());
        check_rebuild(headquarters);
    });
}

TEST_CASE("names of any length and any letters are no reason to refuse a batch")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        std::string long_name; // not to be compressed away
        for (int i = 0; i < 400; ++i) long_name += to_hex(sha256(bytes_of(std::to_string(i))));
        auto odd = row("person:" + long_name, Fact{completed()});
        const auto request =
            with_rows(terminal, {odd, row("person:p-000001", long_name, "{}"), row("terminal:" + long_name, Fact{TerminalStarted{"1"}}),
                                 row("person:жұмысшы\n'\"%_", Fact{completed()}), row(std::string(3000, 'x') + "ә", "ә" + std::string(3000, 'y'), "[]")});
        const auto reply = ask(headquarters, terminal, request);
        REQUIRE_MESSAGE(reply, reply.error().message());
        CHECK(reply->receipt.head.seq == terminal.journal->head().seq + 5);
        auto store = headquarters.stores.borrow().value();
        CHECK(hq::rows_of_actor(*store, PersonId{long_name}).value().size() == 1);
        CHECK(hq::achievements_of(*store, PersonId{"жұмысшы\n'\"%_"})->find("speak-up")->done);
        check_rebuild(headquarters);
    });
}

TEST_CASE("people of another site count like all, and are shown")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        auto store = headquarters.stores.borrow().value();
        const PersonId elsewhere{store->db()
                                     .query("SELECT person FROM assignment WHERE person NOT IN (SELECT person FROM assignment WHERE site = 'balkhash') "
                                            "ORDER BY person LIMIT 1")
                                     .value()
                                     .at(0)
                                     .text(0)};
        const PersonId nobody{"p-nobody"};
        terminal.record(aigerim, {completed()});
        terminal.record(elsewhere, {completed(), completed("gifts")});
        terminal.record(nobody, {completed()});
        REQUIRE(terminal.exchange());
        CHECK(hq::achievements_of(*store, elsewhere)->find("gifts")->done);
        const auto seen = hq::visitors(*store).value();
        REQUIRE(seen.size() == 2);
        CHECK(seen[0].person == elsewhere);
        CHECK(seen[0].facts == 2);
        CHECK(seen[0].is_known);
        CHECK(seen[1].person == nobody);
        CHECK_FALSE(seen[1].is_known);
        check_rebuild(headquarters);
    });
}

TEST_CASE("pages of another version of the program are folded anew when the store is opened")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        REQUIRE(ask(headquarters, terminal, with_rows(terminal, {row("person:p-000001", "tea drunk", "{}"), row("person:p-000001", Fact{completed()})})));
        const auto before = headquarters.pages();
        {
            auto store = headquarters.stores.borrow().value();
            for (const char* sql : {"DELETE FROM unread_fact", "DELETE FROM achievement", "UPDATE person_at_terminal SET facts = 77"})
                REQUIRE(store->db().execute(sql));
            REQUIRE(store->put_meta("folds", "0"));
        }
        CHECK(hq::open_store(headquarters.folder));
        CHECK(headquarters.pages() == before);
    });
}

TEST_CASE("the facts that pages read are those that concern duties")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.record(aigerim, {SignedIn{.employer = {"e"}, .how = Identification::Pin, .language = Language::kk},
                              content::SectionRead{.document = {"code"}, .version = 1, .section = 1, .language = Language::kk, .seconds = 4},
                              content::DocumentAcknowledged{{"code"}, 1, Language::kk, {}, {}, {}},
                              content::PageFinished{.module = {"speak-up"}, .version = 1, .page = 1, .language = Language::kk},
                              completed(), quizzes::ResultDisputed{.attempt = {"a"}, .words = {}}});
    terminal.pass_test(aigerim, 15, true);
    REQUIRE(terminal.exchange());
    auto store = headquarters.stores.borrow().value();
    const auto all = hq::rows_of_actor(*store, aigerim).value();
    std::vector<Hash> concern, read;
    for (const auto& row : all)
        if (concerns_duties(row.event.fact)) concern.push_back(row.row.hash);
    for (const auto& row : hq::duty_rows_of(*store, aigerim).value()) read.push_back(row.row.hash);
    CHECK(concern == read);
    CHECK(read.size() == 6);
    CHECK(all.size() == 10);
}
