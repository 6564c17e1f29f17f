#pragma once
#include "content/base/bytes.hpp"

namespace adal {

/// Randomness, handed in: libsodium's in programs (sync/keys), a counted one in tests.
class Random {
public:
    virtual ~Random() = default;
    virtual Bytes bytes(std::size_t count) = 0;
};

} // namespace adal
