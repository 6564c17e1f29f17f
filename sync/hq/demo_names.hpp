#pragma once
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include <cstdint>
#include <vector>

namespace adal::sync::hq {

/// The same numbers on every machine (SplitMix64), so that a demo looks the same tomorrow.
class DemoDice {
public:
    std::uint32_t below(std::uint32_t limit);

private:
    std::uint64_t state_ = 20201;
};

struct DemoName {
    std::string family, given, patronymic;
    Language language{};
};
/// Made of lists: no such person is meant.
DemoName demo_name(DemoDice&);

struct DemoUnit {
    const char* site;
    const char* id;
    Text name;
    std::vector<Text> positions; // en unused: a roster keeps one text, in the language HR wrote it
};
struct DemoSite {
    const char* id;
    Text name;
    int people;
    std::vector<const char*> employers;
};
const std::vector<DemoSite>& demo_sites();
const std::vector<DemoUnit>& demo_units();
const std::vector<std::pair<EmployerId, Text>>& demo_employers();

} // namespace adal::sync::hq
