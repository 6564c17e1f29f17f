#include "sync/packs/delta.hpp"
#include <algorithm>
#include <bit>
#include <cassert>
#include <memory>
#include <zstd.h>

namespace adal::sync {

namespace {

constexpr int level = 12; // packs hold compressed frames: what helps is finding them again, not squeezing them

// The base stays in reach as long as the window covers the larger of the two.
int window_log(std::size_t base, std::size_t target)
{
    return std::clamp(static_cast<int>(std::bit_width(std::max(base, target))), 10, largest_delta_window_log);
}

bool is_set(std::size_t answer) { return !ZSTD_isError(answer); }

using Decoder = std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)>;

Decoder decoder_after(BytesView base)
{
    Decoder context{ZSTD_createDCtx(), ZSTD_freeDCtx};
    const bool is_ready = context && is_set(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, largest_delta_window_log)) &&
                          is_set(ZSTD_DCtx_refPrefix(context.get(), base.data(), base.size()));
    assert(is_ready);
    return context;
}

} // namespace

Bytes make_delta(BytesView base, BytesView target)
{
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context{ZSTD_createCCtx(), ZSTD_freeCCtx};
    const auto set = [&](ZSTD_cParameter name, int value) { return is_set(ZSTD_CCtx_setParameter(context.get(), name, value)); };
    const bool is_ready = context && set(ZSTD_c_compressionLevel, level) && set(ZSTD_c_enableLongDistanceMatching, 1) &&
                          set(ZSTD_c_windowLog, window_log(base.size(), target.size())) &&
                          set(ZSTD_c_checksumFlag, 1) && // a wrong base is mostly told at once
                          is_set(ZSTD_CCtx_refPrefix(context.get(), base.data(), base.size()));
    assert(is_ready);
    Bytes delta(ZSTD_compressBound(target.size()));
    const auto size = ZSTD_compress2(context.get(), delta.data(), delta.size(), target.data(), target.size());
    assert(is_set(size));
    delta.resize(size);
    return delta;
}

Expected<Bytes> apply_delta(BytesView base, BytesView delta, std::size_t limit)
{
    const auto context = decoder_after(base);
    Bytes target, piece(ZSTD_DStreamOutSize());
    ZSTD_inBuffer in{delta.data(), delta.size(), 0};
    std::size_t left = 1; // what zstd still expects; 0 at the end of the frame
    while (left != 0) {
        ZSTD_outBuffer out{piece.data(), piece.size(), 0};
        left = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(left) || (left != 0 && out.pos == 0 && in.pos == in.size)) return fail(ErrorKind::Corrupt, "pack.malformed");
        if (target.size() + out.pos > limit) return fail(ErrorKind::InvalidInput, "pack.too_large");
        target.insert(target.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(out.pos));
    }
    if (in.pos != in.size) return fail(ErrorKind::Corrupt, "pack.malformed");
    return target;
}

} // namespace adal::sync
