#include "sync/keys/sealed_file.hpp"
#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

namespace adal::sync {
namespace {

constexpr std::string_view magic = "adalseal1";
constexpr std::size_t piece = 65536, salt_size = crypto_pwhash_SALTBYTES,
                      stream_header_size = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
                      tag_size = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t header_size = magic.size() + 8 + salt_size + stream_header_size;

/// What a stranger's file may cost us before it is refused.
constexpr Stretching most{16, 1024 * 1024};

Error cannot(const char* key, const std::filesystem::path& path)
{
    const auto kind = errno == ENOENT ? ErrorKind::NotFound : ErrorKind::Unavailable;
    return fail(kind, errno == ENOENT ? "file.missing" : key,
                {{"path", path.string()}, {"reason", std::strerror(errno)}});
}

class File {
public:
    File(const std::filesystem::path& path, int flags) : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600))
    {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File()
    {
        if (fd_ >= 0) ::close(fd_);
    }
    explicit operator bool() const { return fd_ >= 0; }
    const std::filesystem::path& path() const { return path_; }

    Expected<Done> write(BytesView bytes)
    {
        while (!bytes.empty()) {
            const auto written = ::write(fd_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return cannot("file.cannot_write", path_);
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return Done{};
    }
    Expected<Done> sync()
    {
        if (::fsync(fd_) != 0) return cannot("file.cannot_write", path_);
        return Done{};
    }
    /// As many as are asked for; fewer only at the end of the file.
    Expected<Bytes> read(std::size_t count)
    {
        Bytes bytes(count);
        std::size_t have = 0;
        while (have < count) {
            const auto more = ::read(fd_, bytes.data() + have, count - have);
            if (more < 0 && errno == EINTR) continue;
            if (more < 0) return cannot("file.cannot_read", path_);
            if (more == 0) break;
            have += static_cast<std::size_t>(more);
        }
        bytes.resize(have);
        return bytes;
    }

private:
    std::filesystem::path path_;
    int fd_;
};

void put_u32(Bytes& into, std::uint32_t number)
{
    for (const int shift : {24, 16, 8, 0}) into.push_back(static_cast<std::uint8_t>(number >> shift));
}
std::uint32_t u32_at(BytesView bytes, std::size_t at)
{
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8U | bytes[at + i];
    return number;
}

/// The key of one file; wiped when it is no longer needed.
struct Key {
    std::array<std::uint8_t, crypto_secretstream_xchacha20poly1305_KEYBYTES> bytes{};
    Key() = default;
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;
    ~Key() { sodium_memzero(bytes.data(), bytes.size()); }
};

Expected<Done> stretch(Key& key, std::string_view passphrase, BytesView salt, Stretching cost)
{
    const bool is_ready = sodium_init() >= 0;
    assert(is_ready);
    if (crypto_pwhash(key.bytes.data(), key.bytes.size(), passphrase.data(), passphrase.size(), salt.data(),
                      cost.passes, std::size_t{cost.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorKind::Unavailable, "sealed.memory", {{"mib", std::to_string(cost.memory_kib / 1024)}});
    return Done{};
}

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

} // namespace

// ---- Writing

struct SealedWriter::Writing {
    Writing(const std::filesystem::path& path) : file(path, O_WRONLY | O_CREAT | O_TRUNC) {}
    File file;
    Bytes header, waiting; // what waits may still turn out to be the last piece
    crypto_secretstream_xchacha20poly1305_state state{};
    std::int64_t size = 0;
    bool is_finished = false;

    Expected<Done> put(BytesView bytes)
    {
        size += static_cast<std::int64_t>(bytes.size());
        return file.write(bytes);
    }
    Expected<Done> push(BytesView plain, std::uint8_t tag)
    {
        Bytes sealed(plain.size() + tag_size);
        crypto_secretstream_xchacha20poly1305_push(&state, sealed.data(), nullptr, plain.data(), plain.size(),
                                                   header.data(), header.size(), tag);
        return put(sealed);
    }
};

Expected<SealedWriter> SealedWriter::create(const std::filesystem::path& path, std::string_view passphrase,
                                            Stretching cost, Random& random)
{
    if (characters(passphrase) < shortest_passphrase)
        return fail(ErrorKind::InvalidInput, "sealed.short", {{"n", std::to_string(shortest_passphrase)}});
    const auto salt = random.bytes(salt_size);
    Key key;
    if (auto stretched = stretch(key, passphrase, salt, cost); !stretched) return stretched.error();

    auto writing = std::make_unique<Writing>(path);
    if (!writing->file) return cannot("file.cannot_write", path);
    auto& header = writing->header;
    header.assign(magic.begin(), magic.end());
    put_u32(header, cost.passes);
    put_u32(header, cost.memory_kib);
    header.insert(header.end(), salt.begin(), salt.end());
    header.resize(header_size);
    crypto_secretstream_xchacha20poly1305_init_push(&writing->state, header.data() + header_size - stream_header_size,
                                                    key.bytes.data());
    SealedWriter writer{std::move(writing)};
    if (auto put = writer.writing_->put(writer.writing_->header); !put) return put.error();
    return writer;
}

Expected<Done> SealedWriter::write(BytesView bytes)
{
    auto& waiting = writing_->waiting;
    while (!bytes.empty()) {
        if (waiting.size() == piece) {
            if (auto put = writing_->push(waiting, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE); !put) return put;
            waiting.clear();
        }
        const auto count = std::min(piece - waiting.size(), bytes.size());
        waiting.insert(waiting.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
        bytes = bytes.subspan(count);
    }
    return Done{};
}

Expected<std::int64_t> SealedWriter::finish()
{
    if (auto put = writing_->push(writing_->waiting, crypto_secretstream_xchacha20poly1305_TAG_FINAL); !put)
        return put.error();
    if (auto synced = writing_->file.sync(); !synced) return synced.error();
    writing_->is_finished = true;
    return writing_->size;
}

SealedWriter::SealedWriter(std::unique_ptr<Writing> writing) : writing_(std::move(writing)) {}
SealedWriter::SealedWriter(SealedWriter&&) noexcept = default;
SealedWriter::~SealedWriter()
{
    if (!writing_) return;
    sodium_memzero(&writing_->state, sizeof writing_->state);
    if (!writing_->is_finished) ::unlink(writing_->file.path().c_str());
}

// ---- Reading

struct SealedReader::Reading {
    Reading(const std::filesystem::path& path) : file(path, O_RDONLY) {}
    File file;
    Bytes header;
    crypto_secretstream_xchacha20poly1305_state state{};
    bool is_at_start = true, is_at_end = false;

    Error refusal() const
    {
        const Arguments where{{"path", file.path().string()}};
        return is_at_start ? fail(ErrorKind::Denied, "sealed.passphrase", where)
                           : fail(ErrorKind::Corrupt, "sealed.damaged", where);
    }
};

Expected<SealedReader> SealedReader::open(const std::filesystem::path& path, std::string_view passphrase)
{
    auto reading = std::make_unique<Reading>(path);
    if (!reading->file) return cannot("file.cannot_read", path);
    auto header = reading->file.read(header_size);
    if (!header) return header.error();
    const Arguments where{{"path", path.string()}};
    if (header->size() < magic.size() || !std::equal(magic.begin(), magic.end(), header->begin()))
        return fail(ErrorKind::InvalidInput, "sealed.foreign", where);
    if (header->size() < header_size) return fail(ErrorKind::Corrupt, "sealed.damaged", where);
    const Stretching cost{u32_at(*header, magic.size()), u32_at(*header, magic.size() + 4)};
    if (cost.passes < 1 || cost.passes > most.passes || cost.memory_kib < least.memory_kib ||
        cost.memory_kib > most.memory_kib)
        return fail(ErrorKind::Corrupt, "sealed.damaged", where);

    Key key;
    const auto salt = BytesView{*header}.subspan(magic.size() + 8, salt_size);
    if (auto stretched = stretch(key, passphrase, salt, cost); !stretched) return stretched.error();
    crypto_secretstream_xchacha20poly1305_init_pull(&reading->state, header->data() + header_size - stream_header_size,
                                                    key.bytes.data());
    reading->header = std::move(*header);
    return SealedReader{std::move(reading)};
}

Expected<Bytes> SealedReader::next()
{
    auto& r = *reading_;
    if (r.is_at_end) return Bytes{};
    const auto sealed = r.file.read(piece + tag_size);
    if (!sealed) return sealed.error();
    if (sealed->size() < tag_size) return r.refusal();
    Bytes plain(sealed->size() - tag_size);
    std::uint8_t tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&r.state, plain.data(), nullptr, &tag, sealed->data(),
                                                   sealed->size(), r.header.data(), r.header.size()) != 0)
        return r.refusal();
    r.is_at_start = false;
    r.is_at_end = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if (!r.is_at_end) return plain.size() == piece ? Expected<Bytes>{std::move(plain)} : r.refusal();
    auto behind = r.file.read(1);
    if (!behind) return behind.error();
    if (!behind->empty()) return r.refusal();
    return plain;
}

SealedReader::SealedReader(std::unique_ptr<Reading> reading) : reading_(std::move(reading)) {}
SealedReader::SealedReader(SealedReader&&) noexcept = default;
SealedReader::~SealedReader()
{
    if (reading_) sodium_memzero(&reading_->state, sizeof reading_->state);
}

} // namespace adal::sync
