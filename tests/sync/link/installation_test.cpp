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

TEST_CASE("a library that differs a little costs a little: the rest comes from the pack at hand")
{
    Office office;
    office.hq.publish({{"library", library_pack()}});
    REQUIRE(office.exchange());
    const auto changed = library_pack("The Code");
    office.hq.publish({{"library", changed}});
    const auto exchanged = office.exchange();
    REQUIRE(exchanged);
    CHECK(title_now(office) == "The Code");
    CHECK(office.hq.heard.back() == "delta");
    CHECK(exchanged->bytes_saved > static_cast<std::int64_t>(changed.size()) / 2);
    CHECK(packs_on_disk(office) == 2);
}

TEST_CASE("after a break in the middle of a pack the next exchange fetches the rest")
{
    Office office;
    const auto pack = library_pack();
    office.hq.publish({{"library", pack}});
    office.hq.breaks_after = pack.size() / 2;
    CHECK(office.exchange().error().kind == ErrorKind::Unavailable);
    office.open();
    const auto exchanged = office.exchange();
    REQUIRE(exchanged);
    CHECK(exchanged->bytes_saved == static_cast<std::int64_t>(pack.size() / 2));
    CHECK(office.hq.pack_bytes_served == pack.size());
    CHECK(title_now(office) == "Anti-Corruption Code");
}

TEST_CASE("after HQ dropped the key that signed it the library stays until the newly signed release is here, and no pack is fetched for that")
{
    Office office;
    office.hq.publish({{"library", library_pack()}});
    REQUIRE(office.exchange());
    office.hq.rotate({.release = true, .drop = true});
    CHECK(office.exchange().error().key == "link.signature"); // HQ's present release is still signed by the old key
    CHECK(office.enrolment.keys.list.number == 2);
    CHECK(title_now(office) == "Anti-Corruption Code");
    office.open();
    CHECK(title_now(office) == "Anti-Corruption Code");
    office.hq.publish_again();
    CHECK(office.exchange()->new_release == 2);
    CHECK(title_now(office) == "Anti-Corruption Code");
    CHECK(office.hq.blobs_served == 1);
}

TEST_CASE("keys and the newly signed release come in one answer")
{
    Office office;
    office.hq.publish({{"library", library_pack()}});
    REQUIRE(office.exchange());
    office.hq.rotate({.release = true, .drop = true});
    office.hq.publish_again();
    const auto exchanged = office.exchange();
    REQUIRE_MESSAGE(exchanged, exchanged.error().message());
    CHECK(exchanged->requests == 1);
    CHECK(exchanged->new_release == 2);
}

TEST_CASE("a thief of the release key cannot keep the honest release away by a high number")
{
    Office office;
    office.hq.publish({{"library", library_pack()}});
    Release high{.incarnation = "1795000000-0000000000000001", .number = 1'000'000, .published_at = from_ms(1), .is_demo = false, .packs = {}};
    office.hq.lies = [&](ExchangeReply& reply) { reply.release = signed_message(Purpose::Release, "hq", high.incarnation, encode(high), office.hq.release_key()); };
    CHECK(office.exchange()->new_release == 1'000'000);
    office.hq.lies = nullptr;
    office.hq.rotate({.release = true, .drop = true});
    office.hq.publish_again();
    CHECK(office.exchange()->new_release == 2);
    CHECK(title_now(office) == "Anti-Corruption Code");
}

TEST_CASE("what was published before comes back only under a higher number")
{
    Office office;
    const auto one = library_pack("One"), two = library_pack("Two");
    office.hq.publish({{"library", one}});
    Bytes first;
    office.hq.lies = [&](ExchangeReply& reply) { first = reply.release; };
    REQUIRE(office.exchange());
    office.hq.lies = nullptr;
    office.hq.publish({{"library", two}});
    REQUIRE(office.exchange());

    REQUIRE(ask_release_again(*office.beside));
    office.hq.lies = [&](ExchangeReply& reply) { reply.release = first; };
    CHECK(office.exchange().error().key == "link.release_older");
    CHECK(title_now(office) == "Two");
    office.hq.lies = nullptr;
    office.hq.publish({{"library", one}});
    CHECK(office.exchange()->new_release == 3);
    CHECK(title_now(office) == "One");
}

TEST_CASE("a restored HQ's release counts by its incarnation; one of its earlier life is refused")
{
    Office office;
    office.hq.publish({{"library", library_pack("One")}});
    office.hq.publish({{"library", library_pack("Two")}});
    Bytes before;
    office.hq.lies = [&](ExchangeReply& reply) { before = reply.release; };
    REQUIRE(office.exchange());
    office.hq.restore(2, 1'795'900'000);
    office.decide();
    office.hq.lies = [&](ExchangeReply& reply) { reply.release = before; };
    CHECK(office.exchange().error().key == "link.release_incarnation");
    CHECK(office.all_at_hq());
    office.hq.lies = nullptr;
    CHECK(office.exchange()->new_release == 2);
    CHECK(read_release(*office.beside, office.enrolment)->incarnation.starts_with("1795900000-"));
    CHECK(title_now(office) == "Two");
}
