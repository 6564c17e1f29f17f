#include "sync/link/revocation.hpp"
#include "sync/packs/builder.hpp"
#include "tests/sync/link/office.hpp"
#include "tests/sync/packs/authored.hpp"

using namespace adal;
using namespace adal::sync;
using support::Authored;
using support::FakeHq;
using support::Office;

namespace {

const std::string mine = "$argon2id$v=19$m=64,t=1,p=1$mine-and-nobody-elses";

Bytes library_pack()
{
    const Authored authored;
    const auto building = build_library(authored.library(), authored.packs());
    REQUIRE(building);
    const auto text = Authored::read(building->built->file);
    return {text.begin(), text.end()};
}

/// Everything that a withdrawn terminal must not hold, and some work that it must.
void fill(Office& office)
{
    Person person;
    person.id = {"p-1"};
    office.hq.hire(person);
    office.hq.tell({"p-1"}, {});
    REQUIRE(office.beside->put(Beside::PinVerifier{.person = {"p-1"}, .reset = 1, .counter = 1, .verifier = mine}));
    REQUIRE(office.beside->keep_body(Bytes{1, 2, 3}));
    REQUIRE(office.exchange());
    office.decide();
}

std::string on_disk(const Office& office)
{
    return Authored::read(office.terminal.beside()) + Authored::read(office.terminal.beside().string() + "-wal");
}

void check_withdrawn(const Office& office)
{
    REQUIRE(read_revocation(*office.beside));
    CHECK(read_revocation(*office.beside)->terminal == TerminalId{"t-07"});
    CHECK(read_roster(*office.beside, *office.key, office.enrolment).error().kind == ErrorKind::NotFound);
    CHECK(read_release(*office.beside, office.enrolment).error().kind == ErrorKind::NotFound);
    CHECK_FALSE(office.beside->get("site_keys"));
    CHECK(office.beside->feed_of({"p-1"}).value() == std::nullopt);
    CHECK(office.beside->pins().empty());
    CHECK(on_disk(office).find(mine) == std::string::npos);
    CHECK_FALSE(std::filesystem::exists(office.terminal.packs()));
}

} // namespace

TEST_CASE("a withdrawn terminal forgets people, keys and packs, and keeps journal, bodies and receipts")
{
    Office office;
    office.hq.publish({{"library", library_pack()}});
    fill(office);
    REQUIRE(on_disk(office).find(mine) != std::string::npos);
    const auto head = office.journal->head();
    const auto receipt = office.receipt();
    office.hq.revoke(true);
    CHECK(office.exchange().error().key == "link.revoked");
    check_withdrawn(office);
    CHECK(read_revocation(*office.beside)->stolen);
    office.open();
    CHECK(office.journal->head() == head);
    CHECK(office.receipt() == receipt);
    CHECK(office.beside->body(sha256(Bytes{1, 2, 3})).value());
    CHECK(office.state().last_error->key == "link.revoked");
}

TEST_CASE("a withdrawn terminal does not ask any more")
{
    Office office;
    fill(office);
    office.hq.revoke();
    CHECK_FALSE(office.exchange());
    office.hq.heard.clear();
    office.open();
    CHECK(office.exchange().error().key == "link.revoked");
    CHECK(office.hq.heard.empty());
    check_withdrawn(office);
}

TEST_CASE("a notice lost on the road is a terminal that goes on, and asks again")
{
    for (const auto fate : {FakeHq::Fate::LosesRequest, FakeHq::Fate::LosesReply}) {
        Office office;
        fill(office);
        office.hq.revoke();
        office.hq.fates = {fate};
        CHECK(office.exchange().error().kind == ErrorKind::Unavailable);
        CHECK_FALSE(read_revocation(*office.beside));
        CHECK(read_roster(*office.beside, *office.key, office.enrolment));
        office.open();
        CHECK(office.exchange().error().key == "link.revoked");
        check_withdrawn(office);
    }
}

TEST_CASE("a notice counts by the identity key alone, and for the terminal that it names")
{
    Office office;
    fill(office);
    const auto notice = [](const std::string& terminal) { return encode(RevocationNotice{.terminal = {terminal}, .at = from_ms(5), .stolen = false}); };
    const auto saying = [&](const std::string& terminal, const Signer& signer) {
        office.hq.spoils = [=, &signer](const Bytes& answer) { // its keys HQ tells as ever
            return answer.front() == '{' ? answer : signed_message(Purpose::Revocation, "hq", "1795000000-0000000000000001", notice(terminal), signer);
        };
        return office.exchange().error().key;
    };
    CHECK(saying("t-07", office.hq.receipt_key()) == "link.signature");
    CHECK(saying("t-08", office.hq.identity_key()) == "link.message");
    CHECK_FALSE(read_revocation(*office.beside));
    office.hq.spoils = nullptr;
    CHECK(office.exchange());
}

TEST_CASE("a notice by an identity key newer than our list is believed: the root says so")
{
    Office office;
    fill(office);
    office.hq.rotate({.identity = true, .drop = true});
    office.hq.revoke();
    CHECK(office.exchange().error().key == "link.revoked");
    CHECK(read_revocation(*office.beside));
}

TEST_CASE("what a power cut left of the wiping is done at the next exchange")
{
    Office office;
    office.hq.publish({{"library", library_pack()}});
    fill(office);
    const auto notice = signed_message(Purpose::Revocation, "hq", "", encode(RevocationNotice{.terminal = {"t-07"}, .at = from_ms(5), .stolen = false}), office.hq.identity_key());
    REQUIRE(withdraw(*office.beside, notice)); // and here the power went
    REQUIRE(std::filesystem::exists(office.terminal.packs()));
    CHECK_FALSE(office.exchange());
    CHECK_FALSE(std::filesystem::exists(office.terminal.packs()));
    check_withdrawn(office);
}
