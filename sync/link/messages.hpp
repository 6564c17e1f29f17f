#pragma once
#include "sync/journal/chain.hpp"
#include "sync/keys/envelope.hpp"
#include "sync/journal/beside.hpp"
#include "sync/people/roster.hpp"

/// What terminal and HQ say to each other (sync/link/PROTOCOL.md). Every struct has one canonical-JSON encoding; envelopes carry them packed.
namespace adal::sync {

/// HQ's keys, signed by the root key that enrolment pins (Purpose::KeyList). Numbers only grow.
struct KeyList {
    std::int64_t number = 0;
    PublicKey receipt{}, release{}, identity{};
    SealingKey sealing{};
};
struct SignedKeys {
    PublicKey root{};
    KeyList list;
    Signature signature{}; // of the root over the list's canonical JSON
};

/// A code of 20 base-32 letters (Crockford's alphabet, groups of five): 40 bits of secret and a 60-bit Argon2id-stretched fingerprint of the root key,
/// so that keys fetched over an unprotected road can be trusted.
struct EnrolmentCode {
    std::array<std::uint8_t, 5> secret{};
    std::uint64_t fingerprint = 0; // 60 bits
};
std::string to_text(const EnrolmentCode&); // "7K2QD-...": four groups
std::optional<EnrolmentCode> enrolment_code_from(std::string_view); // forgiving: lower case, O for 0, I and L for 1, any separators
std::uint64_t root_fingerprint(const PublicKey& root);

/// Sealed to HQ's sealing key. The same code and keys get the same answer until expiry: a lost reply burns nothing.
struct EnrolmentRequest {
    std::array<std::uint8_t, 5> secret{};
    PublicKey key{};
    SealingKey sealing{};
};
struct EnrolmentReply { // signed by the identity key: it is the terminal's certificate
    TerminalId terminal;
    SiteId site;
    Text site_name, unit_name;
    PublicKey key{};
    std::string incarnation;
    Bytes site_key; // sealed to the terminal's sealing key
    bool is_demo = false;
};

/// HQ's promise: every row up to `head` is committed here since `committed_at`.
struct Receipt {
    JournalId journal;
    Head head;
    UtcTime committed_at;
    std::string incarnation;
    bool forked = false;
};

struct ExchangeRequest {
    TerminalId terminal;
    Batch batch;                 // may be empty: then only cursors are exchanged; `batch.after` is the head the terminal has a receipt for
    std::string first_row;       // row 1's canonical body when HQ has no receipt yet ("" otherwise)
    std::int64_t release = 0;    // at hand
    std::int64_t roster = 0;     // number at hand
    std::int64_t terminal_time_ms = 0;
    Bytes verifiers;             // PIN verifiers set here, sealed to HQ
};
struct ExchangeReply {
    Receipt receipt;
    Bytes release;               // the signed envelope, when newer than the terminal's
    Bytes roster;                // locked with the site key, when newer
    std::int64_t hq_time_ms = 0;
};

// --- canonical JSON: sorted keys, no spaces, hashes and keys in hex, bytes in base 64. Decoding: Corrupt (link.message, what).
std::string encode(const KeyList&);
std::string encode(const SignedKeys&); // the whole answer of GET /sync/v1/keys
std::string encode(const EnrolmentRequest&);
std::string encode(const EnrolmentReply&);
std::string encode(const Receipt&);
std::string encode(const ExchangeRequest&);
std::string encode(const ExchangeReply&);
Expected<SignedKeys> decode_signed_keys(std::string_view);
Expected<EnrolmentRequest> decode_enrolment_request(std::string_view);
Expected<EnrolmentReply> decode_enrolment_reply(std::string_view);
Expected<Receipt> decode_receipt(std::string_view);
Expected<ExchangeRequest> decode_exchange_request(std::string_view);
Expected<ExchangeReply> decode_exchange_reply(std::string_view);

// --- the bytes on the road; both ends use these, so that they cannot disagree.
inline constexpr std::size_t largest_message = std::size_t{64} << 20; // unpacked

SignedKeys sign_keys(const KeyList&, const Signer& root);
bool is_signed(const SignedKeys&); // by the root it names; whether that root is the right one, its fingerprint says

/// Envelope(purpose, sender, incarnation, pack(json)). Exchange by the terminal's key; Receipt, Certificate and Release by HQ's.
Bytes signed_message(Purpose, const std::string& sender, const std::string& incarnation, std::string_view json, const Signer&);
/// The JSON in it. Denied (link.signature) unless it serves this purpose and this key signed it; Corrupt if it does not unpack.
Expected<std::string> message_in(const OpenedEnvelope&, Purpose, const PublicKey&);

/// Envelope(Purpose::Enrolment), signed by the new terminal's key (so nobody enrols a key that is not hers), sealed to HQ.
Bytes seal_enrolment(const EnrolmentRequest&, const Signer& terminal, const SealingKey& hq);
Expected<EnrolmentRequest> open_enrolment(BytesView sealed, const KeyPair& hq);

/// PIN verifiers on their way up: sealed to HQ, packed JSON within; no bytes at all for none.
Bytes seal_verifiers(const std::vector<Beside::PinVerifier>&, const SealingKey& hq);
Expected<std::vector<Beside::PinVerifier>> open_verifiers(BytesView sealed, const KeyPair& hq);

/// A roster on its way down and in beside.db: locked with the site key, packed JSON within.
Bytes lock_roster(const Roster&, const SecretKey& site_key, Random&);
Expected<Roster> unlock_roster(BytesView, const SecretKey& site_key);

/// Envelope(Purpose::Blob) whose body is the 32 bytes of the hash; base 64 of it stands in "Authorization: Adal ...".
Bytes blob_authorisation(const TerminalId&, const std::string& incarnation, const Hash&, const Signer&);

} // namespace adal::sync
