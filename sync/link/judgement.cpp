#include "sync/link/judgement.hpp"
#include "sync/link/codecs.hpp"

namespace adal::sync {

namespace {

constexpr std::size_t largest_peek = std::size_t{16} << 20;
constexpr std::size_t most_lists = 100;

Error foreign_reply() { return fail(ErrorKind::Corrupt, "link.message", {{"what", "reply"}}); }

bool is_signed_by_one_of(const OpenedEnvelope& opened, const std::vector<PublicKey>& keys)
{
    return std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return opened.is_signed_by(key); });
}

// Looks into an answer that nobody has vouched for yet: only lists that the root signed are taken from it, and only to judge the answer by them.
std::vector<SignedKeys> offered_keys(const OpenedEnvelope& opened)
{
    const auto body = unpack(opened.envelope.body, largest_peek);
    if (!body) return {};
    const auto lists = codecs::decoded<std::vector<SignedKeys>>(text_of(*body), "keys", [](const codecs::json& from) {
        std::vector<SignedKeys> offered;
        for (const auto& keys : from.at("keys"))
            if (offered.size() < most_lists) offered.push_back(codecs::signed_keys_in(keys));
        return offered;
    });
    return lists ? *lists : std::vector<SignedKeys>{};
}

Expected<Done> judge_receipt(const ExchangeReply& reply, const OpenedEnvelope& opened, const SignedKeys& keys, const JournalId& journal)
{
    const auto& receipt = reply.receipt;
    if (opened.envelope.sender != "hq" || opened.envelope.incarnation != receipt.incarnation) return foreign_reply();
    if (!is_signed_by_one_of(receipt, keys.list.receipt))
        return fail(ErrorKind::Denied, "link.signature", {{"purpose", std::string{tag(Purpose::Receipt)}}});
    if (!incarnation_from(receipt.incarnation)) return fail(ErrorKind::Corrupt, "link.message", {{"what", "incarnation"}});
    if (receipt.journal != journal) return fail(ErrorKind::Corrupt, "link.receipt_other_journal");
    return Done{};
}

} // namespace

Expected<Judged> judge_reply(const OpenedEnvelope& opened, const SignedKeys& trusted, const JournalId& journal)
{
    auto keys = trusted;
    if (!is_signed_by_one_of(opened, keys.list.receipt)) keys = newest_of(trusted, offered_keys(opened));
    auto text = message_in(opened, Purpose::Reply, keys.list.receipt);
    if (!text) return text.error();
    auto reply = decode_exchange_reply(*text);
    if (!reply) return reply.error();
    keys = newest_of(keys, reply->keys); // a key that the newest list has dropped signs nothing any more
    if (!is_signed_by_one_of(opened, keys.list.receipt))
        return fail(ErrorKind::Denied, "link.signature", {{"purpose", std::string{tag(Purpose::Reply)}}});
    if (auto sound = judge_receipt(*reply, opened, keys, journal); !sound) return sound.error();
    return Judged{std::move(*reply), std::move(keys)};
}

Expected<RevocationNotice> judge_notice(const OpenedEnvelope& opened, const SignedKeys& trusted, const TerminalId& terminal)
{
    const auto text = message_in(opened, Purpose::Revocation, newest_of(trusted, offered_keys(opened)).list.identity);
    if (!text) return text.error();
    auto notice = decode_revocation_notice(*text);
    if (notice && notice->terminal != terminal) return fail(ErrorKind::Corrupt, "link.message", {{"what", "revocation"}});
    return notice;
}

Expected<EnrolmentReply> judge_certificate(BytesView bytes, const SignedKeys& keys)
{
    const auto opened = read_envelope(bytes);
    if (!opened) return opened.error();
    const auto text = message_in(*opened, Purpose::Certificate, keys.list.identity);
    if (!text) return text.error();
    return decode_enrolment_reply(*text);
}

bool is_later(const std::string& incarnation, const std::string& than)
{
    const auto one = incarnation_from(incarnation), other = incarnation_from(than);
    return one && other && *other < *one;
}

} // namespace adal::sync
