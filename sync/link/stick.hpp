#pragma once
#include "sync/journal/chain.hpp"
#include <filesystem>

/// The folder `adal` on a stick: up/ for HQ, down/ for terminals, packs/ for whoever has the key.
namespace adal::sync {

/// A disk that may be pulled out, be full or lie: the few things that are asked of it. Handed in, so that tests let each of them fail.
/// Errors name the path: Unavailable stick.full, stick.gone (pulled out, or it does not answer any more), stick.read_only, stick.trouble.
class Medium {
public:
    virtual ~Medium() = default;
    virtual Expected<Done> make_folder(const std::filesystem::path&) = 0;                      // durable; there already is well
    virtual Expected<std::vector<std::string>> names(const std::filesystem::path& folder) = 0; // of files and folders; NotFound without the folder
    virtual Expected<Bytes> read(const std::filesystem::path&, std::size_t limit) = 0;         // NotFound; Corrupt if larger
    virtual Expected<Done> write(const std::filesystem::path&, BytesView) = 0;                 // the bytes are durable, the name not yet
    virtual Expected<Done> rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0; // durable
    virtual Expected<Done> remove(const std::filesystem::path&) = 0;
};
Medium& real_medium();

/// A file that was left aside, and why. The rest of the stick is taken all the same.
struct RefusedFile {
    std::string file;
    Error reason;
};
/// A file that is not as it should be is left aside; a stick or a disk that does not answer ends the work.
inline bool is_about_the_file(const Error& error) { return error.kind != ErrorKind::Unavailable; }

/// Files come whole or not at all: a temporary name, fsync, rename, fsync of the folder. Nothing looks at times, which FAT and dead clocks do not keep.
/// Names are ASCII, at most 200 letters, lower case, and unique whatever the case: whoever copied them may have changed it.
class Stick {
public:
    enum class Shelf { Up, Down, Packs };

    Stick(std::filesystem::path path, Medium& medium) : path_(std::move(path)), medium_(medium) {}

    Expected<Done> prepare(); // to be written: makes the shelves and removes what an earlier writing left unfinished
    Expected<std::vector<std::string>> names(Shelf) const; // of whole files, lower case, in order; none without the shelf
    Expected<Bytes> read(Shelf, const std::string& name, std::size_t limit) const;
    Expected<Done> write(Shelf, const std::string& name, BytesView);
    Expected<Done> remove(Shelf, const std::string& name);

    std::string shown(Shelf, const std::string& name) const; // a path for a person: up/t-01-...adal

private:
    Expected<std::filesystem::path> shelf(Shelf) const;
    Expected<std::filesystem::path> found(const std::filesystem::path& folder, const std::string& name) const;

    std::filesystem::path path_;
    Medium& medium_;
};

/// up/<terminal>-<journal, 16 digits>-<first>-<last>-<hash of the last, 8 digits>.adal: the rows in it. A part without rows has last = first - 1.
struct PartName {
    std::string terminal; // as it stands in names: see `plain`
    std::string journal;
    std::uint64_t first = 1, last = 0;
    std::string hash;
    bool operator==(const PartName&) const = default;
};
PartName part_name(const TerminalId&, const JournalId&, std::uint64_t first, const Head& last);
std::string to_text(const PartName&);
std::optional<PartName> part_name_from(std::string_view file_name);

std::string down_name(const TerminalId&);  // <terminal>.adal
std::string pack_name(const Hash& plain);  // <sha256>.adal
std::optional<Hash> pack_hash_from(std::string_view file_name);
std::string plain(std::string_view id); // letters, digits and hyphens stay; every other byte, and capitals, become _xx

} // namespace adal::sync
