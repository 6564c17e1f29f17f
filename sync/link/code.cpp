#include "sync/link/messages.hpp"
#include <sodium.h>
#include <string>

namespace adal::sync {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford: no I, L, O, U
constexpr std::size_t letters = 20;

// -1: not a letter of the alphabet; separators are dealt with before.
int value_of(char letter)
{
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    if (letter == 'O') letter = '0';
    if (letter == 'I' || letter == 'L') letter = '1';
    const auto at = alphabet.find(letter);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

bool is_separator(char letter) { return letter == '-' || letter == ' ' || letter == '.' || letter == '_' || letter == '\t'; }

} // namespace

// 100 bits, the secret's 40 first, five bits a letter, high bits first.
std::string to_text(const EnrolmentCode& code)
{
    std::uint64_t secret = 0;
    for (const auto byte : code.secret) secret = secret << 8 | byte;
    std::string text;
    for (std::size_t i = 0; i < letters; ++i) {
        if (i != 0 && i % 5 == 0) text += '-';
        const auto bits = i < 8 ? secret >> (5 * (7 - i)) : code.fingerprint >> (5 * (19 - i));
        text += alphabet[bits & 31];
    }
    return text;
}

std::optional<EnrolmentCode> enrolment_code_from(std::string_view text)
{
    std::uint64_t secret = 0, fingerprint = 0;
    std::size_t count = 0;
    for (const char letter : text) {
        if (is_separator(letter)) continue;
        const int value = value_of(letter);
        if (value < 0 || count == letters) return std::nullopt;
        auto& half = count < 8 ? secret : fingerprint;
        half = half << 5 | static_cast<std::uint64_t>(value);
        ++count;
    }
    if (count != letters) return std::nullopt;
    EnrolmentCode code{.secret = {}, .fingerprint = fingerprint};
    for (std::size_t i = 0; i < 5; ++i) code.secret[i] = static_cast<std::uint8_t>(secret >> (8 * (4 - i)));
    return code;
}

// Stretched, so that 60 bits cost a forger 2^60 Argon2id runs, not 2^60 hashes.
std::uint64_t root_fingerprint(const PublicKey& root)
{
    if (sodium_init() < 0) std::abort();
    static constexpr std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{'a', 'd', 'a', 'l', '/', 'r', 'o', 'o',
                                                                             't', '/', '1', 0,   0,   0,   0,   0};
    std::array<std::uint8_t, 16> out{};
    const auto done = crypto_pwhash(out.data(), out.size(), reinterpret_cast<const char*>(root.data()), root.size(),
                                    salt.data(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                    crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
    if (done != 0) throw std::bad_alloc{}; // 64 MiB were not to be had
    std::uint64_t first = 0;
    for (std::size_t i = 0; i < 8; ++i) first = first << 8 | out[i];
    return first >> 4;
}

} // namespace adal::sync
