#include "sync/link/stick.hpp"
#include <array>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace adal::sync {
namespace {

namespace fs = std::filesystem;

class Descriptor {
public:
    Descriptor(const fs::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { static_cast<void>(close()); }
    explicit operator bool() const { return fd_ >= 0; }
    int get() const { return fd_; }
    bool close() { return fd_ < 0 || ::close(std::exchange(fd_, -1)) == 0; }

private:
    int fd_;
};

const char* sentence(int reason)
{
    switch (reason) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return "stick.full";
    case EIO:
    case ENODEV:
    case ENXIO:
    case ENOENT:
    case ENOTDIR:
    case ESTALE: return "stick.gone";
    case EROFS: return "stick.read_only";
    default: return "stick.trouble";
    }
}

Error trouble(const fs::path& path, int reason = errno)
{
    return fail(ErrorKind::Unavailable, sentence(reason), {{"path", path.string()}, {"reason", std::strerror(reason)}});
}

Error no_file(const fs::path& path) { return fail(ErrorKind::Corrupt, "file.none", {{"path", path.string()}}); }

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

// A file system that cannot sync a folder is asked to sync as a whole.
Expected<Done> sync_folder(const fs::path& path)
{
    const Descriptor folder{path, O_RDONLY | O_DIRECTORY};
    if (!folder) return trouble(path);
    if (::fsync(folder.get()) == 0) return Done{};
    const bool cannot = errno == EINVAL || errno == ENOTSUP || errno == ENOSYS;
    if (cannot && ::syncfs(folder.get()) == 0) return Done{};
    return trouble(path);
}

class RealMedium final : public Medium {
public:
    Expected<Done> make_folder(const fs::path& path) override
    {
        if (::mkdir(path.c_str(), 0755) == 0) return sync_folder(path.parent_path());
        return errno == EEXIST ? Expected<Done>{Done{}} : trouble(path);
    }

    Expected<std::vector<std::string>> names(const fs::path& folder) override
    {
        const std::unique_ptr<DIR, int (*)(DIR*)> listing{::opendir(folder.c_str()), ::closedir};
        if (!listing) return errno == ENOENT ? fail(ErrorKind::NotFound, "file.missing", {{"path", folder.string()}}) : trouble(folder);
        std::vector<std::string> names;
        for (errno = 0; const auto* entry = ::readdir(listing.get()); errno = 0)
            if (const std::string name{entry->d_name}; name != "." && name != "..") names.push_back(name);
        if (errno != 0) return trouble(folder);
        return names;
    }

    Expected<Bytes> read(const fs::path& path, std::size_t limit) override
    {
        const Descriptor file{path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK}; // somebody else may have made it: a link, a pipe that nobody writes to
        if (!file && errno == ENOENT) return fail(ErrorKind::NotFound, "file.missing", {{"path", path.string()}});
        if (!file) return errno == ELOOP || errno == ENXIO ? no_file(path) : trouble(path);
        struct stat about {};
        if (::fstat(file.get(), &about) != 0) return trouble(path);
        if (!S_ISREG(about.st_mode)) return no_file(path);
        Bytes bytes;
        std::array<std::uint8_t, 65536> piece{};
        while (true) {
            const auto count = ::read(file.get(), piece.data(), piece.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return trouble(path);
            if (count == 0) return bytes;
            bytes.insert(bytes.end(), piece.begin(), piece.begin() + count);
            if (bytes.size() > limit) return fail(ErrorKind::Corrupt, "file.too_large", {{"path", path.string()}});
        }
    }

    Expected<Done> write(const fs::path& path, BytesView bytes) override
    {
        Descriptor file{path, O_WRONLY | O_CREAT | O_TRUNC};
        if (!file) return trouble(path);
        if (write_all(file.get(), bytes) && ::fsync(file.get()) == 0 && file.close()) return Done{};
        const auto error = trouble(path);
        ::unlink(path.c_str());
        return error;
    }

    Expected<Done> rename(const fs::path& from, const fs::path& to) override
    {
        if (::rename(from.c_str(), to.c_str()) != 0) return trouble(to);
        return sync_folder(to.parent_path());
    }

    Expected<Done> remove(const fs::path& path) override
    {
        if (::unlink(path.c_str()) != 0 && errno != ENOENT) return trouble(path);
        return Done{};
    }
};

} // namespace

Medium& real_medium()
{
    static RealMedium medium;
    return medium;
}

} // namespace adal::sync
