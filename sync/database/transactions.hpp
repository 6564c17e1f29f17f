#pragma once
#include "sync/database/connection.hpp"

namespace adal::sync {

/// What both stores share: transactions nest as savepoints, and a level whose statement failed can only be rolled back.
///
/// PostgreSQL behaves so by itself and answers COMMIT with a silent rollback; SQLite would go on, and after a full disk would even
/// go on outside any transaction. Here both refuse.
class TransactionalConnection : public Connection {
public:
    Expected<Done> transaction(const std::function<Expected<Done>()>& work) final;
    Expected<Done> snapshot(const std::function<Expected<Done>()>& work) final;

protected:
    /// Called by the stores before and after every statement.
    std::optional<Error> refusal() const;
    void note_failure() { has_failed_ = depth_ > 0; }
    bool is_in_transaction() const { return depth_ > 0; }

    virtual Expected<Done> control(const std::string& sql) = 0; // BEGIN, COMMIT, SAVEPOINT ...: past `refusal`
    virtual const char* begin_sql() const = 0;
    virtual const char* begin_snapshot_sql() const = 0;
    virtual Expected<Done> be_connected() { return Done{}; }

private:
    Expected<Done> begin(const std::string& outermost_sql);
    Expected<Done> finish(const std::function<Expected<Done>()>& work);
    Expected<Done> commit();
    void roll_back();

    int depth_ = 0;
    bool has_failed_ = false; // the innermost level
};

/// From rows of (table, column), a table's together.
std::vector<TableShape> shapes_of(const Rows&);

} // namespace adal::sync
