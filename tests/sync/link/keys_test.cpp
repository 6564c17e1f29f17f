#include "sync/link/judgement.hpp"
#include "tests/sync/link/office.hpp"

using namespace adal;
using namespace adal::sync;
using support::at_every_step;
using support::FakeHq;
using support::Office;

namespace {

using Rotation = FakeHq::Rotation;

const std::vector<Rotation> rotations{
    {.receipt = true}, {.release = true}, {.identity = true}, {.sealing = true}, {.root = true},
    {.receipt = true, .release = true, .identity = true, .sealing = true},
    {.receipt = true, .drop = true}, {.identity = true, .drop = true}, {.sealing = true, .drop = true},
    {.receipt = true, .identity = true, .sealing = true, .root = true, .drop = true},
};

KeyPair stranger()
{
    std::array<std::uint8_t, 32> seed{};
    seed.fill(250);
    return KeyPair::from_seed(seed);
}

/// A reply that the road puts in place of HQ's.
Bytes reply_by(const Signer& signer, Receipt receipt, std::vector<SignedKeys> keys = {})
{
    ExchangeReply reply;
    reply.receipt = signed_receipt(std::move(receipt), signer);
    reply.keys = std::move(keys);
    return signed_message(Purpose::Reply, "hq", reply.receipt.incarnation, encode(reply), signer);
}

} // namespace

TEST_CASE("whichever key HQ exchanges, retired or dropped: the list and a certificate come with an answer, and work goes on")
{
    for (const auto& rotation : rotations) {
        Office office;
        REQUIRE(office.exchange());
        office.decide();
        office.hq.rotate(rotation);
        const auto exchanged = office.exchange();
        REQUIRE_MESSAGE(exchanged, exchanged.error().message());
        CHECK(exchanged->new_keys == 2);
        CHECK(office.all_at_hq());
        CHECK(is_signed_by_one_of(*office.receipt(), {office.hq.receipt_key().public_key()}));
        office.open();
        CHECK(office.enrolment.keys.list == office.hq.newest_keys().list);
        CHECK_FALSE(office.exchange()->new_keys);
    }
}

TEST_CASE("new keys are stored whole or not at all, whatever the road loses")
{
    at_every_step(
        [](Office& office) {
            REQUIRE(office.exchange());
            office.decide();
            office.hq.rotate({.receipt = true, .identity = true, .drop = true});
        },
        [](const Office& office) {
            CHECK(office.enrolment.keys.list.number == 2);
            CHECK(office.all_at_hq());
        });
}

TEST_CASE("a terminal that was away for several lists takes them all at once, over a new root, too")
{
    Office office;
    office.hq.rotate({.receipt = true, .drop = true});
    office.hq.rotate({.root = true});
    office.hq.rotate({.receipt = true, .release = true, .identity = true, .sealing = true, .drop = true});
    office.decide();
    CHECK(office.exchange()->new_keys == 4);
    CHECK(office.all_at_hq());
    CHECK(office.enrolment.keys.root != office.hq.newest_keys().list.successor);
    office.hq.rotate({.receipt = true});
    CHECK(office.exchange()->new_keys == 5);
}

TEST_CASE("after the sealing key was exchanged a PIN goes up under the new one")
{
    Office office;
    REQUIRE(office.beside->put(Beside::PinVerifier{.person = {"p-1"}, .reset = 1, .counter = 1, .verifier = "$argon2id$mine"}));
    office.hq.rotate({.sealing = true, .drop = true});
    REQUIRE(office.exchange());
    CHECK(office.hq.pins.empty()); // the first question was sealed to a key that HQ has no more
    REQUIRE(office.exchange());
    CHECK(office.hq.pins.size() == 1);
}

TEST_CASE("a list that the root did not sign changes nothing, whatever else is signed by its keys")
{
    Office office;
    REQUIRE(office.exchange());
    auto list = office.hq.newest_keys().list;
    list.number = 9;
    list.receipt = {stranger().public_key()};
    office.hq.spoils = [&](const Bytes&) { return reply_by(stranger(), *office.receipt(), {sign_keys(list, stranger())}); };
    CHECK(office.exchange().error().key == "link.signature");
    office.hq.spoils = nullptr;
    CHECK(office.enrolment.keys.list.number == 1);
    CHECK(office.exchange());
}

TEST_CASE("with a dropped receipt key goes what it signed: receipts, and the incarnation they spoke of")
{
    Office office;
    office.decide(3);
    const auto thief = KeyPair::from_seed([] { std::array<std::uint8_t, 32> seed{}; seed.fill(2); return seed; }());
    REQUIRE(thief.public_key() == office.hq.receipt_key().public_key());
    Receipt lie{.journal = office.journal->id(), .head = office.journal->head(), .committed_at = from_ms(1), .incarnation = "9999999999-0000000000000001", .forked = false, .signature = {}};
    office.hq.spoils = [&](const Bytes&) { return reply_by(thief, lie); };
    REQUIRE(office.exchange());
    CHECK(office.receipt()->incarnation == lie.incarnation);
    office.hq.roll_back(0); // it never came that far
    office.hq.spoils = nullptr;
    CHECK(office.exchange().error().key == "link.incarnation_older");

    office.hq.rotate({.receipt = true, .drop = true});
    const auto exchanged = office.exchange();
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(office.all_at_hq());
    CHECK(office.state().incarnation == office.receipt()->incarnation);
    CHECK_FALSE(office.state().alarm);
    CHECK(office.hq.rows().size() == office.journal->head().seq);

    lie.incarnation = office.state().incarnation;
    office.hq.spoils = [&](const Bytes&) { return reply_by(thief, lie); };
    CHECK(office.exchange().error().key == "link.signature");
}

TEST_CASE("a dropped key cannot sign the very answer that brings the list without it")
{
    Office office;
    REQUIRE(office.exchange());
    office.hq.rotate({.receipt = true, .drop = true});
    const auto thief = KeyPair::from_seed([] { std::array<std::uint8_t, 32> seed{}; seed.fill(2); return seed; }());
    office.hq.spoils = [&](const Bytes&) { return reply_by(thief, *office.receipt(), {office.hq.newest_keys()}); };
    CHECK(office.exchange().error().key == "link.signature");
    CHECK(office.enrolment.keys.list.number == 1);
}

TEST_CASE("a certificate that is none or not ours leaves the old keys in force; the facts are at HQ")
{
    for (const bool is_missing : {true, false}) {
        Office office;
        office.decide();
        office.hq.rotate({.identity = true, .drop = true});
        office.hq.lies = [&](ExchangeReply& reply) { reply.certificate = is_missing ? Bytes{} : Bytes{1, 2, 3}; };
        CHECK(office.exchange().error().key == "link.certificate");
        CHECK(office.enrolment.keys.list.number == 1);
        CHECK(office.all_at_hq());
        office.hq.lies = nullptr;
        CHECK(office.exchange()->new_keys == 2);
    }
}

TEST_CASE("the certificate at hand stays good as long as its signer is")
{
    Office office;
    office.hq.rotate({.identity = true});
    office.hq.lies = [](ExchangeReply& reply) { reply.certificate.clear(); };
    CHECK(office.exchange()->new_keys == 2);
    office.open();
    CHECK(office.enrolment.certificate.terminal == TerminalId{"t-07"});
}
