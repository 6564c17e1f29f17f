#pragma once
#include "sync/hq/store.hpp"

namespace adal::sync::hq {

/// A pack as its difference from another one here; nothing when that saves less than half of it, or when the base is not here. Deltas are made once
/// and kept in packs/ as long as there is room for a few.
Expected<std::optional<Bytes>> delta_of(Store&, const HqFolder&, const Hash& base, const Hash& target, BytesView target_content);

} // namespace adal::sync::hq
