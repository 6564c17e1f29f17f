#pragma once
#include "sync/database/connection.hpp"

namespace adal::tests {

/// What goes wrong with the next transactions; set from outside while the journal owns the connection.
struct Failure {
    enum class Manner { None, NotDone, DoneButReplyLost } manner = Manner::None;
    bool is_mute = false; // every transaction fails before it begins: nobody can be asked
};

/// A disk that says "error" at COMMIT, in both manners: it did not happen, and it happened but the reply was lost.
class FailingConnection final : public sync::Connection {
public:
    FailingConnection(std::unique_ptr<sync::Connection> real, Failure& failure) : real_(std::move(real)), failure_(&failure) {}

    Expected<sync::Rows> query(const std::string& sql, const std::vector<sync::Value>& parameters) override
    {
        return real_->query(sql, parameters);
    }
    Expected<std::int64_t> execute(const std::string& sql, const std::vector<sync::Value>& parameters) override
    {
        return real_->execute(sql, parameters);
    }
    Expected<Done> script(const std::string& sql) override { return real_->script(sql); }
    Expected<Done> each(const std::string& sql, const std::vector<sync::Value>& parameters,
                        const std::function<Expected<Done>(const sync::Row&)>& take) override
    {
        return real_->each(sql, parameters, take);
    }
    Expected<std::vector<sync::TableShape>> tables() override { return real_->tables(); }
    Expected<Done> snapshot(const std::function<Expected<Done>()>& work) override { return real_->snapshot(work); }

    Expected<Done> transaction(const std::function<Expected<Done>()>& work) override
    {
        const auto manner = std::exchange(failure_->manner, Failure::Manner::None);
        const auto broken = fail(ErrorKind::Unavailable, "database.io", {{"reason", "test"}});
        if (manner == Failure::Manner::None && failure_->is_mute) return broken;
        if (manner == Failure::Manner::None) return real_->transaction(work);
        const auto done = real_->transaction([&]() -> Expected<Done> {
            auto worked = work();
            return worked && manner == Failure::Manner::NotDone ? Expected<Done>{broken} : worked;
        });
        return done ? Expected<Done>{broken} : done;
    }

private:
    std::unique_ptr<sync::Connection> real_;
    Failure* failure_;
};

} // namespace adal::tests
