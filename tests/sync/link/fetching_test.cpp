#include "sync/link/fetching.hpp"
#include "sync/packs/format.hpp"
#include "tests/sync/link/office.hpp"
#include <fstream>

using namespace adal;
using namespace adal::sync;
using support::Office;

namespace {

Bytes some_bytes(std::size_t size, unsigned seed)
{
    Bytes bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>((seed = seed * 1'664'525u + 1'013'904'223u) >> 24);
    return bytes;
}

/// A pack of 10,000 bytes at HQ, one that differs from it in a few, and a terminal that wants the second.
struct Errand {
    Office office;
    Bytes old = some_bytes(10'000, 1), wanted = old;
    std::filesystem::path packs = office.terminal.packs();

    Errand()
    {
        for (const std::size_t at : {100U, 5'000U, 9'999U}) wanted[at] ^= 0xff;
        office.hq.publish({{"library", old}, {"library", wanted}});
    }
    Release::PackEntry entry() const { return {.kind = "library", .hash = sha256(wanted), .size = static_cast<std::int64_t>(wanted.size())}; }
    PackFetch fetch(std::optional<Hash> base = {})
    {
        return PackFetch{packs, entry(), base, office.hq, [&](const Hash& hash) { return blob_authorisation({"t-07"}, "", hash, *office.key); }};
    }
    Expected<Done> run(std::optional<Hash> base = {}) { return fetch(base).run(); }
    std::filesystem::path file(const char* ending) const { return packs / (to_hex(sha256(wanted)) + ending); }
    void have_old()
    {
        std::filesystem::create_directories(packs);
        REQUIRE(write_durably(packs / pack_file_name(sha256(old)), old));
    }
    bool is_here() const
    {
        std::ifstream in{file(".pack"), std::ios::binary};
        const Bytes bytes{std::istreambuf_iterator<char>{in}, {}};
        int others = 0;
        for (const auto& each : std::filesystem::directory_iterator{packs}) others += each.path() != file(".pack") && each.path() != packs / pack_file_name(sha256(old));
        return bytes == wanted && others == 0;
    }
};

} // namespace

TEST_CASE("a pack comes in pieces and gets its name when it is whole")
{
    Errand errand;
    auto fetch = errand.fetch();
    REQUIRE(fetch.run());
    CHECK(errand.is_here());
    CHECK(fetch.requests() == 1);
    CHECK(fetch.bytes_down() == 10'000);
}

TEST_CASE("wherever the road breaks, only the rest is fetched")
{
    for (const std::size_t at : {0U, 1U, 999U, 1'000U, 2'500U, 9'999U}) {
        Errand errand;
        errand.office.hq.breaks_after = at;
        CHECK(errand.run().error().kind == ErrorKind::Unavailable);
        CHECK_FALSE(std::filesystem::exists(errand.file(".pack")));
        REQUIRE(errand.run());
        CHECK(errand.is_here());
        CHECK(errand.office.hq.pack_bytes_served == 10'000);
    }
}

TEST_CASE("a road that breaks again and again brings the pack in the end, each byte once")
{
    Errand errand;
    for (int i = 0; i < 9; ++i) {
        errand.office.hq.breaks_after = 1'100;
        CHECK_FALSE(errand.run());
    }
    REQUIRE(errand.run());
    CHECK(errand.is_here());
    CHECK(errand.office.hq.pack_bytes_served == 10'000);
}

TEST_CASE("where HQ knows no ranges the whole comes again, and is right")
{
    Errand errand;
    errand.office.hq.breaks_after = 2'500;
    CHECK_FALSE(errand.run());
    errand.office.hq.knows_ranges = false;
    REQUIRE(errand.run());
    CHECK(errand.is_here());
}

TEST_CASE("a restart between the last byte and the name asks for nothing")
{
    Errand errand;
    std::filesystem::create_directories(errand.packs);
    REQUIRE(write_durably(errand.file(".part"), errand.wanted));
    REQUIRE(errand.run());
    CHECK(errand.is_here());
    CHECK(errand.office.hq.blobs_served == 0);
}

TEST_CASE("a part that turns out wrong, or too long, is thrown away and begun once more")
{
    for (const std::size_t size : {2'500U, 10'000U, 20'000U}) {
        Errand errand;
        std::filesystem::create_directories(errand.packs);
        REQUIRE(write_durably(errand.file(".part"), some_bytes(size, 9)));
        REQUIRE(errand.run());
        CHECK(errand.is_here());
        CHECK(errand.office.hq.heard.back() == "pack");
    }
}

TEST_CASE("what comes wrong twice, too long or too short, is told, and nothing of it stays")
{
    for (const std::size_t size : {10'000U, 9'000U, 11'000U}) {
        Errand errand;
        errand.office.hq.spoils = [size](Bytes bytes) { return bytes[7] ^= 1, bytes.resize(size), bytes; };
        CHECK(errand.run().error().key == "link.blob_hash");
        CHECK(errand.office.hq.blobs_served == 2);
        CHECK(std::filesystem::is_empty(errand.packs));
    }
}

TEST_CASE("HQ that does not have the pack is believed; nothing is tried twice")
{
    Errand errand;
    errand.wanted[0] ^= 1;
    CHECK(errand.run().error().kind == ErrorKind::NotFound);
    CHECK(errand.office.hq.blobs_served == 1);
}

TEST_CASE("with an older pack at hand only the difference comes")
{
    Errand errand;
    errand.have_old();
    auto fetch = errand.fetch(sha256(errand.old));
    REQUIRE(fetch.run());
    CHECK(errand.is_here());
    CHECK(errand.office.hq.heard == std::vector<std::string>{"delta"});
    CHECK(fetch.bytes_down() < 1'000);
}

TEST_CASE("a difference that breaks off is gone on with; whole on the disk, it is not asked for again")
{
    Errand errand;
    errand.have_old();
    const auto base = sha256(errand.old);
    errand.office.hq.breaks_after = 20;
    CHECK(errand.run(base).error().kind == ErrorKind::Unavailable);
    REQUIRE(errand.run(base));
    CHECK(errand.is_here());
    CHECK(errand.office.hq.heard == std::vector<std::string>{"delta", "delta from 20"});
    CHECK(errand.office.hq.pack_bytes_served < 1'000);
}

TEST_CASE("a difference that does not give the pack is no harm: the pack is fetched")
{
    const std::vector<std::function<Bytes(Bytes)>> spoilers{
        [](const Bytes&) { return Bytes{1, 2, 3}; },
        [](Bytes delta) { return delta.resize(delta.size() / 2), delta; },
        [](Bytes delta) { return delta[delta.size() / 2] ^= 1, delta; },
        [](const Bytes&) { return some_bytes(50'000, 3); },
    };
    for (const auto& spoiler : spoilers) {
        Errand errand;
        errand.have_old();
        errand.office.hq.spoils_delta = spoiler;
        REQUIRE(errand.run(sha256(errand.old)));
        CHECK(errand.is_here());
        CHECK(errand.office.hq.heard == std::vector<std::string>{"delta", "pack"});
    }
}

TEST_CASE("an HQ that knows nothing of differences sends the pack, once; a base that is gone is not offered")
{
    Errand errand;
    errand.have_old();
    errand.office.hq.knows_deltas = false;
    REQUIRE(errand.run(sha256(errand.old)));
    CHECK(errand.is_here());
    CHECK(errand.office.hq.heard == std::vector<std::string>{"pack"});

    Errand without;
    REQUIRE(without.run(sha256(without.old)));
    CHECK(without.office.hq.heard == std::vector<std::string>{"pack"});
}

TEST_CASE("a base that rotted on this disk gives the wrong pack, and the right one is fetched")
{
    Errand errand;
    errand.have_old();
    errand.old[3] ^= 1;
    REQUIRE(write_durably(errand.packs / pack_file_name(sha256(some_bytes(10'000, 1))), errand.old));
    REQUIRE(errand.run(sha256(some_bytes(10'000, 1))));
    std::ifstream in{errand.file(".pack"), std::ios::binary};
    CHECK(Bytes{std::istreambuf_iterator<char>{in}, {}} == errand.wanted);
    CHECK(errand.office.hq.heard == std::vector<std::string>{"delta", "pack"});
}
