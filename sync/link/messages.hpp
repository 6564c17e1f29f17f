#pragma once
#include "sync/journal/chain.hpp"
#include "sync/keys/envelope.hpp"
#include "sync/journal/beside.hpp"
#include "sync/people/roster.hpp"
#include <map>

/// What terminal and HQ say to each other (sync/link/PROTOCOL.md). Every struct has one canonical-JSON encoding; envelopes carry them packed.
namespace adal::sync {

/// HQ's keys, signed by the root key that enrolment pins (Purpose::KeyList). Numbers only grow.
///
/// The first of each is the one in use, those after it are retired and still good for what they signed. A key that fell into wrong hands is not
/// in the next list any more: then nothing it signed counts.
struct KeyList {
    std::int64_t number = 0;
    std::vector<PublicKey> receipt, release, identity;
    std::vector<SealingKey> sealing;
    std::vector<std::string> authorities{}; // certificates (PEM) of the company's own CAs: whom TLS may trust
    std::optional<PublicKey> successor{};   // a root key that may sign the lists to come
    bool operator==(const KeyList&) const = default;
};
struct SignedKeys {
    PublicKey root{};
    KeyList list;
    std::string text;      // the list's canonical JSON as it was signed, with whatever a newer program wrote in it
    Signature signature{}; // of the root over `text`
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

/// A site's key of one generation, sealed to a terminal. Rosters, verifiers and feed entries are locked under it; a revocation begins a new generation.
struct SealedSiteKey {
    std::int64_t generation = 0;
    Bytes sealed;
};
using SiteKeys = std::map<std::int64_t, SecretKey>; // by generation

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
    SealedSiteKey site_key;
    bool is_demo = false;
};

/// HQ's promise: every row up to `head` is committed here since `committed_at`. Signed by itself (Purpose::Receipt), so it can be kept and shown to HQ again.
struct Receipt {
    JournalId journal;
    Head head;
    UtcTime committed_at;
    std::string incarnation;
    bool forked = false; // the head is on another branch than the main one: this disk was copied or put back
    Signature signature{};
    bool operator==(const Receipt&) const = default;
};
Receipt signed_receipt(Receipt, const Signer&);
bool is_signed_by_one_of(const Receipt&, const std::vector<PublicKey>&);

/// The first exchange of a journal under a new key shows that the journal's owner had the old one: the key of the journal before, and its signature
/// (Purpose::Succession) over the body of the new journal's row 1.
struct Succession {
    PublicKey key{};
    Signature signature{};
};

/// One person's duty facts, wherever they happened, as HQ holds them: what a terminal unites with its own by hash.
struct FeedFact {
    Hash hash{};
    std::int64_t at_ms = 0; // corrected
    std::string actor, kind, body;
    bool operator==(const FeedFact&) const = default;
};
struct FeedEntry {
    PersonId person;
    Bytes locked; // for the site: packed JSON of her facts
};
/// People of the terminal's units whom anything changed after the cursor, in the order of HQ's positions.
struct FeedPage {
    std::int64_t upto = 0; // the next cursor
    bool more = false;
    std::vector<FeedEntry> people{};
};

struct ExchangeRequest {
    TerminalId terminal;
    Batch batch;                 // may be empty: then only cursors are exchanged; `batch.after` is the head the terminal has a receipt for
    std::string first_row;       // row 1's canonical body when HQ has no receipt yet ("" otherwise)
    std::int64_t release = 0;    // at hand
    std::int64_t roster = 0;     // number at hand
    std::int64_t terminal_time_ms = 0;
    Bytes verifiers{};           // PIN verifiers set here, sealed to HQ
    // since 0.2.0; absent in a 0.1.0 terminal's request
    std::int64_t keys = 0;       // number of the key list at hand
    std::int64_t generation = 0; // newest site key at hand
    std::int64_t feed = 0;       // cursor; all cursors belong to the envelope's incarnation
    std::optional<Receipt> known{};         // the newest receipt for this journal: proof of what HQ once had
    std::optional<Succession> succession{}; // with row 1 of a journal that continues another
};
struct ExchangeReply {
    Receipt receipt;
    Bytes release{};             // the signed envelope, when newer than the terminal's
    Bytes roster{};              // locked for the site, when newer
    std::int64_t hq_time_ms = 0;
    std::vector<SignedKeys> keys{}; // lists newer than the terminal's, oldest first
    Bytes certificate{};          // with them: signed by an identity key of the newest
    std::vector<SealedSiteKey> site_keys{}; // generations newer than the terminal's
    FeedPage feed{};
    std::vector<Hash> missing_bodies{}; // named by facts of this journal, and not here
};
/// To a terminal that is withdrawn, instead of a reply (Purpose::Revocation, by the identity key): it keeps its journal and wipes the rest.
struct RevocationNotice {
    TerminalId terminal;
    UtcTime at;
    bool stolen = false;
    std::vector<SignedKeys> keys{}; // newer than the terminal's: it hears nothing else of HQ's any more
};

// --- canonical JSON: sorted keys, no spaces, hashes and keys in hex, bytes in base 64. Decoding: Corrupt (link.message, what).
std::string encode(const KeyList&);
std::string encode(const SignedKeys&); // the whole answer of GET /sync/v1/keys
std::string encode(const EnrolmentRequest&);
std::string encode(const EnrolmentReply&);
std::string encode(const Receipt&);
std::string encode(const ExchangeRequest&);
std::string encode(const ExchangeReply&);
std::string encode(const RevocationNotice&);
Expected<SignedKeys> decode_signed_keys(std::string_view);
Expected<KeyList> decode_key_list(std::string_view);
Expected<EnrolmentRequest> decode_enrolment_request(std::string_view);
Expected<EnrolmentReply> decode_enrolment_reply(std::string_view);
Expected<Receipt> decode_receipt(std::string_view);
Expected<ExchangeRequest> decode_exchange_request(std::string_view);
Expected<ExchangeReply> decode_exchange_reply(std::string_view);
Expected<RevocationNotice> decode_revocation_notice(std::string_view);
std::string encode_feed(const PersonId&, const std::vector<FeedFact>&);
Expected<std::vector<FeedFact>> decode_feed(const PersonId&, std::string_view); // Corrupt if it is another person's

// --- the bytes on the road; both ends use these, so that they cannot disagree.
inline constexpr std::size_t largest_message = std::size_t{64} << 20; // unpacked

SignedKeys sign_keys(const KeyList&, const Signer& root);
bool is_signed(const SignedKeys&); // by the root it names; whether that root is the right one, its fingerprint says
/// The newest list that follows from a trusted one: each is signed by a root that the one before it trusts, and numbers grow. What does not follow is passed over.
SignedKeys newest_of(const SignedKeys& trusted, const std::vector<SignedKeys>& offered);

/// Envelope(purpose, sender, incarnation, pack(json)). Exchange by the journal's key; Reply, Certificate, Revocation and Release by HQ's.
Bytes signed_message(Purpose, const std::string& sender, const std::string& incarnation, std::string_view json, const Signer&);
/// The JSON in it. Denied (link.signature) unless it serves this purpose and this key signed it; Corrupt if it does not unpack.
Expected<std::string> message_in(const OpenedEnvelope&, Purpose, const PublicKey&);
Expected<std::string> message_in(const OpenedEnvelope&, Purpose, const std::vector<PublicKey>&); // one of them signed

/// Envelope(Purpose::Enrolment), signed by the new terminal's key (so nobody enrols a key that is not hers), sealed to HQ.
Bytes seal_enrolment(const EnrolmentRequest&, const Signer& terminal, const SealingKey& hq);
Expected<EnrolmentRequest> open_enrolment(BytesView sealed, const Unsealer& hq);

/// PIN verifiers on their way up: sealed to HQ, packed JSON within; no bytes at all for none.
Bytes seal_verifiers(const std::vector<Beside::PinVerifier>&, const SealingKey& hq);
Expected<std::vector<Beside::PinVerifier>> open_verifiers(BytesView sealed, const Unsealer& hq);

/// For whoever holds a site's key of this generation: u32 generation, then locked. Unlocking: Denied (link.site_key) without that generation, Corrupt otherwise.
Bytes lock_for_site(BytesView, std::int64_t generation, const SecretKey&, Random&);
Expected<Bytes> unlock_for_site(BytesView, const SiteKeys&);

/// A roster on its way down and in beside.db, and a person's facts in the feed: locked for the site, packed JSON within.
Bytes lock_roster(const Roster&, std::int64_t generation, const SecretKey&, Random&);
Expected<Roster> unlock_roster(BytesView, const SiteKeys&);
Bytes lock_feed(const PersonId&, const std::vector<FeedFact>&, std::int64_t generation, const SecretKey&, Random&);
Expected<std::vector<FeedFact>> unlock_feed(const FeedEntry&, const SiteKeys&); // Corrupt if it is another person's

/// The old key's word for the journal that follows: see Succession.
Succession succeed(std::string_view first_row_body, const Signer& old_key);
bool is_succession(const Succession&, std::string_view first_row_body);

/// Envelope(Purpose::Blob) whose body is the 32 bytes of the hash; base 64 of it stands in "Authorization: Adal ...".
Bytes blob_authorisation(const TerminalId&, const std::string& incarnation, const Hash&, const Signer&);

} // namespace adal::sync
