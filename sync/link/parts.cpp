#include "sync/link/parts.hpp"
#include "sync/link/bundle.hpp"
#include <algorithm>

namespace adal::sync {
namespace {

constexpr std::size_t batch_limit = 500; // rows

/// Fills one part after the other.
class Cutter {
public:
    Cutter(const Beside& beside, const Head& from) : beside_(beside), part_{.after = from, .last = from, .bodies = {}} {}

    Expected<Done> add(const std::vector<Hash>& bodies, std::size_t weight_of_rows, const Head& last)
    {
        std::vector<Hash> at_hand;
        auto weight = weight_of_rows;
        for (const auto& hash : bodies) {
            const auto content = beside_.body(hash);
            if (!content) return content.error();
            if (!*content) continue; // erased after its time
            at_hand.push_back(hash);
            weight += (*content)->size();
        }
        if (weight_ > 0 && weight_ + weight > usual_part) begin_next();
        weight_ += weight;
        part_.last = last;
        part_.bodies.insert(part_.bodies.end(), at_hand.begin(), at_hand.end());
        return Done{};
    }

    std::vector<PartPlan> parts() &&
    {
        parts_.push_back(std::move(part_));
        return std::move(parts_);
    }

private:
    void begin_next()
    {
        const auto end = part_.last;
        parts_.push_back(std::exchange(part_, {.after = end, .last = end, .bodies = {}}));
        weight_ = 0;
    }

    const Beside& beside_;
    std::vector<PartPlan> parts_;
    PartPlan part_;
    std::size_t weight_ = 0;
};

Hash hash_of(const std::vector<Hash>& bodies)
{
    Bytes all;
    for (const auto& body : bodies) all.insert(all.end(), body.begin(), body.end());
    return sha256(all);
}

} // namespace

std::size_t weight_of(const Batch& batch)
{
    std::size_t sum = 0;
    for (const auto& row : batch.rows) sum += row.actor.size() + row.kind.size() + row.body.size() + 100;
    return sum;
}

std::vector<Hash> bodies_named_in(const Batch& batch)
{
    std::vector<Hash> named;
    for (const auto& row : batch.rows)
        for (const auto& hash : bodies_named_by(decode(row.kind, row.body))) named.push_back(hash);
    return named;
}

Expected<std::vector<PartPlan>> plan_parts(const Journal& journal, const Beside& beside, const Head& receipted, const std::vector<Hash>& asked_for)
{
    Cutter cutter{beside, receipted};
    for (const auto& body : asked_for)
        if (auto added = cutter.add({body}, 0, receipted); !added) return added.error();
    for (auto at = receipted; at.seq < journal.head().seq;) {
        const auto batch = journal.batch_after(at.seq, batch_limit);
        if (!batch) return batch.error();
        if (batch->rows.empty()) break;
        at = {batch->rows.back().seq, batch->rows.back().hash};
        if (auto added = cutter.add(bodies_named_in(*batch), weight_of(*batch), at); !added) return added.error();
    }
    return std::move(cutter).parts();
}

PartName name_of(const PartPlan& part, const Journal& journal)
{
    auto last = part.last;
    if (!part.has_rows() && !part.bodies.empty()) last.hash = hash_of(part.bodies);
    return part_name(journal.terminal(), journal.id(), part.after.seq + 1, last);
}

Expected<std::vector<Batch>> batches_of(const PartPlan& part, const Journal& journal)
{
    std::vector<Batch> batches;
    for (auto seq = part.after.seq; seq < part.last.seq;) { // the journal may have grown since
        auto batch = journal.batch_after(seq, std::min<std::size_t>(batch_limit, part.last.seq - seq));
        if (!batch) return batch.error();
        if (batch->rows.empty()) break;
        seq = batch->rows.back().seq;
        batches.push_back(std::move(*batch));
    }
    if (batches.empty()) batches.push_back({.journal = journal.id(), .after = part.after, .rows = {}, .signature = {}});
    return batches;
}

} // namespace adal::sync
