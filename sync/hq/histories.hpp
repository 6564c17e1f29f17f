#pragma once
#include "sync/hq/journals.hpp"

/// A terminal's journals and their branches, as the console shows them. One journal with one branch is the usual thing. A second branch, or a
/// journal that follows another, means that the terminal's disk was copied or put back: everything is kept, and a person is told.
namespace adal::sync::hq {

struct Line { // of history
    JournalId journal;
    std::string continues; // "<journal id> <seq> <hash>" of the journal that this one follows; empty for a first one
    std::int64_t branch = 0;
    std::uint64_t fork_seq = 0; // a branch's first fact follows this one
    std::uint64_t head_seq = 0;
    UtcTime since; // when its head was committed
    std::int64_t facts = 0, waiting = 0;
};
Expected<std::vector<Line>> lines_of(Store&, const TerminalId&); // journals as they came, branches by number

/// What happened to it, in one word.
enum class Continuity { None, Whole, Follows, Forked }; // nothing yet; one line; put back and gone on; several lines at once
Continuity continuity_of(const std::vector<Line>&);

} // namespace adal::sync::hq
