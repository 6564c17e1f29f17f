#pragma once
#include "sync/journal/chain.hpp"
#include "sync/keys/envelope.hpp"
#include "sync/journal/beside.hpp"

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

} // namespace adal::sync
