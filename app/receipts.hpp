#pragma once
#include "sync/link/terminal_link.hpp"

namespace adal::app {

/// What HQ has, and since when: the heads it has receipted with their commit times. Only HQ's receipts say so; we keep
/// no "sent" marks. The newest receipt alone would make "at HQ since" move on with every exchange, so the earlier ones
/// are kept beside the journal.
///
/// A place counts through all of a terminal's journals: a row's number and all rows of the journals before its own.
class Receipts {
public:
    /// A journal of this terminal, and how many rows stand in those before it.
    struct Part {
        sync::JournalId journal;
        std::uint64_t before = 0;
    };

    /// Reads what was kept, adds the newest receipts, keeps them. `parts` from the oldest to the present one. A receipt of
    /// another life of HQ starts anew.
    static Receipts read(sync::Beside&, const std::vector<Part>& parts);

    std::uint64_t head(std::size_t part) const; // the last row of this journal that HQ has receipted
    bool covers(std::uint64_t place) const;
    std::optional<UtcTime> since(std::uint64_t place) const; // nullopt: HQ has not receipted it yet
    std::optional<UtcTime> last() const;

private:
    struct Kept {
        std::uint64_t seq = 0;
        UtcTime at;
    };
    /// Of one journal.
    struct Row {
        std::uint64_t before = 0;
        std::string life;       // journal and incarnation
        std::vector<Kept> kept; // by seq
        std::uint64_t head() const { return kept.empty() ? 0 : kept.back().seq; }
    };
    std::vector<Row> rows_;

    const Row* row_of(std::uint64_t place) const;
    static std::string text_of(const Row&);
    static Row from(const std::string& text);
    static Row read(sync::Beside&, const sync::SyncState&, const Part&);
};

} // namespace adal::app
