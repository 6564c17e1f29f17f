#include "sync/link/enrolment_by_stick.hpp"
#include "sync/link/judgement.hpp"
#include "sync/link/site_keys.hpp"
#include "sync/link/succession.hpp"
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

// Keys that came over an unprotected road: the root is the right one if the code, which a person carried here, says so.
Expected<Done> need_root(const SignedKeys& keys, std::uint64_t fingerprint)
{
    if (!is_signed(keys)) return fail(ErrorKind::Denied, "link.signature", {{"purpose", std::string{tag(Purpose::KeyList)}}});
    if (root_fingerprint(keys.root) != fingerprint) return fail(ErrorKind::Denied, "link.fingerprint");
    return Done{};
}

Expected<SignedKeys> trusted_keys(Road& road, const EnrolmentCode& code)
{
    const auto bytes = road.keys();
    if (!bytes) return bytes.error();
    auto keys = decode_signed_keys(text_of(*bytes));
    if (!keys) return fail(ErrorKind::Corrupt, "link.foreign_answer");
    if (auto trusted = need_root(*keys, code.fingerprint); !trusted) return trusted.error();
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
    if (!read_envelope(bytes)) return fail(ErrorKind::Corrupt, "link.foreign_answer");
    return judge_certificate(bytes, keys);
}

Expected<Done> need_ours(const EnrolmentReply& certificate, const SignedKeys& keys, const KeyPair& key)
{
    const Enrolment enrolment{.certificate = certificate, .keys = keys, .hq_url = ""};
    const bool is_ours = certificate.key == key.public_key() && incarnation_from(certificate.incarnation) && certified_site_key(key, enrolment);
    if (!is_ours) return fail(ErrorKind::Denied, "link.certificate");
    return Done{};
}

Expected<Bytes> ask_certificate(Road& road, const EnrolmentCode& code, const SignedKeys& keys, const KeyPair& key)
{
    const EnrolmentRequest request{.secret = code.secret, .key = key.public_key(), .sealing = key.sealing_key()};
    auto envelope = road.enrol(seal_enrolment(request, key, keys.list.sealing.front()));
    if (!envelope) return envelope;
    const auto certificate = certificate_in(*envelope, keys);
    if (!certificate) return certificate.error();
    if (auto ours = need_ours(*certificate, keys, key); !ours) return ours.error();
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
Expected<Done> need_not_enrolled(const TerminalFolder& folder)
{
    if (auto completed = complete_succession(folder); !completed) return completed;
    if (!fs::exists(folder.journal())) return Done{};
    const auto journal = Journal::read_only(folder.journal());
    const bool is_enrolled = !journal || journal->head().seq > 1 || !fs::exists(folder.beside());
    if (is_enrolled) return fail(ErrorKind::Conflict, "link.already_enrolled", {{"path", folder.root.string()}});
    return Done{};
}

// --- by stick

constexpr const char* pending = "enrolment.request";

Error no_request(const TerminalFolder& folder) { return fail(ErrorKind::NotFound, "link.stick.no_request", {{"path", folder.root.string()}}); }

struct Pending {
    std::uint64_t fingerprint = 0;
    std::string hq_url;
};

Expected<Pending> read_pending(const Beside& beside)
{
    const auto bytes = beside.need(pending, "link.stick.no_request");
    if (!bytes) return bytes.error();
    const auto from = json::parse(text_of(*bytes), nullptr, false);
    const auto read = [&](const char* key) { return from.is_object() ? from.value(key, "") : std::string{}; };
    const auto code = enrolment_code_from(read("root"));
    if (!code) return fail(ErrorKind::Corrupt, "link.enrolment_broken");
    return Pending{code->fingerprint, read("hq_url")};
}

// What of the code is no secret: which root it speaks of.
Expected<Done> write_pending(Beside& beside, const EnrolmentCode& code, const std::string& hq_url)
{
    const json text{{"root", to_text(EnrolmentCode{.secret = {}, .fingerprint = code.fingerprint})}, {"hq_url", hq_url}};
    return beside.put(pending, bytes_of(text.dump()));
}

Expected<Done> judge(const StickReply& reply, const Pending& asked, const KeyPair& key)
{
    if (auto trusted = need_root(reply.keys, asked.fingerprint); !trusted) return trusted;
    const auto certificate = certificate_in(reply.certificate, reply.keys);
    if (!certificate) return certificate.error();
    if (certificate->key != key.public_key()) return fail(ErrorKind::Denied, "link.stick.other_terminal");
    return need_ours(*certificate, reply.keys, key);
}

} // namespace

