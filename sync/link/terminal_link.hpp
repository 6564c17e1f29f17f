#pragma once
#include "sync/journal/beside.hpp"
#include "sync/link/road.hpp"
#include "sync/packs/release.hpp"
#include "sync/people/roster.hpp"

namespace adal::sync {

/// A terminal's data folder: lock terminal.key journal.db beside.db packs/ settings.json log/
struct TerminalFolder {
    std::filesystem::path root;
    std::filesystem::path key() const { return root / "terminal.key"; }
    std::filesystem::path journal() const { return root / "journal.db"; }
    std::filesystem::path beside() const { return root / "beside.db"; }
    std::filesystem::path packs() const { return root / "packs"; }
    std::filesystem::path settings() const { return root / "settings.json"; }
};

/// What enrolment left in beside.db, read at every start.
struct Enrolment {
    EnrolmentReply certificate;
    SignedKeys keys;
    std::string hq_url;
};

/// Fetches and checks HQ's keys against the code's fingerprint, asks for a certificate, creates key, journal and beside.db. Nothing is left behind
/// by a failure that could stand in the way of trying again with the same code.
Expected<Enrolment> enrol(const TerminalFolder&, const std::string& code, const std::string& hq_url, Road&, const Clock&, Random&);
Expected<Enrolment> read_enrolment(const Beside&);

/// What the last exchange says about where facts are. Kept in beside.db.
struct SyncState {
    std::optional<Receipt> receipt;
    std::optional<UtcTime> last_try, last_success; // terminal's clock
    std::optional<Error> last_error;
    std::int64_t release = 0, roster = 0;
};
SyncState read_sync_state(const Beside&);

/// One exchange after another until HQ has everything (batch_limit rows at a time) and the newest release and roster are here.
/// HQ's receipt is the only truth about what HQ has: there are no "sent" marks, so a lost reply, a repeated batch or a restart in the middle
/// all end in the same state.
///
/// It reads the journal and appends nothing (it runs beside the kiosk, on its own read-only Journal and its own Beside): the journal has one writer,
/// its owner, who records ReleaseInstalled when `new_release` says so.
struct Exchanged {
    std::uint64_t sent = 0; // rows
    std::optional<std::int64_t> new_release, new_roster;
    int requests = 0;
    std::int64_t bytes_up = 0, bytes_down = 0;
};
Expected<Exchanged> exchange(const TerminalFolder&, const Journal&, Beside&, const KeyPair&, const Enrolment&, Road&, const Clock&, std::size_t batch_limit = 500);

/// Every generation of the site's key that this terminal was given.
Expected<SiteKeys> site_keys(const KeyPair&, const Enrolment&, const Beside&);

/// The newest roster, unlocked with the site key; NotFound before the first exchange.
Expected<Roster> read_roster(const Beside&, const KeyPair&, const Enrolment&);
Expected<Release> read_release(const Beside&, const Enrolment&);
Expected<Release> read_release_before(const Beside&, const Enrolment&); // its packs stay on the disk until the next release

/// A pack on the disk is damaged: the next exchange asks for the newest release once more and fetches whatever is not whole.
Expected<Done> ask_release_again(Beside&);

/// When to try next: at once after a decision, then 5 s, 10 s ... 5 min while HQ is silent, every 60 s when all is well. A tick/wait_time pair: no thread of its own.
class SyncSchedule {
public:
    Elapsed wait_time(Elapsed now) const; // 0: now
    void news(Elapsed now);               // something new to send
    void succeeded(Elapsed now);
    void failed(Elapsed now);

private:
    Elapsed next_{0};
    Elapsed pause_{0};
};

} // namespace adal::sync
