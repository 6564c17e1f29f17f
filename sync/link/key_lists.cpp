#include "sync/link/codecs.hpp"
#include <algorithm>

namespace adal::sync {

using namespace codecs;

namespace {

template <std::size_t n> json hex_list(const std::vector<std::array<std::uint8_t, n>>& keys)
{
    auto list = json::array();
    for (const auto& key : keys) list.push_back(to_hex(key));
    return list;
}

/// A list of 0.1.0 has one key of each kind, not yet in an array.
std::vector<std::array<std::uint8_t, 32>> keys_in(const json& from)
{
    if (from.is_string()) return {array_in<32>(from)};
    std::vector<std::array<std::uint8_t, 32>> keys;
    for (const auto& key : from) keys.push_back(array_in<32>(key));
    if (keys.empty()) throw std::invalid_argument{"no key in use"};
    return keys;
}

KeyList key_list_in(const json& from)
{
    KeyList list{.number = whole_number(from.at("number")),
                 .receipt = keys_in(from.at("receipt")),
                 .release = keys_in(from.at("release")),
                 .identity = keys_in(from.at("identity")),
                 .sealing = keys_in(from.at("sealing")),
                 .authorities = from.value("authorities", std::vector<std::string>{}),
                 .successor = {}};
    if (from.contains("successor")) list.successor = array_in<32>(from.at("successor"));
    return list;
}

bool is_trusted_root(const SignedKeys& trusted, const PublicKey& root) { return root == trusted.root || root == trusted.list.successor; }

} // namespace

namespace codecs {

json json_of(const SignedKeys& keys)
{
    return {{"root", to_hex(keys.root)}, {"list", json::parse(keys.text)}, {"signature", to_hex(keys.signature)}};
}

SignedKeys signed_keys_in(const json& from)
{
    return {.root = array_in<32>(from.at("root")),
            .list = key_list_in(from.at("list")),
            .text = from.at("list").dump(),
            .signature = array_in<64>(from.at("signature"))};
}

} // namespace codecs

std::string encode(const KeyList& list)
{
    json out{{"number", list.number},
             {"receipt", hex_list(list.receipt)},
             {"release", hex_list(list.release)},
             {"identity", hex_list(list.identity)},
             {"sealing", hex_list(list.sealing)}};
    if (!list.authorities.empty()) out["authorities"] = list.authorities;
    if (list.successor) out["successor"] = to_hex(*list.successor);
    return out.dump();
}

Expected<KeyList> decode_key_list(std::string_view text) { return decoded<KeyList>(text, "key list", key_list_in); }

std::string encode(const SignedKeys& keys) { return json_of(keys).dump(); }

Expected<SignedKeys> decode_signed_keys(std::string_view text) { return decoded<SignedKeys>(text, "keys", signed_keys_in); }

SignedKeys sign_keys(const KeyList& list, const Signer& root)
{
    auto text = encode(list);
    const auto signature = root.sign(Purpose::KeyList, bytes_of(text));
    return {.root = root.public_key(), .list = list, .text = std::move(text), .signature = signature};
}

bool is_signed(const SignedKeys& keys) { return verify(keys.root, Purpose::KeyList, bytes_of(keys.text), keys.signature); }

SignedKeys newest_of(const SignedKeys& trusted, const std::vector<SignedKeys>& offered)
{
    auto ordered = offered;
    std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.list.number < b.list.number; });
    auto newest = trusted;
    for (const auto& keys : ordered)
        if (keys.list.number > newest.list.number && is_trusted_root(newest, keys.root) && is_signed(keys)) newest = keys;
    return newest;
}

} // namespace adal::sync
