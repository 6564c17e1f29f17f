#pragma once
#include "tests/support/temporary_folder.hpp"
#include <memory>
#include <optional>
#include <string>

namespace adal::tests {

/// A PostgreSQL of our own in a temporary folder, listening on a unix socket only; gone with the object.
class PostgresCluster {
public:
    /// The one cluster of this test run; nothing if Debian's postgresql-15 is not installed.
    static PostgresCluster* shared();
    static std::unique_ptr<PostgresCluster> start();
    ~PostgresCluster();

    std::string url() const { return "host=" + folder_.path().string() + " user=postgres dbname=postgres"; }

private:
    PostgresCluster() = default;
    support::TemporaryFolder folder_;
};

} // namespace adal::tests
