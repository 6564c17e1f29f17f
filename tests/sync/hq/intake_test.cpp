#include "sync/hq/journals.hpp"
#include "tests/sync/hq/headquarters.hpp"
#include <atomic>
#include <thread>

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

ExchangeReply reply_in(const Headquarters& headquarters, const Bytes& envelope)
{
    const auto opened = read_envelope(envelope);
    REQUIRE(opened);
    const auto json = message_in(*opened, Purpose::Reply, headquarters.keys->receipt.public_key());
    REQUIRE(json);
    return decode_exchange_reply(*json).value();
}

/// Asks SQLite before each statement how it would go about it, and notes where that reads every fact there is.
class WatchedConnection final : public Connection {
public:
    WatchedConnection(std::unique_ptr<Connection> real, std::vector<std::string>& found) : real_(std::move(real)), found_(found) {}

    Expected<Rows> query(const std::string& sql, const std::vector<Value>& parameters) override { return watch(sql, parameters), real_->query(sql, parameters); }
    Expected<std::int64_t> execute(const std::string& sql, const std::vector<Value>& parameters) override
    {
        return watch(sql, parameters), real_->execute(sql, parameters);
    }
    Expected<Done> script(const std::string& sql) override { return real_->script(sql); }
    Expected<Done> each(const std::string& sql, const std::vector<Value>& parameters, const std::function<Expected<Done>(const Row&)>& take) override
    {
        return watch(sql, parameters), real_->each(sql, parameters, take);
    }
    Expected<std::vector<TableShape>> tables() override { return real_->tables(); }
    Expected<Done> transaction(const std::function<Expected<Done>()>& work) override { return real_->transaction(work); }
    Expected<Done> snapshot(const std::function<Expected<Done>()>& work) override { return real_->snapshot(work); }

private:
    void watch(const std::string& sql, const std::vector<Value>& parameters)
    {
        const auto plan = real_->query("EXPLAIN QUERY PLAN " + sql, parameters);
        REQUIRE(plan);
        for (const auto& row : *plan)
            if (row.text(3).starts_with("SCAN fact")) found_.push_back(row.text(3) + ": " + sql);
    }
    std::unique_ptr<Connection> real_;
    std::vector<std::string>& found_;
};
} // namespace

TEST_CASE("no statement of an exchange reads every fact there is")
{
    Headquarters headquarters;
    Terminal terminal{headquarters}, other{headquarters};
    other.finish_module(aigerim);
    REQUIRE(other.exchange());
    std::vector<std::string> found;
    hq::StorePool stores{[&]() -> Expected<hq::Store> {
        auto connection = open_sqlite(headquarters.folder.database(), OpenMode::MustExist);
        if (!connection) return connection.error();
        return hq::Store{std::make_unique<WatchedConnection>(std::move(*connection), found)};
    }};
    hq::Intake watched{stores, headquarters.folder, *headquarters.keys, headquarters.clock, headquarters.random};
    REQUIRE(terminal.journal->append(terminal.journal->terminal(), {ClockCompared{.hq_ms = 1'795'309'300'000, .uptime_ms = 61'000, .uncertainty_ms = 20}}));
    terminal.pass_test(aigerim, 16, true);
    REQUIRE(terminal.exchange(watched));
    CHECK_MESSAGE(found.empty(), (found.empty() ? "" : found.front()));
    auto store = stores.borrow().value();
    REQUIRE(store->db().query("SELECT 1 FROM fact").value().size() > 1);
    CHECK(found.size() == 1); // it does look
}

TEST_CASE("a terminal enrols, sends its facts and gets the roster of its site")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        CHECK(terminal.enrolment.certificate.terminal.text == "t-01");
        CHECK(terminal.enrolment.certificate.site_name.en == "Balkhash");
        terminal.finish_module(aigerim);
        const auto exchanged = terminal.exchange();
        REQUIRE_MESSAGE(exchanged, exchanged.error().message());
        CHECK(headquarters.count("fact WHERE journal = '" + terminal.journal->id().text + "'") ==
              static_cast<std::int64_t>(terminal.journal->head().seq));

        const auto roster = read_roster(*terminal.beside, *terminal.key, terminal.enrolment);
        REQUIRE_MESSAGE(roster, roster.error().message());
        CHECK(roster->is_demo);
        REQUIRE(roster->find(aigerim));
        CHECK(roster->find(aigerim)->full_name() == "Сәрсенова Айгерім Нұрланқызы");
        for (const auto& person : roster->people)
            CHECK(std::any_of(person.assignments.begin(), person.assignments.end(),
                              [](const Assignment& a) { return a.site.text == "balkhash"; }));
    });
}

TEST_CASE("the same batch sent again changes nothing and gets the same receipt")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        const auto envelope = terminal.envelope(terminal.request());
        const auto first = headquarters.intake->exchange(envelope);
        REQUIRE_MESSAGE(first, first.error().message());
        const auto rows = headquarters.count("fact");
        headquarters.clock.advance(std::chrono::hours{5});
        const auto second = headquarters.intake->exchange(envelope);
        REQUIRE(second);
        CHECK(headquarters.count("fact") == rows);
        CHECK(encode(reply_in(headquarters, *first).receipt) == encode(reply_in(headquarters, *second).receipt));
    });
}

