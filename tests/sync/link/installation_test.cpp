#include "sync/packs/builder.hpp"
#include "sync/packs/pack.hpp"
#include "tests/sync/link/office.hpp"
#include "tests/sync/packs/authored.hpp"

using namespace adal;
using namespace adal::sync;
using support::Authored;
using support::FakeHq;
using support::Office;

namespace {

Bytes library_pack(const std::string& title = "Anti-Corruption Code")
{
    const Authored authored;
    Authored::replace(authored.library() / "curriculum.json", "\"en\": \"Anti-Corruption Code\"", "\"en\": \"" + title + "\"");
    const auto building = build_library(authored.library(), authored.packs());
    REQUIRE(building);
    REQUIRE(building->built);
    const auto text = Authored::read(building->built->file);
    return {text.begin(), text.end()};
}

std::string title_now(const Office& office)
{
    const auto release = read_release(*office.beside, office.enrolment);
    if (!release) return "";
    const auto hash = release->find("library")->hash;
    const auto pack = Pack::open(office.terminal.packs() / (to_hex(hash) + ".pack"), hash);
    REQUIRE(pack);
    return pack->curriculum()->duties.at(0).title.en;
}

int packs_on_disk(const Office& office)
{
    int count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{office.terminal.packs()}) ++count;
    return count;
}

} // namespace

TEST_CASE("a release comes down and is installed; the journal is only read, its owner records the fact")
{
    Office office;
    office.hq.publish({{"library", library_pack()}});
    const auto before = office.journal->head();
    const auto exchanged = office.exchange();
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(exchanged->new_release == 1);
    CHECK(title_now(office) == "Anti-Corruption Code");
    CHECK(office.journal->head() == before);
    CHECK_FALSE(office.exchange()->new_release);
    CHECK(office.hq.blobs_served == 1);
}

TEST_CASE("a pack that is here already is not fetched again")
{
    Office office;
    const auto pack = library_pack();
    office.hq.publish({{"library", pack}});
    REQUIRE(office.exchange());
    office.hq.publish({{"library", pack}});
    CHECK(office.exchange()->new_release == 2);
    CHECK(office.hq.blobs_served == 1);
}

TEST_CASE("a damaged pack is not installed: the old release stays, the facts are at HQ, the next try mends it")
{
    Office office;
    office.hq.knows_deltas = false;
    office.hq.publish({{"library", library_pack()}});
    REQUIRE(office.exchange());
    office.hq.publish({{"library", library_pack("The Code")}});
    office.decide();
    office.hq.spoils = [](Bytes reply) {
        if (text_of(reply).starts_with("SQLite")) reply[reply.size() / 2] ^= 1;
        return reply;
    };
    CHECK(office.exchange().error().key == "link.blob_hash");
    CHECK(title_now(office) == "Anti-Corruption Code");
    CHECK(office.all_at_hq());
    office.hq.spoils = nullptr;
    CHECK(office.exchange()->new_release == 2);
    CHECK(title_now(office) == "The Code");
}

TEST_CASE("a pack lost on the road leaves the old release in force")
{
    using enum FakeHq::Fate;
    Office office;
    office.hq.publish({{"library", library_pack()}});
    office.hq.fates = {Open, LosesReply};
    CHECK_FALSE(office.exchange());
    CHECK(read_release(*office.beside, office.enrolment).error().kind == ErrorKind::NotFound);
    office.open();
    CHECK(office.exchange()->new_release == 1);
}

TEST_CASE("the packs of the release before stay until the next one, older ones go")
{
    Office office;
    for (const auto* title : {"One", "Two", "Three"}) {
        office.hq.publish({{"library", library_pack(title)}});
        REQUIRE(office.exchange());
        CHECK(title_now(office) == title);
    }
    CHECK(packs_on_disk(office) == 2);
    CHECK(read_release_before(*office.beside, office.enrolment)->number == 2);
}

TEST_CASE("a release that the release key did not sign is refused, but its receipt counts")
{
    Office office;
    office.decide();
    office.hq.lies = [&](ExchangeReply& reply) { reply.release = signed_message(Purpose::Release, "hq", "1795000000-0000000000000001", "{}", office.hq.receipt_key()); };
    CHECK(office.exchange().error().key == "link.signature");
    CHECK(office.all_at_hq());
}

TEST_CASE("what is no pack is never switched to, even under its right hash")
{
    Office office;
    office.hq.publish({{"library", {'n', 'o'}}});
    CHECK(office.exchange().error().kind == ErrorKind::Corrupt);
    CHECK_FALSE(read_release(*office.beside, office.enrolment));
}
