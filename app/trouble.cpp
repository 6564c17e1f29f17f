#include "app/trouble.hpp"

namespace adal::app {
namespace {

std::string next_key(const Error& error)
{
    if (error.key == "link.revoked") return "trouble.next.withdrawn";
    if (error.key == "trouble.not_enrolled") return "trouble.next.enrol";
    if (error.kind == ErrorKind::Conflict) return "trouble.next.other_program";
    if (error.kind == ErrorKind::Corrupt) return "trouble.next.engineer";
    return "trouble.next.supervisor";
}
} // namespace

screens::TroubleScreen trouble_screen(const Error& error, const screens::Words& words)
{
    return {words("trouble.title"), words.strings.say(words.language, error), words(next_key(error))};
}

} // namespace adal::app
