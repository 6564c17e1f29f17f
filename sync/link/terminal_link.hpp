#pragma once
#include "sync/journal/beside.hpp"
#include "sync/link/road.hpp"
#include "sync/link/sync_state.hpp"
#include "sync/packs/release.hpp"
#include "sync/people/roster.hpp"

namespace adal::sync {

/// A terminal's data folder: lock terminal.key journal.db journals/ beside.db packs/ settings.json log/
struct TerminalFolder {
    std::filesystem::path root;
    std::filesystem::path key() const { return root / "terminal.key"; }
    std::filesystem::path journal() const { return root / "journal.db"; }
    std::filesystem::path beside() const { return root / "beside.db"; }
    std::filesystem::path journals() const { return root / "journals"; } // that the present one follows, each with its key (succession.hpp)
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

/// To an HQ whose certificate cannot be judged yet: `keys` listens to whoever answers, everything after it trusts only the authorities in those keys.
std::unique_ptr<Road> enrolment_road(const std::string& hq_url);

/// Enrolment where no network reaches (enrolment_by_stick.hpp). The request, to be carried to HQ; what its reply is judged by is kept. The same code gives the
/// same request again.
Expected<Bytes> ask_by_stick(const TerminalFolder&, const std::string& code, const std::string& hq_url, Random&);
/// HQ's reply, carried back: its root is checked against the code's fingerprint, then the terminal begins, as by `enrol`.
/// The address given now, if any, replaces the one that came with the request; without either everything goes by stick.
Expected<Enrolment> enrol_by_stick(const TerminalFolder&, BytesView reply, const std::string& hq_url, const Clock&, Random&);

/// One exchange after another until HQ has everything (batch_limit rows at a time, and no more than SyncState says the road carries) and the newest keys, people and release are here.
/// HQ's receipt is the only truth about what HQ has: there are no "sent" marks, so a lost reply, a repeated batch or a restart in the middle
/// all end in the same state. How it went is in the sync state, too.
///
/// It reads the journal and appends nothing (it runs beside the kiosk, on its own read-only Journal and its own Beside): the journal has one writer,
/// its owner, who records ReleaseInstalled when `new_release` says so, ClockCompared from `clock`, and begins a successor when the sync state says `forked`.
struct Exchanged {
    std::uint64_t sent = 0, bodies = 0; // rows and sealed bodies that HQ took
    std::optional<std::int64_t> new_release, new_roster, new_keys;
    std::vector<PersonId> changed_people{}; // of the feed
    std::optional<ClockReading> clock{};    // the sharpest of this exchange
    int requests = 0;
    std::int64_t bytes_up = 0, bytes_down = 0;
    std::int64_t bytes_saved = 0; // of packs: resumed after a break, or made from the pack at hand
};
/// `key` is this journal's. Denied (link.revoked), without asking, once HQ has withdrawn this terminal. The enrolment may change on the way (new keys of
/// HQ's): read it again afterwards.
Expected<Exchanged> exchange(const TerminalFolder&, const Journal&, Beside&, const KeyPair& key, const Enrolment&, Road&, const Clock&, std::size_t batch_limit = SyncState::longest_stride);

/// Every generation of the site's key that this terminal was given.
Expected<SiteKeys> site_keys(const KeyPair&, const Enrolment&, const Beside&);

/// The newest roster, unlocked with the site key; NotFound before the first exchange.
Expected<Roster> read_roster(const Beside&, const KeyPair&, const Enrolment&);
/// What HQ holds of a person, from wherever: to be united with the terminal's own by hash. Empty if HQ has not told anything.
Expected<std::vector<FeedFact>> read_feed(const Beside&, const PersonId&, const SiteKeys&);
/// Judged when they were installed: they stay in use when HQ drops the key that signed them, until what it signs anew is here.
Expected<Release> read_release(const Beside&, const Enrolment&);
Expected<Release> read_release_before(const Beside&, const Enrolment&); // its packs stay on the disk until the next release

/// HQ has withdrawn this terminal.
std::optional<RevocationNotice> read_revocation(const Beside&);

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
