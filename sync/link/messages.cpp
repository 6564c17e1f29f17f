#include "sync/link/messages.hpp"
#include <nlohmann/json.hpp>

namespace adal::sync {

namespace {

using nlohmann::json; // its object is sorted by key: dump() is canonical

template <std::size_t n> void take(const json& from, std::array<std::uint8_t, n>& into)
{
    const auto bytes = from_hex(from.get_ref<const std::string&>());
    if (!bytes || bytes->size() != n) throw std::invalid_argument{"hex"};
    std::copy(bytes->begin(), bytes->end(), into.begin());
}

Bytes bytes_in(const json& from)
{
    auto bytes = from_base64(from.get_ref<const std::string&>());
    if (!bytes) throw std::invalid_argument{"base 64"};
    return std::move(*bytes);
}

json json_of(const Text& text) { return {{"kk", text.kk}, {"ru", text.ru}, {"en", text.en}}; }
Text text_in(const json& from) { return {from.at("kk"), from.at("ru"), from.at("en")}; }

json json_of(const Head& head) { return {{"seq", head.seq}, {"hash", to_hex(head.hash)}}; }
Head head_in(const json& from)
{
    Head head{.seq = from.at("seq"), .hash = {}};
    take(from.at("hash"), head.hash);
    return head;
}

json json_of(const KeyList& list)
{
    return {{"number", list.number},
            {"receipt", to_hex(list.receipt)},
            {"release", to_hex(list.release)},
            {"identity", to_hex(list.identity)},
            {"sealing", to_hex(list.sealing)}};
}
KeyList key_list_in(const json& from)
{
    KeyList list;
    list.number = from.at("number");
    take(from.at("receipt"), list.receipt);
    take(from.at("release"), list.release);
    take(from.at("identity"), list.identity);
    take(from.at("sealing"), list.sealing);
    return list;
}

json json_of(const Receipt& receipt)
{
    return {{"journal", receipt.journal.text},
            {"head", json_of(receipt.head)},
            {"committed_at", to_ms(receipt.committed_at)},
            {"incarnation", receipt.incarnation},
            {"forked", receipt.forked}};
}
Receipt receipt_in(const json& from)
{
    return {.journal = {from.at("journal")},
            .head = head_in(from.at("head")),
            .committed_at = from_ms(from.at("committed_at")),
            .incarnation = from.at("incarnation"),
            .forked = from.at("forked")};
}

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

std::int64_t whole_number(const json& from)
{
    if (!from.is_number_integer()) throw std::invalid_argument{"number"};
    return from.get<std::int64_t>();
}

// The library's exceptions end here. What a stranger sent is never repeated in a message, only which message it was.
template <class T, class Read> Expected<T> decoded(std::string_view text, const char* what, Read read)
{
    if (!is_shallow(text)) return fail(ErrorKind::Corrupt, "link.message", {{"what", what}});
    try {
        return read(json::parse(text));
    } catch (const std::exception&) {
        return fail(ErrorKind::Corrupt, "link.message", {{"what", what}});
    }
}

} // namespace

std::string encode(const KeyList& list) { return json_of(list).dump(); }

std::string encode(const SignedKeys& keys)
{
    return json{{"root", to_hex(keys.root)}, {"list", json_of(keys.list)}, {"signature", to_hex(keys.signature)}}.dump();
}

Expected<SignedKeys> decode_signed_keys(std::string_view text)
{
    return decoded<SignedKeys>(text, "keys", [](const json& from) {
        SignedKeys keys;
        take(from.at("root"), keys.root);
        keys.list = key_list_in(from.at("list"));
        take(from.at("signature"), keys.signature);
        return keys;
    });
}

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
                {"site_key", to_base64(reply.site_key)},
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
                             .site_key = bytes_in(from.at("site_key")),
                             .is_demo = from.at("is_demo")};
        take(from.at("key"), reply.key);
        return reply;
    });
}

std::string encode(const Receipt& receipt) { return json_of(receipt).dump(); }

Expected<Receipt> decode_receipt(std::string_view text) { return decoded<Receipt>(text, "receipt", receipt_in); }

std::string encode(const ExchangeRequest& request)
{
    return json{{"terminal", request.terminal.text},
                {"batch", json::parse(encode(request.batch))},
                {"first_row", request.first_row},
                {"release", request.release},
                {"roster", request.roster},
                {"terminal_time", request.terminal_time_ms},
                {"verifiers", to_base64(request.verifiers)}}
        .dump();
}

Expected<ExchangeRequest> decode_exchange_request(std::string_view text)
{
    return decoded<ExchangeRequest>(text, "exchange", [](const json& from) {
        auto batch = decode_batch(from.at("batch").dump());
        if (!batch) throw std::invalid_argument{"batch"};
        return ExchangeRequest{.terminal = {from.at("terminal")},
                               .batch = std::move(*batch),
                               .first_row = from.at("first_row"),
                               .release = whole_number(from.at("release")),
                               .roster = whole_number(from.at("roster")),
                               .terminal_time_ms = whole_number(from.at("terminal_time")),
                               .verifiers = bytes_in(from.at("verifiers"))};
    });
}

std::string encode(const ExchangeReply& reply)
{
    return json{{"receipt", json_of(reply.receipt)},
                {"release", to_base64(reply.release)},
                {"roster", to_base64(reply.roster)},
                {"hq_time", reply.hq_time_ms}}
        .dump();
}

Expected<ExchangeReply> decode_exchange_reply(std::string_view text)
{
    return decoded<ExchangeReply>(text, "reply", [](const json& from) {
        return ExchangeReply{.receipt = receipt_in(from.at("receipt")),
                             .release = bytes_in(from.at("release")),
                             .roster = bytes_in(from.at("roster")),
                             .hq_time_ms = whole_number(from.at("hq_time"))};
    });
}

} // namespace adal::sync
