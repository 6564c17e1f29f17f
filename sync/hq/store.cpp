#include "sync/hq/store.hpp"
#include "sync/hq/fact_folds.hpp"
#include "sync/hq/schema.hpp"

namespace adal::sync::hq {
namespace {

Expected<Store> migrated(std::unique_ptr<Connection> connection)
{
    if (auto done = connection->migrate(migrations()); !done) return done.error();
    Store store{std::move(connection)};
    if (auto done = refold_if_other_version(store); !done) return done.error();
    return store;
}

} // namespace

Expected<Done> Store::write(const std::function<Expected<Done>(std::int64_t)>& work)
{
    return connection_->transaction([&]() -> Expected<Done> {
        auto taken = connection_->execute("UPDATE counter SET position = position + 1 WHERE id = 1");
        if (!taken) return taken.error();
        auto position = connection_->query("SELECT position FROM counter WHERE id = 1");
        if (!position) return position.error();
        return work(position->at(0).integer(0));
    });
}

Expected<std::string> Store::meta(const std::string& name)
{
    auto rows = connection_->query("SELECT value FROM meta WHERE name = $1", {name});
    if (!rows) return rows.error();
    return rows->empty() ? std::string{} : rows->at(0).text(0);
}

Expected<Done> Store::put_meta(const std::string& name, const std::string& value)
{
    auto put = connection_->execute(
        "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {name, value});
    if (!put) return put.error();
    return Done{};
}

Expected<std::int64_t> Store::number(const std::string& name)
{
    auto text = meta(name);
    if (!text) return text.error();
    return text->empty() ? 0 : std::int64_t{std::stoll(*text)};
}

Expected<std::int64_t> Store::next_number(const std::string& name)
{
    auto last = number(name);
    if (!last) return last;
    if (auto put = put_meta(name, std::to_string(*last + 1)); !put) return put.error();
    return *last + 1;
}

Expected<std::int64_t> Store::position()
{
    auto rows = connection_->query("SELECT position FROM counter WHERE id = 1");
    if (!rows) return rows.error();
    return rows->at(0).integer(0);
}

Expected<Incarnation> Store::incarnation()
{
    auto text = meta("incarnation");
    if (!text) return text.error();
    const auto found = incarnation_from(*text);
    if (!found) return fail(ErrorKind::Corrupt, "hq.incarnation.broken");
    return *found;
}

Expected<bool> Store::is_demo()
{
    auto text = meta("demo");
    if (!text) return text.error();
    return *text == "yes";
}

Expected<std::unique_ptr<Connection>> connect(const HqFolder& folder, const Config& config, OpenMode mode)
{
    return config.postgres.empty() ? open_sqlite(folder.database(), mode) : connect_postgres(config.postgres);
}

Expected<Store> open_store(const HqFolder& folder)
{
    auto config = read_config(folder);
    if (!config) return config.error();
    auto connection = connect(folder, *config, OpenMode::MustExist);
    if (!connection) return connection.error();
    return migrated(std::move(*connection));
}

Expected<Store> create_store(const HqFolder& folder, const Config& config)
{
    auto connection = connect(folder, config, OpenMode::MustNotExist);
    if (!connection) return connection.error();
    return migrated(std::move(*connection));
}

Expected<StorePool::Loan> StorePool::borrow()
{
    {
        const std::lock_guard lock{mutex_};
        if (!free_.empty()) {
            auto store = std::move(free_.back());
            free_.pop_back();
            return Loan{*this, std::move(store)};
        }
    }
    auto opened = open_();
    if (!opened) return opened.error();
    return Loan{*this, std::make_unique<Store>(std::move(*opened))};
}

void StorePool::give_back(std::unique_ptr<Store> store)
{
    const std::lock_guard lock{mutex_};
    free_.push_back(std::move(store));
}

} // namespace adal::sync::hq
