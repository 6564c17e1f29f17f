#pragma once
#include "content/base/clock.hpp"
#include "content/base/text.hpp"
#include "sync/database/connection.hpp"
#include "sync/hq/folder.hpp"
#include "sync/keys/envelope.hpp"
#include <mutex>

namespace adal::sync::hq {

/// One connection to HQ's database. Reading needs no ceremony; every write is one transaction that first takes the next
/// global position, so writers are serial on both stores and whoever reads "after position n" skips nothing.
class Store {
public:
    explicit Store(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

    Connection& db() { return *connection_; }
    Expected<Done> write(const std::function<Expected<Done>(std::int64_t position)>&);

    Expected<std::string> meta(const std::string& name); // "" when it was never put
    Expected<Done> put_meta(const std::string& name, const std::string& value);
    Expected<std::int64_t> number(const std::string& name);      // 0 when it was never put
    Expected<std::int64_t> next_number(const std::string& name); // inside a write

    Expected<std::int64_t> position(); // of the last write; inside one, its own
    Expected<Incarnation> incarnation();
    Expected<bool> is_demo();

private:
    std::unique_ptr<Connection> connection_;
};

/// The database that the configuration names, as it is; the mode is for SQLite's file.
Expected<std::unique_ptr<Connection>> connect(const HqFolder&, const Config&, OpenMode);

/// Opens the store that config.json names and brings its schema up to date.
Expected<Store> open_store(const HqFolder&);
Expected<Store> create_store(const HqFolder&, const Config&);

/// Connections for threads: borrowed one at a time, kept for the next one. Reading goes on while somebody writes.
class StorePool {
public:
    explicit StorePool(std::function<Expected<Store>()> open) : open_(std::move(open)) {}

    class Loan {
    public:
        Loan(StorePool& pool, std::unique_ptr<Store> store) : pool_(&pool), store_(std::move(store)) {}
        Loan(Loan&&) = default;
        ~Loan()
        {
            if (store_) pool_->give_back(std::move(store_));
        }
        Store& operator*() { return *store_; }
        Store* operator->() { return store_.get(); }

    private:
        StorePool* pool_;
        std::unique_ptr<Store> store_;
    };
    Expected<Loan> borrow();

private:
    void give_back(std::unique_ptr<Store>);

    std::function<Expected<Store>()> open_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Store>> free_;
};

/// Columns of days and instants that may be empty.
inline Value day_value(std::optional<Date> day)
{
    return day ? Value{std::int64_t{day->time_since_epoch().count()}} : Value{};
}
inline Value time_value(std::optional<UtcTime> at) { return at ? Value{to_ms(*at)} : Value{}; }
inline Date day_from(std::int64_t days) { return Date{std::chrono::days{days}}; }
inline std::optional<Date> day_in(const Row& row, std::size_t column)
{
    return row.is_null(column) ? std::nullopt : std::optional{day_from(row.integer(column))};
}
inline std::optional<UtcTime> time_in(const Row& row, std::size_t column)
{
    return row.is_null(column) ? std::nullopt : std::optional{from_ms(row.integer(column))};
}
inline Text text_in(const Row& row, std::size_t column)
{
    return {row.text(column), row.text(column + 1), row.text(column + 2)};
}

} // namespace adal::sync::hq
