#include "tests/sync/link/office.hpp"

using namespace adal;
using namespace adal::sync;
using support::Office;

namespace {

/// The exchange fails with this key, and afterwards everything is as it was; with an honest HQ the next one succeeds.
void check_refused(Office& office, const std::string& key)
{
    const auto receipt = office.receipt();
    const auto answer = office.exchange();
    REQUIRE_FALSE(answer);
    CHECK(answer.error().key == key);
    CHECK(office.state().last_error->key == key);
    CHECK(office.receipt().has_value() == receipt.has_value());
    if (receipt) CHECK(office.receipt()->head == receipt->head);
    office.hq.lies = nullptr;
    office.hq.spoils = nullptr;
    CHECK(office.exchange());
    CHECK(office.all_at_hq());
}

} // namespace

TEST_CASE("garbage, a page of HTML, half a reply or nothing at all changes nothing")
{
    const std::vector<std::function<Bytes(Bytes)>> roads{
        [](const Bytes&) { return Bytes{1, 2, 3, 255}; },
        [](const Bytes&) { return Bytes{'<', 'h', 't', 'm', 'l', '>'}; },
        [](Bytes reply) { return reply.resize(reply.size() / 2), reply; },
        [](const Bytes&) { return Bytes{}; },
    };
    for (const auto& road : roads) {
        Office office;
        REQUIRE(office.exchange());
        office.decide();
        office.hq.spoils = road;
        check_refused(office, "link.foreign_answer");
    }
}

TEST_CASE("a reply with one bit changed is not signed by HQ")
{
    Office office;
    office.hq.spoils = [](Bytes reply) { return reply[reply.size() - 80] ^= 1, reply; };
    check_refused(office, "link.signature");
}

TEST_CASE("a reply signed by another key of HQ's is no receipt")
{
    Office office;
    office.hq.spoils = [&](const Bytes&) { return signed_message(Purpose::Reply, "hq", "1795000000-0000000000000001", "{}", office.hq.release_key()); };
    check_refused(office, "link.signature");
}

TEST_CASE("a receipt for a point that this journal does not have is an alarm, and nothing is overwritten")
{
    Office office;
    office.decide();
    office.hq.lies = [](ExchangeReply& reply) { reply.receipt.head.hash[0] ^= 1; };
    check_refused(office, "link.receipt_unknown_head");
    office.hq.lies = [](ExchangeReply& reply) { reply.receipt.head.seq += 100; };
    check_refused(office, "link.receipt_unknown_head");
}

TEST_CASE("a receipt for another journal is refused")
{
    Office office;
    office.hq.lies = [](ExchangeReply& reply) { reply.receipt.journal.text[0] = reply.receipt.journal.text[0] == 'a' ? 'b' : 'a'; };
    check_refused(office, "link.receipt_other_journal");
}

TEST_CASE("an incarnation that is none, or an older one, is refused")
{
    Office office;
    REQUIRE(office.exchange());
    office.hq.lies = [](ExchangeReply& reply) { reply.receipt.incarnation = "yesterday"; };
    check_refused(office, "link.message");
    office.hq.lies = [](ExchangeReply& reply) { reply.receipt.incarnation = "1794999999-0000000000000001"; };
    check_refused(office, "link.incarnation_older");
}

TEST_CASE("an HQ that stores nothing is not asked for ever")
{
    Office office;
    office.decide();
    office.hq.lies = [](ExchangeReply& reply) { reply.receipt.head = {}; };
    check_refused(office, "link.no_progress");
}

