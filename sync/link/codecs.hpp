#pragma once
#include "sync/link/messages.hpp"
#include <nlohmann/json.hpp>

/// What the codecs of messages share; for .cpp files only. The readers throw at what is not as it should be, `decoded` catches once.
namespace adal::sync::codecs {

using nlohmann::json; // its object is sorted by key: dump() is canonical

template <std::size_t n> void take(const json& from, std::array<std::uint8_t, n>& into)
{
    const auto bytes = from_hex(from.get_ref<const std::string&>());
    if (!bytes || bytes->size() != n) throw std::invalid_argument{"hex"};
    std::copy(bytes->begin(), bytes->end(), into.begin());
}

template <std::size_t n> std::array<std::uint8_t, n> array_in(const json& from)
{
    std::array<std::uint8_t, n> array{};
    take(from, array);
    return array;
}

inline Bytes bytes_in(const json& from)
{
    auto bytes = from_base64(from.get_ref<const std::string&>());
    if (!bytes) throw std::invalid_argument{"base 64"};
    return std::move(*bytes);
}

inline std::int64_t whole_number(const json& from)
{
    if (!from.is_number_integer()) throw std::invalid_argument{"number"};
    return from.get<std::int64_t>();
}

/// A member that an older program does not write.
inline std::int64_t number_or(const json& from, const char* key, std::int64_t otherwise)
{
    const auto found = from.find(key);
    return found == from.end() ? otherwise : whole_number(*found);
}

bool is_shallow(std::string_view);

/// The library's exceptions end here. What a stranger sent is never repeated in a message, only which message it was.
template <class T, class Read> Expected<T> decoded(std::string_view text, const char* what, Read read)
{
    if (!is_shallow(text)) return fail(ErrorKind::Corrupt, "link.message", {{"what", what}});
    try {
        return read(json::parse(text));
    } catch (const std::exception&) {
        return fail(ErrorKind::Corrupt, "link.message", {{"what", what}});
    }
}

json json_of(const SignedKeys&);
SignedKeys signed_keys_in(const json&);
json json_of(const SealedSiteKey&);
SealedSiteKey site_key_in(const json&);

} // namespace adal::sync::codecs
