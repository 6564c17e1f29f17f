#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adal {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;
using Hash = std::array<std::uint8_t, 32>; // SHA-256

inline BytesView bytes_of(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string text_of(BytesView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string to_hex(BytesView);
std::optional<Bytes> from_hex(std::string_view); // lower case only, even length
std::optional<Hash> hash_from_hex(std::string_view);

/// RFC 4648 base 64 without line breaks, with padding.
std::string to_base64(BytesView);
std::optional<Bytes> from_base64(std::string_view);

} // namespace adal
