#pragma once
#include "content/base/bytes.hpp"
#include "content/base/expected.hpp"

namespace adal::sync {

/// A pack as its difference from one the other side has: one zstd frame whose prefix, not in the frame, is the base (sync/packs/FORMAT.md).
/// A delta proves nothing. Whoever applies one compares the SHA-256 of what comes out with the hash that was asked for, and asks for
/// the whole pack when it differs.
///
/// Beyond this distance the base is out of reach and the delta grows; it is also the most that a stranger's frame makes us set aside.
inline constexpr int largest_delta_window_log = 27; // 128 MiB

Bytes make_delta(BytesView base, BytesView target);

/// Corrupt if this is not one whole frame, or says itself that it was made from another base; InvalidInput if it would grow beyond `limit` bytes.
/// Memory: the result and one window, both bounded whatever the frame says of itself.
Expected<Bytes> apply_delta(BytesView base, BytesView delta, std::size_t limit);

} // namespace adal::sync
