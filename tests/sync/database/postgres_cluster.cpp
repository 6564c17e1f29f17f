#include "tests/sync/database/postgres_cluster.hpp"
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace adal::tests {
namespace {

const std::string binaries = "/usr/lib/postgresql/15/bin/";

/// PostgreSQL refuses to run as root; there it becomes the user postgres, as Debian's own would.
bool run(const std::string& command)
{
    const std::string as = ::geteuid() == 0 ? "runuser -u postgres -- " : "";
    return std::system((as + command + " >/dev/null 2>&1").c_str()) == 0;
}

} // namespace

PostgresCluster* PostgresCluster::shared()
{
    static const auto cluster = start();
    return cluster.get();
}

std::unique_ptr<PostgresCluster> PostgresCluster::start()
{
    if (!std::filesystem::exists(binaries + "initdb")) return nullptr;
    std::unique_ptr<PostgresCluster> cluster{new PostgresCluster};
    const auto folder = cluster->folder_.path().string();
    if (::geteuid() == 0 && std::system(("chown postgres " + folder).c_str()) != 0) return nullptr;
    const bool is_running =
        run(binaries + "initdb -D " + folder + "/data -A trust -U postgres -E UTF8 --no-locale --no-sync") &&
        run(binaries + "pg_ctl -w -D " + folder + "/data -l " + folder + "/log -o \"-k " + folder +
            " -c listen_addresses='' -c fsync=off\" start");
    if (is_running) return cluster;
    std::fprintf(stderr, "PostgreSQL is installed but did not start; see %s/log\n", folder.c_str());
    return nullptr;
}

PostgresCluster::~PostgresCluster()
{
    run(binaries + "pg_ctl -m immediate -D " + folder_.path().string() + "/data stop");
}

} // namespace adal::tests
