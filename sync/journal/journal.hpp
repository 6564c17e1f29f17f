#pragma once
#include "content/base/clock.hpp"
#include "sync/database/connection.hpp"
#include "sync/journal/chain.hpp"
#include <functional>

namespace adal::sync {

/// The terminal's only memory: an append-only, hash-chained, signed list of events in one SQLite file.
///
/// Everything else on the terminal is derived from it and can be thrown away.
/// An event is durable when `append` returns. After a failed `append` nothing is recorded, as far as the file can tell: where a disk fails
/// in the very act, a decision whose failure was reported may still be found, whole, by the next `append` or at the next start.
/// HQ's nodes write theirs with the same class.
class Journal {
public:
    struct Origin {
        TerminalId terminal; // or the HQ node's name
        std::string continues; // "", or the head of the journal that this one follows (Continued)
    };
    /// Enrolment only. Fails with Conflict if the file exists: a journal is born once.
    static Expected<Journal> create(const std::filesystem::path&, const Origin&, const Signer&, const Clock&, Random&);

    /// Daily start. NotFound rather than begin an empty history; Corrupt, naming the first bad seq, if the chain is broken after the
    /// last checked head (`verify` checks it all).
    static Expected<Journal> open(const std::filesystem::path&, const Signer&, const Clock&);
    /// The same over a connection handed in: tests let it fail.
    static Expected<Journal> open(std::unique_ptr<Connection>, const std::filesystem::path&, const Signer&, const Clock&);

    /// For verify and journal commands: no key needed, nothing can be appended.
    static Expected<Journal> read_only(const std::filesystem::path&);

    /// One decision, one transaction: either every fact is on disk or none of them is. Returns the events as recorded, and before them
    /// those of a decision reported as failed that turned out to stand: so whoever applies what `append` returns misses nothing.
    Expected<std::vector<Event>> append(const Actor&, const std::vector<Fact>&);

    Expected<std::vector<Event>> read_after(std::uint64_t seq, std::size_t limit) const;
    Expected<std::vector<JournalRow>> rows_after(std::uint64_t seq, std::size_t limit) const;

    /// Whole decisions after `seq`, at most about `limit` rows (one decision is never cut); empty rows when there is nothing.
    Expected<Batch> batch_after(std::uint64_t seq, std::size_t limit) const;

    bool contains(const Head&) const; // is this point part of our history?
    const Head& head() const; // of a reader: when it was opened
    const JournalId& id() const;
    const TerminalId& terminal() const;
    const PublicKey& key() const;                       // that signs it
    const std::optional<Continued>& continues() const;  // the journal that this one follows

    /// The owner's last act before the file is moved away: everything in one file. Unavailable, at once, while anybody else reads it or a write
    /// is in doubt; it then goes on as before.
    Expected<Done> fold_into_one_file();

    /// The whole chain and every signature from row 1. Corrupt names the first bad seq.
    Expected<Done> verify() const;

    Journal(Journal&&) noexcept;
    Journal& operator=(Journal&&) noexcept;
    ~Journal();

private:
    struct State;
    explicit Journal(std::unique_ptr<State>);
    static Expected<Journal> open_over(std::unique_ptr<Connection>, const std::filesystem::path&, const Signer*, const Clock*);
    std::unique_ptr<State> state_;
};

} // namespace adal::sync
