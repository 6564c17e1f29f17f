#include "content/base/actor.hpp"
#include "content/base/overloaded.hpp"

namespace adal {

std::string to_text(const Actor& actor)
{
    return std::visit(overloaded{
                          [](const PersonId& person) { return "person:" + person.text; },
                          [](const ConsoleUser& user) { return "user:" + user.login; },
                          [](const TerminalId& terminal) { return "terminal:" + terminal.text; },
                          [](const Nobody&) { return std::string{"nobody"}; },
                      },
                      actor);
}

std::optional<Actor> actor_from(std::string_view text)
{
    if (text == "nobody") return Nobody{};
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
    const auto role = text.substr(0, colon);
    const std::string name{text.substr(colon + 1)};
    if (role == "person") return PersonId{name};
    if (role == "user") return ConsoleUser{name};
    if (role == "terminal") return TerminalId{name};
    return std::nullopt;
}

} // namespace adal
