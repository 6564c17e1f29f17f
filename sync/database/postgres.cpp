#include "sync/database/transactions.hpp"
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <libpq-fe.h>

namespace adal::sync {
namespace {

// Type numbers of PostgreSQL's catalogue (pg_type); they never change.
enum TypeNumber : Oid { Bool = 16, Bytea = 17, Int8 = 20, Int2 = 21, Int4 = 23, Numeric = 1700 };

struct Finish {
    void operator()(PGconn* server) const { PQfinish(server); }
};
struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Server = std::unique_ptr<PGconn, Finish>;
using Result = std::unique_ptr<PGresult, Clear>;

std::string without_line_break(std::string text)
{
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

/// By SQLSTATE (PostgreSQL, appendix A): the first two letters are a class.
Error error_from(std::string_view state, const std::string& reason)
{
    const Arguments why{{"path", "postgresql"}, {"reason", without_line_break(reason)}};
    const auto is_class = [&](std::string_view two) { return state.starts_with(two); };
    if (state == "53100") return fail(ErrorKind::Unavailable, "database.full", why);
    if (state == "40001" || state == "40P01" || state == "55P03")
        return fail(ErrorKind::Unavailable, "database.busy", why);
    if (is_class("23") || state == "P0001") return fail(ErrorKind::Conflict, "database.constraint", why);
    if (is_class("XX")) return fail(ErrorKind::Corrupt, "database.corrupt", why);
    if (state == "25006" || state == "42501") return fail(ErrorKind::Denied, "database.read_only", why);
    if (is_class("22") || is_class("42")) return fail(ErrorKind::InvalidInput, "database.refused", why);
    return fail(ErrorKind::Unavailable, "database.unreachable", why);
}

/// Parameters as libpq wants them: texts, but bytes as they are.
struct Parameters {
    std::vector<Oid> types;
    std::vector<std::string> texts;
    std::vector<const char*> values;
    std::vector<int> lengths, formats;

    explicit Parameters(const std::vector<Value>& all)
    {
        texts.reserve(all.size()); // `values` points into it
        for (const auto& value : all) add(value);
    }
    void add(const Value& value)
    {
        const auto* integer = std::get_if<std::int64_t>(&value);
        const auto* text = std::get_if<std::string>(&value);
        const auto* bytes = std::get_if<Bytes>(&value);
        texts.push_back(integer ? std::to_string(*integer) : text ? *text : bytes ? text_of(*bytes) : std::string{});
        assert(!text || text->find('\0') == std::string::npos); // TEXT cannot hold it
        types.push_back(integer ? Int8 : bytes ? Bytea : Oid{0});
        values.push_back(value.index() == 0 ? nullptr : texts.back().c_str());
        lengths.push_back(static_cast<int>(texts.back().size()));
        formats.push_back(bytes ? 1 : 0);
    }
};

Value integer_from(const char* text)
{
    std::int64_t value = 0;
    const char* end = text + std::strlen(text);
    const auto [rest, problem] = std::from_chars(text, end, value);
    assert(problem == std::errc{} && rest == end); // a fraction in our SQL is our mistake
    return value;
}

Value bytes_from(const char* hex)
{
    auto bytes = from_hex(std::string_view{hex}.substr(2)); // "\x0102": bytea_output is hex
    assert(bytes);
    return std::move(*bytes);
}

Value value_at(PGresult* result, int row, int column)
{
    if (PQgetisnull(result, row, column)) return std::monostate{};
    const char* text = PQgetvalue(result, row, column);
    switch (PQftype(result, column)) {
    case Int2:
    case Int4:
    case Int8:
    case Numeric:
        return integer_from(text); // NUMERIC is what SUM of BIGINT gives
    case Bool:
        return std::int64_t{text[0] == 't'};
    case Bytea:
        return bytes_from(text);
    default:
        return std::string{text};
    }
}

Rows rows_of(PGresult* result)
{
    Rows rows;
    for (int row = 0; row < PQntuples(result); ++row) {
        std::vector<Value> values;
        for (int column = 0; column < PQnfields(result); ++column) values.push_back(value_at(result, row, column));
        rows.emplace_back(std::move(values));
    }
    return rows;
}

void be_silent(void*, const char*) {} // notices such as "table exists, skipping" are no news

constexpr const char* settings = "SET client_encoding = 'UTF8'; SET bytea_output = 'hex'; SET synchronous_commit = on";

class PostgresConnection final : public TransactionalConnection {
public:
    explicit PostgresConnection(Server server) : server_(std::move(server))
    {
        PQsetNoticeProcessor(server_.get(), be_silent, nullptr);
    }

    Expected<Done> settle() { return control(settings); }

    Expected<Rows> query(const std::string& sql, const std::vector<Value>& parameters) override
    {
        auto result = run(sql, parameters);
        if (!result) return result.error();
        return rows_of(result->get());
    }

    Expected<Done> each(const std::string& sql, const std::vector<Value>& parameters,
                        const std::function<Expected<Done>(const Row&)>& take) override
    {
        if (auto refused = refusal()) return *refused;
        if (auto ready = be_connected(); !ready) return ready;
        auto done = send(sql, parameters) ? take_each(take)
                                          : Expected<Done>{error_from("", PQerrorMessage(server_.get()))};
        if (!done) note_failure();
        return done;
    }

    Expected<std::vector<TableShape>> tables() override
    {
        auto rows = query("SELECT t.relname::text, c.attname::text FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid "
                          "WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace AND c.attnum > 0 "
                          "AND NOT c.attisdropped ORDER BY t.oid, c.attnum",
                          {});
        if (!rows) return rows.error();
        return shapes_of(*rows);
    }

    Expected<std::int64_t> execute(const std::string& sql, const std::vector<Value>& parameters) override
    {
        auto result = run(sql, parameters);
        if (!result) return result.error();
        const char* changed = PQcmdTuples(result->get());
        return *changed ? std::int64_t{std::atoll(changed)} : std::int64_t{0};
    }

    Expected<Done> script(const std::string& sql) override
    {
        if (auto refused = refusal()) return *refused;
        if (auto ready = be_connected(); !ready) return ready;
        auto done = control(sql);
        if (!done) note_failure();
        return done;
    }

protected:
    Expected<Done> control(const std::string& sql) override
    {
        auto result = judged(Result{PQexec(server_.get(), sql.c_str())});
        if (!result) return result.error();
        return Done{};
    }
    const char* begin_sql() const override { return "BEGIN"; }
    const char* begin_snapshot_sql() const override { return "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"; }

    /// A server that was restarted is found again by itself, but never in the middle of a transaction.
    Expected<Done> be_connected() override
    {
        if (PQstatus(server_.get()) == CONNECTION_OK || is_in_transaction()) return Done{};
        PQreset(server_.get());
        if (PQstatus(server_.get()) != CONNECTION_OK) return error_from("", PQerrorMessage(server_.get()));
        return settle();
    }

private:
    Expected<std::shared_ptr<PGresult>> run(const std::string& sql, const std::vector<Value>& parameters)
    {
        if (auto refused = refusal()) return *refused;
        if (auto ready = be_connected(); !ready) return ready.error();
        const Parameters given{parameters};
        auto result = judged(
            Result{PQexecParams(server_.get(), sql.c_str(), static_cast<int>(parameters.size()), given.types.data(),
                                given.values.data(), given.lengths.data(), given.formats.data(), 0)});
        if (!result) note_failure();
        return result;
    }

    bool send(const std::string& sql, const std::vector<Value>& parameters)
    {
        const Parameters given{parameters};
        return PQsendQueryParams(server_.get(), sql.c_str(), static_cast<int>(parameters.size()), given.types.data(),
                                 given.values.data(), given.lengths.data(), given.formats.data(), 0) == 1 &&
               PQsetSingleRowMode(server_.get()) == 1;
    }

    /// The server's answer is heard to its end, also when nobody wants it any more.
    Expected<Done> take_each(const std::function<Expected<Done>(const Row&)>& take)
    {
        Expected<Done> done = Done{};
        while (PGresult* next = PQgetResult(server_.get())) {
            auto result = judged(Result{next});
            if (!result && done) done = result.error();
            if (!done) continue;
            for (const auto& row : rows_of(result->get()))
                if (auto taken = take(row); !taken) {
                    done = taken;
                    break;
                }
        }
        return done;
    }

    Expected<std::shared_ptr<PGresult>> judged(Result result)
    {
        const auto status = PQresultStatus(result.get());
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE)
            return std::shared_ptr<PGresult>{std::move(result)};
        const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        return error_from(state ? state : "", PQerrorMessage(server_.get()));
    }

    Server server_;
};

} // namespace

Expected<std::unique_ptr<Connection>> connect_postgres(const std::string& url)
{
    Server server{PQconnectdb(url.c_str())};
    if (PQstatus(server.get()) != CONNECTION_OK) return error_from("", PQerrorMessage(server.get()));
    auto connection = std::make_unique<PostgresConnection>(std::move(server));
    if (auto settled = connection->settle(); !settled) return settled.error();
    return std::unique_ptr<Connection>{std::move(connection)};
}

} // namespace adal::sync
