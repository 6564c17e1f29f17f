#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

namespace adal::support {

/// The disk of one machine, for everything that is kept below one folder: what was synced stands, the rest is chance.
///
/// When the power is cut, each sector of 512 bytes holds one of the contents it had since its file was last synced, whatever its neighbours
/// hold; so does the file's length. Files that came or went since their folder was last synced did so or did not, in their order. -shm files are gone.
/// Faults come in two manners: the step did not happen, or it happened and was reported as failed.
///
/// The first disk makes a VFS of its own SQLite's default, for good, and the linker wraps what the product calls itself (open, write, fsync, rename): the
/// product knows nothing of it. Real files, real locks; fsync is left out. Folders made and files removed by std::filesystem count as durable.
/// One thread only.
class FragileDisk {
public:
    FragileDisk(const std::filesystem::path& root, std::uint64_t seed);
    FragileDisk(const FragileDisk&) = delete;
    FragileDisk& operator=(const FragileDisk&) = delete;
    ~FragileDisk();

    /// What goes wrong: at the first fitting step after so many others. One at a time; a new plan replaces the old.
    struct Fault {
        enum class Kind { PowerCut, WriteFails, SyncFails } kind{};
        bool happens = false; // the step is done all the same
        int after = 0;        // of a cut: steps of any kind; else steps of that kind
    };
    void plan(const Fault&);
    void forget_plan();
    bool has_plan() const; // or too little room
    std::int64_t faults() const; // steps that went wrong so far

    /// A full disk: so many bytes by which files may still grow. Nothing: as many as they like.
    void leave_room(std::optional<std::int64_t> bytes);

    void cut(); // now
    bool is_dead() const; // nothing is read or written any more; whoever has files open is to be destroyed
    void power_on();      // puts on the disk what was left; nothing may be open below the root

    std::int64_t steps() const; // writes, syncs, changes of length and deletions so far
    struct State;

private:
    std::shared_ptr<State> state_;
};

} // namespace adal::support
