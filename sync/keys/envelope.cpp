#include "sync/keys/envelope.hpp"
#include <algorithm>
#include <cassert>
#include <charconv>
#include <limits>
#include <zstd.h>

namespace adal::sync {
namespace {

constexpr std::string_view magic = "adalenv1";
constexpr int largest_window_log = 24; // 16 MiB: what a stranger's frame may make us allocate
constexpr std::array purposes{Purpose::Enrolment, Purpose::Certificate, Purpose::Exchange, Purpose::Receipt, Purpose::Reply,
                              Purpose::Release,   Purpose::Roster,      Purpose::KeyList,  Purpose::Blob,    Purpose::Bundle,
                              Purpose::Revocation, Purpose::JournalRow, Purpose::Succession};

Error malformed() { return fail(ErrorKind::Corrupt, "envelope.malformed"); }

void add(Bytes& bytes, std::string_view text) { bytes.insert(bytes.end(), text.begin(), text.end()); }

void add_short(Bytes& bytes, std::string_view text)
{
    assert(text.size() <= 255);
    bytes.push_back(static_cast<std::uint8_t>(text.size()));
    add(bytes, text);
}

std::optional<Purpose> purpose_from(std::string_view text)
{
    const auto found =
        std::find_if(purposes.begin(), purposes.end(), [&](Purpose purpose) { return tag(purpose) == text; });
    return found == purposes.end() ? std::nullopt : std::optional{*found};
}

/// Takes pieces from the front; once something is missing, `failed` stays true and every piece is empty.
struct Cursor {
    BytesView rest;
    bool failed = false;

    BytesView take(std::size_t count)
    {
        if (failed || count > rest.size()) {
            failed = true;
            return {};
        }
        const auto piece = rest.first(count);
        rest = rest.subspan(count);
        return piece;
    }
    std::size_t number(std::size_t width)
    {
        std::size_t value = 0;
        for (auto byte : take(width)) value = value << 8U | byte;
        return value;
    }
    std::string short_text() { return text_of(take(number(1))); }
};

} // namespace

std::string to_text(const Incarnation& incarnation)
{
    std::array<std::uint8_t, 8> random{};
    for (std::size_t i = 0; i < 8; ++i) random[i] = static_cast<std::uint8_t>(incarnation.random >> (56U - 8U * i));
    return std::to_string(incarnation.second) + "-" + to_hex(random);
}

std::optional<Incarnation> incarnation_from(std::string_view text)
{
    const auto dash = text.rfind('-');
    if (dash == std::string_view::npos) return std::nullopt;
    Incarnation incarnation;
    std::from_chars(text.data(), text.data() + dash, incarnation.second);
    std::from_chars(text.data() + dash + 1, text.data() + text.size(), incarnation.random, 16);
    return to_text(incarnation) == text ? std::optional{incarnation} : std::nullopt; // one spelling only
}

Bytes seal_envelope(const Envelope& envelope, const Signer& signer)
{
    assert(envelope.body.size() <= std::numeric_limits<std::uint32_t>::max());
    Bytes bytes;
    add(bytes, magic);
    add_short(bytes, tag(envelope.purpose));
    add_short(bytes, envelope.sender);
    add_short(bytes, envelope.incarnation);
    for (unsigned shift : {24U, 16U, 8U, 0U}) bytes.push_back(static_cast<std::uint8_t>(envelope.body.size() >> shift));
    bytes.insert(bytes.end(), envelope.body.begin(), envelope.body.end());
    const auto signature = signer.sign(envelope.purpose, bytes);
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return bytes;
}

Expected<OpenedEnvelope> read_envelope(BytesView bytes)
{
    Cursor cursor{bytes};
    OpenedEnvelope opened;
    const bool is_ours = text_of(cursor.take(magic.size())) == magic;
    const auto purpose = purpose_from(cursor.short_text());
    opened.envelope.sender = cursor.short_text();
    opened.envelope.incarnation = cursor.short_text();
    const auto body = cursor.take(cursor.number(4));
    const auto signature = cursor.take(opened.signature.size());
    if (cursor.failed || !cursor.rest.empty() || !is_ours || !purpose) return malformed();
    opened.envelope.purpose = *purpose;
    opened.envelope.body.assign(body.begin(), body.end());
    const auto signed_part = bytes.first(bytes.size() - signature.size());
    opened.signed_bytes.assign(signed_part.begin(), signed_part.end());
    std::copy(signature.begin(), signature.end(), opened.signature.begin());
    return opened;
}

Bytes pack(BytesView plain)
{
    Bytes packed(ZSTD_compressBound(plain.size()));
    const auto size = ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), ZSTD_CLEVEL_DEFAULT);
    assert(!ZSTD_isError(size));
    packed.resize(size);
    return packed;
}

Expected<Bytes> unpack(BytesView packed, std::size_t limit)
{
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context{ZSTD_createDCtx(), ZSTD_freeDCtx};
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, largest_window_log);
    Bytes plain, piece(ZSTD_DStreamOutSize());
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    std::size_t left = 1; // what zstd still expects; 0 at the end of the frame
    while (left != 0) {
        ZSTD_outBuffer out{piece.data(), piece.size(), 0};
        left = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(left) || (left != 0 && out.pos == 0 && in.pos == in.size))
            return fail(ErrorKind::Corrupt, "pack.malformed");
        if (plain.size() + out.pos > limit) return fail(ErrorKind::InvalidInput, "pack.too_large");
        plain.insert(plain.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(out.pos));
    }
    if (in.pos != in.size) return fail(ErrorKind::Corrupt, "pack.malformed");
    return plain;
}

} // namespace adal::sync