TEST_CASE("a reply lost on the road does not duplicate facts at HQ")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        LossyRoad road{*headquarters.intake};
        terminal.finish_module(aigerim);
        road.replies_to_lose = 1;
        CHECK_FALSE(terminal.exchange(road));
        terminal.pass_test(aigerim, 16, true); // she goes on meanwhile
        const auto again = terminal.exchange(road);
        REQUIRE_MESSAGE(again, again.error().message());
        CHECK(read_sync_state(*terminal.beside).receipt_of(terminal.journal->id())->head == terminal.journal->head());
        CHECK(headquarters.count("fact WHERE journal = '" + terminal.journal->id().text + "'") ==
              static_cast<std::int64_t>(terminal.journal->head().seq));
        CHECK(headquarters.count("branch WHERE journal = '" + terminal.journal->id().text + "'") == 1);
    });
}

TEST_CASE("another key's signature is refused and leaves no trace")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    const auto before = headquarters.count("fact");
    const auto stranger = KeyPair::create(terminal.root.path() / "stranger.key", headquarters.random).value();
    const auto request = terminal.request();
    const auto forged = signed_message(Purpose::Exchange, request.terminal.text, "", encode(request), stranger);
    CHECK(headquarters.intake->exchange(forged).error().kind == ErrorKind::Denied);

    auto foreign = request; // well enveloped, but the batch itself is another key's
    foreign.batch.signature = stranger.sign(Purpose::JournalRow, signed_bytes(foreign.batch.journal, Hash{}));
    CHECK(headquarters.intake->exchange(terminal.envelope(foreign)).error().kind == ErrorKind::Corrupt);
    CHECK(headquarters.count("fact") == before);
}

TEST_CASE("a byte flipped anywhere on the road is noticed")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    const auto envelope = terminal.envelope(terminal.request());
    const auto before = headquarters.count("fact");
    for (std::size_t at = 0; at < envelope.size(); at += 3) {
        auto broken = envelope;
        broken[at] ^= 0x20;
        CHECK_FALSE(headquarters.intake->exchange(broken));
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{7}, envelope.size() / 2, envelope.size() - 1})
        CHECK_FALSE(headquarters.intake->exchange(BytesView{envelope}.first(size)));
    CHECK(headquarters.count("fact") == before);
}

TEST_CASE("a fact of a kind unknown here is kept as it is, and so is an unknown person's")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.record(PersonId{"p-nobody"}, {UnknownFact{"tea drunk", R"({"cups":3})"}});
    REQUIRE(terminal.exchange());
    auto store = headquarters.stores.borrow().value();
    const auto rows = hq::rows_of_actor(*store, PersonId{"p-nobody"}).value();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].row.kind == "tea drunk");
    CHECK(rows[0].row.body == R"({"cups":3})");
}

TEST_CASE("what is larger than 16 MiB is refused before it is looked at")
{
    Headquarters headquarters;
    const Bytes huge(hq::largest_request + 1, 0);
    CHECK(headquarters.intake->exchange(huge).error().key == "hq.request.too_large");
}

TEST_CASE("HQ that knows less than the terminal thinks says so, and gets everything again")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    auto request = terminal.request();
    request.batch.after = {3, Hash{1, 2, 3}};
    request.batch.rows.clear();
    const auto reply = headquarters.intake->exchange(terminal.envelope(request));
    REQUIRE_MESSAGE(reply, reply.error().message());
    CHECK(reply_in(headquarters, *reply).receipt.head.seq == 0);
}

