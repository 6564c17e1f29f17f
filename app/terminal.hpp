#pragma once
#include "app/clock_watch.hpp"
#include "app/history.hpp"
#include "app/library.hpp"
#include "app/receipts.hpp"
#include "sync/journal/folder_lock.hpp"

namespace adal::app {

/// Everything this terminal remembers: its folder, held, opened and folded.
class Terminal {
public:
    /// Conflict if another program holds the folder; NotFound if it was never enrolled; Corrupt names the first bad
    /// fact.
    static Expected<Terminal> open(const sync::TerminalFolder&, const Clock&);

    /// First the disk, then the fold. A refused append changes nothing. If the wall clock has jumped, that becomes a fact
    /// before.
    Expected<Done> append(const Actor&, const std::vector<sync::Fact>&);
    /// A jump of the wall clock becomes a fact. True if there was one.
    bool watch_clock();

    /// After an exchange: receipts, roster and HQ's clock anew.
    Expected<Done> reload();
    /// The newest release, if it is another one; installed, it becomes a fact. A broken one does not replace one that
    /// works: it is asked for anew.
    Expected<Done> renew_library();
    /// Once a boot, and again when the two clocks have moved apart: what HQ's clock said becomes a fact.
    Expected<Done> compare_clocks();
    /// What HQ tells of her from other terminals is united with what she did here, unless it is already.
    void unite(const PersonId&);

    /// HQ has seen two journals of this name: the disk was copied or put back.
    bool must_succeed() const { return must_succeed_; }
    /// Closes the journal and goes on in one that follows it; nothing recorded is lost. Unavailable: not at this moment, all
    /// is as before. Any other error: nothing can be written any more, until the next start.
    Expected<Done> succeed(Random&);
    /// When the present journal began, if it follows another.
    const std::optional<UtcTime>& succeeded_at() const { return succeeded_at_; }

    /// HQ has withdrawn this terminal.
    bool is_withdrawn() const { return is_withdrawn_; }
    /// Whatever is appended from now on is refused with this.
    void close_for_good(Error error) { closed_for_good_ = std::move(error); }

    TerminalId id() const { return journal_.terminal(); }
    const sync::TerminalFolder& folder() const { return folder_; }
    const sync::Journal& journal() const { return journal_; }
    sync::Beside& beside() { return beside_; }
    const sync::KeyPair& key() const { return *key_; }
    const sync::Enrolment& enrolment() const { return enrolment_; }
    const History& history() const { return history_; }
    const sync::Roster& roster() const { return roster_; }
    const Library& library() const { return library_; }
    const Receipts& receipts() const { return receipts_; }
    std::uint64_t place() const; // of the last fact among all that were ever written here
    std::uint64_t unsent() const;
    bool is_demo() const { return is_demo_; }

    /// The time as far as it can be known: HQ's clock if this boot has heard it; else the wall clock, but not before the
    /// newest list of people was made: without a battery a machine begins in 1970. Dates hang on it, durations do not.
    UtcTime time() const;

private:
    /// A journal that another followed.
    struct Closed {
        sync::JournalId id;
        std::uint64_t before = 0, rows = 0;
    };

    sync::TerminalFolder folder_;
    const Clock* clock_;
    sync::FolderLock lock_;
    std::unique_ptr<sync::KeyPair> key_; // the journal signs with it
    sync::Journal journal_;
    sync::Beside beside_;
    sync::Enrolment enrolment_;
    std::vector<Closed> closed_; // oldest first
    History history_;
    ClockWatch watch_{std::nullopt};
    std::map<PersonId, Hash> united_; // by what of HQ's is in the fold
    sync::Roster roster_;
    Library library_;
    Receipts receipts_;
    std::optional<std::pair<std::string, std::int64_t>> release_; // the one `library_` is of
    std::optional<sync::ClockReading> hq_clock_;
    std::optional<UtcTime> succeeded_at_;
    std::optional<Error> closed_for_good_;
    bool is_demo_ = false, must_succeed_ = false, is_withdrawn_ = false;

    Terminal(sync::TerminalFolder, const Clock&, sync::FolderLock, std::unique_ptr<sync::KeyPair>, sync::Journal, sync::Beside,
             sync::Enrolment);
    Expected<Done> replay();
    Expected<Done> replay(const sync::Journal&, std::uint64_t before);
    void fold(const std::vector<sync::Event>&);
    std::uint64_t before() const; // rows in the journals before the present one
    Expected<Done> reopen();
    Expected<Done> load_roster();
    void take(Library, const sync::Release&);
    void mend();
    bool is_installed(const sync::Release&) const;
};

/// A folder that was enrolled, also where a succession was cut off.
bool is_enrolled(const sync::TerminalFolder&);

} // namespace adal::app
