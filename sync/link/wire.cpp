#include "sync/link/messages.hpp"
#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

namespace adal::sync {

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

Expected<std::string> message_in(const OpenedEnvelope& opened, Purpose purpose, const std::vector<PublicKey>& keys)
{
    const auto signer = std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return opened.is_signed_by(key); });
    return message_in(opened, purpose, signer == keys.end() ? PublicKey{} : *signer);
}

Succession succeed(std::string_view first_row_body, const Signer& old_key)
{
    return {.key = old_key.public_key(), .signature = old_key.sign(Purpose::Succession, bytes_of(first_row_body))};
}

bool is_succession(const Succession& succession, std::string_view first_row_body)
{
    return verify(succession.key, Purpose::Succession, bytes_of(first_row_body), succession.signature);
}

Bytes seal_enrolment(const EnrolmentRequest& request, const Signer& terminal, const SealingKey& hq)
{
    return seal(hq, signed_message(Purpose::Enrolment, "", "", encode(request), terminal));
}

Expected<EnrolmentRequest> open_enrolment(BytesView sealed, const Unsealer& hq)
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

Expected<std::vector<Beside::PinVerifier>> open_verifiers(BytesView sealed, const Unsealer& hq)
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

Bytes lock_for_site(BytesView plain, std::int64_t generation, const SecretKey& key, Random& random)
{
    assert(std::in_range<std::uint32_t>(generation));
    const auto locked = lock(key, plain, random);
    Bytes bytes;
    for (unsigned shift : {24U, 16U, 8U, 0U}) bytes.push_back(static_cast<std::uint8_t>(generation >> shift));
    bytes.insert(bytes.end(), locked.begin(), locked.end());
    return bytes;
}

Expected<Bytes> unlock_for_site(BytesView bytes, const SiteKeys& keys)
{
    if (bytes.size() < 4) return fail(ErrorKind::Corrupt, "seal.broken");
    std::int64_t generation = 0;
    for (const auto byte : bytes.first(4)) generation = generation << 8 | byte;
    const auto key = keys.find(generation);
    if (key == keys.end()) return fail(ErrorKind::Denied, "link.site_key", {{"generation", std::to_string(generation)}});
    return unlock(key->second, bytes.subspan(4));
}

namespace {

Expected<std::string> unlocked_text(BytesView locked, const SiteKeys& keys)
{
    const auto packed = unlock_for_site(locked, keys);
    if (!packed) return packed.error();
    const auto text = unpack(*packed, largest_message);
    if (!text) return text.error();
    return text_of(*text);
}

} // namespace

Bytes lock_roster(const Roster& roster, std::int64_t generation, const SecretKey& key, Random& random)
{
    return lock_for_site(pack(bytes_of(encode(roster))), generation, key, random);
}

Expected<Roster> unlock_roster(BytesView locked, const SiteKeys& keys)
{
    const auto text = unlocked_text(locked, keys);
    if (!text) return text.error();
    return decode_roster(*text);
}

Bytes lock_feed(const PersonId& person, const std::vector<FeedFact>& facts, std::int64_t generation, const SecretKey& key, Random& random)
{
    return lock_for_site(pack(bytes_of(encode_feed(person, facts))), generation, key, random);
}

Expected<std::vector<FeedFact>> unlock_feed(const FeedEntry& entry, const SiteKeys& keys)
{
    const auto text = unlocked_text(entry.locked, keys);
    if (!text) return text.error();
    return decode_feed(entry.person, *text);
}

Bytes blob_authorisation(const TerminalId& terminal, const std::string& incarnation, const Hash& hash,
                         const Signer& signer)
{
    return seal_envelope(
        {.purpose = Purpose::Blob, .sender = terminal.text, .incarnation = incarnation, .body = {hash.begin(), hash.end()}},
        signer);
}

} // namespace adal::sync
