#include "sync/journal/birth.hpp"
#include "sync/journal/rows.hpp"
#include "sync/keys/private_file.hpp"

namespace adal::sync {
namespace {

/// A WAL left by a journal whose own file was taken away holds facts, and SQLite would mix them into the new one.
Expected<Done> need_free_name(const std::filesystem::path& path)
{
    for (auto ending : {"", "-wal", "-journal"}) {
        const auto taken = path.string() + ending;
        const auto there = is_there(taken);
        if (!there) return there.error();
        if (*there) return fail(ErrorKind::Conflict, "journal.exists", {{"path", taken}});
    }
    return Done{};
}

void remove_leftovers(const std::filesystem::path& path)
{
    std::error_code ignored;
    for (auto ending : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path.string() + ending, ignored);
}

Expected<Done> write_first_row(const std::filesystem::path& path, const JournalRow& row)
{
    remove_leftovers(path);
    auto connection = open_sqlite(path, OpenMode::MustNotExist);
    if (!connection) return connection.error();
    if (auto made = (*connection)->script(journal_schema); !made) return made;
    if (auto inserted = insert(**connection, {row}); !inserted) return inserted;
    return fold_into_one_file(**connection, path);
}

} // namespace

/// Only the main file is renamed, so all must be in it: leaving WAL mode folds the WAL in and, other than closing, says if it cannot.
Expected<Done> fold_into_one_file(Connection& connection, const std::filesystem::path& path)
{
    const auto patience = connection.query("PRAGMA busy_timeout");
    if (!patience) return patience.error();
    if (auto hurried = connection.query("PRAGMA busy_timeout=0"); !hurried) return hurried.error();
    const auto mode = connection.query("PRAGMA journal_mode=DELETE");
    if (auto again = connection.query("PRAGMA busy_timeout=" + std::to_string(patience->front().integer(0))); !again) return again.error();
    if (mode && mode->size() == 1 && mode->front().value(0) == Value{std::string{"delete"}}) return Done{};
    return fail(ErrorKind::Unavailable, "database.busy", {{"path", path.string()}});
}

Expected<Done> give_birth(const std::filesystem::path& path, const JournalRow& row)
{
    if (auto is_free = need_free_name(path); !is_free) return is_free;
    auto unborn = path;
    unborn += ".new";
    auto written = write_first_row(unborn, row);
    if (written) written = rename_durably(unborn, path);
    if (!written) remove_leftovers(unborn);
    return written;
}

} // namespace adal::sync
