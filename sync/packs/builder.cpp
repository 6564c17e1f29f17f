#include "sync/packs/builder.hpp"
#include "sync/keys/envelope.hpp"
#include "sync/packs/format.hpp"
#include "sync/packs/release.hpp"
#include "sync/packs/sources.hpp"

namespace adal::sync {

namespace fs = std::filesystem;

namespace {

std::string revision_of(const std::string& canonical) { return to_hex(sha256(bytes_of(canonical))).substr(0, 8); }

Expected<Done> put_files(Connection& db, const Files& files)
{
    for (const auto& [name, text] : files) {
        const auto done = db.execute("INSERT INTO source (name, hash, bytes) VALUES ($1, $2, $3)",
                                     {name, blob(sha256(bytes_of(text))), blob(pack(bytes_of(text)))});
        if (!done) return done.error();
    }
    return Done{};
}

Expected<Done> put_revision(Connection& db, const ItemId& id, const std::string& canonical)
{
    const auto done = db.execute("INSERT INTO item (id, revision) VALUES ($1, $2)", {id.text, revision_of(canonical)});
    if (!done) return done.error();
    return Done{};
}

Expected<Done> put_library(Connection& db, const LibrarySources& library)
{
    if (auto done = put_files(db, library.files); !done) return done;
    std::map<ItemId, const quizzes::Item*> items; // sorted, like everything that is inserted
    for (const auto& [place, item] : library.checks) items[item.id] = &item;
    for (const auto& [id, item] : items)
        if (auto done = put_revision(db, id, quizzes::canonical_text(*item)); !done) return done;
    for (const auto& [key, texture] : library.pictures) {
        const auto done = db.execute("INSERT INTO picture (owner, name, width, height, rgba) VALUES ($1, $2, $3, $4, $5)",
                                     {key.first, key.second, std::int64_t{texture.width}, std::int64_t{texture.height},
                                      blob(pack(texture.rgba))});
        if (!done) return done.error();
    }
    return Done{};
}

Expected<Done> put_bank(Connection& db, const BankFolder& bank)
{
    if (auto done = put_files(db, bank.files); !done) return done;
    for (const auto& [id, item] : bank.bank.items)
        if (auto done = put_revision(db, id, quizzes::canonical_text(item, bank.bank)); !done) return done;
    return Done{};
}

using Fill = std::function<Expected<Done>(Connection&)>;

// No log beside the file, no free page, no time of day in it: the same input gives the same bytes.
Expected<Done> write_database(const fs::path& file, const std::string& kind, const Fill& fill)
{
    auto opened = open_sqlite(file, OpenMode::MustNotExist);
    if (!opened) return opened.error();
    auto& db = **opened;
    if (auto done = db.script("PRAGMA journal_mode=DELETE; PRAGMA page_size=4096; VACUUM"); !done) return done;
    const auto filled = db.transaction([&]() -> Expected<Done> {
        if (auto done = db.script(pack_schema); !done) return done;
        const auto put = db.execute("INSERT INTO pack (format, kind) VALUES ($1, $2)", {std::int64_t{pack_format}, kind});
        if (!put) return put.error();
        return fill(db);
    });
    if (!filled) return filled;
    return db.script("VACUUM");
}

Expected<Built> place(const fs::path& draft, const fs::path& into)
{
    const auto bytes = read_text(draft);
    if (!bytes) return fail(ErrorKind::Unavailable, "pack.unreadable", {{"path", draft.string()}});
    Built built;
    built.hash = sha256(bytes_of(*bytes));
    built.size = static_cast<std::int64_t>(bytes->size());
    built.file = into / pack_file_name(built.hash);
    if (auto done = write_durably(built.file, bytes_of(*bytes)); !done) return done.error();
    return built;
}

Expected<Built> build(const fs::path& into, const std::string& kind, const Fill& fill)
{
    std::error_code trouble;
    fs::create_directories(into, trouble);
    if (trouble) return fail(ErrorKind::Unavailable, "pack.unwritable", {{"path", into.string()}});
    const auto draft = into / (kind + ".draft");
    fs::remove(draft, trouble); // of an earlier run that was cut off
    const auto written = write_database(draft, kind, fill);
    auto built = written ? place(draft, into) : Expected<Built>{written.error()};
    fs::remove(draft, trouble);
    return built;
}

Expected<Building> build_checked(content::Findings findings, const fs::path& into, const std::string& kind, const Fill& fill)
{
    Building building{.built = std::nullopt, .findings = std::move(findings)};
    if (has_errors(building.findings)) return building;
    auto built = build(into, kind, fill);
    if (!built) return built.error();
    building.built = std::move(*built);
    return building;
}

Expected<Done> must_exist(const fs::path& folder)
{
    std::error_code ignored;
    if (fs::is_directory(folder, ignored)) return Done{};
    return fail(ErrorKind::NotFound, "pack.no_folder", {{"path", folder.string()}});
}

} // namespace

Expected<Building> build_library(const fs::path& folder, const fs::path& into)
{
    if (auto there = must_exist(folder); !there) return there.error();
    auto library = read_library(folder);
    append(library.findings, check_library(library, folder, nullptr));
    return build_checked(library.findings, into, "library", [&](Connection& db) { return put_library(db, library); });
}

Expected<Building> build_bank(const fs::path& folder, const fs::path& library_folder, const fs::path& into)
{
    for (const auto& one : {folder, library_folder})
        if (auto there = must_exist(one); !there) return there.error();
    auto bank = read_bank_folder(folder);
    const auto library = read_library(library_folder);
    append(bank.findings, check_references(bank, library));
    append(bank.findings, check_library(library, library_folder, &bank));
    return build_checked(bank.findings, into, "bank", [&](Connection& db) { return put_bank(db, bank); });
}

} // namespace adal::sync
