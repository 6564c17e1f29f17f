#pragma once
#include "content/base/random.hpp"
#include <random>

namespace adal::support {

/// Chance that a number decides: the same seed gives the same bytes and choices on every machine.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : source_(seed) {}

    Bytes bytes(std::size_t count) override
    {
        Bytes all(count);
        for (auto& byte : all) byte = static_cast<std::uint8_t>(source_());
        return all;
    }
    std::uint64_t number() { return source_(); }
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(source_() % end); } // std's distributions differ between libraries
    bool happens(std::size_t times, std::size_t in) { return below(in) < times; }

private:
    std::mt19937_64 source_;
};

} // namespace adal::support
