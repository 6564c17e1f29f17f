#include "sync/journal/rows.hpp"
#include <algorithm>

namespace adal::sync {

const char* const journal_schema = R"sql(
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    boot TEXT NOT NULL,
    uptime_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    decision_end INTEGER NOT NULL,
    hash BLOB NOT NULL,
    signature BLOB
) STRICT;
CREATE TRIGGER event_is_final BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_follows BEFORE INSERT ON event WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM event)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TABLE checked (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
PRAGMA application_id = 1633968490;
PRAGMA user_version = 1;
)sql";

namespace {

const std::string columns =
    "SELECT seq, at, boot, uptime_ms, actor, kind, body, decision_end, hash, signature FROM event ";

/// Takes columns in their order; once one is of another type, `failed` stays true.
struct Columns {
    const Row& row;
    std::size_t next = 0;
    bool failed = false;

    template <class T> const T* get()
    {
        const auto* value = std::get_if<T>(&row.value(next++));
        failed = failed || !value;
        return value;
    }
    template <class T> void into(T& member)
    {
        if (const auto* value = get<T>()) member = *value;
    }
    void into(std::uint64_t& member)
    {
        if (const auto* value = get<std::int64_t>()) member = static_cast<std::uint64_t>(*value);
    }
    template <std::size_t size> void into(std::array<std::uint8_t, size>& member)
    {
        const auto* value = get<Bytes>();
        failed = failed || value->size() != size;
        if (!failed) std::copy(value->begin(), value->end(), member.begin());
    }
};

std::optional<JournalRow> row_from(const Row& values)
{
    JournalRow row;
    Columns columns_of{values};
    columns_of.into(row.seq);
    columns_of.into(row.at_ms);
    columns_of.into(row.boot);
    columns_of.into(row.uptime_ms);
    columns_of.into(row.actor);
    columns_of.into(row.kind);
    columns_of.into(row.body);
    columns_of.into(row.decision_end);
    columns_of.into(row.hash);
    if (!values.is_null(columns_of.next)) columns_of.into(row.signature.emplace());
    return columns_of.failed ? std::nullopt : std::optional{std::move(row)};
}

Error not_a_row(const Row& values)
{
    const auto* seq = std::get_if<std::int64_t>(&values.value(0));
    return fail(ErrorKind::Corrupt, "journal.broken", {{"seq", std::to_string(seq ? *seq : 0)}});
}

Value number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

Expected<Done> insert(Connection& connection, const JournalRow& row)
{
    const auto done = connection.execute(
        "INSERT INTO event (seq, at, boot, uptime_ms, actor, kind, body, decision_end, hash, signature) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        {number(row.seq), row.at_ms, row.boot, row.uptime_ms, row.actor, row.kind, row.body, number(row.decision_end),
         blob(row.hash), row.signature ? blob(*row.signature) : Value{}});
    if (!done) return done.error();
    return Done{};
}

} // namespace

Expected<Done> insert(Connection& connection, const std::vector<JournalRow>& rows)
{
    return connection.transaction([&]() -> Expected<Done> {
        for (const auto& row : rows)
            if (auto inserted = insert(connection, row); !inserted) return inserted;
        return Done{};
    });
}

Expected<std::vector<JournalRow>> select(Connection& connection, const Stretch& stretch)
{
    const auto found = connection.query(columns + "WHERE seq >= $1 AND seq <= $2 ORDER BY seq LIMIT $3",
                                        {stretch.from, stretch.to, static_cast<std::int64_t>(stretch.limit)});
    if (!found) return found.error();
    std::vector<JournalRow> rows;
    for (const auto& values : *found) {
        auto row = row_from(values);
        if (!row && rows.empty()) return not_a_row(values);
        if (!row) break; // the reader asks again from there
        rows.push_back(std::move(*row));
    }
    return rows;
}

Expected<std::optional<JournalRow>> select_last(Connection& connection)
{
    const auto found = connection.query(columns + "ORDER BY seq DESC LIMIT 1");
    if (!found) return found.error();
    if (found->empty()) return std::optional<JournalRow>{};
    auto row = row_from(found->front());
    if (!row) return not_a_row(found->front());
    return row;
}

Expected<std::optional<Head>> select_checked(Connection& connection)
{
    const auto found = connection.query("SELECT seq, hash FROM checked");
    if (!found) return found.error();
    Head head;
    if (found->empty()) return std::optional<Head>{};
    Columns columns_of{found->front()};
    columns_of.into(head.seq);
    columns_of.into(head.hash);
    return columns_of.failed ? std::optional<Head>{} : std::optional{head};
}

Expected<Done> update_checked(Connection& connection, const Head& head)
{
    const auto done = connection.execute("INSERT INTO checked (one, seq, hash) VALUES (1, $1, $2) "
                                         "ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
                                         {number(head.seq), blob(head.hash)});
    if (!done) return done.error();
    return Done{};
}

} // namespace adal::sync
