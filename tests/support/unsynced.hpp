#pragma once
#include "tests/support/seeded_random.hpp"
#include <vector>

namespace adal::support {

/// What was done to one file since it was last synced, and what a power cut leaves of it.
///
/// Each sector of 512 bytes holds after the cut one of the contents that it had since the sync, whatever its neighbours hold; so does the
/// length. Bytes within the length that never reached the disk are zeros.
class UnsyncedChanges {
public:
    static constexpr std::int64_t sector = 512;

    /// Before the change: `before` is what stands from `offset` to the end of the file, or of what is to be written.
    void note_write(std::int64_t offset, std::int64_t length, std::int64_t size_before, Bytes before);
    void note_length(std::int64_t length, std::int64_t size_before, Bytes before);
    void synced() { changes_.clear(); }
    bool empty() const { return changes_.empty(); }

    Bytes after_cut(Bytes content, SeededRandom&) const;

private:
    struct Change {
        bool is_write = true;
        std::int64_t offset = 0, length = 0; // of a change of length: the new one, and how much is cut off
        std::int64_t size_before = 0, size_after = 0;
        Bytes before, written; // `written` is found only when all is undone
    };
    static std::vector<Change> undo(std::vector<Change>, Bytes& content);

    std::vector<Change> changes_;
};

} // namespace adal::support
