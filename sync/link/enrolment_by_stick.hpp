#pragma once
#include "sync/link/messages.hpp"

/// Enrolment where no network reaches: a request and its reply are files that somebody carries. Neither tells the code's secret, and losing either
/// burns nothing: until the code expires the same request gets the same reply.
namespace adal::sync {

/// What a terminal writes. It knows no key of HQ's yet, so nothing is sealed: instead of the secret goes a proof that costs a guess of the secret
/// one run of Argon2id.
struct StickRequest {
    PublicKey key{};
    SealingKey sealing{};
    Hash proof{};
};
/// Argon2id(secret), salted with both keys: a proof is good for one terminal only.
Hash enrolment_proof(const std::array<std::uint8_t, 5>& secret, const PublicKey&, const SealingKey&);

/// Envelope(Purpose::Enrolment), signed by the new key. Reading: Corrupt (link.stick.request) if it is not one or is not whole, Denied if
/// another key signed it.
Bytes encode(const StickRequest&, const Signer& terminal);
Expected<StickRequest> decode_stick_request(BytesView);

/// What HQ gives back: the certificate's envelope, and the key lists to judge it by.
struct StickReply {
    Bytes certificate;
    SignedKeys keys;
};
Bytes encode(const StickReply&);
Expected<StickReply> decode_stick_reply(BytesView); // Corrupt (link.stick.reply)

} // namespace adal::sync
