#pragma once
#include "sync/database/connection.hpp"
#include "sync/keys/sealed_file.hpp"

/// What lies in a backup (sync/hq/BACKUP.md): files and tables, one item after another, packed and sealed on the way.
/// One item at a time is in memory, and beside it what the packing remembers: a few megabytes.
namespace adal::sync::hq {

struct ArchivedFile {
    std::string name; // "manifest.json", "config.json", "keys/receipt.key"
    Bytes content;
};
/// Followed by its rows: as many values as columns.
using ArchivedTable = TableShape;
using ArchivedRow = std::vector<Value>;
using ArchivedItem = std::variant<ArchivedFile, ArchivedTable, ArchivedRow>;

/// Names as SQL writes them: "id", "born".
std::string quoted(const std::vector<std::string>& names);

class ArchiveWriter {
public:
    explicit ArchiveWriter(SealedWriter);
    Expected<Done> put(const ArchivedFile&);
    Expected<Done> put(const ArchivedTable&);
    Expected<Done> put_row(const Row&, std::size_t columns);
    Expected<std::int64_t> finish(); // bytes in the file

    ArchiveWriter(ArchiveWriter&&) noexcept;
    ~ArchiveWriter();

private:
    struct Packing;
    Expected<Done> write(BytesView);
    std::unique_ptr<Packing> packing_;
};

class ArchiveReader {
public:
    explicit ArchiveReader(SealedReader);
    Expected<std::optional<ArchivedItem>> next(); // nothing after the last; Corrupt ("backup.unreadable")

    ArchiveReader(ArchiveReader&&) noexcept;
    ~ArchiveReader();

private:
    struct Unpacking;
    std::unique_ptr<Unpacking> unpacking_;
};

} // namespace adal::sync::hq