TEST_CASE("a restored HQ says so by a newer incarnation, and gets what it lacks again")
{
    Office office;
    office.decide(3);
    REQUIRE(office.exchange());
    office.hq.restore(2, 1'795'900'000);
    const auto exchanged = office.exchange();
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(exchanged->sent == 3);
    CHECK(office.all_at_hq());
    CHECK(office.receipt()->incarnation.starts_with("1795900000-"));
}

TEST_CASE("a restored HQ that does not know this journal at all gets all of it")
{
    Office office;
    office.decide(3);
    REQUIRE(office.exchange());
    office.hq.restore(0, 1'795'900'000);
    REQUIRE(office.exchange());
    CHECK(office.all_at_hq());
    CHECK_FALSE(office.hq.last_first_row.empty());
}

TEST_CASE("after a restore people are asked for anew: the numbers begin again with the incarnation")
{
    Office office;
    Person person;
    person.id = {"p-1"};
    office.hq.hire(person);
    REQUIRE(office.exchange());
    office.hq.restore(2, 1'795'900'000);
    CHECK(office.exchange()->new_roster == 1);
}

TEST_CASE("an HQ that was rolled back unannounced is sent what it lacks; the receipt it once gave never goes back meanwhile")
{
    Office office;
    office.decide(3);
    REQUIRE(office.exchange());
    office.hq.roll_back(2);
    office.hq.spoils = [&, count = 0](Bytes reply) mutable {
        if (++count == 2) reply.clear(); // the second answer never arrives
        return reply;
    };
    CHECK_FALSE(office.exchange());
    CHECK(office.receipt()->head == office.journal->head());
    office.hq.spoils = nullptr;
    REQUIRE(office.exchange());
    CHECK(office.all_at_hq());
}

TEST_CASE("every question shows HQ the newest receipt it gave for this journal")
{
    Office office;
    REQUIRE(office.exchange());
    CHECK_FALSE(office.hq.last_request->known);
    office.decide();
    REQUIRE(office.exchange());
    CHECK(office.hq.last_request->known->head.seq == 2);
    REQUIRE(office.exchange());
    CHECK(office.hq.last_request->known == office.receipt());
}

TEST_CASE("a receipt is a proof by itself: one that HQ's receipt key did not sign is refused even in a signed answer")
{
    Office office;
    const auto other = office.hq.release_key().public_key();
    office.hq.spoils = [&](const Bytes& answer) {
        auto reply = decode_exchange_reply(*message_in(*read_envelope(answer), Purpose::Reply, office.hq.receipt_key().public_key()));
        reply->receipt.committed_at = from_ms(1);
        return signed_message(Purpose::Reply, "hq", reply->receipt.incarnation, encode(*reply), office.hq.receipt_key());
    };
    REQUIRE(other != office.hq.receipt_key().public_key());
    check_refused(office, "link.signature");
}

TEST_CASE("an HQ put back without telling anybody is an alarm until it says itself that it was")
{
    Office office;
    office.decide(3);
    REQUIRE(office.exchange());
    office.hq.roll_back(2);
    REQUIRE(office.exchange());
    REQUIRE(office.state().alarm);
    CHECK(office.state().alarm->error.key == "link.hq_behind");
    CHECK(office.state().alarm->at == office.clock.now().at);
    REQUIRE(office.exchange());
    CHECK(office.state().alarm);
    office.hq.restore(5, 1'795'900'000);
    REQUIRE(office.exchange());
    CHECK_FALSE(office.state().alarm);
}

TEST_CASE("an answer that comes late, when newer ones were heard, is an alarm only until HQ answers again")
{
    Office office;
    Bytes late;
    office.hq.tell({"p-1"}, {});
    office.hq.spoils = [&](const Bytes& answer) { return late = answer; };
    REQUIRE(office.exchange());
    office.decide(3);
    office.hq.spoils = nullptr;
    REQUIRE(office.exchange());
    office.hq.spoils = [&](const Bytes&) { return late; };
    static_cast<void>(office.exchange());
    REQUIRE(office.state().alarm);
    office.hq.spoils = nullptr;
    REQUIRE(office.exchange());
    CHECK_FALSE(office.state().alarm);
}

TEST_CASE("an HQ of an older incarnation is an alarm until the right one answers")
{
    Office office;
    REQUIRE(office.exchange());
    office.hq.lies = [](ExchangeReply& reply) { reply.receipt.incarnation = "1794999999-0000000000000001"; };
    CHECK_FALSE(office.exchange());
    office.open();
    CHECK(office.state().alarm->error.key == "link.incarnation_older");
    office.hq.lies = nullptr;
    REQUIRE(office.exchange());
    CHECK_FALSE(office.state().alarm);
}

TEST_CASE("a forked receipt counts, for the facts are at HQ, and says that a successor must begin")
{
    Office office;
    office.decide();
    office.hq.lies = [](ExchangeReply& reply) { reply.receipt.forked = true; };
    REQUIRE(office.exchange());
    CHECK(office.all_at_hq());
    office.open();
    REQUIRE(office.state().forked);
    CHECK(office.state().forked->head == office.journal->head());
    REQUIRE(clear_forked(*office.beside));
    CHECK_FALSE(office.state().forked);
    CHECK(office.receipt());
}

TEST_CASE("a receipt for what is not on this disk says that the disk is an old copy: alarm, and a successor must begin")
{
    Office office;
    REQUIRE(office.exchange());
    office.hq.lies = [](ExchangeReply& reply) { reply.receipt.head.seq += 100; };
    CHECK(office.exchange().error().key == "link.receipt_unknown_head");
    CHECK(office.state().forked->head.seq == 102);
    CHECK(office.state().alarm->error.key == "link.receipt_unknown_head");
    CHECK(office.receipt()->head.seq == 2);
    REQUIRE(clear_forked(*office.beside));
    CHECK_FALSE(office.state().alarm);
}

TEST_CASE("each journal has its own receipt, and a closed one that is forked asks for no further successor")
{
    Office office;
    REQUIRE(office.exchange());
    const auto path = office.folder.path() / "old.db";
    REQUIRE(Journal::create(path, {.terminal = {"t-07"}, .continues = ""}, *office.key, office.clock, office.random));
    const auto old = Journal::read_only(path);
    office.hq.lies = [](ExchangeReply& reply) { reply.receipt.forked = true; };
    REQUIRE(exchange(office.terminal, *old, *office.beside, *office.key, office.enrolment, office.hq, office.clock));
    CHECK(office.state().receipts.size() == 2);
    CHECK(office.state().receipt_of(old->id())->head == old->head());
    CHECK(office.receipt()->head == office.journal->head());
    CHECK_FALSE(office.state().forked);
}

TEST_CASE("of two journals each is sent again from its own receipt after a restore")
{
    Office office;
    const auto path = office.folder.path() / "old.db";
    REQUIRE(Journal::create(path, {.terminal = {"t-07"}, .continues = ""}, *office.key, office.clock, office.random));
    const auto old = Journal::read_only(path);
    const auto exchange_old = [&] { return exchange(office.terminal, *old, *office.beside, *office.key, office.enrolment, office.hq, office.clock); };
    office.decide(3);
    REQUIRE(office.exchange());
    REQUIRE(exchange_old());
    office.hq.restore(2, 1'795'900'000);
    REQUIRE(exchange_old());
    REQUIRE(office.exchange());
    CHECK(office.all_at_hq());
    CHECK(office.hq.rows_of(old->id()).size() == old->head().seq);
    CHECK(office.state().receipt_of(old->id())->incarnation == office.receipt()->incarnation);
}

TEST_CASE("what 0.1.0 kept of its exchanges is read: its receipt, signed by nobody, is asked for again")
{
    Office office;
    const std::string kept = R"({"last_try":1795309200000,"receipt":{"committed_at":1,"forked":false,"head":{"hash":")" + std::string(64, '0') +
                             R"(","seq":1},"incarnation":"1795000000-0000000000000001","journal":")" + std::string(64, 'a') + R"("},"release":3,"roster":2})";
    REQUIRE(office.beside->put("sync", bytes_of(kept)));
    CHECK(office.state().release == 3);
    CHECK(office.state().receipts.empty());
    REQUIRE(office.exchange());
    CHECK(office.all_at_hq());
}
