#include "sync/link/terminal_link.hpp"
#include "sync/link/installation.hpp"
#include <nlohmann/json.hpp>

namespace adal::sync {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

Expected<Done> make_folder(const fs::path& folder)
{
    std::error_code trouble;
    fs::create_directories(folder, trouble);
    if (!trouble) fs::permissions(folder, fs::perms::owner_all, trouble);
    if (trouble) return fail(ErrorKind::Unavailable, "link.folder", {{"path", folder.string()}});
    return Done{};
}

// Keys fetched over an unprotected road: the root is the right one if the code, which a person carried here, says so.
Expected<SignedKeys> trusted_keys(Road& road, const EnrolmentCode& code)
{
    const auto bytes = road.keys();
    if (!bytes) return bytes.error();
    auto keys = decode_signed_keys(text_of(*bytes));
    if (!keys) return fail(ErrorKind::Corrupt, "link.foreign_answer");
    if (!is_signed(*keys)) return fail(ErrorKind::Denied, "link.signature", {{"purpose", std::string{tag(Purpose::KeyList)}}});
    if (root_fingerprint(keys->root) != code.fingerprint) return fail(ErrorKind::Denied, "link.fingerprint");
    return keys;
}

// The key of an earlier try is used again: HQ gives the same code and key the same answer.
Expected<KeyPair> key_for(const TerminalFolder& folder, Random& random)
{
    auto key = KeyPair::open(folder.key());
    if (key || key.error().kind != ErrorKind::NotFound) return key;
    return KeyPair::create(folder.key(), random);
}

Expected<EnrolmentReply> certificate_in(BytesView bytes, const SignedKeys& keys)
{
    const auto opened = read_envelope(bytes);
    if (!opened) return fail(ErrorKind::Corrupt, "link.foreign_answer");
    const auto text = message_in(*opened, Purpose::Certificate, keys.list.identity);
    if (!text) return text.error();
    return decode_enrolment_reply(*text);
}

Expected<Bytes> ask_certificate(Road& road, const EnrolmentCode& code, const SignedKeys& keys, const KeyPair& key)
{
    const EnrolmentRequest request{.secret = code.secret, .key = key.public_key(), .sealing = key.sealing_key()};
    auto envelope = road.enrol(seal_enrolment(request, key, keys.list.sealing.front()));
    if (!envelope) return envelope;
    const auto certificate = certificate_in(*envelope, keys);
    if (!certificate) return certificate.error();
    const Enrolment enrolment{.certificate = *certificate, .keys = keys, .hq_url = ""};
    const bool is_ours = certificate->key == key.public_key() && incarnation_from(certificate->incarnation) && certified_site_key(key, enrolment);
    if (!is_ours) return fail(ErrorKind::Denied, "link.certificate");
    return envelope;
}

Expected<Done> remember(Beside& beside, BytesView certificate, const SignedKeys& keys, const std::string& hq_url)
{
    const json enrolment{{"certificate", to_base64(certificate)}, {"keys", encode(keys)}, {"hq_url", hq_url}};
    return beside.put("enrolment", bytes_of(enrolment.dump()));
}

Expected<Done> note_enrolled(Journal& journal, const Enrolment& enrolment)
{
    if (journal.head().seq > 1) return Done{};
    const auto& certificate = enrolment.certificate;
    const auto done = journal.append(certificate.terminal, {TerminalEnrolled{.site = certificate.site, .incarnation = certificate.incarnation}});
    if (!done) return done.error();
    return Done{};
}

// The journal is born last: as long as it is missing, everything before may be done again.
Expected<Enrolment> begin_journal(const TerminalFolder& folder, const Beside& beside, const KeyPair& key, const Clock& clock, Random& random)
{
    auto enrolment = read_enrolment(beside);
    if (!enrolment) return enrolment;
    auto journal = fs::exists(folder.journal())
                       ? Journal::open(folder.journal(), key, clock)
                       : Journal::create(folder.journal(), {.terminal = enrolment->certificate.terminal, .continues = ""}, key, clock, random);
    if (!journal) return journal.error();
    if (auto noted = note_enrolled(*journal, *enrolment); !noted) return noted.error();
    return enrolment;
}

// A journal of one row is an enrolment that was cut off before its last step.
bool is_enrolled(const TerminalFolder& folder)
{
    if (!fs::exists(folder.journal())) return false;
    const auto journal = Journal::read_only(folder.journal());
    return !journal || journal->head().seq > 1 || !fs::exists(folder.beside());
}

} // namespace

Expected<Enrolment> enrol(const TerminalFolder& folder, const std::string& code_text, const std::string& hq_url, Road& road,
                          const Clock& clock, Random& random)
{
    const auto code = enrolment_code_from(code_text);
    if (!code) return fail(ErrorKind::InvalidInput, "link.code");
    if (is_enrolled(folder)) return fail(ErrorKind::Conflict, "link.already_enrolled", {{"path", folder.root.string()}});
    const auto keys = trusted_keys(road, *code);
    if (!keys) return keys.error();
    if (auto made = make_folder(folder.root); !made) return made.error();
    const auto key = key_for(folder, random);
    if (!key) return key.error();
    auto beside = Beside::open(folder.beside());
    if (!beside) return beside.error();
    if (!fs::exists(folder.journal())) {
        const auto certificate = ask_certificate(road, *code, *keys, *key);
        if (!certificate) return certificate.error();
        if (auto kept = remember(*beside, *certificate, *keys, hq_url); !kept) return kept.error();
    }
    return begin_journal(folder, *beside, *key, clock, random);
}

Expected<Enrolment> read_enrolment(const Beside& beside)
{
    const auto bytes = beside.need("enrolment", "link.not_enrolled");
    if (!bytes) return bytes.error();
    const auto broken = fail(ErrorKind::Corrupt, "link.enrolment_broken");
    try {
        const auto from = json::parse(text_of(*bytes));
        const auto keys = decode_signed_keys(from.at("keys").get<std::string>());
        const auto envelope = from_base64(from.at("certificate").get<std::string>());
        if (!keys || !envelope || !is_signed(*keys)) return broken;
        auto certificate = certificate_in(*envelope, *keys);
        if (!certificate) return broken;
        return Enrolment{.certificate = std::move(*certificate), .keys = *keys, .hq_url = from.at("hq_url")};
    } catch (const std::exception&) {
        return broken;
    }
}

} // namespace adal::sync
