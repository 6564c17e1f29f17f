#include "sync/hq/journals.hpp"
#include "sync/hq/key_ceremony.hpp"
#include "sync/keys/private_file.hpp"
#include "tests/sync/hq/headquarters.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

const std::set all_roles{hq::KeyRole::Receipt, hq::KeyRole::Release, hq::KeyRole::Identity, hq::KeyRole::Sealing};

struct Ceremony {
    Headquarters& headquarters;
    KeyPair root = KeyPair::open(headquarters.founded.root_key).value();

    std::string request(const hq::KeyWishes& wishes) { return hq::request_keys(headquarters.folder, wishes, headquarters.random).value(); }
    SignedKeys sign(const hq::KeyWishes& wishes, const std::optional<PublicKey>& next_root = {})
    {
        return hq::sign_request(request(wishes), root, next_root).value();
    }
    Expected<hq::InstalledKeys> install(const SignedKeys& keys)
    {
        auto store = headquarters.stores.borrow().value();
        auto installed = hq::install_keys(*store, headquarters.folder, keys, Nobody{}, headquarters.clock, headquarters.random);
        if (installed) { // as a server that starts again
            headquarters.keys.emplace(hq::open_keys(headquarters.folder).value());
            headquarters.intake = std::make_unique<hq::Intake>(headquarters.stores, headquarters.folder, *headquarters.keys, headquarters.clock, headquarters.random);
        }
        return installed;
    }
};

ExchangeReply answer(Headquarters& headquarters, const Terminal& terminal)
{
    auto request = terminal.request();
    request.keys = terminal.enrolment.keys.list.number;
    const auto envelope = headquarters.intake->exchange(terminal.envelope(request)).value();
    return decode_exchange_reply(message_in(*read_envelope(envelope), Purpose::Reply, headquarters.keys->list.list.receipt.front()).value()).value();
}

void verify_everything(Headquarters& headquarters)
{
    auto store = headquarters.stores.borrow().value();
    for (const auto& [id, known] : hq::all_journals(*store).value()) {
        const auto verified = hq::verify_journal(*store, id, known);
        CHECK_MESSAGE(verified, verified.error().message());
    }
}

} // namespace

TEST_CASE("every key is exchanged for a new one, and the terminals can follow")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        REQUIRE(terminal.exchange());
        Ceremony ceremony{headquarters};
        const auto before = headquarters.keys->list;
        const auto installed = ceremony.install(ceremony.sign({all_roles, {}, {}}));
        REQUIRE_MESSAGE(installed, installed.error().message());
        CHECK(installed->number == 2);
        const auto& list = headquarters.keys->list.list;
        CHECK(list.receipt.size() == 2);
        CHECK(list.receipt.front() != before.list.receipt.front());
        CHECK(list.receipt.back() == before.list.receipt.front());

        const auto told = answer(headquarters, terminal);
        const auto newest = newest_of(terminal.enrolment.keys, told.keys);
        CHECK(newest.list.number == 2);
        CHECK(is_signed_by_one_of(told.receipt, {list.receipt.front()}));
        const auto certificate = message_in(*read_envelope(told.certificate), Purpose::Certificate, newest.list.identity.front());
        REQUIRE(certificate);
        CHECK(decode_enrolment_reply(*certificate)->key == terminal.key->public_key());
        verify_everything(headquarters);
    });
}

TEST_CASE("what was sealed to an old key is still opened")
{
    Headquarters headquarters;
    const auto old_key = headquarters.keys->sealing.sealing_key();
    const auto late = seal(old_key, bytes_of("from a late stick"));
    Ceremony ceremony{headquarters};
    REQUIRE(ceremony.install(ceremony.sign({{hq::KeyRole::Sealing}, {}, {}})));
    REQUIRE(ceremony.install(ceremony.sign({{hq::KeyRole::Sealing}, {}, {}})));
    CHECK(headquarters.keys->list.list.number == 3);
    CHECK(text_of(headquarters.keys->sealing.unseal(late).value()) == "from a late stick");
    CHECK_FALSE(headquarters.keys->sealing.unseal(bytes_of("never sealed")));
    REQUIRE(ceremony.install(ceremony.sign({{}, {hq::KeyRole::Sealing}, {}})));
    CHECK(headquarters.keys->list.list.sealing.size() == 3); // the dropped one is gone, a new one stands in its place
}

TEST_CASE("a root key hands over to another, and whoever missed a list still follows")
{
    Headquarters headquarters;
    const auto first = headquarters.keys->list;
    Ceremony ceremony{headquarters};
    const auto next = KeyPair::create(headquarters.root.path() / "next-root.key", headquarters.random).value();
    REQUIRE(ceremony.install(ceremony.sign({{}, {}, {}}, next.public_key())));
    CHECK(hq::sign_request(ceremony.request({{hq::KeyRole::Receipt}, {}, {}}), ceremony.root, {}).error().key == "hq.keys.other_root");
    ceremony.root = next;
    REQUIRE(ceremony.install(ceremony.sign({{hq::KeyRole::Receipt}, {}, {}})));
    REQUIRE(ceremony.install(ceremony.sign({{hq::KeyRole::Release}, {}, {}})));
    const auto lists = headquarters.keys->lists_after(1);
    CHECK(lists.size() == 2); // the one that names the new root, and the newest
    CHECK(newest_of(first, lists).list.number == 4);
    CHECK(newest_of(first, {lists.back()}).list.number == 1); // without the handing over it is a stranger's
}

TEST_CASE("a list that is not ours, not newer, or whose keys are elsewhere changes nothing")
{
    Headquarters headquarters;
    Ceremony ceremony{headquarters};
    const auto stranger = KeyPair::create(headquarters.root.path() / "stranger.key", headquarters.random).value();
    auto list = headquarters.keys->list.list;
    CHECK(ceremony.install(sign_keys(list, stranger)).error().key == "hq.keys.not_newer");
    list.number = 2;
    CHECK(ceremony.install(sign_keys(list, stranger)).error().key == "hq.keys.not_ours");
    list.receipt.insert(list.receipt.begin(), stranger.public_key());
    CHECK(ceremony.install(sign_keys(list, ceremony.root)).error().key == "hq.keys.private_missing");
    CHECK(hq::open_keys(headquarters.folder)->list.list.number == 1);
    CHECK(hq::sign_request("{\"list\":1}", ceremony.root, {}).error().key == "hq.keys.unreadable");
    CHECK(hq::sign_request(ceremony.request({{hq::KeyRole::Receipt}, {}, {}}), stranger, {}).error().key == "hq.keys.other_root");
}

TEST_CASE("an installation that was cut off is finished by installing again")
{
    Headquarters headquarters;
    Ceremony ceremony{headquarters};
    const auto keys = ceremony.sign({all_roles, {}, {}});
    REQUIRE(write_private_file(headquarters.folder.keys() / "list.json", bytes_of(encode(keys)))); // the switch, and the power went
    const auto opened = hq::open_keys(headquarters.folder);
    REQUIRE_MESSAGE(opened, opened.error().message());
    CHECK(opened->receipt.public_key() == keys.list.receipt.front());
    REQUIRE(ceremony.install(keys));
    CHECK_FALSE(std::filesystem::exists(headquarters.folder.keys() / "next-receipt.key"));
    CHECK(hq::open_keys(headquarters.folder)->identity.public_key() == keys.list.identity.front());
    verify_everything(headquarters);
}

TEST_CASE("asking twice asks for the same list")
{
    Headquarters headquarters;
    Ceremony ceremony{headquarters};
    CHECK(ceremony.request({all_roles, {}, {}}) == ceremony.request({all_roles, {}, {}}));
}
