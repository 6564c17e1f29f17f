#include "content/language/dates.hpp"
#include "sync/hq/console.hpp"
#include "sync/hq/evidence.hpp"
#include "sync/hq/standing.hpp"
#include "tests/sync/hq/headquarters.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

Expected<ExchangeReply> ask(Headquarters& headquarters, const Terminal& terminal, const ExchangeRequest& request)
{
    const auto envelope = headquarters.intake->exchange(terminal.envelope(request));
    if (!envelope) return envelope.error();
    const auto json = message_in(*read_envelope(*envelope), Purpose::Reply, headquarters.keys->receipt.public_key());
    return decode_exchange_reply(json.value());
}

bool has_everything(Headquarters& headquarters, const Terminal& terminal)
{
    return headquarters.count("fact WHERE journal = '" + terminal.journal->id().text + "'") ==
           static_cast<std::int64_t>(terminal.journal->head().seq);
}

quizzes::AttemptClosed closed_with(quizzes::Score score)
{
    return {.attempt = {"a-1"},
            .test = {"probation"},
            .reason = quizzes::CloseReason::Submitted,
            .score = score,
            .passed = true,
            .topics = {{{"gifts"}, score}},
            .time_used = std::chrono::minutes{9}};
}

quizzes::AttemptStarted started()
{
    return {.attempt = {"a-1"},
            .test = {"probation"},
            .test_version = 1,
            .seed = 7,
            .time_limit = std::chrono::minutes{20},
            .pass_mark = 14,
            .items = {}};
}
} // namespace

TEST_CASE("PIN verifiers that nobody can open do not hold up the facts beside them")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        auto request = terminal.request();
        request.verifiers = Bytes(200, 7);
        CHECK(ask(headquarters, terminal, request));
        CHECK(has_everything(headquarters, terminal));
        CHECK(headquarters.count("meta WHERE name = 'pins left out, t-01'") == 1);

        terminal.finish_module(PersonId{"p-000002"});
        request = terminal.request();
        request.verifiers = seal(headquarters.keys->list.list.sealing.front(), pack(bytes_of("[[1,2")));
        CHECK(ask(headquarters, terminal, request));
        CHECK(has_everything(headquarters, terminal));
    });
}

TEST_CASE("a PIN that cannot be true is left out: of another site, of no end, of a check that costs gigabytes")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        auto store = headquarters.stores.borrow().value();
        const auto elsewhere =
            store->db()
                .query("SELECT person FROM assignment WHERE person NOT IN (SELECT person FROM assignment WHERE site = "
                       "'balkhash') LIMIT 1")
                .value()
                .at(0)
                .text(0);
        const auto most = std::numeric_limits<std::int64_t>::max();
        const std::string good = "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA";
        auto request = terminal.request();
        request.verifiers = seal_verifiers({{PersonId{elsewhere}, 5, 1, good},
                                            {aigerim, most, most, good},
                                            {aigerim, 6, 1, "$argon2id$v=19$m=4194304,t=2,p=1$c2FsdA$aGFzaA"},
                                            {aigerim, 6, 2, std::string{"$argon2id$\0", 11}},
                                            {PersonId{std::string{"p\0", 2}}, 6, 2, good},
                                            {aigerim, 6, 3, "plain"}},
                                           headquarters.keys->list.list.sealing.front());
        CHECK(ask(headquarters, terminal, request));
        CHECK(hq::find_person(*store, PersonId{elsewhere}).value()->verifier.pin != good);
        CHECK(hq::find_person(*store, aigerim).value()->verifier.reset < 6);
    });
}

