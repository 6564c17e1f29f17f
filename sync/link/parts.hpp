#pragma once
#include "sync/journal/beside.hpp"
#include "sync/link/stick.hpp"

namespace adal::sync {

/// What one journal has for HQ, cut into bundles of which each is whole by itself: rows from a receipted head on, and the bodies that they name or
/// that HQ asked for. The same journal, head and bodies are cut in the same places, so a part that is on the stick already is known by its name.
struct PartPlan {
    Head after, last;         // the rows between; none: a question only
    std::vector<Hash> bodies; // at hand
    bool has_rows() const { return last.seq > after.seq; }
};
Expected<std::vector<PartPlan>> plan_parts(const Journal&, const Beside&, const Head& receipted, const std::vector<Hash>& asked_for); // at least one
PartName name_of(const PartPlan&, const Journal&);

/// The decisions of a part, batch by batch.
Expected<std::vector<Batch>> batches_of(const PartPlan&, const Journal&);

std::vector<Hash> bodies_named_in(const Batch&);

/// About how many bytes it has before packing; the same on whatever day it is written, so that parts are cut alike every time.
std::size_t weight_of(const Batch&);

} // namespace adal::sync
