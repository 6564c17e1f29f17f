#include "sync/journal/beside.hpp"
#include <map>

namespace adal::sync {
namespace {

const std::vector<Migration> migrations{
    {1, "CREATE TABLE heartbeat (one BIGINT PRIMARY KEY, boot TEXT NOT NULL, uptime_ms BIGINT NOT NULL);"
        "CREATE TABLE thing (name TEXT PRIMARY KEY, value BYTEA NOT NULL);"
        "CREATE TABLE pin (person TEXT PRIMARY KEY, reset BIGINT NOT NULL, counter BIGINT NOT NULL, verifier TEXT NOT "
        "NULL)"},
    {2, "CREATE TABLE feed (person TEXT PRIMARY KEY, locked BYTEA NOT NULL);"
        "CREATE TABLE body (hash BYTEA PRIMARY KEY, content BYTEA NOT NULL)"},
};

/// Anybody may have written the file: a value of another type is none.
template <class T> std::optional<T> as(const Row& row, std::size_t column)
{
    const auto* value = std::get_if<T>(&row.value(column));
    return value ? std::optional{*value} : std::nullopt;
}

std::optional<Beside::PinVerifier> pin_from(const Row& row)
{
    const auto person = as<std::string>(row, 0), verifier = as<std::string>(row, 3);
    const auto reset = as<std::int64_t>(row, 1), counter = as<std::int64_t>(row, 2);
    if (!person || !reset || !counter || !verifier) return std::nullopt;
    return Beside::PinVerifier{{*person}, *reset, *counter, *verifier};
}

std::string label(const std::string& name) { return "thing " + name; }
std::string label(const PersonId& person) { return "pin " + person.text; }

} // namespace

struct Beside::State {
    std::unique_ptr<Connection> connection;
    std::map<std::string, Error> unread; // what the last attempt to read failed on, by label

