#include "sync/keys/private_file.hpp"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace adal::sync {
namespace {

class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    explicit operator bool() const { return fd_ >= 0; }
    int get() const { return fd_; }
    void close()
    {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

private:
    int fd_;
};

Error cannot(const char* key, const std::filesystem::path& path)
{
    const auto kind = errno == ENOENT ? ErrorKind::NotFound : ErrorKind::Unavailable;
    return fail(kind, kind == ErrorKind::NotFound ? "file.missing" : key,
                {{"path", path.string()}, {"reason", std::strerror(errno)}});
}

bool write_all(int fd, BytesView bytes)
{
    while (!bytes.empty()) {
        const auto written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

bool is_durable(const std::filesystem::path& path)
{
    const Descriptor folder{path, O_RDONLY | O_DIRECTORY};
    return folder && ::fsync(folder.get()) == 0;
}

Expected<Done> replace(const std::filesystem::path& path, BytesView bytes, bool has_modes)
{
    auto temporary = path;
    temporary += ".new";
    Descriptor file{temporary, O_WRONLY | O_CREAT | O_TRUNC};
    if (!file) return cannot("file.cannot_write", path);
    const bool is_private = !has_modes || ::fchmod(file.get(), 0600) == 0;
    if (!is_private || !write_all(file.get(), bytes) || ::fsync(file.get()) != 0) {
        const auto error = cannot("file.cannot_write", path);
        ::unlink(temporary.c_str());
        return error;
    }
    file.close();
    return rename_durably(temporary, path);
}

} // namespace

Expected<Done> write_private_file(const std::filesystem::path& path, BytesView bytes) { return replace(path, bytes, true); }

Expected<Done> write_carried_file(const std::filesystem::path& path, BytesView bytes) { return replace(path, bytes, false); }

Expected<Done> sync_folder(const std::filesystem::path& path)
{
    if (!is_durable(path)) return cannot("file.cannot_write", path);
    return Done{};
}

Expected<Done> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to)
{
    if (::rename(from.c_str(), to.c_str()) != 0 || !is_durable(to.has_parent_path() ? to.parent_path() : ".")) return cannot("file.cannot_write", to);
    return Done{};
}

Expected<bool> is_there(const std::filesystem::path& path)
{
    struct stat ignored {};
    if (::lstat(path.c_str(), &ignored) == 0) return true;
    if (errno == ENOENT || errno == ENOTDIR) return false;
    return cannot("file.cannot_read", path);
}

Expected<Bytes> read_private_file(const std::filesystem::path& path, std::size_t limit)
{
    const Descriptor file{path, O_RDONLY};
    if (!file) return cannot("file.cannot_read", path);
    Bytes bytes;
    std::array<std::uint8_t, 65536> piece{};
    while (true) {
        const auto count = ::read(file.get(), piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return cannot("file.cannot_read", path);
        if (count == 0) return bytes;
        bytes.insert(bytes.end(), piece.begin(), piece.begin() + count);
        if (bytes.size() > limit) return fail(ErrorKind::Corrupt, "file.too_large", {{"path", path.string()}});
    }
}

} // namespace adal::sync
