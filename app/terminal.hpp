#pragma once
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

    /// First the disk, then the fold. A refused append changes nothing.
    Expected<Done> append(const Actor&, const std::vector<sync::Fact>&);

    /// After an exchange: receipts and roster anew.
    Expected<Done> reload();
    /// The newest release, if it is another one; installed, it becomes a fact. A broken one does not replace one that
    /// works: it is asked for anew.
    Expected<Done> renew_library();

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
    std::uint64_t unsent() const;
    bool is_demo() const { return is_demo_; }

private:
    sync::TerminalFolder folder_;
    sync::FolderLock lock_;
    std::unique_ptr<sync::KeyPair> key_; // the journal signs with it
    sync::Journal journal_;
    sync::Beside beside_;
    sync::Enrolment enrolment_;
    History history_;
    sync::Roster roster_;
    Library library_;
    Receipts receipts_;
    std::optional<std::pair<std::string, std::int64_t>> release_; // the one `library_` is of
    bool is_demo_ = false;

    Terminal(sync::TerminalFolder, sync::FolderLock, std::unique_ptr<sync::KeyPair>, sync::Journal, sync::Beside,
             sync::Enrolment);
    Expected<Done> replay();
    Expected<Done> load_roster();
    void take(Library, const sync::Release&);
    void mend();
    bool is_installed(const sync::Release&) const;
};

} // namespace adal::app
