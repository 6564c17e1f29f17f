#include "sync/link/part_file.hpp"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace adal::sync {

namespace {

Error cannot_write(const std::filesystem::path& path)
{
    return fail(ErrorKind::Unavailable, "file.cannot_write", {{"path", path.string()}, {"reason", std::strerror(errno)}});
}

} // namespace

Expected<PartFile> PartFile::open(const std::filesystem::path& path)
{
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct stat about {};
    if (fd < 0) return cannot_write(path);
    PartFile file{fd, 0, path};
    if (::fstat(fd, &about) != 0) return cannot_write(path);
    file.size_ = static_cast<std::uint64_t>(about.st_size);
    return file;
}

PartFile::PartFile(PartFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)), size_(other.size_), path_(std::move(other.path_)) {}

PartFile::~PartFile()
{
    if (fd_ >= 0) ::close(fd_);
}

Error PartFile::cannot() const { return cannot_write(path_); }

Expected<Done> PartFile::write(std::uint64_t at, BytesView bytes)
{
    assert(at <= size_);
    while (!bytes.empty()) {
        const auto written = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return cannot();
        at += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        size_ = std::max(size_, at);
    }
    return Done{};
}

Expected<Done> PartFile::finish(std::uint64_t size)
{
    if (::ftruncate(fd_, static_cast<off_t>(size)) != 0 || ::fsync(fd_) != 0) return cannot();
    size_ = size;
    return Done{};
}

} // namespace adal::sync
