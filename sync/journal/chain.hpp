#pragma once
#include "content/base/expected.hpp"
#include "sync/events/event.hpp"
#include "sync/keys/keys.hpp"
#include <optional>

namespace adal::sync {

using JournalId = Id<struct JournalIdTag>; // hash of row 1, 64 hex digits

/// A point of a journal. seq 0 with a zero hash is "before the first row".
struct Head {
    std::uint64_t seq = 0;
    Hash hash{};
    bool operator==(const Head&) const = default;
};

/// The head of the journal before, as row 1 of a journal that follows it says: "<journal id> <seq> <hash>".
struct Continued {
    JournalId journal;
    Head head;
    bool operator==(const Continued&) const = default;
};
std::string to_text(const Continued&);
std::optional<Continued> continued_from(std::string_view);

/// One row exactly as it is stored, hashed and sent. sync/journal/FORMAT.md has the bytes:
///   hash = SHA-256( "adal/row/1\0"  previous hash  u64 seq  i64 at  i64 uptime_ms  u64 decision_end  and, each with a u32 length: boot, actor, kind, body )
/// all integers big-endian. The signature (Purpose::JournalRow) over journal id and hash stands on a decision's last row only.
struct JournalRow {
    std::uint64_t seq = 0;
    std::int64_t at_ms = 0;
    std::string boot;
    std::int64_t uptime_ms = 0;
    std::string actor, kind, body;
    std::uint64_t decision_end = 0;
    Hash hash{};
    std::optional<Signature> signature;
};
Hash hash_of(const Hash& previous, const JournalRow&);
Bytes signed_bytes(const JournalId&, const Hash&);
Event to_event(const JournalRow&);

/// Whole decisions that follow `after`; the last row's signature proves them all. Rows carry no hash on the wire: HQ computes them.
struct Batch {
    JournalId journal;
    Head after;
    std::vector<JournalRow> rows;
    Signature signature{}; // over the last row
};

/// Computes the rows' hashes from `after`, then judges numbering, decisions and the signature. Corrupt names the first bad seq.
Expected<Batch> checked(Batch, const PublicKey&);

/// Canonical JSON of a batch for the wire (sync/link packs it), and back.
std::string encode(const Batch&);
Expected<Batch> decode_batch(std::string_view);

} // namespace adal::sync
