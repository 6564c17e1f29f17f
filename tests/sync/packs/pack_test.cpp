#include "sync/packs/builder.hpp"
#include "sync/packs/pack.hpp"
#include "sync/packs/release.hpp"
#include "tests/sync/packs/authored.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;
using support::Authored;

namespace {

Built built(const Expected<Building>& building)
{
    REQUIRE_MESSAGE(building, building.error().message());
    for (const auto& finding : building->findings) INFO(finding.file, ":", finding.line, " ", finding.key);
    REQUIRE(building->built);
    return *building->built;
}
Pack opened(const Built& built)
{
    auto pack = Pack::open(built.file, built.hash);
    REQUIRE_MESSAGE(pack, pack.error().message());
    return std::move(*pack);
}

} // namespace

TEST_CASE("the library that ships becomes a pack, and everything in it can be read in three languages")
{
    const Authored authored;
    const auto pack = opened(built(build_library(authored.library(), authored.packs())));
    for (const auto language : all_languages) {
        const auto document = pack.document({"anti-corruption-code"}, language);
        REQUIRE(document);
        CHECK(document->sections.size() > 3);
        const auto module = pack.module({"speak-up"}, language);
        REQUIRE(module);
        CHECK(module->pages.size() > 1);
        const auto source = Authored::read(authored.library() / "documents/anti-corruption-code" / (std::string{code(language)} + ".md"));
        CHECK(*pack.text_hash("anti-corruption-code", language) == sha256(bytes_of(source)));
    }
    CHECK(pack.curriculum()->duties.size() == 3);
    CHECK(pack.document({"another"}, Language::en).error().kind == ErrorKind::NotFound);
}

TEST_CASE("pictures are textures of 1200 pixels, not multiplied by their alpha")
{
    const Authored authored;
    const auto pack = opened(built(build_library(authored.library(), authored.packs())));
    const auto picture = pack.picture("speak-up", "weighbridge.svg");
    REQUIRE(picture);
    CHECK(picture->width == 1200);
    CHECK(picture->rgba.size() == static_cast<std::size_t>(picture->width) * static_cast<std::size_t>(picture->height) * 4);
    CHECK(pack.picture("speak-up", "other.svg").error().kind == ErrorKind::NotFound);
}

TEST_CASE("half-transparent red stays red in a texture")
{
    const Authored authored;
    Authored::write(authored.library() / "modules/speak-up/weighbridge.svg",
                    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2" fill="#ff0000" fill-opacity="0.5"/></svg>)");
    const auto picture = opened(built(build_library(authored.library(), authored.packs()))).picture("speak-up", "weighbridge.svg");
    REQUIRE(picture);
    CHECK(picture->height == 600);
    const Bytes first{picture->rgba.begin(), picture->rgba.begin() + 4};
    CHECK(first[0] == 255);
    CHECK(first[1] == 0);
    CHECK(first[3] >= 127);
    CHECK(first[3] <= 128);
}

TEST_CASE("a module's check comes with feedback and its revision")
{
    const Authored authored;
    const auto pack = opened(built(build_library(authored.library(), authored.packs())));
    const auto pages = static_cast<int>(pack.module({"speak-up"}, Language::kk)->pages.size());
    int checks = 0;
    for (int page = 1; page <= pages; ++page) {
        const auto item = pack.check({"speak-up"}, page);
        if (!item) {
            CHECK(item.error().kind == ErrorKind::NotFound);
            continue;
        }
        ++checks;
        CHECK(item->revision.size() == 8);
        for (const auto& choice : item->choices) CHECK_FALSE(choice.feedback.kk.empty());
    }
    CHECK(checks == 2);
}

TEST_CASE("the bank that ships becomes a pack with its test; each item has a revision of its words")
{
    const Authored authored;
    const auto pack = opened(built(build_bank(authored.bank(), authored.library(), authored.packs())));
    const auto bank = pack.bank();
    REQUIRE(bank);
    CHECK(bank->items.size() == 50);
    for (const auto& [id, item] : bank->items) CHECK(item.revision == to_hex(sha256(bytes_of(quizzes::canonical_text(item)))).substr(0, 8));
    CHECK(pack.test({"probation"})->item_count() == 20);
}

TEST_CASE("a changed word gives its item, and no other, another revision")
{
    const Authored authored;
    const auto before = opened(built(build_bank(authored.bank(), authored.library(), authored.packs()))).bank();
    const auto first = before->items.begin()->second;
    Authored::replace(authored.bank() / "en.gift", first.stem.en, first.stem.en + " Really?");
    const auto after = opened(built(build_bank(authored.bank(), authored.library(), authored.packs()))).bank();
    int changed = 0;
    for (const auto& [id, item] : after->items) changed += item.revision != before->items.at(id).revision;
    CHECK(changed == 1);
    CHECK(after->items.at(first.id).revision != first.revision);
}

TEST_CASE("the same input gives the same pack, wherever and whenever it is built")
{
    const Authored one, other;
    CHECK(built(build_library(one.library(), one.packs())).hash == built(build_library(other.library(), other.packs())).hash);
    CHECK(built(build_library(one.library(), one.packs())).hash == built(build_library(one.library(), one.packs())).hash);
    CHECK(built(build_bank(one.bank(), one.library(), one.packs())).hash == built(build_bank(other.bank(), other.library(), other.packs())).hash);
}

TEST_CASE("a pack is named by its hash, and nothing else is left beside it")
{
    const Authored authored;
    const auto pack = built(build_library(authored.library(), authored.packs()));
    CHECK(pack.file.filename() == to_hex(pack.hash) + ".pack");
    CHECK(pack.size == static_cast<std::int64_t>(std::filesystem::file_size(pack.file)));
    opened(pack).curriculum().value();
    int files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{authored.packs()}) ++files;
    CHECK(files == 1);
}

