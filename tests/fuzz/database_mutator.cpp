#include "tests/fuzz/database_mutator.hpp"
#include "sync/keys/envelope.hpp"
#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <sqlite3.h>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t*, std::size_t, std::size_t);

namespace adal::fuzz {
namespace {

using Strings = std::vector<std::string>;
constexpr std::size_t largest_cell = 1 << 16;

Bytes mutated(Bytes bytes, std::size_t room)
{
    const auto size = bytes.size();
    bytes.resize(size + room);
    bytes.resize(LLVMFuzzerMutate(bytes.data(), size, bytes.size()));
    return bytes;
}

Bytes mutated_cell(const Bytes& cell)
{
    const auto plain = sync::unpack(cell, largest_cell);
    return plain ? sync::pack(mutated(*plain, 64)) : mutated(cell, 64);
}

class Hand {
public:
    Hand(const std::uint8_t* data, std::size_t size, unsigned seed) : dice_(seed)
    {
        auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(size));
        std::memcpy(copy, data, size);
        std::copy_n(copy + 18, 2, modes_);
        copy[18] = copy[19] = 1; // a database in memory has no log
        sqlite3_open(":memory:", &db_);
        sqlite3_deserialize(db_, "main", copy, static_cast<sqlite3_int64>(size), static_cast<sqlite3_int64>(size),
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
        sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
        sqlite3_limit(db_, SQLITE_LIMIT_LENGTH, 1 << 20);
        sqlite3_progress_handler(db_, 20'000, [](void*) { return 1; }, nullptr); // our own views without end
        run("PRAGMA writable_schema=ON; PRAGMA ignore_check_constraints=ON");
    }
    Hand(const Hand&) = delete;
    Hand& operator=(const Hand&) = delete;
    ~Hand() { sqlite3_close_v2(db_); }

    void act()
    {
        const auto table = one_of(column("SELECT name FROM sqlite_schema WHERE type = 'table'"));
        if (table.empty()) return;
        switch (pick(12)) {
        case 0: return run("DELETE FROM \"" + table + "\" WHERE " + some_row(table));
        case 1: return copy_row(table);
        case 2: return run("UPDATE sqlite_schema SET sql = replace(replace(sql, 'STRICT', ''), ', WITHOUT ROWID', '')");
        case 3: return run("PRAGMA user_version = " + number() + "; PRAGMA application_id = " + number());
        case 4: return spoil_schema(table);
        case 5: return change_cell("sqlite_schema");
        default: return change_cell(table);
        }
    }

    Bytes bytes()
    {
        sqlite3_int64 size = 0;
        const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> all{sqlite3_serialize(db_, "main", &size, 0), sqlite3_free};
        if (!all || size < 100) return {};
        std::copy_n(modes_, 2, all.get() + 18);
        return {all.get(), all.get() + size};
    }

private:
    sqlite3* db_ = nullptr;
    std::minstd_rand dice_;
    unsigned char modes_[2]{};

    std::size_t pick(std::size_t below) { return below == 0 ? 0 : dice_() % below; }
    std::string one_of(const Strings& all) { return all.empty() ? std::string{} : all[pick(all.size())]; }
    std::string number() { return one_of({"0", "1", "2", "-1", "4294967296", "9223372036854775807", "-9223372036854775808", std::to_string(pick(100))}); }
    void run(const std::string& sql) { sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr); }

    Strings column(const std::string& sql)
    {
        Strings found;
        const auto take = [](void* into, int count, char** values, char**) {
            if (count > 0 && values[0]) static_cast<Strings*>(into)->emplace_back(values[0]);
            return 0;
        };
        sqlite3_exec(db_, sql.c_str(), take, &found, nullptr);
        return found;
    }
    Strings columns_of(const std::string& table) { return column("SELECT name FROM pragma_table_info('" + table + "')"); }

    std::string some_row(const std::string& table)
    {
        const auto columns = columns_of(table);
        if (columns.empty()) return "0";
        const auto key = "\"" + columns.front() + "\"";
        return key + " IS (SELECT " + key + " FROM \"" + table + "\" LIMIT 1 OFFSET " + std::to_string(pick(8)) + ")";
    }

