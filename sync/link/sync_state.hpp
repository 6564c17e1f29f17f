#pragma once
#include "sync/link/messages.hpp"
#include <functional>

namespace adal::sync {

/// HQ's clock said `hq_ms` when this boot was `uptime_ms` old, give or take the uncertainty: half the round trip of one question.
struct ClockReading {
    std::string boot;
    std::int64_t hq_ms = 0, uptime_ms = 0, uncertainty_ms = 0;
    bool operator==(const ClockReading&) const = default;
};

/// HQ said what an honest, whole HQ does not say. It stays until HQ comes back as another incarnation, or what it told of is over.
struct Alarm {
    Error error;
    UtcTime at; // terminal's clock
};

/// What the last exchanges say about where facts are. Kept in beside.db; nothing of it is a fact.
///
/// HQ's receipts are the only truth about what HQ has: the newest for each journal. Cursors (release, roster, feed) belong to `incarnation` and
/// begin anew with a later one.
struct SyncState {
    std::map<JournalId, Receipt> receipts;
    std::string incarnation; // the latest of HQ's that we heard from; "" before the first answer
    std::int64_t release = 0, roster = 0, feed = 0;

    /// This disk's journal cannot be the only one of its name: HQ has another branch (`forked` in the receipt), or the journal goes on at HQ beyond what is
    /// here (the disk is an old copy). The journal's owner begins a successor and then says `clear_forked`. A receipt for a journal that
    /// has a successor already asks for nothing.
    std::optional<Receipt> forked;

    /// How many rows the next question may carry. It doubles when HQ has answered one that was full and halves when the road broke under one, so a large
    /// backlog takes few questions, and a road that does not hold for long is given what it can carry.
    std::int64_t stride = usual_stride;
    static constexpr std::int64_t usual_stride = 4'000, shortest_stride = 500, longest_stride = 16'000;

    std::optional<Alarm> alarm;
    std::optional<ClockReading> clock;
    std::optional<UtcTime> last_try, last_success; // terminal's clock
    std::optional<Error> last_error;

    std::optional<Receipt> receipt_of(const JournalId&) const;
    /// Only if HQ still stands by it: what an earlier life promised, a restored HQ may have lost.
    std::optional<Receipt> standing_receipt_of(const JournalId&) const;
};

SyncState read_sync_state(const Beside&);
/// Read, changed and written in one step, so that worker and kiosk do not undo each other's changes.
Expected<SyncState> change_sync_state(Beside&, const std::function<void(SyncState&)>& change);

Expected<Done> clear_forked(Beside&);

/// A pack on the disk is damaged: the next exchange asks for the newest release once more and fetches whatever is not whole.
Expected<Done> ask_release_again(Beside&);

} // namespace adal::sync
