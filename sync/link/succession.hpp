#pragma once
#include "sync/link/terminal_link.hpp"

/// One journal follows another when HQ has seen two of one name: the disk was copied, or put back from an old copy.
///
/// The old journal is closed for good, stays as journals/<first 16 hex of its id>.db with its key beside it, and is still sent until HQ has receipted all of
/// it. The new one, under a key of its own, names the old one's head in its first row; the old key's signature over that row (Succession) goes up with it.
///
/// On the disk it happens in steps, each durable before the next. Until the old journal's file has its new name nothing has happened; from then on
/// `complete_succession` finds what is left to do. So a program killed anywhere in between goes on, at its next start, with one journal or with the other.
namespace adal::sync {

/// For the journal's owner alone, who has `old` open and drops it, whatever comes back: then he opens key and journal of the folder again. Unavailable while
/// anybody reads the old journal (try again a little later): then everything is as before.
Expected<Done> begin_successor(const TerminalFolder&, Journal& old, const KeyPair& old_key, Beside&, const Clock&, Random&);

/// At every start under the folder's lock, before anything is opened.
Expected<Done> complete_succession(const TerminalFolder&);

/// The old key's word for this journal; none if it follows no other.
std::optional<Succession> read_succession(const Beside&, const JournalId&);

/// A journal of this terminal and the file of the key that signs it.
struct JournalFiles {
    std::filesystem::path journal, key;
};
JournalFiles files_of(const TerminalFolder&, const JournalId& closed);
/// Where the present journal and its key lie, also in a folder whose succession was cut off: for readers, who complete nothing.
JournalFiles present_files(const TerminalFolder&);

/// The journals that this one follows, oldest first, to be read only. Those that are not on this disk are left out, with all before them.
Expected<std::vector<Journal>> predecessors(const TerminalFolder&, const Journal&);

/// `exchange` for each of a terminal's journals: those that were followed by others first, while HQ lacks anything of them, then the present one. One that HQ
/// does not take keeps no later one back; then its error is told at the end.
Expected<Exchanged> exchange_all(const TerminalFolder&, const Journal& present, Beside&, const KeyPair& present_key, const Enrolment&, Road&, const Clock&,
                                 std::size_t batch_limit = SyncState::longest_stride);

void add(Exchanged& sum, const Exchanged& more);

} // namespace adal::sync
