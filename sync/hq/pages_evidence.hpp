#pragma once
#include "sync/hq/evidence.hpp"
#include "sync/hq/pages.hpp"

/// The right half of a person's file: each step from the sign-in to the receipt, and the chain as it was found just
/// now.
namespace adal::sync::hq {

void put_evidence(const PageContext&, const DutyView&, const std::optional<Evidence>&, const std::string& place,
                  View& page);

/// What she did last, the plainest facts only.
View history(const PageContext&, const std::vector<StoredRow>&);

} // namespace adal::sync::hq