TEST_CASE("no clock, no number and no name in a signed fact keeps it out")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        terminal.record(aigerim, {content::ModuleCompleted{.module = {std::string{"speak\0up", 8}}, .version = 1},
                                  content::ModuleCompleted{.module = {std::string(100'000, 'x')}, .version = 1}});
        terminal.finish_module(aigerim);
        for (const auto time : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
            auto request = terminal.request();
            request.terminal_time_ms = time;
            const auto reply = ask(headquarters, terminal, request);
            REQUIRE_MESSAGE(reply, reply.error().message());
        }
        CHECK(has_everything(headquarters, terminal));
        const auto before = headquarters.pages();
        CHECK(before.find("p-000001|speak-up|1|") != std::string::npos);
        auto store = headquarters.stores.borrow().value();
        REQUIRE(store->write([&](std::int64_t) { return hq::rebuild(*store, headquarters.teaching); }));
        CHECK(headquarters.pages() == before);
    });
}

TEST_CASE("an older fact that arrives late changes nothing that is newer, and done keeps its first date")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal away{headquarters}, here{headquarters};
        away.pass_test(aigerim, 5, false);
        away.finish_module(aigerim); // first, at a terminal without a network
        const auto first_done = headquarters.clock.now().at;
        headquarters.clock.advance(std::chrono::hours{30});
        here.pass_test(aigerim, 7, false);
        here.finish_module(aigerim);
        REQUIRE(here.exchange());
        REQUIRE(away.exchange());
        auto store = headquarters.stores.borrow().value();
        const auto achievements = hq::achievements_of(*store, aigerim).value();
        CHECK(achievements.find("probation")->last_result->score.points == 7);
        CHECK(achievements.find("probation")->attempts_counted == 2);
        CHECK(achievements.find("speak-up")->done == first_done);
        const auto before = headquarters.pages();
        REQUIRE(store->write([&](std::int64_t) { return hq::rebuild(*store, headquarters.teaching); }));
        CHECK(headquarters.pages() == before);
    });
}

TEST_CASE("where a terminal's clock was put back its facts keep the order in which they were signed")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.record(aigerim, {started()});
    headquarters.clock.advance(-std::chrono::hours{48});
    terminal.record(aigerim, {closed_with({16, 20})});
    REQUIRE(terminal.exchange());
    auto store = headquarters.stores.borrow().value();
    const auto achievements = hq::achievements_of(*store, aigerim).value();
    CHECK_FALSE(achievements.find("probation")->open_attempt);
    CHECK(achievements.find("probation")->done);
}

TEST_CASE("a score that cannot be drawn breaks no page")
{
    const auto most = std::numeric_limits<int>::max(), least = std::numeric_limits<int>::min();
    for (const quizzes::Score score :
         {quizzes::Score{most, most}, {-3, 20}, {21, 20}, {0, 0}, {least, least}, {16, 20}}) {
        Headquarters headquarters;
        Terminal terminal{headquarters};
        terminal.record(aigerim, {started()});
        terminal.record(aigerim, {closed_with(score)});
        terminal.record(aigerim, {content::SectionRead{.document = {"anti-corruption-code"},
                                                       .version = 1,
                                                       .section = 1,
                                                       .language = Language::kk,
                                                       .seconds = most},
                                  content::SectionRead{.document = {"anti-corruption-code"},
                                                       .version = 1,
                                                       .section = 2,
                                                       .language = Language::kk,
                                                       .seconds = most}});
        REQUIRE(terminal.exchange());
        auto store = headquarters.stores.borrow().value();
        const auto rows = hq::rows_of_actor(*store, aigerim).value();
        const auto& duties = headquarters.teaching.curriculum.duties;
        const auto test = hq::evidence_of(*store, rows, duties[2]).value();
        REQUIRE(test);
        const bool is_sound = score.maximum == 20 && score.points == 16;
        CHECK(test->test->closed->topics.size() == (is_sound ? 1 : 0));
        CHECK(hq::evidence_of(*store, rows, duties[0]).value()->reading->seconds == 2 * 86'400);
        CHECK(hq::duty_rows(*store, {.search = "204117"}, hq::Order::ByName,
                            language::date_of(headquarters.clock.now().at)));
    }
}

TEST_CASE("a batch sent again gets the receipt it got before, also when more has come meanwhile")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        const auto early = terminal.request();
        const auto first = ask(headquarters, terminal, early);
        REQUIRE(first);
        headquarters.clock.advance(std::chrono::hours{5});
        terminal.pass_test(aigerim, 16, true);
        REQUIRE(terminal.exchange());
        const auto again = ask(headquarters, terminal, early);
        REQUIRE(again);
        CHECK(encode(again->receipt) == encode(first->receipt));
    });
}

