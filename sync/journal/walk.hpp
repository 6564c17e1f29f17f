#pragma once
#include "sync/journal/chain.hpp"

namespace adal::sync {

/// Goes along a chain row by row from a known point at the end of a decision: the one place that judges numbers, decisions and hashes.
class Walk {
public:
    Walk(JournalId journal, const Head& from) : journal_(std::move(journal)), head_(from), decision_end_(from.seq) {}

    /// The hash this row has as the next one; nothing if it does not continue the journal. After that the walk is over.
    std::optional<Hash> step(const JournalRow&);

    const Head& head() const { return head_; }
    std::uint64_t next() const { return head_.seq + 1; }
    bool is_between_decisions() const { return head_.seq == decision_end_; }

private:
    JournalId journal_;
    Head head_;
    std::uint64_t decision_end_; // of the decision we are in; the head's own seq between two decisions
};

} // namespace adal::sync
