#include "sync/keys/sealed_file.hpp"
#include "tests/support/counted_random.hpp"
#include "tests/support/temporary_folder.hpp"
#include <doctest/doctest.h>
#include <fstream>

using namespace adal;
using namespace adal::sync;

namespace {

constexpr auto passphrase = "сары арқа тынық түн";

struct Place {
    support::TemporaryFolder folder;
    support::CountedRandom random;
    std::filesystem::path file{folder.path() / "sealed"};

    void write(const Bytes& plain)
    {
        auto writer = SealedWriter::create(file, passphrase, least, random);
        REQUIRE_MESSAGE(writer, writer.error().message());
        for (std::size_t at = 0; at < plain.size(); at += 50'001) // pieces and writes do not fall together
            REQUIRE(writer->write(BytesView{plain}.subspan(at, std::min<std::size_t>(50'001, plain.size() - at))));
        const auto size = writer->finish();
        REQUIRE_MESSAGE(size, size.error().message());
        CHECK(static_cast<std::uintmax_t>(*size) == std::filesystem::file_size(file));
    }

    Expected<Bytes> read(std::string_view with = passphrase) const
    {
        auto reader = SealedReader::open(file, with);
        if (!reader) return reader.error();
        Bytes all;
        while (true) {
            auto next = reader->next();
            if (!next) return next.error();
            if (next->empty()) return all;
            all.insert(all.end(), next->begin(), next->end());
        }
    }

    Bytes bytes() const
    {
        std::ifstream in{file, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    void replace(BytesView by) const
    {
        std::ofstream{file, std::ios::binary | std::ios::trunc}.write(reinterpret_cast<const char*>(by.data()),
                                                                      static_cast<std::streamsize>(by.size()));
    }
};

Bytes counted(std::size_t size)
{
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
    return bytes;
}

} // namespace

TEST_CASE("what is sealed comes back by its passphrase, however long it is")
{
    for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 131072U, 400'000U}) {
        INFO(size);
        Place place;
        place.write(counted(size));
        const auto read = place.read();
        REQUIRE_MESSAGE(read, read.error().message());
        CHECK(*read == counted(size));
        CHECK(place.read("another passphrase").error().key == "sealed.passphrase");
    }
}

TEST_CASE("a passphrase that is soon guessed is refused, counted in characters")
{
    Place place;
    for (const char* few : {"", "secret", "он бір әріп"}) // eleven characters, twenty bytes
        CHECK(SealedWriter::create(place.file, few, least, place.random).error().key == "sealed.short");
    CHECK_FALSE(std::filesystem::exists(place.file));
    CHECK(SealedWriter::create(place.file, "он екі әріп.", least, place.random));
}

TEST_CASE("a file that was not finished is taken away")
{
    Place place;
    {
        auto writer = SealedWriter::create(place.file, passphrase, least, place.random);
        REQUIRE(writer);
        REQUIRE(writer->write(counted(200'000)));
        CHECK(std::filesystem::exists(place.file));
    }
    CHECK_FALSE(std::filesystem::exists(place.file));
    CHECK(place.read().error().kind == ErrorKind::NotFound);
}

TEST_CASE("a byte flipped anywhere is noticed")
{
    Place place;
    place.write(counted(300));
    const auto sound = place.bytes();
    for (std::size_t at = 0; at < sound.size(); ++at) {
        INFO(at);
        auto changed = sound;
        changed[at] ^= 0x10U;
        place.replace(changed);
        CHECK_FALSE(place.read());
    }
}

TEST_CASE("a file cut anywhere, with something behind it, or with pieces left out or moved is refused")
{
    Place place;
    place.write(counted(300'000)); // five pieces
    const auto sound = place.bytes();
    constexpr std::size_t header = 57, piece = 65536 + 17;
    for (std::size_t size = 0; size < sound.size(); size += size < 200 ? 1 : 9973) {
        INFO(size);
        place.replace(BytesView{sound}.first(size));
        CHECK_FALSE(place.read());
    }
    for (std::size_t pieces = 0; pieces < 5; ++pieces) { // cut exactly between two
        place.replace(BytesView{sound}.first(header + pieces * piece));
        CHECK_FALSE(place.read());
    }
    auto longer = sound;
    longer.push_back(0);
    place.replace(longer);
    CHECK(place.read().error().key == "sealed.damaged");

    auto moved = sound;
    std::swap_ranges(moved.begin() + header + piece, moved.begin() + header + 2 * piece,
                     moved.begin() + header + 2 * piece);
    place.replace(moved);
    CHECK(place.read().error().key == "sealed.damaged");

    auto shorter = sound;
    shorter.erase(shorter.begin() + header + piece, shorter.begin() + header + 2 * piece);
    place.replace(shorter);
    CHECK(place.read().error().key == "sealed.damaged");
}

TEST_CASE("another kind of file is told as such, and one that would cost us dearly is not even tried")
{
    Place place;
    place.replace(bytes_of("SQLite format 3"));
    CHECK(place.read().error().key == "sealed.foreign");
    place.write(counted(10));
    auto costly = place.bytes();
    costly[13] = 0xff; // gigabytes for Argon2id
    place.replace(costly);
    CHECK(place.read().error().key == "sealed.damaged");
}
