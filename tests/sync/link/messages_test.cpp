#include "sync/link/messages.hpp"
#include "tests/support/counted_random.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;

namespace {

KeyPair key_of(std::uint8_t number)
{
    std::array<std::uint8_t, 32> seed{};
    seed.fill(number);
    return KeyPair::from_seed(seed);
}
template <std::size_t n> std::array<std::uint8_t, n> all(std::uint8_t value)
{
    std::array<std::uint8_t, n> array{};
    array.fill(value);
    return array;
}

const Receipt receipt{.journal = {std::string(64, 'a')}, .head = {.seq = 41, .hash = all<32>(7)}, .committed_at = from_ms(1'795'309'200'123),
                      .incarnation = "1795000000-0000000000000001", .forked = true, .signature = all<64>(8)};

const KeyList some_list{.number = 2, .receipt = {all<32>(3), all<32>(13)}, .release = {all<32>(4)}, .identity = {all<32>(5)}, .sealing = {all<32>(6)},
                        .authorities = {"-----BEGIN CERTIFICATE-----"}, .successor = all<32>(9)};

} // namespace

TEST_CASE("every message comes back as it was written")
{
    const SignedKeys keys{.root = all<32>(1), .list = some_list, .text = encode(some_list), .signature = all<64>(7)};
    CHECK(decode_signed_keys(encode(keys))->list == some_list);
    CHECK(encode(*decode_signed_keys(encode(keys))) == encode(keys));

    const EnrolmentRequest request{.secret = {1, 2, 3, 4, 5}, .key = all<32>(8), .sealing = all<32>(9)};
    CHECK(encode(*decode_enrolment_request(encode(request))) == encode(request));

    const EnrolmentReply reply{.terminal = {"t-07"}, .site = {"balkhash"}, .site_name = {"Балқаш", "Балхаш", "Balkhash"}, .unit_name = {"а", "б", "c"},
                               .key = all<32>(8), .incarnation = "1-0000000000000001", .site_key = {.generation = 3, .sealed = {1, 2, 255}}, .is_demo = true};
    CHECK(encode(*decode_enrolment_reply(encode(reply))) == encode(reply));
    CHECK(decode_enrolment_reply(encode(reply))->site_name.kk == "Балқаш");

    CHECK(encode(*decode_receipt(encode(receipt))) == encode(receipt));

    const ExchangeReply answer{.receipt = receipt, .release = {1, 2}, .roster = {3}, .hq_time_ms = -5, .keys = {keys}, .certificate = {4},
                               .site_keys = {{2, {5}}}, .feed = {.upto = 17, .more = true, .people = {{{"p-1"}, {6}}}}, .missing_bodies = {all<32>(1)}};
    CHECK(encode(*decode_exchange_reply(encode(answer))) == encode(answer));

    ExchangeRequest asked;
    asked.terminal = {"t-07"};
    asked.batch.journal = {std::string(64, 'a')};
    asked.batch.rows = {{.seq = 1, .at_ms = 2, .boot = "b", .uptime_ms = 3, .actor = "nobody", .kind = "k", .body = "{\"name\":\"Әсел \\\"\"}",
                         .decision_end = 1, .hash = {}, .signature = {}}};
    asked.first_row = "{}";
    asked.verifiers = {9, 9};
    asked.known = receipt;
    asked.succession = Succession{.key = all<32>(1), .signature = all<64>(2)};
    CHECK(encode(*decode_exchange_request(encode(asked))) == encode(asked));
    CHECK(decode_exchange_request(encode(asked))->batch.rows[0].body == asked.batch.rows[0].body);
}

TEST_CASE("JSON is canonical: sorted keys and no spaces")
{
    CHECK(encode(EnrolmentRequest{}).starts_with("{\"key\":\"00"));
    CHECK(encode(receipt).find(' ') == std::string::npos);
}

TEST_CASE("what is not a message is Corrupt, whatever it is")
{
    for (const std::string text : {"", "{", "[]", "{}", "null", "<html></html>", "{\"root\":5}", "\xff\xfe"}) {
        CHECK(decode_signed_keys(text).error().kind == ErrorKind::Corrupt);
        CHECK(decode_enrolment_request(text).error().kind == ErrorKind::Corrupt);
        CHECK(decode_enrolment_reply(text).error().kind == ErrorKind::Corrupt);
        CHECK(decode_receipt(text).error().kind == ErrorKind::Corrupt);
        CHECK(decode_exchange_request(text).error().kind == ErrorKind::Corrupt);
        CHECK(decode_exchange_reply(text).error().kind == ErrorKind::Corrupt);
    }
}

