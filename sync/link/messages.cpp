#include "sync/link/codecs.hpp"

namespace adal::sync {

using namespace codecs;

namespace {

json json_of(const Text& text) { return {{"kk", text.kk}, {"ru", text.ru}, {"en", text.en}}; }
Text text_in(const json& from) { return {from.at("kk"), from.at("ru"), from.at("en")}; }

json json_of(const Head& head) { return {{"seq", head.seq}, {"hash", to_hex(head.hash)}}; }
Head head_in(const json& from)
{
    Head head{.seq = from.at("seq"), .hash = {}};
    take(from.at("hash"), head.hash);
    return head;
}

json json_of(const Receipt& receipt)
{
    return {{"journal", receipt.journal.text},
            {"head", json_of(receipt.head)},
            {"committed_at", to_ms(receipt.committed_at)},
            {"incarnation", receipt.incarnation},
            {"forked", receipt.forked},
            {"signature", to_hex(receipt.signature)}};
}
/// What its signature covers: all of it but the signature.
std::string promise(const Receipt& receipt)
{
    auto all = json_of(receipt);
    all.erase("signature");
    return all.dump();
}
Receipt receipt_in(const json& from)
{
    return {.journal = {from.at("journal")},
            .head = head_in(from.at("head")),
            .committed_at = from_ms(whole_number(from.at("committed_at"))),
            .incarnation = from.at("incarnation"),
            .forked = from.at("forked"),
            .signature = array_in<64>(from.at("signature"))};
}

json json_of(const FeedFact& fact)
{
    return {{"hash", to_hex(fact.hash)}, {"at", fact.at_ms}, {"actor", fact.actor}, {"kind", fact.kind}, {"body", fact.body}};
}
FeedFact feed_fact_in(const json& from)
{
    return {.hash = array_in<32>(from.at("hash")),
            .at_ms = whole_number(from.at("at")),
            .actor = from.at("actor"),
            .kind = from.at("kind"),
            .body = from.at("body")};
}

json json_of(const FeedPage& page)
{
    auto people = json::array();
    for (const auto& entry : page.people) people.push_back({{"person", entry.person.text}, {"locked", to_base64(entry.locked)}});
    return {{"upto", page.upto}, {"more", page.more}, {"people", std::move(people)}};
}
FeedPage feed_page_in(const json& from)
{
    FeedPage page{.upto = whole_number(from.at("upto")), .more = from.at("more"), .people = {}};
    for (const auto& entry : from.at("people"))
        page.people.push_back({.person = {entry.at("person")}, .locked = bytes_in(entry.at("locked"))});
    return page;
}

} // namespace

namespace codecs {

// Reading brackets within brackets is cheap, writing them again is not: a million of them would end the program.
bool is_shallow(std::string_view text)
{
    constexpr int deepest = 32;
    int depth = 0;
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_quoted && c == '\\')
            ++i;
        else if (c == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (c == '[' || c == '{'))
            ++depth;
        else if (!is_quoted && (c == ']' || c == '}'))
            --depth;
        if (depth > deepest) return false;
    }
    return true;
}

json json_of(const SealedSiteKey& key) { return {{"generation", key.generation}, {"sealed", to_base64(key.sealed)}}; }
SealedSiteKey site_key_in(const json& from)
{
    if (from.is_string()) return {.generation = 1, .sealed = bytes_in(from)}; // 0.1.0 knew one generation
    return {.generation = whole_number(from.at("generation")), .sealed = bytes_in(from.at("sealed"))};
}

} // namespace codecs

std::string encode(const EnrolmentRequest& request)
{
    return json{{"secret", to_hex(request.secret)}, {"key", to_hex(request.key)}, {"sealing", to_hex(request.sealing)}}
        .dump();
}

Expected<EnrolmentRequest> decode_enrolment_request(std::string_view text)
{
    return decoded<EnrolmentRequest>(text, "enrolment", [](const json& from) {
        EnrolmentRequest request;
        take(from.at("secret"), request.secret);
        take(from.at("key"), request.key);
        take(from.at("sealing"), request.sealing);
        return request;
    });
}

std::string encode(const EnrolmentReply& reply)
{
    return json{{"terminal", reply.terminal.text},
                {"site", reply.site.text},
                {"site_name", json_of(reply.site_name)},
                {"unit_name", json_of(reply.unit_name)},
                {"key", to_hex(reply.key)},
                {"incarnation", reply.incarnation},
                {"site_key", codecs::json_of(reply.site_key)},
                {"is_demo", reply.is_demo}}
        .dump();
}

Expected<EnrolmentReply> decode_enrolment_reply(std::string_view text)
{
    return decoded<EnrolmentReply>(text, "certificate", [](const json& from) {
        EnrolmentReply reply{.terminal = {from.at("terminal")},
                             .site = {from.at("site")},
                             .site_name = text_in(from.at("site_name")),
                             .unit_name = text_in(from.at("unit_name")),
                             .key = {},
                             .incarnation = from.at("incarnation"),
                             .site_key = site_key_in(from.at("site_key")),
                             .is_demo = from.at("is_demo")};
        take(from.at("key"), reply.key);
        return reply;
    });
}

std::string encode(const Receipt& receipt) { return json_of(receipt).dump(); }

Expected<Receipt> decode_receipt(std::string_view text) { return decoded<Receipt>(text, "receipt", receipt_in); }

Receipt signed_receipt(Receipt receipt, const Signer& signer)
{
    receipt.signature = signer.sign(Purpose::Receipt, bytes_of(promise(receipt)));
    return receipt;
}

