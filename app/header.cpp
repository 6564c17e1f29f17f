#include "app/header.hpp"
#include "content/language/dates.hpp"
#include <algorithm>

namespace adal::app {
namespace {

std::string upper(std::string id)
{
    std::transform(id.begin(), id.end(), id.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return id;
}

std::string place(const Desk& desk)
{
    const auto& certificate = desk.terminal.enrolment().certificate;
    std::string place;
    for (const auto& part :
         {certificate.site_name.in(desk.visit.language), certificate.unit_name.in(desk.visit.language)})
        if (!part.empty()) place += part + " · ";
    return place + upper(desk.terminal.id().text);
}

std::string at_hq(const Desk& desk)
{
    const auto last = desk.terminal.receipts().last();
    if (desk.terminal.unsent() > 0 || !last) return desk.say("kiosk.header.later");
    const bool is_today = language::date_of(*last) == desk.today();
    const auto time =
        is_today ? language::clock_text(*last) : language::day_and_month(language::date_of(*last), desk.visit.language);
    return desk.say("kiosk.header.at_hq", {{"time", time}});
}
} // namespace

screens::Surround surround(const Desk& desk)
{
    screens::Surround shown;
    shown.language = desk.visit.language;
    shown.is_demo = desk.terminal.is_demo();
    shown.place = place(desk);
    shown.place_short = upper(desk.terminal.id().text);
    if (desk.visit.person) shown.person = desk.visit.person->short_name();
    shown.saved = desk.say("kiosk.header.saved");
    shown.at_hq = at_hq(desk);
    shown.is_waiting = desk.terminal.unsent() > 0;
    shown.clock = language::clock_text(desk.time());
    shown.text_size = desk.visit.text_size;
    shown.is_dark = desk.visit.is_dark;
    return shown;
}

} // namespace adal::app