Expected<Enrolment> enrol(const TerminalFolder& folder, const std::string& code_text, const std::string& hq_url, Road& road,
                          const Clock& clock, Random& random)
{
    const auto code = enrolment_code_from(code_text);
    if (!code) return fail(ErrorKind::InvalidInput, "link.code");
    if (auto is_new = need_not_enrolled(folder); !is_new) return is_new.error();
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

Expected<Bytes> ask_by_stick(const TerminalFolder& folder, const std::string& code_text, const std::string& hq_url, Random& random)
{
    const auto code = enrolment_code_from(code_text);
    if (!code) return fail(ErrorKind::InvalidInput, "link.code");
    if (auto is_new = need_not_enrolled(folder); !is_new) return is_new.error();
    if (auto made = make_folder(folder.root); !made) return made.error();
    const auto key = key_for(folder, random);
    if (!key) return key.error();
    auto beside = Beside::open(folder.beside());
    if (!beside) return beside.error();
    if (auto kept = write_pending(*beside, *code, hq_url); !kept) return kept.error();
    const auto proof = enrolment_proof(code->secret, key->public_key(), key->sealing_key());
    return encode(StickRequest{.key = key->public_key(), .sealing = key->sealing_key(), .proof = proof}, *key);
}

Expected<Enrolment> enrol_by_stick(const TerminalFolder& folder, BytesView bytes, const std::string& hq_url, const Clock& clock, Random& random)
{
    if (auto is_new = need_not_enrolled(folder); !is_new) return is_new.error();
    const auto reply = decode_stick_reply(bytes);
    if (!reply) return reply.error();
    const auto key = KeyPair::open(folder.key());
    if (!key && key.error().kind == ErrorKind::NotFound) return no_request(folder);
    if (!key) return key.error();
    auto beside = Beside::open(folder.beside());
    if (!beside) return beside.error();
    const auto asked = read_pending(*beside);
    if (!asked && asked.error().kind == ErrorKind::NotFound) return no_request(folder);
    if (!asked) return asked.error();
    if (auto sound = judge(*reply, *asked, *key); !sound) return sound.error();
    const auto& address = hq_url.empty() ? asked->hq_url : hq_url;
    if (auto kept = remember(*beside, reply->certificate, reply->keys, address); !kept) return kept.error();
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

namespace {

/// Nobody is trusted before the code has vouched for the keys; then only the authorities that stand in them.
class EnrolmentRoad final : public Road {
public:
    explicit EnrolmentRoad(std::string hq_url) : url_(std::move(hq_url)) {}

    Expected<Bytes> keys() override
    {
        auto bytes = untrusted_http_road(url_)->keys();
        if (!bytes) return bytes;
        const auto keys = decode_signed_keys(text_of(*bytes));
        trusted_ = http_road(url_, keys ? keys->list.authorities : std::vector<std::string>{});
        return bytes;
    }
    Expected<Bytes> enrol(BytesView request) override { return trusted_ ? trusted_->enrol(request) : Expected<Bytes>{not_yet()}; }
    Expected<Bytes> exchange(BytesView envelope) override { return trusted_ ? trusted_->exchange(envelope) : Expected<Bytes>{not_yet()}; }
    Expected<Done> fetch(const BlobQuestion& question, const Sink& sink) override
    {
        return trusted_ ? trusted_->fetch(question, sink) : Expected<Done>{not_yet()};
    }
    Expected<Done> put_blob(const Hash& hash, BytesView bytes, const Bytes& authorisation) override
    {
        return trusted_ ? trusted_->put_blob(hash, bytes, authorisation) : Expected<Done>{not_yet()};
    }
    Expected<Bytes> bundle(BytesView envelope) override { return trusted_ ? trusted_->bundle(envelope) : Expected<Bytes>{not_yet()}; }

private:
    static Error not_yet() { return fail(ErrorKind::Denied, "link.fingerprint"); }
    std::string url_;
    std::unique_ptr<Road> trusted_;
};

} // namespace

std::unique_ptr<Road> enrolment_road(const std::string& hq_url) { return std::make_unique<EnrolmentRoad>(hq_url); }

} // namespace adal::sync
