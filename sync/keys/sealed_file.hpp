#pragma once
#include "sync/keys/keys.hpp"

namespace adal::sync {

/// A file that only a passphrase opens, written and read as a stream: however large it is, one piece of it is in
/// memory. sync/hq/BACKUP.md has the byte layout:
///   "adalseal1"  u32 BE passes  u32 BE KiB  16 bytes salt  24 bytes stream header  pieces of 64 KiB,
///   XChaCha20-Poly1305
/// Each piece is bound to the header, to its place and, by a mark in the last one, to the end: a byte changed, a piece
/// cut off or moved is noticed.

/// What Argon2id spends on turning the passphrase into a key; stands in the header, so it may grow with the years.
struct Stretching {
    std::uint32_t passes = 0, memory_kib = 0;
};
inline constexpr Stretching moderate{3, 256 * 1024}; // a second, 256 MiB
inline constexpr Stretching least{1, 8};             // for tests

class SealedWriter {
public:
    /// InvalidInput ("sealed.short") for a passphrase of fewer than `shortest_passphrase` characters. Mode 0600;
    /// replaces what stands at the path.
    static Expected<SealedWriter> create(const std::filesystem::path&, std::string_view passphrase, Stretching,
                                         Random&);
    static constexpr std::size_t shortest_passphrase = 12;

    Expected<Done> write(BytesView);
    Expected<std::int64_t> finish(); // whole and on the disk; how many bytes

    SealedWriter(SealedWriter&&) noexcept;
    ~SealedWriter(); // unfinished: takes the file away

private:
    struct Writing;
    explicit SealedWriter(std::unique_ptr<Writing>);
    std::unique_ptr<Writing> writing_;
};

class SealedReader {
public:
    /// InvalidInput ("sealed.foreign") if this is another kind of file; Denied ("sealed.passphrase") if the passphrase
    /// does not open its first piece.
    static Expected<SealedReader> open(const std::filesystem::path&, std::string_view passphrase);

    /// The next piece; empty after the last one. Corrupt ("sealed.damaged") if it was changed or the file ends too
    /// early or too late.
    Expected<Bytes> next();

    SealedReader(SealedReader&&) noexcept;
    ~SealedReader();

private:
    struct Reading;
    explicit SealedReader(std::unique_ptr<Reading>);
    std::unique_ptr<Reading> reading_;
};

} // namespace adal::sync