TEST_CASE("a disk that is an old copy is told so, and what it adds is kept as a branch")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    REQUIRE(terminal.exchange());
    Terminal old_copy{terminal, 0};
    terminal.pass_test(aigerim, 16, true);
    REQUIRE(terminal.exchange());
    CHECK(old_copy.exchange().error().key == "link.receipt_unknown_head");
    old_copy.finish_module(PersonId{"p-000002"});
    REQUIRE(old_copy.exchange());
    CHECK(read_sync_state(*old_copy.beside).receipt_of(old_copy.journal->id())->forked);
    REQUIRE(terminal.exchange());
    CHECK(read_sync_state(*terminal.beside).receipt_of(terminal.journal->id())->head == terminal.journal->head());
}

TEST_CASE("an HQ restored from before a fork gets the branch again from the terminal that has it")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        REQUIRE(terminal.exchange());
        Terminal clone{terminal, 0};
        terminal.pass_test(aigerim, 16, true);
        REQUIRE(terminal.exchange());
        clone.finish_module(PersonId{"p-000002"});
        REQUIRE(clone.exchange());

        auto store = headquarters.stores.borrow().value(); // the back-up knows the other branch only
        for (const char* sql : {"DELETE FROM fact WHERE branch = 1", "DELETE FROM branch WHERE number = 1",
                                "DELETE FROM receipt WHERE branch = 1"})
            REQUIRE(store->db().execute(sql));
        auto later = headquarters.founded.incarnation;
        later.second += 100;
        REQUIRE(store->put_meta("incarnation", to_text(later)));

        const auto exchanged = clone.exchange(*headquarters.intake, 2);
        REQUIRE_MESSAGE(exchanged, exchanged.error().message());
        CHECK(read_sync_state(*clone.beside).receipt_of(clone.journal->id())->head == clone.journal->head());
        CHECK(hq::rows_of_actor(*store, PersonId{"p-000002"}).value().size() == 4);
    });
}

TEST_CASE("nobody brings another terminal's journal to HQ under her own name")
{
    Headquarters headquarters;
    Terminal victim{headquarters}, thief{headquarters};
    auto request = victim.request();
    request.terminal = thief.enrolment.certificate.terminal;
    auto hashed = checked(request.batch, victim.key->public_key()).value();
    request.batch.signature =
        thief.key->sign(Purpose::JournalRow, signed_bytes(request.batch.journal, hashed.rows.back().hash));
    CHECK(ask(headquarters, thief, request).error().key == "hq.journal.foreign");
    victim.finish_module(aigerim);
    REQUIRE(victim.exchange());
    CHECK(has_everything(headquarters, victim));
}

TEST_CASE("a million brackets in a signed message do not end HQ")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    const std::string json = R"({"batch":)" + std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}";
    const auto reply = headquarters.intake->exchange(
        signed_message(Purpose::Exchange, terminal.enrolment.certificate.terminal.text, "", json, *terminal.key));
    CHECK(reply.error().kind == ErrorKind::Corrupt);
    CHECK(terminal.exchange());
}

TEST_CASE("a code's owner whose sealing key is no key gets no terminal")
{
    Headquarters headquarters;
    const auto code = enrolment_code_from(headquarters.invite()).value();
    support::TemporaryFolder folder;
    const auto key = KeyPair::create(folder.path() / "terminal.key", headquarters.random).value();
    const EnrolmentRequest request{.secret = code.secret, .key = key.public_key(), .sealing = {}};
    CHECK(headquarters.intake->enrol(seal_enrolment(request, key, headquarters.keys->list.list.sealing.front())).error().kind ==
          ErrorKind::Denied);
    CHECK(headquarters.count("terminal") == 0);
}

TEST_CASE("no address makes the console lead elsewhere, whatever a browser leaves out of it")
{
    Headquarters headquarters;
    const auto strings = language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets" / "strings").value();
    const auto console = hq::Console::create(headquarters.stores, headquarters.folder, strings, headquarters.clock,
                                             headquarters.random, std::filesystem::path{ADAL_SOURCE} / "assets")
                             .value();
    for (const char* to :
         {"//e.example", "/\t/e.example", "/\n/e.example", "\t//e.example", "/\\e.example", "http://e.example"}) {
        hq::WebRequest choice{.method = "GET", .path = to};
        choice.query["lang"] = "ru";
        const auto reply = console->answer(choice);
        for (const auto& [name, value] : reply.headers)
            if (name == "Location") CHECK(value == "/");
        const auto page = console->answer({.method = "GET", .path = "/login", .query = {{"to", to}}});
        CHECK(page.body.find("e.example") == std::string::npos);
    }
}
