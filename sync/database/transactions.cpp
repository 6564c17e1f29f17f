#include "sync/database/transactions.hpp"

namespace adal::sync {

std::optional<Error> TransactionalConnection::refusal() const
{
    if (!has_failed_) return std::nullopt;
    return fail(ErrorKind::Unavailable, "database.rolled_back");
}

Expected<Done> TransactionalConnection::begin(const std::string& outermost_sql)
{
    if (auto refused = refusal()) return *refused;
    if (auto ready = be_connected(); !ready) return ready;
    auto begun = control(depth_ == 0 ? outermost_sql : "SAVEPOINT level_" + std::to_string(depth_));
    if (begun)
        ++depth_;
    else
        note_failure();
    return begun;
}

Expected<Done> TransactionalConnection::commit()
{
    if (auto refused = refusal()) return *refused;
    auto committed = control(depth_ == 1 ? "COMMIT" : "RELEASE SAVEPOINT level_" + std::to_string(depth_ - 1));
    if (committed) --depth_;
    return committed;
}

void TransactionalConnection::roll_back()
{
    --depth_;
    has_failed_ = false;
    const auto level = "level_" + std::to_string(depth_);
    const auto undone =
        depth_ == 0 ? control("ROLLBACK") : control("ROLLBACK TO SAVEPOINT " + level + "; RELEASE SAVEPOINT " + level);
    if (!undone)
        note_failure(); // the store has already thrown the whole transaction away: the outer level must not go on
}

Expected<Done> TransactionalConnection::transaction(const std::function<Expected<Done>()>& work)
{
    if (auto begun = begin(begin_sql()); !begun) return begun;
    return finish(work);
}

Expected<Done> TransactionalConnection::snapshot(const std::function<Expected<Done>()>& work)
{
    assert(depth_ == 0);
    if (auto begun = begin(begin_snapshot_sql()); !begun) return begun;
    return finish(work);
}

Expected<Done> TransactionalConnection::finish(const std::function<Expected<Done>()>& work)
{
    struct Undo {
        TransactionalConnection* connection;
        ~Undo()
        {
            if (connection) connection->roll_back();
        }
    } undo{this}; // also when `work` throws
    auto result = work();
    if (result) result = commit();
    if (result) undo.connection = nullptr;
    return result;
}

std::vector<TableShape> shapes_of(const Rows& rows)
{
    std::vector<TableShape> shapes;
    for (const auto& row : rows) {
        if (shapes.empty() || shapes.back().name != row.text(0)) shapes.push_back({row.text(0), {}});
        shapes.back().columns.push_back(row.text(1));
    }
    return shapes;
}

} // namespace adal::sync
