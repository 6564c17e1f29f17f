#pragma once
#include "content/base/actor.hpp"
#include "content/base/clock.hpp"
#include "sync/hq/folder.hpp"
#include "sync/keys/envelope.hpp"
#include "sync/keys/sealed_file.hpp"

/// A whole HQ in one sealed file (sync/hq/BACKUP.md), and an HQ from such a file. Neither knows the tables: what the
/// store has is copied, whichever store it is, and may come back into the other one.
namespace adal::sync::hq {

/// While HQ serves: everything is of one moment, and the key files are those of that moment. The finished file is read
/// back before it gets its name; a failure leaves what stood there.
struct BackedUp {
    std::string incarnation;
    std::int64_t tables = 0, rows = 0, files = 0, bytes = 0;
};
Expected<BackedUp> back_up(const HqFolder&, const std::filesystem::path& into, const std::string& passphrase,
                           const Clock&, Random&, Stretching = moderate);

/// What follows from either kind of restoring, in one transaction: a later incarnation, whatever the clock says; the
/// current release signed again under it; HQ's own journal begun anew, its first row naming the old head; names
/// that the lost life may have given to terminals left out; nobody at the console any more; the alarm of a rolled-back
/// machine cleared; the fact HqRestored.
struct Restored {
    Incarnation from, to;
    std::int64_t release = 0; // its new number; 0 when nothing was ever published
    std::int64_t rows = 0;    // that came out of the file, if there was one
};

/// Into a folder where no HQ is, or with `postgres` into an empty database: whole, or nothing is left behind.
struct Restoring {
    HqFolder folder;
    std::filesystem::path file;
    std::string passphrase;
    std::string postgres; // whatever the backup's own configuration says
};
Expected<Restored> restore(const Restoring&, const Actor&, const Clock&, Random&);

/// After a machine was put back to an earlier state: a later incarnation on the data at hand.
Expected<Restored> restore_in_place(const HqFolder&, const Actor&, const Clock&, Random&);

} // namespace adal::sync::hq