TEST_CASE("a key list is believed only as the root signed it")
{
    auto keys = sign_keys(some_list, key_of(1));
    CHECK(is_signed(keys));
    keys.text.back() = ' ';
    CHECK_FALSE(is_signed(keys));
}

TEST_CASE("a newer list is taken only from a root that the list before it trusts")
{
    auto list = [](std::int64_t number, std::optional<PublicKey> successor = {}) {
        auto numbered = some_list;
        numbered.number = number;
        numbered.successor = successor;
        return numbered;
    };
    const auto first = sign_keys(list(1), key_of(1)), second = sign_keys(list(2, key_of(2).public_key()), key_of(1)),
               third = sign_keys(list(3), key_of(2)), strangers = sign_keys(list(9), key_of(3));
    CHECK(newest_of(first, {}).list.number == 1);
    CHECK(newest_of(first, {strangers}).list.number == 1);
    CHECK(newest_of(first, {third}).list.number == 1); // nobody we trust named this root
    CHECK(newest_of(first, {third, second, strangers}).list.number == 3);
    CHECK(newest_of(second, {first}).list.number == 2); // numbers never go back
    CHECK(newest_of(third, {sign_keys(list(4), key_of(1))}).list.number == 3); // the old root has handed over
}

TEST_CASE("a signed message serves one purpose and one key")
{
    const auto opened = *read_envelope(signed_message(Purpose::Receipt, "hq", "1-0000000000000001", "{}", key_of(2)));
    CHECK(*message_in(opened, Purpose::Receipt, key_of(2).public_key()) == "{}");
    CHECK(message_in(opened, Purpose::Release, key_of(2).public_key()).error().kind == ErrorKind::Denied);
    CHECK(message_in(opened, Purpose::Receipt, key_of(3).public_key()).error().kind == ErrorKind::Denied);
}

TEST_CASE("an enrolment request is for HQ's eyes, and only for a key that its sender holds")
{
    const auto hq = key_of(5), terminal = key_of(8);
    EnrolmentRequest request{.secret = {1, 2, 3, 4, 5}, .key = terminal.public_key(), .sealing = terminal.sealing_key()};
    CHECK(open_enrolment(seal_enrolment(request, terminal, hq.sealing_key()), hq)->secret == request.secret);
    CHECK_FALSE(open_enrolment(seal_enrolment(request, terminal, hq.sealing_key()), key_of(6)));
    request.key = key_of(9).public_key();
    CHECK(open_enrolment(seal_enrolment(request, terminal, hq.sealing_key()), hq).error().kind == ErrorKind::Denied);
}

TEST_CASE("PIN verifiers and rosters travel sealed")
{
    const auto hq = key_of(5);
    const std::vector<Beside::PinVerifier> pins{{.person = {"p-1"}, .reset = 1, .counter = 2, .verifier = "$argon2id$x"}};
    const auto sealed = seal_verifiers(pins, hq.sealing_key());
    CHECK(open_verifiers(sealed, hq)->at(0).verifier == "$argon2id$x");
    CHECK(seal_verifiers({}, hq.sealing_key()).empty());
    CHECK(open_verifiers({}, hq)->empty());
    CHECK_FALSE(open_verifiers(sealed, key_of(6)));

    support::CountedRandom random;
    Roster roster;
    roster.number = 3;
    const SiteKeys both{{1, all<32>(6)}, {2, all<32>(7)}};
    CHECK(unlock_roster(lock_roster(roster, 2, all<32>(7), random), both)->number == 3);
    CHECK(unlock_roster(lock_roster(roster, 3, all<32>(8), random), both).error().key == "link.site_key");
    CHECK_FALSE(unlock_roster(lock_roster(roster, 1, all<32>(7), random), both));

    const std::vector<FeedFact> facts{{.hash = all<32>(1), .at_ms = 5, .actor = "person:p-1", .kind = "PIN set", .body = "{}"}};
    const FeedEntry entry{.person = {"p-1"}, .locked = lock_feed({"p-1"}, facts, 1, all<32>(6), random)};
    CHECK(*unlock_feed(entry, both) == facts);
    CHECK(unlock_feed({.person = {"p-2"}, .locked = entry.locked}, both).error().kind == ErrorKind::Corrupt);
}
