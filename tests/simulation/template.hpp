#pragma once
#include "sync/hq/teaching.hpp"
#include "tests/support/seeded_random.hpp"
#include <filesystem>

namespace adal::simulation {

/// What every world begins with, made once: an HQ with a few people, and terminals that have just enrolled. Keys are stretched and schemas made only here.
struct Template {
    explicit Template(const std::filesystem::path& folder, int terminals);

    std::filesystem::path folder; // hq, t-01, t-02 ...
    std::vector<std::string> terminals;
};

/// What is taught there: two duties, without packs.
sync::hq::Teaching teaching();
inline const std::vector<PersonId>& people()
{
    static const std::vector<PersonId> all{{"p-000001"}, {"p-000002"}, {"p-000003"}};
    return all;
}

} // namespace adal::simulation