    Expected<Done> change(const std::string& sql, const std::vector<Value>& parameters)
    {
        const auto changed = connection->execute(sql, parameters);
        if (!changed) return changed.error();
        return Done{};
    }
    Expected<Done> change_what_was_read(const std::string& label, const std::string& sql, const std::vector<Value>& parameters)
    {
        if (const auto found = unread.find(label); found != unread.end()) return found->second;
        return change(sql, parameters);
    }
    Expected<std::optional<Bytes>> one(const std::string& sql, const std::vector<Value>& parameters) const;
    Expected<Rows> rows(const std::string& label, const std::string& sql, const std::vector<Value>& parameters)
    {
        auto found = connection->query(sql, parameters);
        if (found)
            unread.erase(label);
        else
            unread.insert_or_assign(label, found.error());
        return found;
    }
};

Beside::Beside(std::unique_ptr<State> state) : state_(std::move(state)) {}
Beside::Beside(Beside&&) noexcept = default;
Beside& Beside::operator=(Beside&&) noexcept = default;
Beside::~Beside() = default;

Expected<Beside> Beside::open(const std::filesystem::path& path)
{
    auto connection = open_sqlite(path);
    if (!connection) return connection.error();
    if (auto ready = (*connection)->migrate(migrations); !ready) return ready.error();
    if (auto ready = (*connection)->script("PRAGMA secure_delete=ON"); !ready) return ready.error();
    return Beside{std::make_unique<State>(State{std::move(*connection), {}})};
}

Expected<Done> Beside::beat(const Heartbeat& heartbeat)
{
    return state_->change("INSERT INTO heartbeat (one, boot, uptime_ms) VALUES (1, $1, $2) "
                          "ON CONFLICT (one) DO UPDATE SET boot = excluded.boot, uptime_ms = excluded.uptime_ms",
                          {heartbeat.boot, heartbeat.uptime.count()});
}

std::optional<Beside::Heartbeat> Beside::last_beat() const
{
    const auto rows = state_->connection->query("SELECT boot, uptime_ms FROM heartbeat");
    if (!rows || rows->empty()) return std::nullopt;
    const auto boot = as<std::string>(rows->front(), 0);
    const auto uptime = as<std::int64_t>(rows->front(), 1);
    return boot && uptime ? std::optional{Heartbeat{*boot, Elapsed{*uptime}}} : std::nullopt;
}

Expected<Done> Beside::put(const std::string& name, BytesView value)
{
    return state_->change_what_was_read(
        label(name),
        "INSERT INTO thing (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {name, blob(value)});
}

Expected<std::optional<Bytes>> Beside::look_up(const std::string& name) const
{
    const auto rows = state_->rows(label(name), "SELECT value FROM thing WHERE name = $1", {name});
    if (!rows) return rows.error();
    return rows->empty() ? std::optional<Bytes>{} : as<Bytes>(rows->front(), 0);
}

Expected<Bytes> Beside::need(const std::string& name, const char* missing) const
{
    auto found = look_up(name);
    if (!found) return found.error();
    if (!*found) return fail(ErrorKind::NotFound, missing);
    return std::move(**found);
}

std::optional<Bytes> Beside::get(const std::string& name) const
{
    auto found = look_up(name);
    return found ? std::move(*found) : std::nullopt;
}

Expected<Done> Beside::remove(const std::string& name) { return state_->change("DELETE FROM thing WHERE name = $1", {name}); }

Expected<Done> Beside::together(const std::function<Expected<Done>()>& work) { return state_->connection->transaction(work); }

/// The higher (reset, counter) stays, so a late copy of an old PIN changes nothing.
Expected<Done> Beside::put(const PinVerifier& pin)
{
    return state_->change_what_was_read(label(pin.person),
                                        "INSERT INTO pin (person, reset, counter, verifier) VALUES ($1, $2, $3, $4) "
                                        "ON CONFLICT (person) DO UPDATE SET reset = excluded.reset, counter = excluded.counter, "
                                        "verifier = excluded.verifier "
                                        "WHERE (excluded.reset, excluded.counter) >= (pin.reset, pin.counter)",
                                        {pin.person.text, pin.reset, pin.counter, pin.verifier});
}

Expected<std::optional<Beside::PinVerifier>> Beside::look_up(const PersonId& person) const
{
    const auto rows = state_->rows(label(person), "SELECT person, reset, counter, verifier FROM pin WHERE person = $1", {person.text});
    if (!rows) return rows.error();
    return rows->empty() ? std::optional<PinVerifier>{} : pin_from(rows->front());
}

std::optional<Beside::PinVerifier> Beside::pin_of(const PersonId& person) const
{
    auto found = look_up(person);
    return found ? std::move(*found) : std::nullopt;
}

std::vector<Beside::PinVerifier> Beside::pins() const
{
    std::vector<PinVerifier> all;
    const auto rows = state_->connection->query("SELECT person, reset, counter, verifier FROM pin ORDER BY person");
    if (!rows) return all; // they go up next time
    for (const auto& row : *rows)
        if (auto pin = pin_from(row)) all.push_back(std::move(*pin));
    return all;
}

Expected<Done> Beside::keep_feed(const PersonId& person, BytesView locked)
{
    return state_->change("INSERT INTO feed (person, locked) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET locked = excluded.locked",
                          {person.text, blob(locked)});
}

Expected<std::optional<Bytes>> Beside::State::one(const std::string& sql, const std::vector<Value>& parameters) const
{
    const auto rows = connection->query(sql, parameters);
    if (!rows) return rows.error();
    return rows->empty() ? std::optional<Bytes>{} : as<Bytes>(rows->front(), 0);
}

Expected<std::optional<Bytes>> Beside::feed_of(const PersonId& person) const
{
    return state_->one("SELECT locked FROM feed WHERE person = $1", {person.text});
}

Expected<Hash> Beside::keep_body(BytesView sealed)
{
    const auto hash = sha256(sealed);
    const auto kept = state_->change("INSERT INTO body (hash, content) VALUES ($1, $2) ON CONFLICT (hash) DO UPDATE SET content = excluded.content",
                                     {blob(hash), blob(sealed)});
    if (!kept) return kept.error();
    return hash;
}

Expected<std::optional<Bytes>> Beside::body(const Hash& hash) const
{
    return state_->one("SELECT content FROM body WHERE hash = $1", {blob(hash)});
}

Expected<Done> Beside::forget_people()
{
    return together([&]() -> Expected<Done> {
        if (auto gone = state_->change("DELETE FROM feed", {}); !gone) return gone;
        return state_->change("DELETE FROM pin", {});
    });
}

Expected<Done> Beside::scrub()
{
    if (auto packed = state_->connection->script("VACUUM"); !packed) return packed;
    const auto emptied = state_->connection->query("PRAGMA wal_checkpoint(TRUNCATE)"); // says by a number that others still read
    if (!emptied) return emptied.error();
    if (emptied->empty() || as<std::int64_t>(emptied->front(), 0) != 0) return fail(ErrorKind::Unavailable, "database.busy", {{"path", "beside.db"}, {"reason", "read by others"}});
    return Done{};
}

} // namespace adal::sync
