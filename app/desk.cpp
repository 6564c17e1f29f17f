#include "app/desk.hpp"
#include "content/language/dates.hpp"

namespace adal::app {

Date Desk::today() const { return language::date_of(now().at); }

Expected<Done> Desk::record(const std::vector<sync::Fact>& facts) { return terminal.append(person().id, facts); }

screens::Notice Desk::notice(const std::string& key, const Arguments& arguments) const
{
    return {say(key + ".title", arguments), say(key + ".text", arguments), false};
}

screens::Notice Desk::trouble(const Error& error) const
{
    return {say(error.kind == ErrorKind::Unavailable ? "trouble.not_saved" : "trouble.something"), strings.say(visit.language, error), true};
}

std::string grouped(const std::string& digits)
{
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += "\u00A0";
        text += digits[i];
    }
    return text;
}

} // namespace adal::app
