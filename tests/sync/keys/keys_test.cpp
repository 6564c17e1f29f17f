#include "sync/keys/keys.hpp"
#include "sync/keys/private_file.hpp"
#include "tests/support/counted_random.hpp"
#include "tests/support/temporary_folder.hpp"
#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>

using namespace adal;
using namespace adal::sync;

namespace {

std::array<std::uint8_t, 32> seed(std::uint8_t byte)
{
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(byte);
    return bytes;
}
const auto hello = bytes_of("сәлем");

} // namespace

TEST_CASE("a signature serves one purpose only")
{
    const auto key = KeyPair::from_seed(seed(1));
    const auto signature = key.sign(Purpose::Receipt, hello);
    CHECK(verify(key.public_key(), Purpose::Receipt, hello, signature));
    CHECK_FALSE(verify(key.public_key(), Purpose::Release, hello, signature));
    CHECK_FALSE(verify(key.public_key(), Purpose::Receipt, bytes_of("salem"), signature));
    CHECK_FALSE(verify(KeyPair::from_seed(seed(2)).public_key(), Purpose::Receipt, hello, signature));
}

TEST_CASE("a key pair is the same tomorrow: its seed lies in a private file")
{
    const support::TemporaryFolder folder;
    SystemRandom random;
    const auto path = folder.path() / "terminal.key";
    const auto made = KeyPair::create(path, random);
    REQUIRE(made);
    const auto opened = KeyPair::open(path);
    REQUIRE(opened);
    CHECK(opened->public_key() == made->public_key());
    CHECK(opened->sealing_key() == made->sealing_key());
    struct stat info {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("a key is never overwritten, and a missing or broken one is named")
{
    const support::TemporaryFolder folder;
    SystemRandom random;
    const auto path = folder.path() / "terminal.key";
    CHECK(KeyPair::open(path).error().message() == "key.missing path=" + path.string());
    REQUIRE(KeyPair::create(path, random));
    CHECK(KeyPair::create(path, random).error().kind == ErrorKind::Conflict);
    std::ofstream{path} << "not a key";
    CHECK(KeyPair::open(path).error().message() == "key.unreadable path=" + path.string());
}

TEST_CASE("the key of a journal that follows another signs anew and still opens what was sealed to the one before")
{
    const support::TemporaryFolder folder;
    support::CountedRandom random;
    const auto old = KeyPair::create(folder.path() / "old.key", random);
    REQUIRE(old);
    const auto made = old->create_successor(folder.path() / "new.key", random);
    REQUIRE(made);
    const auto key = KeyPair::open(folder.path() / "new.key");
    REQUIRE(key);
    CHECK(key->public_key() != old->public_key());
    CHECK(key->public_key() == made->public_key());
    CHECK(key->sealing_key() == old->sealing_key());
    const Bytes word{1, 2, 3};
    CHECK(key->unseal(seal(old->sealing_key(), word)).value() == word);
    CHECK(old->create_successor(folder.path() / "new.key", random).error().kind == ErrorKind::Conflict);
    const auto third = key->create_successor(folder.path() / "third.key", random);
    REQUIRE(third);
    CHECK(third->sealing_key() == old->sealing_key());
    std::ofstream{folder.path() / "old.key", std::ios::app} << "not hex\n";
    CHECK(KeyPair::open(folder.path() / "old.key").error().kind == ErrorKind::Corrupt);
}

TEST_CASE("what is sealed to a key is opened by it alone, unchanged")
{
    const auto ours = KeyPair::from_seed(seed(1)), others = KeyPair::from_seed(seed(2));
    auto sealed = seal(ours.sealing_key(), hello);
    CHECK(text_of(ours.unseal(sealed).value()) == "сәлем");
    CHECK_FALSE(others.unseal(sealed));
    sealed.back() ^= 1U;
    CHECK(ours.unseal(sealed).error().kind == ErrorKind::Corrupt);
    CHECK_FALSE(ours.unseal({}));
}

TEST_CASE("what is locked under a site key is unlocked with the same key only")
{
    SystemRandom random;
    auto locked = lock(seed(7), hello, random);
    CHECK(text_of(unlock(seed(7), locked).value()) == "сәлем");
    CHECK_FALSE(unlock(seed(8), locked));
    locked.front() ^= 1U;
    CHECK_FALSE(unlock(seed(7), locked));
    CHECK_FALSE(unlock(seed(7), {}));
    CHECK(lock(seed(7), hello, random) != lock(seed(7), hello, random));
}

TEST_CASE("a PIN matches its verifier, another PIN or a broken verifier does not")
{
    const auto verifier = password_hash("314159", Effort::Test);
    CHECK(verifier.starts_with("$argon2id$"));
    CHECK(password_matches(verifier, "314159"));
    CHECK_FALSE(password_matches(verifier, "314158"));
    CHECK_FALSE(password_matches("", "314159"));
    CHECK_FALSE(password_matches(std::string(500, 'x'), "314159"));
}

TEST_CASE("a private file holds the old bytes or the new ones, and its size is bounded on reading")
{
    const support::TemporaryFolder folder;
    const auto path = folder.path() / "letters";
    REQUIRE(write_private_file(path, bytes_of("one")));
    REQUIRE(write_private_file(path, bytes_of("two")));
    CHECK(text_of(read_private_file(path, 3).value()) == "two");
    CHECK(read_private_file(path, 2).error().key == "file.too_large");
    CHECK(read_private_file(folder.path() / "none", 9).error().kind == ErrorKind::NotFound);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "letters.new"));
}

TEST_CASE("what goes onto a stick is replaced as whole as on the disk, and asks for no modes")
{
    const support::TemporaryFolder folder;
    const auto path = folder.path() / "request.adal";
    REQUIRE(write_carried_file(path, hello));
    REQUIRE(write_carried_file(path, bytes_of("again")));
    CHECK(text_of(read_private_file(path, 100).value()) == "again");
    CHECK(!std::filesystem::exists(path.string() + ".new"));
    CHECK(write_carried_file(folder.path() / "gone" / "request.adal", hello).error().kind == ErrorKind::NotFound);
    CHECK(sync_folder(folder.path()));
    CHECK(sync_folder(folder.path() / "gone").error().kind == ErrorKind::NotFound);
}

TEST_CASE("a disk that does not say whether a file is there is not taken for one without it")
{
    const support::TemporaryFolder folder;
    CHECK(is_there(folder.path()).value());
    CHECK_FALSE(is_there(folder.path() / "none").value());
    CHECK(is_there(folder.path() / std::string(300, 'x')).error().kind == ErrorKind::Unavailable);
}

TEST_CASE("a stranger's bytes that are no sealing key are known before anything is sealed to them")
{
    CHECK(can_seal_to(KeyPair::from_seed(seed(1)).sealing_key()));
    CHECK_FALSE(can_seal_to(SealingKey{}));
    CHECK_FALSE(can_seal_to(SealingKey{1}));
}
