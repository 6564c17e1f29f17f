#include "sync/packs/delta.hpp"
#include "sync/keys/envelope.hpp"
#include "sync/packs/builder.hpp"
#include "tests/sync/packs/authored.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <random>
#include <zstd.h>

using namespace adal;
using namespace adal::sync;
using support::Authored;

namespace {

constexpr std::size_t limit = std::size_t{64} << 20;

Bytes library_of(const Authored& authored)
{
    const auto building = build_library(authored.library(), authored.packs());
    REQUIRE_MESSAGE(building, building.error().message());
    REQUIRE(building->built);
    const auto text = Authored::read(building->built->file);
    return {bytes_of(text).begin(), bytes_of(text).end()};
}

/// The library that ships, and the same after an author has changed a sentence in three languages.
struct TwoVersions {
    Bytes before, after;
    TwoVersions()
    {
        const Authored authored;
        before = library_of(authored);
        for (const auto* code : {"kk", "ru", "en"}) {
            const auto file = authored.library() / "modules/speak-up" / (std::string{code} + ".md");
            Authored::write(file, Authored::read(file) + "\nOne more line that was not there before.\n");
        }
        after = library_of(authored);
        REQUIRE(before != after);
    }
};

Bytes noise(std::size_t size)
{
    std::mt19937 engine{7};
    Bytes bytes(size);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(engine());
    return bytes;
}

/// A frame as a stranger might make it: any window, no base.
Bytes strangers_frame(const Bytes& plain, int window_log)
{
    auto* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    Bytes packed(ZSTD_compressBound(plain.size()));
    ZSTD_inBuffer in{plain.data(), plain.size(), 0};
    ZSTD_outBuffer out{packed.data(), packed.size(), 0};
    ZSTD_compressStream2(context, &out, &in, ZSTD_e_flush); // so that its size is not known when it begins
    ZSTD_compressStream2(context, &out, &in, ZSTD_e_end);
    ZSTD_freeCCtx(context);
    packed.resize(out.pos);
    return packed;
}

} // namespace

TEST_CASE("a new version of a pack comes out of the old one and a delta that is far smaller than the pack")
{
    const TwoVersions packs;
    const auto delta = make_delta(packs.before, packs.after);
    const auto back = apply_delta(packs.before, delta, packs.after.size());
    REQUIRE_MESSAGE(back, back.error().message());
    CHECK(*back == packs.after);
    const auto alone = pack(packs.after).size();
    INFO("pack ", packs.after.size(), " bytes, by itself ", alone, ", as a delta ", delta.size());
    CHECK(delta.size() * 4 < alone);
}

TEST_CASE("nothing new is next to nothing on the road, also where the base lies megabytes back")
{
    const auto large = noise(std::size_t{12} << 20);
    const auto same = large; // elsewhere in memory, as from another file
    const auto delta = make_delta(large, same);
    CHECK(delta.size() < 4096);
    CHECK(*apply_delta(large, delta, limit) == large);
    auto moved = large;
    std::rotate(moved.begin(), moved.begin() + 5'000'000, moved.end());
    const auto other = make_delta(large, moved);
    CHECK(other.size() < large.size() / 100);
    CHECK(*apply_delta(large, other, limit) == moved);
}

TEST_CASE("an empty base and an empty target are no special case")
{
    const auto some = noise(3000);
    CHECK(*apply_delta({}, make_delta({}, some), limit) == some);
    CHECK(apply_delta(some, make_delta(some, {}), limit)->empty());
    CHECK(apply_delta({}, make_delta({}, {}), 0)->empty());
}

TEST_CASE("with another base something else comes out, or an error; never the pack")
{
    const TwoVersions packs;
    const auto delta = make_delta(packs.before, packs.after);
    for (const auto& base : {packs.after, Bytes{}, noise(packs.before.size())}) {
        const auto back = apply_delta(base, delta, limit);
        CHECK((!back || sha256(*back) != sha256(packs.after)));
    }
}

TEST_CASE("a delta that is cut off anywhere, or has something after its end, is refused")
{
    const TwoVersions packs;
    const auto delta = make_delta(packs.before, packs.after);
    const auto step = std::max<std::size_t>(1, delta.size() / 150);
    for (std::size_t size = 0; size < delta.size(); size += step)
        CHECK(apply_delta(packs.before, BytesView{delta}.first(size), limit).error().kind == ErrorKind::Corrupt);
    auto longer = delta;
    longer.push_back(0);
    CHECK(apply_delta(packs.before, longer, limit).error().kind == ErrorKind::Corrupt);
    auto twice = delta;
    twice.insert(twice.end(), delta.begin(), delta.end());
    CHECK(apply_delta(packs.before, twice, limit).error().kind == ErrorKind::Corrupt);
}

TEST_CASE("a flipped bit never passes for the pack")
{
    const TwoVersions packs;
    const auto delta = make_delta(packs.before, packs.after);
    const auto step = std::max<std::size_t>(1, delta.size() / 150);
    for (std::size_t at = 0; at < delta.size(); at += step) {
        auto spoiled = delta;
        spoiled[at] ^= 1;
        const auto back = apply_delta(packs.before, spoiled, limit);
        CHECK((!back || *back != packs.after || at < 6)); // the head of a frame has a bit or two that change nothing
    }
}

TEST_CASE("what is no delta is refused")
{
    const auto base = noise(5000);
    CHECK(apply_delta(base, bytes_of("<html>trouble</html>"), limit).error().kind == ErrorKind::Corrupt);
    CHECK(apply_delta(base, noise(5000), limit).error().kind == ErrorKind::Corrupt);
    CHECK(apply_delta(base, {}, limit).error().kind == ErrorKind::Corrupt);
}

TEST_CASE("a delta that grows beyond what was promised is stopped there")
{
    const Bytes zeros(std::size_t{40} << 20);
    const auto bomb = make_delta({}, zeros);
    CHECK(bomb.size() < 20'000);
    CHECK(apply_delta({}, bomb, std::size_t{1} << 20).error().key == "pack.too_large");
    CHECK(apply_delta({}, bomb, zeros.size() - 1).error().key == "pack.too_large");
    CHECK(apply_delta({}, bomb, zeros.size())->size() == zeros.size());
}

TEST_CASE("a frame that wants a larger window than we set aside is refused before it gets one")
{
    const Bytes zeros(100'000);
    CHECK(*apply_delta({}, strangers_frame(zeros, largest_delta_window_log), limit) == zeros);
    CHECK(apply_delta({}, strangers_frame(zeros, largest_delta_window_log + 1), limit).error().kind == ErrorKind::Corrupt);
}