TEST_CASE("a flipped byte is refused, wherever it lies")
{
    const Authored authored;
    const auto pack = built(build_library(authored.library(), authored.packs()));
    const auto whole = Authored::read(pack.file);
    for (const auto at : {std::size_t{0}, std::size_t{97}, whole.size() / 2, whole.size() - 1}) {
        auto spoiled = whole;
        spoiled[at] = static_cast<char>(spoiled[at] ^ 1);
        Authored::write(pack.file, spoiled);
        CHECK(Pack::open(pack.file, pack.hash).error().kind == ErrorKind::Corrupt);
    }
    Authored::write(pack.file, whole.substr(0, whole.size() - 1));
    CHECK(Pack::open(pack.file, pack.hash).error().kind == ErrorKind::Corrupt);
}

TEST_CASE("what is no pack is refused even under its right hash, and a missing one is missing")
{
    const support::TemporaryFolder folder;
    const auto file = folder.path() / "x.pack";
    Authored::write(file, "<html>");
    CHECK(Pack::open(file, sha256(bytes_of("<html>"))).error().kind == ErrorKind::Corrupt);
    CHECK(Pack::open(folder.path() / "y.pack", {}).error().kind == ErrorKind::NotFound);
}

TEST_CASE("a release comes back as it was written")
{
    const Release release{.incarnation = "1-0000000000000001", .number = 3, .published_at = from_ms(1'795'000'000'123), .is_demo = true,
                          .packs = {{.kind = "library", .hash = sha256(bytes_of("a")), .size = 7}}};
    const auto back = decode_release(encode(release));
    REQUIRE(back);
    CHECK(encode(*back) == encode(release));
    CHECK(back->find("library")->size == 7);
    CHECK_FALSE(back->find("bank"));
    CHECK(decode_release("{}").error().kind == ErrorKind::Corrupt);
}

TEST_CASE("a pack with values of other types than ours is refused, not trusted")
{
    const support::TemporaryFolder folder;
    const auto written = [&](const std::string& name, const std::string& sql) {
        const auto file = folder.path() / name;
        {
            const auto db = open_sqlite(file, OpenMode::MustNotExist);
            REQUIRE((*db)->script("PRAGMA journal_mode=DELETE; " + sql));
        }
        return Pack::open(file, sha256(bytes_of(Authored::read(file))));
    };
    CHECK(written("a.pack", "CREATE TABLE pack (format); INSERT INTO pack VALUES ('one')").error().kind == ErrorKind::Corrupt);
    const auto pack = written("b.pack", "CREATE TABLE pack (format); INSERT INTO pack VALUES (1);"
                                        "CREATE TABLE source (name, hash, bytes); INSERT INTO source VALUES ('curriculum.json', 'x', 'y');"
                                        "CREATE TABLE picture (owner, name, width, height, rgba);"
                                        "INSERT INTO picture VALUES ('m', 'a.svg', 'wide', 1, x'00'), ('m', 'b.svg', -1, 4, x'00')");
    REQUIRE(pack);
    CHECK_FALSE(pack->curriculum());
    CHECK_FALSE(pack->picture("m", "a.svg"));
    CHECK(pack->picture("m", "b.svg").error().kind == ErrorKind::Corrupt);
}

TEST_CASE("a release counts in whole numbers of 64 bits; anything else is no release")
{
    Release release;
    release.packs = {{"library", Hash{}, 5}};
    const auto good = encode(release);
    REQUIRE(decode_release(good));
    for (const auto& [number, other] : {std::pair{"\"number\":0", "\"number\":1e95"}, {"\"number\":0", "\"number\":true"}, {"\"number\":0", "\"number\":9223372036854775808"},
                                        {"\"size\":5", "\"size\":5.5"}, {"\"published_at\":0", "\"published_at\":-1e300"}}) {
        auto bad = good;
        bad.replace(bad.find(number), std::string{number}.size(), other);
        INFO(bad);
        CHECK(decode_release(bad).error().kind == ErrorKind::Corrupt);
    }
}
