#pragma once
#include "content/base/bytes.hpp"
#include "content/base/expected.hpp"
#include "content/base/random.hpp"
#include <filesystem>
#include <memory>

namespace adal::sync {

using PublicKey = std::array<std::uint8_t, 32>;  // Ed25519
using Signature = std::array<std::uint8_t, 64>;
using SealingKey = std::array<std::uint8_t, 32>; // X25519, public half

/// What a signature is for. The signed bytes begin with "adal/<purpose>/1" and a zero byte, so that no signature serves twice.
enum class Purpose {
    JournalRow, // a journal's decisions
    Succession, // a journal's old key over the first row of the journal that follows it
    Enrolment,
    Certificate,
    Exchange,
    Receipt, // one receipt, kept and shown again
    Reply,   // HQ's whole answer to an exchange
    Release,
    Roster,
    KeyList,
    Blob,
    Bundle,    // what a stick carries, in both directions
    Revocation // HQ's notice to a terminal that it is withdrawn
};
std::string_view tag(Purpose);

Hash sha256(BytesView);

/// Signs with a key it never shows.
class Signer {
public:
    virtual ~Signer() = default;
    virtual const PublicKey& public_key() const = 0;
    virtual Signature sign(Purpose, BytesView) const = 0;
};
bool verify(const PublicKey&, Purpose, BytesView, const Signature&);

/// Opens what was sealed to a key of ours.
class Unsealer {
public:
    virtual ~Unsealer() = default;
    virtual Expected<Bytes> unseal(BytesView sealed) const = 0; // Corrupt if it was not sealed to us or was changed
};

/// A key pair that signs and one that opens seals, both derived from one 32-byte seed; a file of mode 0600 holds the seed in hex.
/// The key of a journal that follows another keeps the opening half of the one before: what HQ sealed to the terminal stays readable. Its file
/// holds that half on a second line.
class KeyPair final : public Signer, public Unsealer {
public:
    static KeyPair from_seed(const std::array<std::uint8_t, 32>& seed);
    static Expected<KeyPair> create(const std::filesystem::path&, Random&); // Conflict if the file exists
    static Expected<KeyPair> open(const std::filesystem::path&);            // NotFound, Corrupt
    Expected<KeyPair> create_successor(const std::filesystem::path&, Random&) const; // Conflict if the file exists

    const PublicKey& public_key() const override { return public_; }
    Signature sign(Purpose, BytesView) const override;
    const SealingKey& sealing_key() const { return sealing_public_; }
    Expected<Bytes> unseal(BytesView sealed) const override;

private:
    KeyPair() = default;
    PublicKey public_{};
    std::array<std::uint8_t, 64> secret_{};
    SealingKey sealing_public_{};
    std::array<std::uint8_t, 32> sealing_secret_{};
};

/// Anonymous sealed box to an X25519 key (libsodium crypto_box_seal).
/// Some 32 bytes are no key (points of small order): whoever takes a key from a stranger asks first, sealing to one is our mistake (assert).
Bytes seal(const SealingKey&, BytesView);
bool can_seal_to(const SealingKey&);

/// Symmetric: XChaCha20-Poly1305 with a random nonce in front. For rosters under the site key.
using SecretKey = std::array<std::uint8_t, 32>;
Bytes lock(const SecretKey&, BytesView, Random&);
Expected<Bytes> unlock(const SecretKey&, BytesView);

/// PINs, one-time codes, passwords: Argon2id, libsodium's self-describing text "$argon2id$...".
enum class Effort { Interactive, Test };
std::string password_hash(std::string_view secret, Effort = Effort::Interactive);
bool password_matches(const std::string& verifier, std::string_view secret);

class SystemRandom final : public Random {
public:
    Bytes bytes(std::size_t count) override;
};

} // namespace adal::sync
