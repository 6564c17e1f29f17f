#include "sync/database/transactions.hpp"
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <sqlite3.h>
#include <unistd.h>
#include <unordered_map>

namespace adal::sync {
namespace {

constexpr int busy_timeout_ms = 10'000;
constexpr std::size_t most_kept_statements = 200;

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

/// What went wrong, in our words. Anything SQLite calls a plain error is a statement it does not accept, mostly a
/// foreign schema.
Error error_from(int code, sqlite3* database, const std::string& path)
{
    const Arguments where{{"path", path}, {"reason", database ? sqlite3_errmsg(database) : sqlite3_errstr(code)}};
    switch (code & 0xff) {
    case SQLITE_FULL:
        return fail(ErrorKind::Unavailable, "database.full", where);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(ErrorKind::Unavailable, "database.busy", where);
    case SQLITE_CONSTRAINT:
        return fail(ErrorKind::Conflict, "database.constraint", where);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return fail(ErrorKind::Corrupt, "database.corrupt", where);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
        return fail(ErrorKind::Unavailable, "database.io", where);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return fail(ErrorKind::Denied, "database.read_only", where);
    default:
        return fail(ErrorKind::InvalidInput, "database.refused", where);
    }
}

int size_of(std::size_t size)
{
    assert(size <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    return static_cast<int>(size);
}

int bind(sqlite3_stmt* statement, int index, const Value& value)
{
    switch (value.index()) {
    case 1:
        return sqlite3_bind_int64(statement, index, std::get<1>(value));
    case 2: {
        const auto& text = std::get<2>(value);
        return sqlite3_bind_text(statement, index, text.data(), size_of(text.size()), SQLITE_STATIC);
    }
    case 3: {
        const auto& bytes = std::get<3>(value);
        const void* data =
            bytes.empty() ? static_cast<const void*>("") : bytes.data(); // a null pointer would bind NULL
        return sqlite3_bind_blob(statement, index, data, size_of(bytes.size()), SQLITE_STATIC);
    }
    default:
        return sqlite3_bind_null(statement, index);
    }
}

/// "$3" is the third parameter wherever it stands; SQLite counts names in the order they appear.
std::size_t number_of(const char* name)
{
    std::size_t number = 0;
    assert(name && name[0] == '$');
    std::from_chars(name + 1, name + std::strlen(name), number);
    return number;
}

Value column(sqlite3_stmt* statement, int index)
{
    const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, index)); };
    switch (sqlite3_column_type(statement, index)) {
    case SQLITE_INTEGER:
        return sqlite3_column_int64(statement, index);
    case SQLITE_NULL:
        return std::monostate{};
    case SQLITE_BLOB: {
        const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, index));
        return Bytes{data, data + size()};
    }
    default: {
        const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement, index));
        return data ? std::string{data, size()} : std::string{};
    }
    }
}

class SqliteConnection final : public TransactionalConnection {
public:
    SqliteConnection(Database database, std::string path) : database_(std::move(database)), path_(std::move(path)) {}

    Expected<Rows> query(const std::string& sql, const std::vector<Value>& parameters) override
    {
        Rows rows;
        auto stepped = run(sql, parameters, [&](Row row) {
            rows.push_back(std::move(row));
            return Done{};
        });
        if (!stepped) return stepped.error();
        return rows;
    }

    Expected<Done> each(const std::string& sql, const std::vector<Value>& parameters,
                        const std::function<Expected<Done>(const Row&)>& take) override
    {
        return run(sql, parameters, take);
    }

    Expected<std::vector<TableShape>> tables() override
    {
        auto rows = query("SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c "
                          "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY t.rowid, c.cid",
                          {});
        if (!rows) return rows.error();
        return shapes_of(*rows);
    }

    Expected<std::int64_t> execute(const std::string& sql, const std::vector<Value>& parameters) override
    {
        const auto before = sqlite3_total_changes64(database_.get());
        auto stepped = run(sql, parameters, {});
        if (!stepped) return stepped.error();
        const bool changed =
            sqlite3_total_changes64(database_.get()) != before; // `changes` still tells of an earlier statement
        return changed ? sqlite3_changes64(database_.get()) : std::int64_t{0};
    }

    Expected<Done> script(const std::string& sql) override
    {
        if (auto refused = refusal()) return *refused;
        auto done = control(sql);
        if (!done) note_failure();
        return done;
    }

protected:
    Expected<Done> control(const std::string& sql) override
    {
        const int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) return error_from(code, database_.get(), path_);
        return Done{};
    }
    const char* begin_sql() const override { return "BEGIN IMMEDIATE"; }
    const char* begin_snapshot_sql() const override { return "BEGIN"; }

