#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>

namespace adal::support {

/// A new folder that goes away with the test, in memory where there is such a place: thousands of transactions a second.
class FastFolder {
public:
    FastFolder()
    {
        auto name = std::string{std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp"} + "/adal-test-XXXXXX";
        path_ = ::mkdtemp(name.data());
    }
    FastFolder(const FastFolder&) = delete;
    FastFolder& operator=(const FastFolder&) = delete;
    ~FastFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace adal::support
