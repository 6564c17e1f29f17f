#include "sync/hq/archive.hpp"
#include "content/base/overloaded.hpp"
#include <cassert>
#include <cstring>
#include <limits>
#include <zstd.h>

namespace adal::sync::hq {
namespace {

constexpr int level = 6;
constexpr std::uint32_t most = std::uint32_t{1} << 30U; // of one value: SQLite's own limit
enum ItemKind : std::uint8_t { File = 'F', Table = 'T', RowOf = 'R' };
enum ValueKind : std::uint8_t { Null = 0, Integer = 1, Text = 2, Blob = 3 };

Error unreadable() { return fail(ErrorKind::Corrupt, "backup.unreadable"); }

void put_number(Bytes& into, std::uint64_t number, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        into.push_back(static_cast<std::uint8_t>(number >> shift));
}

void put_block(Bytes& into, BytesView bytes)
{
    assert(bytes.size() <= most);
    put_number(into, bytes.size(), 4);
    into.insert(into.end(), bytes.begin(), bytes.end());
}

void put_value(Bytes& into, const Value& value)
{
    into.push_back(static_cast<std::uint8_t>(value.index()));
    std::visit(overloaded{
                   [](std::monostate) {},
                   [&](std::int64_t number) { put_number(into, static_cast<std::uint64_t>(number), 8); },
                   [&](const std::string& text) { put_block(into, bytes_of(text)); },
                   [&](const Bytes& bytes) { put_block(into, bytes); },
               },
               value);
}

} // namespace

std::string quoted(const std::vector<std::string>& names)
{
    std::string text;
    for (const auto& name : names) {
        assert(name.find('"') == std::string::npos);
        text += (text.empty() ? "\"" : ", \"") + name + '"';
    }
    return text;
}

// ---- Writing

struct ArchiveWriter::Packing {
    explicit Packing(SealedWriter to) : file(std::move(to))
    {
        assert(context && !ZSTD_isError(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level)));
    }
    struct Free {
        void operator()(ZSTD_CCtx* one) const { ZSTD_freeCCtx(one); }
    };
    SealedWriter file;
    std::unique_ptr<ZSTD_CCtx, Free> context{ZSTD_createCCtx()};
    Bytes packed = Bytes(ZSTD_CStreamOutSize());

    /// `ZSTD_e_end`: nothing comes after it.
    Expected<Done> write(BytesView bytes, ZSTD_EndDirective directive)
    {
        ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
        while (true) {
            ZSTD_outBuffer out{packed.data(), packed.size(), 0};
            const auto left = ZSTD_compressStream2(context.get(), &out, &in, directive);
            assert(!ZSTD_isError(left)); // only without memory
            if (auto put = file.write(BytesView{packed}.first(out.pos)); !put) return put;
            if (directive == ZSTD_e_end ? left == 0 : in.pos == in.size) return Done{};
        }
    }
};

ArchiveWriter::ArchiveWriter(SealedWriter file) : packing_(std::make_unique<Packing>(std::move(file))) {}
ArchiveWriter::ArchiveWriter(ArchiveWriter&&) noexcept = default;
ArchiveWriter::~ArchiveWriter() = default;

Expected<Done> ArchiveWriter::write(BytesView bytes) { return packing_->write(bytes, ZSTD_e_continue); }

Expected<Done> ArchiveWriter::put(const ArchivedFile& file)
{
    Bytes item{File};
    put_block(item, bytes_of(file.name));
    put_block(item, file.content);
    return write(item);
}

Expected<Done> ArchiveWriter::put(const ArchivedTable& table)
{
    Bytes item{Table};
    put_block(item, bytes_of(table.name));
    put_number(item, table.columns.size(), 4);
    for (const auto& column : table.columns) put_block(item, bytes_of(column));
    return write(item);
}

Expected<Done> ArchiveWriter::put_row(const Row& row, std::size_t columns)
{
    Bytes item{RowOf};
    for (std::size_t i = 0; i < columns; ++i) put_value(item, row.value(i));
    return write(item);
}

Expected<std::int64_t> ArchiveWriter::finish()
{
    if (auto ended = packing_->write({}, ZSTD_e_end); !ended) return ended.error();
    return packing_->file.finish();
}

// ---- Reading

struct ArchiveReader::Unpacking {
    explicit Unpacking(SealedReader from) : file(std::move(from)) { assert(context); }
    struct Free {
        void operator()(ZSTD_DCtx* one) const { ZSTD_freeDCtx(one); }
    };
    SealedReader file;
    std::unique_ptr<ZSTD_DCtx, Free> context{ZSTD_createDCtx()};
    Bytes packed, plain; // a piece of the file, and what came out of it
    std::size_t packed_at = 0, plain_at = 0;
    bool is_whole = false; // the packing has come to its end
    bool has_more = false; // of the piece at hand than there was room for
    std::size_t columns = 0;