    void copy_row(const std::string& table)
    {
        const auto columns = columns_of(table);
        std::string values = number();
        for (std::size_t i = 1; i < columns.size(); ++i) values += ", \"" + columns[i] + "\"";
        run("INSERT OR REPLACE INTO \"" + table + "\" SELECT " + values + " FROM \"" + table + "\" LIMIT 1 OFFSET " + std::to_string(pick(8)));
    }

    void change_cell(const std::string& table)
    {
        const auto cell = "\"" + one_of(columns_of(table)) + "\"";
        const auto set = "UPDATE \"" + table + "\" SET " + cell + " = ";
        const auto where = " WHERE " + some_row(table);
        if (pick(3) > 0) return change_inside(table, cell, where);
        run(set + one_of({"NULL", number(), "1.5", "''", "x''", "zeroblob(70000)", "CAST(" + cell + " AS BLOB)", "CAST(" + cell + " AS TEXT)", "'a' || char(0) || 'b'"}) + where);
    }

    void change_inside(const std::string& table, const std::string& cell, const std::string& where)
    {
        sqlite3_stmt* query = nullptr;
        if (sqlite3_prepare_v2(db_, ("SELECT " + cell + " FROM \"" + table + "\"" + where).c_str(), -1, &query, nullptr) != SQLITE_OK) return;
        Bytes old;
        const bool is_there = sqlite3_step(query) == SQLITE_ROW;
        const bool is_blob = is_there && sqlite3_column_type(query, 0) == SQLITE_BLOB;
        if (is_there) {
            const auto* from = static_cast<const std::uint8_t*>(sqlite3_column_blob(query, 0));
            old.assign(from, from + sqlite3_column_bytes(query, 0));
        }
        sqlite3_finalize(query);
        if (is_there) put(table, cell, where, mutated_cell(old), is_blob);
    }

    void put(const std::string& table, const std::string& cell, const std::string& where, const Bytes& value, bool is_blob)
    {
        sqlite3_stmt* update = nullptr;
        if (sqlite3_prepare_v2(db_, ("UPDATE \"" + table + "\" SET " + cell + " = ?" + where).c_str(), -1, &update, nullptr) != SQLITE_OK) return;
        const auto size = static_cast<int>(value.size());
        if (is_blob)
            sqlite3_bind_blob(update, 1, value.data(), size, SQLITE_STATIC);
        else
            sqlite3_bind_text(update, 1, reinterpret_cast<const char*>(value.data()), size, SQLITE_STATIC);
        sqlite3_step(update);
        sqlite3_finalize(update);
    }

    void spoil_schema(const std::string& table)
    {
        Strings names;
        for (const auto& name : columns_of(table)) names.push_back("\"" + name + "\"");
        const auto joined = [&](const std::string& before, const std::string& after) {
            std::string all;
            for (const auto& name : names) all += (all.empty() ? "" : ", ") + before + name + after;
            return all;
        };
        const auto aside = "ALTER TABLE \"" + table + "\" RENAME TO aside; ";
        const auto endless = "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more) ";
        run(one_of({aside + "CREATE VIEW \"" + table + "\" AS SELECT * FROM aside UNION ALL SELECT * FROM aside",
                    aside + "CREATE VIEW \"" + table + "\" AS " + endless + "SELECT " + joined("n AS ", "") + " FROM more",
                    aside + "CREATE TABLE \"" + table + "\" (id INTEGER, " + joined("", " AS (zeroblob(900000000))") + "); INSERT INTO \"" + table + "\" (id) VALUES (1)",
                    aside + "CREATE TABLE \"" + table + "\" (id INTEGER, " + joined("", " AS (id)") + "); INSERT INTO \"" + table + "\" (id) VALUES (1)",
                    "CREATE TABLE pragma_user_version (user_version); INSERT INTO pragma_user_version VALUES ('x')",
                    "CREATE TABLE pragma_application_id (application_id)", "DROP TABLE \"" + table + "\""}));
    }
};

} // namespace

std::size_t mutate_database(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    if (size < 512 || seed % 3 == 0) return LLVMFuzzerMutate(data, size, most);
    Hand hand{data, size, seed};
    hand.act();
    const auto bytes = hand.bytes();
    if (bytes.empty() || bytes.size() > most) return LLVMFuzzerMutate(data, size, most);
    std::copy(bytes.begin(), bytes.end(), data);
    return bytes.size();
}

} // namespace adal::fuzz
