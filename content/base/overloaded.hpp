#pragma once

namespace adal {

/// std::visit with one lambda an alternative: a new alternative does not compile until every place has thought about it.
template <class... Lambdas> struct overloaded : Lambdas... {
    using Lambdas::operator()...;
};
template <class... Lambdas> overloaded(Lambdas...) -> overloaded<Lambdas...>;

} // namespace adal
