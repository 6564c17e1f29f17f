#include "app/desk.hpp"
#include "content/language/dates.hpp"

namespace adal::app {

Date Desk::today() const { return language::date_of(time()); }

Expected<Done> Desk::record(const std::vector<sync::Fact>& facts) { return terminal.append(person().id, facts); }

std::optional<screens::Notice> Desk::in_words(const std::optional<Message>& message) const
{
    if (!message) return std::nullopt;
    return screens::Notice{say(message->title, message->arguments), say(message->text, message->arguments),
                           message->is_grave};
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
