#pragma once
#include "content/base/random.hpp"

namespace adal::support {

/// 1, 2, 3 ...: every run of a test is the same.
class CountedRandom final : public Random {
public:
    Bytes bytes(std::size_t count) override
    {
        Bytes all(count);
        for (auto& byte : all) byte = ++last_;
        return all;
    }

private:
    std::uint8_t last_ = 0;
};

} // namespace adal::support
