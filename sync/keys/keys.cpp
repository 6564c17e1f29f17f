#include "sync/keys/keys.hpp"
#include "sync/keys/private_file.hpp"
#include <algorithm>
#include <cassert>
#include <sodium.h>
#include <sstream>

namespace adal::sync {
namespace {

static_assert(crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_BYTES == 64);
static_assert(crypto_kdf_KEYBYTES == 32 && crypto_box_SEEDBYTES == 32 && crypto_box_PUBLICKEYBYTES == 32);

constexpr std::size_t seed_file_limit = 1024;
constexpr std::uint64_t sealing_subkey = 1;
constexpr const char* sealing_context = "adalseal"; // exactly crypto_kdf_CONTEXTBYTES

void need_sodium()
{
    static const bool is_ready = sodium_init() >= 0;
    assert(is_ready);
}

Bytes domain_separated(Purpose purpose, BytesView bytes)
{
    const auto prefix = "adal/" + std::string{tag(purpose)} + "/1" + '\0';
    Bytes all{prefix.begin(), prefix.end()};
    all.insert(all.end(), bytes.begin(), bytes.end());
    return all;
}

/// What a key's file holds: the seed, and on a second line another sealing key's secret half where that outlives the seed.
struct KeyFile {
    std::array<std::uint8_t, 32> seed{};
    std::optional<std::array<std::uint8_t, 32>> sealing_secret;
};

Expected<KeyFile> read_key_file(const std::filesystem::path& path)
{
    const auto text = read_private_file(path, seed_file_limit);
    if (!text) return text.error();
    std::istringstream lines{text_of(*text)};
    std::string first, second, more;
    std::getline(lines, first);
    const bool has_second = static_cast<bool>(std::getline(lines, second));
    const auto seed = hash_from_hex(first), sealing = hash_from_hex(second);
    const bool is_whole = seed && (!has_second || sealing) && !std::getline(lines, more);
    if (!is_whole) return fail(ErrorKind::Corrupt, "key.unreadable", {{"path", path.string()}});
    return KeyFile{*seed, sealing};
}

Expected<Done> need_free_name(const std::filesystem::path& path)
{
    const auto there = is_there(path);
    if (!there) return there.error();
    if (*there) return fail(ErrorKind::Conflict, "key.exists", {{"path", path.string()}});
    return Done{};
}

} // namespace

std::string_view tag(Purpose purpose)
{
    switch (purpose) {
    case Purpose::JournalRow:
        return "journal-row";
    case Purpose::Enrolment:
        return "enrolment";
    case Purpose::Certificate:
        return "certificate";
    case Purpose::Exchange:
        return "exchange";
    case Purpose::Receipt:
        return "receipt";
    case Purpose::Release:
        return "release";
    case Purpose::Roster:
        return "roster";
    case Purpose::KeyList:
        return "key-list";
    case Purpose::Blob:
        return "blob";
    case Purpose::Succession:
        return "succession";
    case Purpose::Reply:
        return "reply";
    case Purpose::Bundle:
        return "bundle";
    case Purpose::Revocation:
        return "revocation";
    }
    assert(false);
    return {};
}

Hash sha256(BytesView bytes)
{
    Hash hash{};
    crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
    return hash;
}

bool verify(const PublicKey& key, Purpose purpose, BytesView bytes, const Signature& signature)
{
    need_sodium();
    const auto all = domain_separated(purpose, bytes);
    return crypto_sign_verify_detached(signature.data(), all.data(), all.size(), key.data()) == 0;
}

KeyPair KeyPair::from_seed(const std::array<std::uint8_t, 32>& seed)
{
    need_sodium();
    KeyPair pair;
    crypto_sign_seed_keypair(pair.public_.data(), pair.secret_.data(), seed.data());
    std::array<std::uint8_t, crypto_box_SEEDBYTES> sealing_seed{};
    crypto_kdf_derive_from_key(sealing_seed.data(), sealing_seed.size(), sealing_subkey, sealing_context, seed.data());
    crypto_box_seed_keypair(pair.sealing_public_.data(), pair.sealing_secret_.data(), sealing_seed.data());
    sodium_memzero(sealing_seed.data(), sealing_seed.size());
    return pair;
}

Expected<KeyPair> KeyPair::create(const std::filesystem::path& path, Random& random)
{
    if (auto is_free = need_free_name(path); !is_free) return is_free.error();
    const auto bytes = random.bytes(32);
    assert(bytes.size() == 32);
    auto written = write_private_file(path, bytes_of(to_hex(bytes) + "\n"));
    if (!written) return written.error();
    return open(path);
}

Expected<KeyPair> KeyPair::create_successor(const std::filesystem::path& path, Random& random) const
{
    if (auto is_free = need_free_name(path); !is_free) return is_free.error();
    const auto bytes = random.bytes(32);
    assert(bytes.size() == 32);
    auto written = write_private_file(path, bytes_of(to_hex(bytes) + "\n" + to_hex(sealing_secret_) + "\n"));
    if (!written) return written.error();
    return open(path);
}

Expected<KeyPair> KeyPair::open(const std::filesystem::path& path)
{
    const auto file = read_key_file(path);
    if (!file && file.error().kind == ErrorKind::NotFound)
        return fail(ErrorKind::NotFound, "key.missing", {{"path", path.string()}});
    if (!file) return file.error();
    auto pair = from_seed(file->seed);
    if (!file->sealing_secret) return pair;
    pair.sealing_secret_ = *file->sealing_secret;
    crypto_scalarmult_base(pair.sealing_public_.data(), pair.sealing_secret_.data());
    return pair;
}

Signature KeyPair::sign(Purpose purpose, BytesView bytes) const
{
    const auto all = domain_separated(purpose, bytes);
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, all.data(), all.size(), secret_.data());
    return signature;
}

Expected<Bytes> KeyPair::unseal(BytesView sealed) const
{
    if (sealed.size() < crypto_box_SEALBYTES) return fail(ErrorKind::Corrupt, "seal.broken");
    Bytes plain(sealed.size() - crypto_box_SEALBYTES);
    if (crypto_box_seal_open(plain.data(), sealed.data(), sealed.size(), sealing_public_.data(),
                             sealing_secret_.data()) != 0)
        return fail(ErrorKind::Corrupt, "seal.broken");
    return plain;
}

} // namespace adal::sync