bool is_signed_by_one_of(const Receipt& receipt, const std::vector<PublicKey>& keys)
{
    const auto text = promise(receipt);
    return std::any_of(keys.begin(), keys.end(),
                       [&](const auto& key) { return verify(key, Purpose::Receipt, bytes_of(text), receipt.signature); });
}

std::string encode(const ExchangeRequest& request)
{
    json out{{"terminal", request.terminal.text},
             {"batch", json::parse(encode(request.batch))},
             {"first_row", request.first_row},
             {"release", request.release},
             {"roster", request.roster},
             {"terminal_time", request.terminal_time_ms},
             {"verifiers", to_base64(request.verifiers)},
             {"keys", request.keys},
             {"generation", request.generation},
             {"feed", request.feed}};
    if (request.known) out["known"] = json_of(*request.known);
    if (request.succession)
        out["succession"] = {{"key", to_hex(request.succession->key)}, {"signature", to_hex(request.succession->signature)}};
    return out.dump();
}

namespace {

Succession succession_in(const json& from)
{
    return {.key = array_in<32>(from.at("key")), .signature = array_in<64>(from.at("signature"))};
}

} // namespace

Expected<ExchangeRequest> decode_exchange_request(std::string_view text)
{
    return decoded<ExchangeRequest>(text, "exchange", [](const json& from) {
        auto batch = decode_batch(from.at("batch").dump());
        if (!batch) throw std::invalid_argument{"batch"};
        ExchangeRequest request{.terminal = {from.at("terminal")},
                                .batch = std::move(*batch),
                                .first_row = from.at("first_row"),
                                .release = whole_number(from.at("release")),
                                .roster = whole_number(from.at("roster")),
                                .terminal_time_ms = whole_number(from.at("terminal_time")),
                                .verifiers = bytes_in(from.at("verifiers")),
                                .keys = number_or(from, "keys", 0),
                                .generation = number_or(from, "generation", 0),
                                .feed = number_or(from, "feed", 0),
                                .known = {},
                                .succession = {}};
        if (from.contains("known")) request.known = receipt_in(from.at("known"));
        if (from.contains("succession")) request.succession = succession_in(from.at("succession"));
        return request;
    });
}

std::string encode(const ExchangeReply& reply)
{
    json out{{"receipt", json_of(reply.receipt)},
             {"release", to_base64(reply.release)},
             {"roster", to_base64(reply.roster)},
             {"hq_time", reply.hq_time_ms},
             {"certificate", to_base64(reply.certificate)},
             {"feed", json_of(reply.feed)},
             {"keys", json::array()},
             {"site_keys", json::array()},
             {"missing_bodies", json::array()}};
    for (const auto& keys : reply.keys) out["keys"].push_back(codecs::json_of(keys));
    for (const auto& key : reply.site_keys) out["site_keys"].push_back(codecs::json_of(key));
    for (const auto& hash : reply.missing_bodies) out["missing_bodies"].push_back(to_hex(hash));
    return out.dump();
}

Expected<ExchangeReply> decode_exchange_reply(std::string_view text)
{
    return decoded<ExchangeReply>(text, "reply", [](const json& from) {
        ExchangeReply reply{.receipt = receipt_in(from.at("receipt")),
                            .release = bytes_in(from.at("release")),
                            .roster = bytes_in(from.at("roster")),
                            .hq_time_ms = whole_number(from.at("hq_time")),
                            .keys = {},
                            .certificate = bytes_in(from.at("certificate")),
                            .site_keys = {},
                            .feed = feed_page_in(from.at("feed")),
                            .missing_bodies = {}};
        for (const auto& keys : from.at("keys")) reply.keys.push_back(signed_keys_in(keys));
        for (const auto& key : from.at("site_keys")) reply.site_keys.push_back(site_key_in(key));
        for (const auto& hash : from.at("missing_bodies")) reply.missing_bodies.push_back(array_in<32>(hash));
        return reply;
    });
}

std::string encode(const RevocationNotice& notice)
{
    json text{{"terminal", notice.terminal.text}, {"at", to_ms(notice.at)}, {"stolen", notice.stolen}};
    for (const auto& keys : notice.keys) text["keys"].push_back(codecs::json_of(keys));
    return text.dump();
}

Expected<RevocationNotice> decode_revocation_notice(std::string_view text)
{
    return decoded<RevocationNotice>(text, "revocation", [](const json& from) {
        RevocationNotice notice{.terminal = {from.at("terminal")}, .at = from_ms(whole_number(from.at("at"))), .stolen = from.at("stolen")};
        if (const auto keys = from.find("keys"); keys != from.end())
            for (const auto& each : *keys) notice.keys.push_back(signed_keys_in(each));
        return notice;
    });
}

std::string encode_feed(const PersonId& person, const std::vector<FeedFact>& facts)
{
    auto list = json::array();
    for (const auto& fact : facts) list.push_back(json_of(fact));
    return json{{"person", person.text}, {"facts", std::move(list)}}.dump();
}

Expected<std::vector<FeedFact>> decode_feed(const PersonId& person, std::string_view text)
{
    return decoded<std::vector<FeedFact>>(text, "feed", [&](const json& from) {
        if (from.at("person") != person.text) throw std::invalid_argument{"another person"};
        std::vector<FeedFact> facts;
        for (const auto& fact : from.at("facts")) facts.push_back(feed_fact_in(fact));
        return facts;
    });
}

} // namespace adal::sync
