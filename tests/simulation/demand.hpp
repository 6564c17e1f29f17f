#pragma once
#include "content/base/expected.hpp"

namespace adal::simulation {

/// What the world must never be. Ends the seed; its steps are told.
struct Broken {
    std::string what;
};

inline void demand(bool holds, const std::string& what)
{
    if (!holds) throw Broken{what};
}
template <class T> T need(Expected<T> got, const std::string& what)
{
    if (!got) throw Broken{what + ": " + got.error().message()};
    return std::move(got.value());
}

} // namespace adal::simulation
