#include "sync/link/renewal.hpp"
#include "sync/link/installation.hpp"
#include "sync/link/judgement.hpp"
#include <nlohmann/json.hpp>

namespace adal::sync {

using nlohmann::json;

namespace {

constexpr const char* retired = "release.retired_keys"; // 32 bytes each: who signed what is installed

std::vector<PublicKey> retired_keys(const Beside& beside)
{
    std::vector<PublicKey> keys;
    const auto bytes = beside.get(retired).value_or(Bytes{});
    for (std::size_t at = 0; at + sizeof(PublicKey) <= bytes.size(); at += sizeof(PublicKey)) {
        PublicKey key{};
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), key.size(), key.begin());
        keys.push_back(key);
    }
    return keys;
}

Expected<Done> retire(Beside& beside, const std::vector<PublicKey>& keys)
{
    Bytes all;
    for (const auto& key : keys) all.insert(all.end(), key.begin(), key.end());
    return beside.put(retired, all);
}

// What read_enrolment reads back.
Expected<Done> put_enrolment(Beside& beside, const Renewal& renewal)
{
    const json text{{"certificate", to_base64(renewal.certificate)},
                    {"keys", encode(renewal.enrolment.keys)},
                    {"hq_url", renewal.enrolment.hq_url}};
    return beside.put("enrolment", bytes_of(text.dump()));
}

Expected<Bytes> certificate_at_hand(const Beside& beside)
{
    const auto bytes = beside.need("enrolment", "link.not_enrolled");
    if (!bytes) return bytes.error();
    const auto from = json::parse(text_of(*bytes), nullptr, false);
    const auto found = from.is_object() ? from.find("certificate") : from.end();
    auto certificate = found != from.end() && found->is_string() ? from_base64(found->get<std::string>()) : std::nullopt;
    if (!certificate) return fail(ErrorKind::Corrupt, "link.enrolment_broken");
    return std::move(*certificate);
}

} // namespace

Expected<Renewal> renewed(const Enrolment& enrolment, const SignedKeys& newer, const Bytes& came, const PublicKey& ours, const Beside& beside)
{
    const auto bytes = came.empty() ? certificate_at_hand(beside) : Expected<Bytes>{came};
    if (!bytes) return bytes.error();
    auto certificate = judge_certificate(*bytes, newer);
    const auto& at_hand = enrolment.certificate;
    const bool is_ours = certificate && certificate->terminal == at_hand.terminal && incarnation_from(certificate->incarnation) &&
                         (certificate->key == ours || certificate->key == at_hand.key);
    if (!is_ours) return fail(ErrorKind::Denied, "link.certificate");
    return Renewal{{.certificate = std::move(*certificate), .keys = newer, .hq_url = enrolment.hq_url}, *bytes};
}

Expected<Done> keep_renewal(Beside& beside, const Enrolment& before, const Renewal& renewal)
{
    return beside.together([&]() -> Expected<Done> {
        if (!is_signed_by_present_keys(beside, renewal.enrolment) && is_signed_by_present_keys(beside, before))
            if (auto kept = retire(beside, before.keys.list.release); !kept) return kept;
        return put_enrolment(beside, renewal);
    });
}

void drop_what_is_unsigned(SyncState& state, const SignedKeys& keys, const std::string& certified_incarnation)
{
    const auto is_unsigned = [&](const Receipt& receipt) { return !is_signed_by_one_of(receipt, keys.list.receipt); };
    const auto dropped = std::erase_if(state.receipts, [&](const auto& each) { return is_unsigned(each.second); });
    if (state.forked && is_unsigned(*state.forked)) state.forked.reset();
    if (dropped == 0) return;
    auto latest = certified_incarnation;
    for (const auto& [journal, receipt] : state.receipts)
        if (is_later(receipt.incarnation, latest)) latest = receipt.incarnation;
    if (latest == state.incarnation) return;
    state.incarnation = latest;
    state.release = state.roster = state.feed = 0;
}

Expected<Release> read_installed(const Beside& beside, const Enrolment& enrolment, const std::string& name)
{
    const auto envelope = beside.need(name, "link.no_release");
    if (!envelope) return envelope.error();
    auto release = release_in(*envelope, enrolment.keys.list.release);
    if (release || release.error().kind != ErrorKind::Denied) return release;
    return release_in(*envelope, retired_keys(beside));
}

bool is_signed_by_present_keys(const Beside& beside, const Enrolment& enrolment)
{
    const auto envelope = beside.get("release");
    return !envelope || release_in(*envelope, enrolment.keys.list.release);
}

} // namespace adal::sync
