#pragma once
#include "content/base/expected.hpp"
#include <filesystem>

namespace adal::sync {

/// One process a data folder: holds flock on `lock` in it until destroyed. The kernel lets go when a process dies, however it dies.
class FolderLock {
public:
    FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    FolderLock& operator=(FolderLock&& other) noexcept
    {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~FolderLock();

private:
    friend Expected<FolderLock> lock_folder(const std::filesystem::path&);
    explicit FolderLock(int fd) : fd_(fd) {}
    int fd_;
};

/// Conflict ("folder.locked") if another process, or another part of this one, works on the folder; Unavailable if there is no such folder.
Expected<FolderLock> lock_folder(const std::filesystem::path& folder);

} // namespace adal::sync