    /// Anything more to read? Nothing may stand behind the end.
    Expected<bool> fill()
    {
        while (plain_at == plain.size()) {
            if (packed_at == packed.size() && !has_more) {
                auto piece = file.next();
                if (!piece) return piece.error();
                if (piece->empty() && !is_whole) return unreadable();
                if (piece->empty()) return false;
                packed = std::move(*piece);
                packed_at = 0;
            }
            if (is_whole) return unreadable();
            if (auto done = unpack(); !done) return done.error();
        }
        return true;
    }

    Expected<Done> unpack()
    {
        plain.resize(ZSTD_DStreamOutSize());
        ZSTD_inBuffer in{packed.data(), packed.size(), packed_at};
        ZSTD_outBuffer out{plain.data(), plain.size(), 0};
        const auto left = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(left)) return unreadable();
        is_whole = left == 0;
        has_more = !is_whole && out.pos == out.size;
        packed_at = in.pos;
        plain.resize(out.pos);
        plain_at = 0;
        return Done{};
    }

    Expected<Bytes> read(std::size_t count)
    {
        Bytes bytes;
        while (bytes.size() < count) {
            const auto more = fill();
            if (!more) return more.error();
            if (!*more) return unreadable();
            const auto step = std::min(count - bytes.size(), plain.size() - plain_at);
            const auto from = plain.begin() + static_cast<std::ptrdiff_t>(plain_at);
            bytes.insert(bytes.end(), from, from + static_cast<std::ptrdiff_t>(step));
            plain_at += step;
        }
        return bytes;
    }

    Expected<std::uint64_t> number(std::size_t bytes)
    {
        const auto read_bytes = read(bytes);
        if (!read_bytes) return read_bytes.error();
        std::uint64_t number = 0;
        for (const auto byte : *read_bytes) number = number << 8U | byte;
        return number;
    }

    Expected<Bytes> block()
    {
        const auto size = number(4);
        if (!size) return size.error();
        if (*size > most) return unreadable();
        return read(*size);
    }

    Expected<std::string> text()
    {
        const auto bytes = block();
        if (!bytes) return bytes.error();
        return text_of(*bytes);
    }

    Expected<ArchivedItem> item(std::uint8_t kind)
    {
        switch (kind) {
        case File:
            return read_file();
        case Table:
            return read_table();
        case RowOf:
            return read_row();
        default:
            return unreadable();
        }
    }

    Expected<ArchivedItem> read_file()
    {
        const auto name = text();
        if (!name) return name.error();
        auto content = block();
        if (!content) return content.error();
        return ArchivedItem{ArchivedFile{*name, std::move(*content)}};
    }

    Expected<ArchivedItem> read_table()
    {
        ArchivedTable table;
        const auto name = text();
        if (!name) return name.error();
        table.name = *name;
        const auto count = number(4);
        if (!count) return count.error();
        for (columns = 0; columns < *count; ++columns) {
            auto column = text();
            if (!column) return column.error();
            table.columns.push_back(std::move(*column));
        }
        return ArchivedItem{std::move(table)};
    }

    Expected<ArchivedItem> read_row()
    {
        ArchivedRow row;
        for (std::size_t i = 0; i < columns; ++i)
            if (auto taken = take_value(row.emplace_back()); !taken) return taken.error();
        return ArchivedItem{std::move(row)};
    }

    Expected<Done> take_value(Value& into)
    {
        const auto kind = number(1);
        if (!kind) return kind.error();
        if (*kind == Null) return Done{};
        if (*kind == Integer) {
            const auto integer = number(8);
            if (!integer) return integer.error();
            into.emplace<std::int64_t>(static_cast<std::int64_t>(*integer));
            return Done{};
        }
        if (*kind != Text && *kind != Blob) return unreadable();
        auto bytes = block();
        if (!bytes) return bytes.error();
        if (*kind == Text)
            into.emplace<std::string>(text_of(*bytes));
        else
            into.emplace<Bytes>(std::move(*bytes));
        return Done{};
    }
};

ArchiveReader::ArchiveReader(SealedReader file) : unpacking_(std::make_unique<Unpacking>(std::move(file))) {}
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader::~ArchiveReader() = default;

Expected<std::optional<ArchivedItem>> ArchiveReader::next()
{
    const auto more = unpacking_->fill();
    if (!more) return more.error();
    if (!*more) return std::optional<ArchivedItem>{};
    const auto kind = unpacking_->number(1);
    if (!kind) return kind.error();
    auto item = unpacking_->item(static_cast<std::uint8_t>(*kind));
    if (!item) return item.error();
    return std::optional{std::move(*item)};
}

} // namespace adal::sync::hq
