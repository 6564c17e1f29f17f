#include "sync/link/enrolment_by_stick.hpp"
#include "sync/link/codecs.hpp"
#include <sodium.h>

namespace adal::sync {

using namespace codecs;

namespace {

constexpr std::size_t largest_request = 4096;
constexpr std::string_view proof_salt{"adal/enrolment-proof/1\0", 23};

std::array<unsigned char, crypto_pwhash_SALTBYTES> salt_of(const PublicKey& key, const SealingKey& sealing)
{
    Bytes bytes{proof_salt.begin(), proof_salt.end()};
    bytes.insert(bytes.end(), key.begin(), key.end());
    bytes.insert(bytes.end(), sealing.begin(), sealing.end());
    const auto hash = sha256(bytes);
    std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
    std::copy_n(hash.begin(), salt.size(), salt.begin());
    return salt;
}

Error no_request() { return fail(ErrorKind::Corrupt, "link.stick.request"); }

StickRequest request_in(const json& from)
{
    return {.key = array_in<32>(from.at("key")), .sealing = array_in<32>(from.at("sealing")), .proof = array_in<32>(from.at("proof"))};
}

StickReply reply_in(const json& from)
{
    return {.certificate = bytes_in(from.at("certificate")), .keys = signed_keys_in(from.at("keys"))};
}

} // namespace

Hash enrolment_proof(const std::array<std::uint8_t, 5>& secret, const PublicKey& key, const SealingKey& sealing)
{
    if (sodium_init() < 0) std::abort();
    Hash proof{};
    const auto done = crypto_pwhash(proof.data(), proof.size(), reinterpret_cast<const char*>(secret.data()), secret.size(),
                                    salt_of(key, sealing).data(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                    crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
    if (done != 0) throw std::bad_alloc{}; // 64 MiB were not to be had
    return proof;
}

Bytes encode(const StickRequest& request, const Signer& terminal)
{
    const json out{{"key", to_hex(request.key)}, {"sealing", to_hex(request.sealing)}, {"proof", to_hex(request.proof)}};
    return signed_message(Purpose::Enrolment, "", "", out.dump(), terminal);
}

Expected<StickRequest> decode_stick_request(BytesView bytes)
{
    const auto opened = read_envelope(bytes);
    const auto body = opened ? unpack(opened->envelope.body, largest_request) : opened.error();
    if (!body) return no_request();
    const auto request = decoded<StickRequest>(text_of(*body), "enrolment", request_in);
    if (!request) return no_request();
    const auto proven = message_in(*opened, Purpose::Enrolment, request->key);
    if (!proven) return proven.error();
    return request;
}

Bytes encode(const StickReply& reply)
{
    const auto text = json{{"certificate", to_base64(reply.certificate)}, {"keys", json_of(reply.keys)}}.dump();
    return {text.begin(), text.end()};
}

Expected<StickReply> decode_stick_reply(BytesView bytes)
{
    auto reply = decoded<StickReply>(text_of(bytes), "certificate", reply_in);
    if (!reply) return fail(ErrorKind::Corrupt, "link.stick.reply");
    return reply;
}

} // namespace adal::sync
