#include "sync/link/messages.hpp"
#include <nlohmann/json.hpp>

namespace adal::sync {

SignedKeys sign_keys(const KeyList& list, const Signer& root)
{
    return {.root = root.public_key(), .list = list, .signature = root.sign(Purpose::KeyList, bytes_of(encode(list)))};
}

bool is_signed(const SignedKeys& keys)
{
    return verify(keys.root, Purpose::KeyList, bytes_of(encode(keys.list)), keys.signature);
}

Bytes signed_message(Purpose purpose, const std::string& sender, const std::string& incarnation, std::string_view text,
                     const Signer& signer)
{
    return seal_envelope({.purpose = purpose, .sender = sender, .incarnation = incarnation, .body = pack(bytes_of(text))},
                         signer);
}

Expected<std::string> message_in(const OpenedEnvelope& opened, Purpose purpose, const PublicKey& key)
{
    if (opened.envelope.purpose != purpose || !opened.is_signed_by(key))
        return fail(ErrorKind::Denied, "link.signature", {{"purpose", std::string{tag(purpose)}}});
    auto body = unpack(opened.envelope.body, largest_message);
    if (!body) return body.error();
    return text_of(*body);
}

Bytes seal_enrolment(const EnrolmentRequest& request, const Signer& terminal, const SealingKey& hq)
{
    return seal(hq, signed_message(Purpose::Enrolment, "", "", encode(request), terminal));
}

Expected<EnrolmentRequest> open_enrolment(BytesView sealed, const KeyPair& hq)
{
    const auto bytes = hq.unseal(sealed);
    if (!bytes) return bytes.error();
    const auto opened = read_envelope(*bytes);
    if (!opened) return opened.error();
    const auto body = unpack(opened->envelope.body, 4096);
    if (!body) return body.error();
    auto request = decode_enrolment_request(text_of(*body));
    if (!request) return request;
    const auto proven = message_in(*opened, Purpose::Enrolment, request->key);
    if (!proven) return proven.error();
    return request;
}

Bytes seal_verifiers(const std::vector<Beside::PinVerifier>& pins, const SealingKey& hq)
{
    if (pins.empty()) return {};
    auto list = nlohmann::json::array();
    for (const auto& pin : pins) list.push_back({pin.person.text, pin.reset, pin.counter, pin.verifier});
    return seal(hq, pack(bytes_of(list.dump())));
}

Expected<std::vector<Beside::PinVerifier>> open_verifiers(BytesView sealed, const KeyPair& hq)
{
    std::vector<Beside::PinVerifier> pins;
    if (sealed.empty()) return pins;
    const auto packed = hq.unseal(sealed);
    if (!packed) return packed.error();
    const auto text = unpack(*packed, largest_message);
    if (!text) return text.error();
    try {
        for (const auto& pin : nlohmann::json::parse(text_of(*text)))
            pins.push_back({.person = {pin.at(0)}, .reset = pin.at(1), .counter = pin.at(2), .verifier = pin.at(3)});
    } catch (const std::exception&) {
        return fail(ErrorKind::Corrupt, "link.message", {{"what", "verifiers"}});
    }
    return pins;
}

Bytes lock_roster(const Roster& roster, const SecretKey& site_key, Random& random)
{
    return lock(site_key, pack(bytes_of(encode(roster))), random);
}

Expected<Roster> unlock_roster(BytesView locked, const SecretKey& site_key)
{
    const auto packed = unlock(site_key, locked);
    if (!packed) return packed.error();
    const auto text = unpack(*packed, largest_message);
    if (!text) return text.error();
    return decode_roster(text_of(*text));
}

Bytes blob_authorisation(const TerminalId& terminal, const std::string& incarnation, const Hash& hash,
                         const Signer& signer)
{
    return seal_envelope(
        {.purpose = Purpose::Blob, .sender = terminal.text, .incarnation = incarnation, .body = {hash.begin(), hash.end()}},
        signer);
}

} // namespace adal::sync