TEST_CASE("two histories of one terminal are both kept, and the second is told so")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        REQUIRE(terminal.exchange());
        Terminal clone{terminal, 0};
        terminal.pass_test(aigerim, 16, true);
        REQUIRE(terminal.exchange());
        clone.finish_module(PersonId{"p-000002"});

        const auto reply = headquarters.intake->exchange(clone.envelope(clone.request()));
        REQUIRE_MESSAGE(reply, reply.error().message());
        const auto receipt = reply_in(headquarters, *reply).receipt;
        CHECK(receipt.forked);
        CHECK(receipt.head == clone.journal->head());
        CHECK(reply_in(headquarters, *headquarters.intake->exchange(terminal.envelope(terminal.request())))
                  .receipt.forked == false);

        auto store = headquarters.stores.borrow().value();
        CHECK(hq::rows_of_actor(*store, PersonId{"p-000002"}).value().size() == 4);
        const auto known = hq::find_journal(*store, clone.journal->id()).value();
        const auto verified = hq::verify_journal(*store, clone.journal->id(), *known);
        REQUIRE_MESSAGE(verified, verified.error().message());
        CHECK(verified->branches == 2);
    });
}

TEST_CASE("a row changed in the database is found, by terminal and number")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    REQUIRE(terminal.exchange());
    auto store = headquarters.stores.borrow().value();
    const auto& journal = terminal.journal->id();
    const auto known = *hq::find_journal(*store, journal).value();
    REQUIRE(hq::verify_journal(*store, journal, known));
    REQUIRE(store->db().execute("UPDATE fact SET actor = 'person:p-000002' WHERE journal = $1 AND seq = 4",
                                {journal.text}));
    for (const auto wanted : {hq::Signatures::Every, hq::Signatures::Last}) {
        const auto verified = hq::verify_journal(*store, journal, known, wanted);
        REQUIRE_FALSE(verified);
        CHECK(verified.error().message() == "hq.journal.broken terminal=t-01 seq=4");
    }
}

TEST_CASE("a PIN set at a terminal reaches HQ and goes out to the others; an older one does not come back")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        auto store = headquarters.stores.borrow().value();
        const auto person = hq::find_person(*store, aigerim).value();
        std::int64_t reset = 0;
        REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
            reset = hq::issue_code(*store, *person, headquarters.clock.now().at, headquarters.random, Effort::Test)
                        .value()
                        .reset;
            return Done{};
        }));
        REQUIRE(terminal.beside->put(Beside::PinVerifier{aigerim, reset, 1, "$argon2id$new"}));
        REQUIRE(terminal.exchange());
        auto verifier = hq::find_person(*store, aigerim).value()->verifier;
        CHECK(verifier.pin == "$argon2id$new");
        CHECK(verifier.one_time_code.empty());
        CHECK_FALSE(hq::take_pin(*store, {aigerim, reset - 1, 9, "$argon2id$old"}).value());
        CHECK(hq::find_person(*store, aigerim).value()->verifier.pin == "$argon2id$new");
    });
}

TEST_CASE("terminals that speak at the same moment are all heard")
{
    on_both_stores([](Headquarters& headquarters) {
        std::vector<std::unique_ptr<Terminal>> terminals;
        std::vector<Bytes> envelopes;
        for (int i = 0; i < 4; ++i) {
            terminals.push_back(std::make_unique<Terminal>(headquarters));
            terminals.back()->finish_module(PersonId{"p-00000" + std::to_string(i + 1)});
            auto request = terminals.back()->request();
            request.roster = 1'000'000; // nothing to come down: randomness here is not for many threads
            envelopes.push_back(terminals.back()->envelope(request));
        }
        std::vector<std::thread> threads;
        std::atomic<int> refused = 0;
        for (const auto& envelope : envelopes)
            threads.emplace_back([&] {
                for (int i = 0; i < 5; ++i)
                    if (!headquarters.intake->exchange(envelope)) ++refused;
            });
        for (auto& thread : threads) thread.join();
        CHECK(refused == 0);
        for (const auto& terminal : terminals)
            CHECK(headquarters.count("fact WHERE journal = '" + terminal->journal->id().text + "'") ==
                  static_cast<std::int64_t>(terminal->journal->head().seq));
    });
}
