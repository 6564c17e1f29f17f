#include "sync/journal/beside.hpp"

namespace adal::sync {
namespace {

const std::vector<Migration> migrations{
    {1, "CREATE TABLE heartbeat (one BIGINT PRIMARY KEY, boot TEXT NOT NULL, uptime_ms BIGINT NOT NULL);"
        "CREATE TABLE thing (name TEXT PRIMARY KEY, value BYTEA NOT NULL);"
        "CREATE TABLE pin (person TEXT PRIMARY KEY, reset BIGINT NOT NULL, counter BIGINT NOT NULL, verifier TEXT NOT "
        "NULL)"},
};

Beside::PinVerifier pin_from(const Row& row) { return {{row.text(0)}, row.integer(1), row.integer(2), row.text(3)}; }

} // namespace

struct Beside::State {
    std::unique_ptr<Connection> connection;

    Expected<Done> change(const std::string& sql, const std::vector<Value>& parameters)
    {
        const auto changed = connection->execute(sql, parameters);
        if (!changed) return changed.error();
        return Done{};
    }
    /// Nothing here is a fact: what cannot be read is not there.
    Rows rows(const std::string& sql, const std::vector<Value>& parameters = {}) const
    {
        auto found = connection->query(sql, parameters);
        return found ? std::move(*found) : Rows{};
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
    return Beside{std::make_unique<State>(State{std::move(*connection)})};
}

Expected<Done> Beside::beat(const Heartbeat& heartbeat)
{
    return state_->change("INSERT INTO heartbeat (one, boot, uptime_ms) VALUES (1, $1, $2) "
                          "ON CONFLICT (one) DO UPDATE SET boot = excluded.boot, uptime_ms = excluded.uptime_ms",
                          {heartbeat.boot, heartbeat.uptime.count()});
}

std::optional<Beside::Heartbeat> Beside::last_beat() const
{
    const auto rows = state_->rows("SELECT boot, uptime_ms FROM heartbeat");
    if (rows.empty()) return std::nullopt;
    return Heartbeat{rows[0].text(0), Elapsed{rows[0].integer(1)}};
}

Expected<Done> Beside::put(const std::string& name, BytesView value)
{
    return state_->change(
        "INSERT INTO thing (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {name, blob(value)});
}

std::optional<Bytes> Beside::get(const std::string& name) const
{
    const auto rows = state_->rows("SELECT value FROM thing WHERE name = $1", {name});
    if (rows.empty()) return std::nullopt;
    return rows[0].bytes(0);
}

/// The higher (reset, counter) stays, so a late copy of an old PIN changes nothing.
Expected<Done> Beside::put(const PinVerifier& pin)
{
    return state_->change("INSERT INTO pin (person, reset, counter, verifier) VALUES ($1, $2, $3, $4) "
                          "ON CONFLICT (person) DO UPDATE SET reset = excluded.reset, counter = excluded.counter, "
                          "verifier = excluded.verifier "
                          "WHERE (excluded.reset, excluded.counter) >= (pin.reset, pin.counter)",
                          {pin.person.text, pin.reset, pin.counter, pin.verifier});
}

std::optional<Beside::PinVerifier> Beside::pin_of(const PersonId& person) const
{
    const auto rows = state_->rows("SELECT person, reset, counter, verifier FROM pin WHERE person = $1", {person.text});
    if (rows.empty()) return std::nullopt;
    return pin_from(rows[0]);
}

std::vector<Beside::PinVerifier> Beside::pins() const
{
    std::vector<PinVerifier> all;
    for (const auto& row : state_->rows("SELECT person, reset, counter, verifier FROM pin ORDER BY person"))
        all.push_back(pin_from(row));
    return all;
}

} // namespace adal::sync
