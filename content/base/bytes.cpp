#include "content/base/bytes.hpp"
#include <algorithm>

namespace adal {
namespace {
constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
} // namespace

std::string to_hex(BytesView bytes)
{
    std::string text;
    text.reserve(bytes.size() * 2);
    for (auto byte : bytes) {
        text += hex_digits[byte >> 4U];
        text += hex_digits[byte & 15U];
    }
    return text;
}

std::optional<Bytes> from_hex(std::string_view text)
{
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hex_digits.find(text[i]), low = hex_digits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(high << 4U | low));
    }
    return bytes;
}

std::optional<Hash> hash_from_hex(std::string_view text)
{
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != 32) return std::nullopt;
    Hash hash{};
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

std::string to_base64(BytesView bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto left = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) group = group << 8U | (k < left ? bytes[i + k] : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += k <= left ? base64_digits[group >> (18U - 6U * k) & 63U] : '=';
    }
    return text;
}

std::optional<Bytes> from_base64(std::string_view text)
{
    if (text.size() % 4 != 0) return std::nullopt;
    Bytes bytes;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::uint32_t group = 0;
        std::size_t pads = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const char letter = text[i + k];
            if (letter == '=' && i + 4 == text.size() && k >= 2) { ++pads; group <<= 6U; continue; }
            const auto digit = base64_digits.find(letter);
            if (digit == std::string_view::npos || pads > 0) return std::nullopt;
            group = group << 6U | static_cast<std::uint32_t>(digit);
        }
        for (std::size_t k = 0; k + pads < 3; ++k) bytes.push_back(static_cast<std::uint8_t>(group >> (16U - 8U * k)));
    }
    return to_base64(bytes) == text ? std::optional{bytes} : std::nullopt;
}

} // namespace adal
