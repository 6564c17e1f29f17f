#pragma once
#include "sync/link/terminal_link.hpp"

namespace adal::app {

/// What HQ has, and since when: the heads it has receipted with their commit times. Only HQ's receipts say so; we keep
/// no "sent" marks. The newest receipt alone would make "at HQ since" move on with every exchange, so the earlier ones
/// are kept beside the journal.
class Receipts {
public:
    /// Reads what was kept, adds the newest receipt, keeps it. A receipt over another journal, or of another life of
    /// HQ, starts anew.
    static Receipts read(sync::Beside&, const sync::JournalId&);

    std::uint64_t head() const { return kept_.empty() ? 0 : kept_.back().seq; }
    bool covers(std::uint64_t seq) const { return seq <= head(); }
    std::optional<UtcTime> since(std::uint64_t seq) const; // nullopt: HQ has not receipted it yet
    std::optional<UtcTime> last() const;

private:
    struct Kept {
        std::uint64_t seq = 0;
        UtcTime at;
    };
    std::string life_;       // journal and incarnation
    std::vector<Kept> kept_; // by seq
    std::string text() const;
    static Receipts from(const std::string& text);
};

} // namespace adal::app
