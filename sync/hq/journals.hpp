#pragma once
#include "sync/hq/store.hpp"
#include "sync/journal/chain.hpp"

/// Every journal that HQ has ever received, row by row, each under its hash; branches when one journal has two
/// histories.
namespace adal::sync::hq {

struct KnownJournal {
    TerminalId terminal;
    PublicKey key{};
    std::string continues{}; // the head of the journal before it, as its first row says: "<journal id> <seq> <hash>"
};
Expected<std::optional<KnownJournal>> find_journal(Store&, const JournalId&);

/// Is this point part of what is here, on whatever branch? The point before the first row always is.
Expected<bool> is_here(Store&, const JournalId&, const Head&);

/// The end of one branch, and since when it is committed: what a receipt promises. Branch 0 is the main one.
struct Tip {
    std::int64_t branch = 0;
    Head head;
    UtcTime committed_at;
};
Expected<Tip> main_tip(Store&, const JournalId&); // before the first row when nothing is known
Expected<std::optional<Tip>> tip_up_to(Store&, const JournalId&, const Head&); // what is promised for this row; nothing if it is not here

/// Puts a checked batch where it belongs, inside a write: rows that are here already are skipped, a row that continues
/// no tip begins a branch. `added` are the new ones; a batch without any gets the receipt that it got before. When
/// `after` is not known here nothing is stored and the main tip is the answer: the terminal sends again from there.
struct Stored {
    Tip tip;
    std::vector<JournalRow> added;
    bool has_gap = false; // `after` is not here
};
enum class Standing { Believed, Quarantined };
Expected<Stored> store_batch(Store&, const Batch& checked, const KnownJournal&, std::int64_t position, UtcTime now,
                             Standing = Standing::Believed);

/// Rows that have just come to be believed: new ones, or those of a quarantine that was lifted. In the order of their journal.
struct NewRows {
    JournalId journal;
    TerminalId terminal;
    std::int64_t branch = 0;
    std::vector<JournalRow> rows;
};

/// HQ's own journal: the clerks' facts, chained and signed like a terminal's, in the same tables and in the same
/// transaction as what they did.
Expected<Done> record(Store&, const KeyPair& identity, const Actor&, const std::vector<Fact>&, std::int64_t position,
                      const Moment&, Random&);

/// The next `record` begins a journal that continues the one there is: after a restore. Under a new identity key it does so by itself.
Expected<Done> end_own_journal(Store&);

Expected<std::vector<JournalRow>> rows_of_branch(Store&, const JournalId&, std::int64_t branch, std::uint64_t after,
                                                 std::int64_t limit);
/// The same without those that wait in quarantine.
Expected<std::vector<JournalRow>> believed_rows(Store&, const JournalId&, std::int64_t branch, std::uint64_t after, std::int64_t limit);

/// A whole history from the first row on: the stretches of branches that it is made of, the branch itself last.
struct Stretch {
    std::int64_t branch = 0;
    std::uint64_t up_to = 0; // the last row's seq; of the branch itself: no end
};
Expected<std::vector<Stretch>> history_of(Store&, const JournalId&, std::int64_t branch);

/// For those who read rows of `fact` themselves.
extern const char* const row_columns;
JournalRow journal_row_from(const Row&, std::size_t first_column);
Hash hash_in(const Row&, std::size_t column);

/// How much of a journal was verified: numbering and chain of every row, and the signature of every decision, or only
/// of the last one, which proves all before it. Corrupt names terminal and seq.
enum class Signatures { Every, Last };
struct Verified {
    std::uint64_t rows = 0;
    std::int64_t branches = 0;
};
Expected<Verified> verify_journal(Store&, const JournalId&, const KnownJournal&, Signatures = Signatures::Every);
Expected<std::vector<std::pair<JournalId, KnownJournal>>> all_journals(Store&);

} // namespace adal::sync::hq
