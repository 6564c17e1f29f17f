#pragma once
#include "sync/hq/journals.hpp"
#include "sync/hq/teaching.hpp"

namespace adal::sync::hq {

/// Everything that HQ holds: every branch of every journal row by row, no row beside them, each row that a receipt promises, every sealed body, the pages
/// against what the journals fold to. Corrupt names terminal and seq of the first bad event, or the body; Conflict (hq.rolled_back) while that alarm stands.
struct Verification {
    std::uint64_t journals = 0, facts = 0;
};
Expected<Verification> verify_everything(Store&, const Teaching&);

} // namespace adal::sync::hq
