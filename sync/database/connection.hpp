#pragma once
#include "content/base/bytes.hpp"
#include "content/base/expected.hpp"
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <variant>

namespace adal::sync {

using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
inline Value blob(BytesView bytes) { return Bytes{bytes.begin(), bytes.end()}; }

/// One row of an answer; a column of another type is our mistake (assert), NULL is asked for first.
class Row {
public:
    explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
    bool is_null(std::size_t column) const { return values_.at(column).index() == 0; }
    const Value& value(std::size_t column) const { return values_.at(column); } // for a reader who doubts the file
    std::int64_t integer(std::size_t column) const;
    const std::string& text(std::size_t column) const;
    const Bytes& bytes(std::size_t column) const;

private:
    std::vector<Value> values_;
};
using Rows = std::vector<Row>;

/// A numbered change of a schema; numbers start at 1 and never change their text once shipped.
struct Migration {
    int number = 0;
    std::string sql; // statements separated by semicolons
};

/// A table of the database at hand; tables and columns in the order in which they were made.
struct TableShape {
    std::string name;
    std::vector<std::string> columns;
};

/// One connection to SQLite or PostgreSQL; the same SQL text runs on both ($1 for parameters; BIGINT, BYTEA, TEXT).
/// Not for two threads at once. Errors: Unavailable (busy, disk full, no server), Conflict (a constraint), Corrupt (a broken file).
class Connection {
public:
    virtual ~Connection() = default;
    virtual Expected<Rows> query(const std::string& sql, const std::vector<Value>& parameters = {}) = 0;
    virtual Expected<std::int64_t> execute(const std::string& sql, const std::vector<Value>& parameters = {}) = 0; // rows changed
    virtual Expected<Done> script(const std::string& sql) = 0; // several statements, no parameters

    /// A row at a time, however many there are; ends with the first error of `take`, which must leave this connection alone.
    virtual Expected<Done> each(const std::string& sql, const std::vector<Value>& parameters,
                                const std::function<Expected<Done>(const Row&)>& take) = 0;
    virtual Expected<std::vector<TableShape>> tables() = 0;

    /// Everything or nothing: commits if `work` returns a value, rolls back if it returns an error. Nested calls are savepoints.
    /// SQLite begins immediate, so writers are serial. After a failed statement only rolling back is left, on both stores: let an error
    /// end `work`, and wrap in a nested call what may fail and be survived.
    virtual Expected<Done> transaction(const std::function<Expected<Done>()>& work) = 0;

    /// Everything that `work` reads is of one moment, while others go on writing. It only reads, and stands in no transaction.
    virtual Expected<Done> snapshot(const std::function<Expected<Done>()>& work) = 0;

    /// Brings the schema up to the last migration, each in a transaction; remembers them in table `migration`.
    Expected<Done> migrate(const std::vector<Migration>&);
};

enum class OpenMode { CreateOrOpen, MustExist, MustNotExist, ReadOnly };
/// WAL, synchronous=FULL, foreign keys on, busy timeout; files get mode 0600.
Expected<std::unique_ptr<Connection>> open_sqlite(const std::filesystem::path&, OpenMode = OpenMode::CreateOrOpen);
Expected<std::unique_ptr<Connection>> connect_postgres(const std::string& url);

} // namespace adal::sync
