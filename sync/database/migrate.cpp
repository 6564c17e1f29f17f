#include "sync/database/connection.hpp"

namespace adal::sync {
namespace {

/// The claim and the change are one transaction: of two nodes that start together one changes, the other waits and
/// finds it done.
Expected<Done> apply(Connection& connection, const Migration& migration)
{
    return connection.transaction([&]() -> Expected<Done> {
        const auto claimed =
            connection.execute("INSERT INTO migration (number) VALUES ($1) ON CONFLICT (number) DO NOTHING",
                               {std::int64_t{migration.number}});
        if (!claimed) return claimed.error();
        return *claimed == 0 ? Expected<Done>{Done{}} : connection.script(migration.sql);
    });
}

} // namespace

std::int64_t Row::integer(std::size_t column) const
{
    const auto* value = std::get_if<std::int64_t>(&values_.at(column));
    assert(value);
    return *value;
}

const std::string& Row::text(std::size_t column) const
{
    const auto* value = std::get_if<std::string>(&values_.at(column));
    assert(value);
    return *value;
}

const Bytes& Row::bytes(std::size_t column) const
{
    const auto* value = std::get_if<Bytes>(&values_.at(column));
    assert(value);
    return *value;
}

Expected<Done> Connection::migrate(const std::vector<Migration>& migrations)
{
    if (auto made = script("CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY)"); !made) return made;
    const auto last = query("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM migration"); // whatever a stranger put there
    if (!last) return last.error();
    if (const auto found = last->front().integer(0); found > (migrations.empty() ? 0 : migrations.back().number))
        return fail(ErrorKind::Conflict, "database.newer", {{"number", std::to_string(found)}});
    for (const auto& migration : migrations) {
        if (migration.number <= last->front().integer(0)) continue;
        if (auto applied = apply(*this, migration); !applied) return applied;
    }
    return Done{};
}

} // namespace adal::sync
