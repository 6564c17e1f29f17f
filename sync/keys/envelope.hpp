#pragma once
#include "sync/keys/keys.hpp"

namespace adal::sync {

/// HQ's life: UTC second of `init` or `restore` and 8 random bytes, ordered; "1795600000-0123456789abcdef" as text.
struct Incarnation {
    std::int64_t second = 0;
    std::uint64_t random = 0;
    auto operator<=>(const Incarnation&) const = default;
};
std::string to_text(const Incarnation&);
std::optional<Incarnation> incarnation_from(std::string_view);

/// The one signed envelope of both roads (HTTP and stick); sync/link/PROTOCOL.md has the byte layout:
///   "adalenv1"  u8 length, purpose tag  u8 length, sender  u8 length, incarnation text (may be empty)  u32 BE length, body  64 bytes signature
/// The signature covers everything before it, under the purpose. The body is what the purpose says, mostly zstd of canonical JSON.
struct Envelope {
    Purpose purpose{};
    std::string sender; // terminal id, or "hq"
    std::string incarnation;
    Bytes body;
};
Bytes seal_envelope(const Envelope&, const Signer&);

/// Corrupt if malformed; does not judge the signature (the sender must be known first).
struct OpenedEnvelope {
    Envelope envelope;
    Bytes signed_bytes;
    Signature signature{};
    bool is_signed_by(const PublicKey& key) const { return verify(key, envelope.purpose, signed_bytes, signature); }
};
Expected<OpenedEnvelope> read_envelope(BytesView);

/// zstd; `unpack` refuses what would grow beyond `limit`.
Bytes pack(BytesView);
Expected<Bytes> unpack(BytesView, std::size_t limit);

} // namespace adal::sync
