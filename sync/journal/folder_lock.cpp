#include "sync/journal/folder_lock.hpp"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace adal::sync {

FolderLock::~FolderLock()
{
    if (fd_ >= 0) ::close(fd_);
}

Expected<FolderLock> lock_folder(const std::filesystem::path& folder)
{
    const auto path = folder / "lock";
    FolderLock lock{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (lock.fd_ >= 0 && ::flock(lock.fd_, LOCK_EX | LOCK_NB) == 0) return lock;
    if (lock.fd_ >= 0 && errno == EWOULDBLOCK)
        return fail(ErrorKind::Conflict, "folder.locked", {{"path", folder.string()}});
    return fail(ErrorKind::Unavailable, "folder.unusable",
                {{"path", folder.string()}, {"reason", std::strerror(errno)}});
}

} // namespace adal::sync
