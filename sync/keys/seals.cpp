#include "sync/keys/keys.hpp"
#include <cassert>
#include <sodium.h>

namespace adal::sync {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

void need_sodium()
{
    static const bool is_ready = sodium_init() >= 0;
    assert(is_ready);
}

} // namespace

Bytes seal(const SealingKey& key, BytesView plain)
{
    need_sodium();
    Bytes sealed(plain.size() + crypto_box_SEALBYTES);
    const bool is_done = crypto_box_seal(sealed.data(), plain.data(), plain.size(), key.data()) == 0;
    assert(is_done);
    return sealed;
}

bool can_seal_to(const SealingKey& key)
{
    need_sodium();
    std::array<std::uint8_t, crypto_box_SEALBYTES> sealed{};
    return crypto_box_seal(sealed.data(), nullptr, 0, key.data()) == 0;
}

Bytes lock(const SecretKey& key, BytesView plain, Random& random)
{
    Bytes locked = random.bytes(nonce_size);
    assert(locked.size() == nonce_size);
    locked.resize(nonce_size + plain.size() + tag_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(locked.data() + nonce_size, nullptr, plain.data(), plain.size(), nullptr,
                                               0, nullptr, locked.data(), key.data());
    return locked;
}

Expected<Bytes> unlock(const SecretKey& key, BytesView locked)
{
    if (locked.size() < nonce_size + tag_size) return fail(ErrorKind::Corrupt, "seal.broken");
    Bytes plain(locked.size() - nonce_size - tag_size);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, locked.data() + nonce_size,
                                                   locked.size() - nonce_size, nullptr, 0, locked.data(),
                                                   key.data()) != 0)
        return fail(ErrorKind::Corrupt, "seal.broken");
    return plain;
}

std::string password_hash(std::string_view secret, Effort effort)
{
    need_sodium();
    const bool is_test = effort == Effort::Test;
    std::string verifier(crypto_pwhash_STRBYTES, '\0');
    const bool is_done =
        crypto_pwhash_str_alg(verifier.data(), secret.data(), secret.size(),
                              is_test ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              is_test ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE,
                              crypto_pwhash_ALG_ARGON2ID13) == 0;
    assert(is_done); // only without memory
    verifier.resize(verifier.find('\0'));
    return verifier;
}

bool password_matches(const std::string& verifier, std::string_view secret)
{
    need_sodium();
    if (verifier.size() >= crypto_pwhash_STRBYTES) return false;
    return crypto_pwhash_str_verify(verifier.c_str(), secret.data(), secret.size()) == 0;
}

Bytes SystemRandom::bytes(std::size_t count)
{
    need_sodium();
    Bytes bytes(count);
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

} // namespace adal::sync
