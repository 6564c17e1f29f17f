#include "content/language/dates.hpp"
#include "sync/hq/pages.hpp"
#include "sync/hq/rolled_back.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

struct Look {
    const char *kind, *icon;
};
Look look_of(DutyState state)
{
    switch (state) {
    case DutyState::NotDue:
        return {"", "clock"};
    case DutyState::Due:
        return {"due", "ring"};
    case DutyState::InProgress:
        return {"due", "half"};
    case DutyState::AwaitingPerson:
        return {"", "wait"};
    case DutyState::Done:
        return {"done", "check"};
    case DutyState::Refused:
        return {"line", "x"};
    case DutyState::AttemptsUsedUp:
        return {"over", "lock"};
    case DutyState::Overdue:
        return {"over", "alert"};
    case DutyState::Expired:
        return {"over", "cal"};
    case DutyState::Suspended:
        return {"", "pause"};
    case DutyState::Waived:
        return {"line", "form"};
    }
    return {"", "dot"};
}

std::string key_of(DutyState state)
{
    std::string key{code(state)};
    std::replace(key.begin(), key.end(), ' ', '_');
    return "duty.state." + key;
}

} // namespace

View chip(const Say& say, DutyState state, const std::string& detail)
{
    const auto look = look_of(state);
    return View{{"kind", look.kind}, {"pic", look.icon}, {"word", detail.empty() ? say(key_of(state)) : detail}};
}

std::string chip_detail(const Say& say, const DutyRow& row, Date today)
{
    if (row.state == DutyState::Done && row.points)
        return say("hq.chip.passed",
                   {{"points", std::to_string(*row.points)}, {"maximum", std::to_string(row.maximum.value_or(0))}});
    if (row.state == DutyState::Overdue && row.due)
        return say("hq.chip.overdue", {{"days", std::to_string((today - *row.due).count())}});
    return {};
}

std::vector<UnitId> seen_units(const PageContext& context) { return context.session.user.units; }

bool is_seen(const PageContext& context, const Person& person)
{
    const auto units = seen_units(context);
    return units.empty() ||
           std::any_of(person.assignments.begin(), person.assignments.end(), [&](const Assignment& assignment) {
               return assignment.is_current(context.today) &&
                      std::find(units.begin(), units.end(), assignment.unit) != units.end();
           });
}

std::string number_text(const Say& say, std::int64_t number)
{
    return say("hq.number", {{"n", std::to_string(number)}});
}

std::string percent_text(const Say& say, std::int64_t part, std::int64_t whole)
{
    const auto tenths = whole == 0 ? 0 : (part * 1000 + whole / 2) / whole;
    const auto text = tenths == 1000
                          ? std::string{"100"}
                          : std::to_string(tenths / 10) + say("hq.decimal_mark") + std::to_string(tenths % 10);
    return text + "\u00A0%";
}

std::string grouped(const std::string& number)
{
    return number.size() == 6 ? number.substr(0, 3) + "\u00A0" + number.substr(3) : number;
}

std::string shown(const TerminalId& terminal)
{
    auto text = terminal.text;
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

View options(const std::string& chosen, const std::string& all_title,
             const std::vector<std::pair<std::string, std::string>>& values_and_titles)
{
    View::List list{View{{"value", ""}, {"title", all_title}, {"on", chosen.empty()}}};
    for (const auto& [value, title] : values_and_titles)
        list.push_back(View{{"value", value}, {"title", title}, {"on", value == chosen}});
    return list;
}

std::string address(const PageContext& context, const std::string& path,
                    const std::map<std::string, std::string>& changes, const std::vector<std::string>& kept)
{
    std::map<std::string, std::string> query;
    for (const auto& name : kept)
        if (const auto value = context.request.at(name); !value.empty()) query[name] = value;
    for (const auto& [name, value] : changes) query[name] = value;
    std::string text;
    for (const auto& [name, value] : query)
        if (!value.empty()) text += (text.empty() ? "?" : "&") + url_encoded(name) + "=" + url_encoded(value);
    return path + text;
}

Expected<View> alarm_of(const PageContext& context)
{
    auto found = rolled_back(context.store);
    if (!found) return found.error();
    if (!*found) return View{false};
    const auto& alarm = **found;
    return View{{"text", context.say("hq.alarm.rolled_back", {{"terminal", shown(alarm.terminal)},
                                                               {"seq", std::to_string(alarm.seq)},
                                                               {"time", language::date_and_time(alarm.noticed_at, context.say.language)}})}};
}

} // namespace adal::sync::hq
