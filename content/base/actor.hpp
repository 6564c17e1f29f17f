#pragma once
#include "content/base/ids.hpp"
#include <optional>
#include <string_view>
#include <variant>

namespace adal {

struct ConsoleUser {
    std::string login;
    auto operator<=>(const ConsoleUser&) const = default;
};
struct Nobody {
    auto operator<=>(const Nobody&) const = default;
};

/// Who did it: a person at a terminal, a clerk at HQ, a terminal by itself, or nobody.
using Actor = std::variant<PersonId, ConsoleUser, TerminalId, Nobody>;

/// As written in a journal: "person:p-000117", "user:madina", "terminal:t-07", "nobody".
std::string to_text(const Actor&);
std::optional<Actor> actor_from(std::string_view);

} // namespace adal
