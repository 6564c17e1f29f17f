#pragma once
#include "sync/hq/archive.hpp"
#include "sync/hq/folder.hpp"
#include "sync/journal/folder_lock.hpp"
#include <optional>

namespace adal::sync::hq {

/// DIR/restoring: everything is made there and moved into the folder at the end; whatever fails before takes it away
/// again.
class Stage {
public:
    /// Conflict ("hq.folder.exists", "folder.locked") where an HQ is, or somebody at work.
    static Expected<std::unique_ptr<Stage>> in(const HqFolder&);
    const HqFolder& folder() const { return staged_; }
    Expected<Done> put(const ArchivedFile&, const std::string& postgres);
    Expected<Done> move_in();
    void keep();
    ~Stage();

    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

private:
    explicit Stage(const HqFolder& home) : home_(home), staged_{home.root / "restoring"} {}
    Expected<Done> prepare();
    Expected<Done> move(const std::filesystem::path& from, const std::filesystem::path& to);

    HqFolder home_, staged_;
    std::optional<FolderLock> lock_;
    std::vector<std::filesystem::path> ours_; // in the order in which they came to be
};

} // namespace adal::sync::hq