private:
    using Take = std::function<Expected<Done>(Row)>;

    Expected<Done> run(const std::string& sql, const std::vector<Value>& parameters, const Take& take)
    {
        if (auto refused = refusal()) return *refused;
        auto prepared = statement(sql);
        if (!prepared) {
            note_failure();
            return prepared.error();
        }
        bind_all(*prepared, parameters);
        auto result = step_all(*prepared, take);
        sqlite3_reset(*prepared);
        sqlite3_clear_bindings(*prepared); // they pointed into `parameters`
        if (!result) note_failure();
        return result;
    }

    Expected<Done> step_all(sqlite3_stmt* statement, const Take& take)
    {
        int code = sqlite3_step(statement);
        for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
            if (!take) continue;
            std::vector<Value> values;
            const int count = sqlite3_column_count(statement);
            values.reserve(static_cast<std::size_t>(count));
            for (int i = 0; i < count; ++i) values.push_back(column(statement, i));
            if (auto taken = take(Row{std::move(values)}); !taken) return taken;
        }
        if (code != SQLITE_DONE) return error_from(code, database_.get(), path_);
        return Done{};
    }

    static void bind_all(sqlite3_stmt* statement, const std::vector<Value>& parameters)
    {
        for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
            const auto number = number_of(sqlite3_bind_parameter_name(statement, i));
            assert(number >= 1 && number <= parameters.size());
            const int code = bind(statement, i, parameters[number - 1]);
            assert(code == SQLITE_OK);
        }
    }

    Expected<sqlite3_stmt*> statement(const std::string& sql)
    {
        if (const auto kept = statements_.find(sql); kept != statements_.end()) return kept->second.get();
        sqlite3_stmt* raw = nullptr;
        const int code = sqlite3_prepare_v3(database_.get(), sql.data(), size_of(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                            &raw, nullptr);
        Statement fresh{raw};
        if (code != SQLITE_OK) return error_from(code, database_.get(), path_);
        assert(raw); // an empty text is no statement
        if (statements_.size() >= most_kept_statements) statements_.clear();
        return statements_.emplace(sql, std::move(fresh)).first->second.get();
    }

    Database database_;
    std::string path_;
    std::unordered_map<std::string, Statement> statements_; // destroyed before the database
};

/// SQLite gives its -wal and -shm files the mode of the database, so the database is born with 0600.
Expected<Done> prepare_file(const std::filesystem::path& path, OpenMode mode)
{
    std::error_code ignored;
    const bool exists = std::filesystem::exists(path, ignored);
    const Arguments where{{"path", path.string()}};
    if (exists && mode == OpenMode::MustNotExist) return fail(ErrorKind::Conflict, "database.exists", where);
    if (!exists && (mode == OpenMode::MustExist || mode == OpenMode::ReadOnly))
        return fail(ErrorKind::NotFound, "database.missing", where);
    if (exists) return Done{};
    const int fd = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(ErrorKind::Unavailable, "database.io", {{"path", path.string()}, {"reason", std::strerror(errno)}});
    ::close(fd);
    return Done{};
}

/// We make no views and no columns that compute themselves; a stranger's may have no end, or be as large as he likes.
/// (Where a table of his has the function's name, the question fails.)
Expected<Done> need_stored_columns(Connection& connection, const std::string& path)
{
    const auto computed = connection.query("SELECT 1 FROM sqlite_schema AS s, pragma_table_xinfo(s.name) AS c WHERE c.hidden <> 0 LIMIT 1");
    if (!computed) return computed.error();
    return computed->empty() ? Expected<Done>{Done{}} : fail(ErrorKind::Corrupt, "database.foreign", {{"path", path}});
}

} // namespace

Expected<std::unique_ptr<Connection>> open_sqlite(const std::filesystem::path& path, OpenMode mode)
{
    if (auto prepared = prepare_file(path, mode); !prepared) return prepared.error();
    const int flags = mode == OpenMode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database{raw};
    if (code != SQLITE_OK) return error_from(code, raw, path.string());
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, busy_timeout_ms);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    auto connection = std::make_unique<SqliteConnection>(std::move(database), path.string());
    auto settled = connection->script(
        mode == OpenMode::ReadOnly
            ? "PRAGMA foreign_keys=ON; PRAGMA schema_version"
            : "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA schema_version");
    if (settled) settled = need_stored_columns(*connection, path.string());
    if (!settled) return settled.error();
    return std::unique_ptr<Connection>{std::move(connection)};
}

} // namespace adal::sync
