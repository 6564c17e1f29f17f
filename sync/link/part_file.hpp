#pragma once
#include "content/base/bytes.hpp"
#include "content/base/expected.hpp"
#include <filesystem>

namespace adal::sync {

/// A file that grows from a road's pieces. What was written survives the program, not a power cut, until `finish`.
class PartFile {
public:
    static Expected<PartFile> open(const std::filesystem::path&); // made when missing, mode 0600

    std::uint64_t size() const { return size_; }
    Expected<Done> write(std::uint64_t at, BytesView); // at most at the end: there are no holes
    Expected<Done> finish(std::uint64_t size);         // cut to this size, and on the disk

    PartFile(PartFile&&) noexcept;
    PartFile& operator=(PartFile&&) = delete;
    ~PartFile();

private:
    PartFile(int fd, std::uint64_t size, std::filesystem::path path) : fd_(fd), size_(size), path_(std::move(path)) {}
    Error cannot() const;
    int fd_;
    std::uint64_t size_;
    std::filesystem::path path_;
};

} // namespace adal::sync
