#include "content/language/dates.hpp"
#include "sync/hq/commands.hpp"
#include "sync/hq/standing.hpp"
#include "sync/hq/table.hpp"
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace adal::sync::hq {
namespace {

using nlohmann::json;

Expected<Done> check_units(Store& store, const std::vector<UnitId>& units)
{
    auto known = all_units(store);
    if (!known) return known.error();
    for (const auto& unit : units)
        if (std::none_of(known->begin(), known->end(), [&](const auto& one) { return one.id == unit; }))
            return fail(ErrorKind::NotFound, "hq.unit.missing", {{"unit", unit.text}});
    return Done{};
}

/// "Balkhashtsvetmet PA (balkhashtsvetmet), Balkhash Shaft Sinking Division (balkhash-ssd)": what to write after
/// --employer.
Expected<std::string> employers_with(Store& store, const std::vector<Person>& holders, const std::string& number,
                                     Language language, Date today)
{
    auto names = all_employers(store);
    if (!names) return names.error();
    std::string list;
    for (const auto& person : holders)
        for (const auto& assignment : person.assignments)
            if (assignment.number == number && assignment.is_current(today)) {
                const auto name = names->find(assignment.employer);
                list += (list.empty() ? "" : ", ") +
                        (name == names->end() ? std::string{} : name->second.in(language) + " ") + "(" +
                        assignment.employer.text + ")";
            }
    return list;
}

Expected<Person> only_holder(Store& store, const Desk& desk, const std::string& number, const std::string& employer)
{
    const auto of = employer.empty() ? std::nullopt : std::optional{EmployerId{employer}};
    auto holders = holders_of(store, number, of, desk.today());
    if (!holders) return holders.error();
    if (holders->empty()) return fail(ErrorKind::NotFound, "hq.number.missing", {{"number", number}});
    if (holders->size() == 1) return holders->front();
    auto employers = employers_with(store, *holders, number, desk.language, desk.today());
    if (!employers) return employers.error();
    return fail(ErrorKind::Conflict, "hq.number.ambiguous", {{"number", number}, {"employers", *employers}});
}

json to_json(const DutyRow& row)
{
    json result{{"person", row.person.text}, {"name", row.name},
                {"number", row.number},      {"employer", row.employer.text},
                {"unit", row.unit.text},     {"site", row.site.text},
                {"duty", row.rule.text},     {"state", std::string{code(row.state)}}};
    if (row.due) result["due"] = language::iso(*row.due);
    if (row.done) result["done"] = language::iso(*row.done);
    if (row.points) result["score"] = {{"points", *row.points}, {"maximum", row.maximum.value_or(0)}};
    return result;
}

std::string key_of(DutyState state)
{
    std::string key{code(state)};
    std::replace(key.begin(), key.end(), ' ', '_');
    return "duty.state." + key;
}

} // namespace

Expected<Done> add_user_command(const Desk& desk, const UserCommand& command)
{
    const auto role = role_from(command.role);
    if (!role) return fail(ErrorKind::InvalidInput, "hq.user.role", {{"role", command.role}});
    std::string password;
    std::getline(std::cin, password);
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    ConsoleUserRecord user{.login = command.login, .role = *role, .units = {}};
    for (const auto& unit : command.units) user.units.push_back({unit});
    if (auto known = check_units(*store, user.units); !known) return known;
    auto added = store->write([&](std::int64_t position) -> Expected<Done> {
        const auto now = desk.clock.now();
        if (auto put = add_user(*store, user, password, now.at); !put) return put;
        return record(*store, keys->identity, desk.operator_at_shell(), {UserAdded{user.login, command.role}}, position,
                      now, desk.random);
    });
    if (!added) return added;
    if (desk.json)
        std::cout << json{{"login", user.login}, {"role", command.role}}.dump() << '\n';
    else
        std::cout << desk.say("hq.user.added", {{"login", user.login}}) << '\n';
    return Done{};
}

Expected<Done> list_users_command(const Desk& desk)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto users = all_users(*store);
    if (!users) return users.error();
    auto list = json::array();
    std::vector<std::vector<std::string>> rows{{desk.say("hq.column.login"), desk.say("hq.column.role"),
                                                desk.say("hq.column.units"), desk.say("hq.column.state")}};
    for (const auto& user : *users) {
        auto units = json::array();
        std::string text;
        for (const auto& unit : user.units) {
            units.push_back(unit.text);
            text += (text.empty() ? "" : ", ") + unit.text;
        }
        list.push_back({{"login", user.login},
                        {"role", std::string{code(user.role)}},
                        {"units", units},
                        {"disabled", user.is_disabled}});
        rows.push_back({user.login, desk.say("hq.role." + std::string{code(user.role)}), text,
                        desk.say(user.is_disabled ? "hq.user.disabled" : "hq.user.active")});
    }
    std::cout << (desk.json ? list.dump() + "\n" : table(rows));
    return Done{};
}

Expected<Done> disable_user_command(const Desk& desk, const std::string& login)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto disabled = store->write([&](std::int64_t) { return disable_user(*store, login); });
    if (!disabled) return disabled;
    if (!desk.json)
        std::cout << desk.say("hq.user.was_disabled", {{"login", login}}) << '\n';
    else
        std::cout << json{{"login", login}, {"disabled", true}}.dump() << '\n';
    return Done{};
}

Expected<Done> code_command(const Desk& desk, const std::string& number, const std::string& employer)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    auto person = only_holder(*store, desk, number, employer);
    if (!person) return person.error();
    IssuedCode issued;
    auto done = store->write([&](std::int64_t position) -> Expected<Done> {
        const auto now = desk.clock.now();
        auto made = issue_code(*store, *person, now.at, desk.random);
        if (!made) return made.error();
        issued = *made;
        const CodeIssued fact{person->id, issued.reset, to_ms(issued.expires)};
        return record(*store, keys->identity, desk.operator_at_shell(), {fact}, position, now, desk.random);
    });
    if (!done) return done;
    if (desk.json)
        std::cout << json{{"person", person->id.text},
                          {"name", person->full_name()},
                          {"number", number},
                          {"code", issued.code},
                          {"expires", language::iso(issued.expires)}}
                         .dump()
                  << '\n';
    else
        std::cout << desk.say("hq.code.issued",
                              {{"name", person->full_name()},
                               {"code", issued.code},
                               {"date", language::full_date(language::date_of(issued.expires), desk.language)}})
                  << '\n';
    return Done{};
}

Expected<Done> duties_command(const Desk& desk, const DutiesCommand& command)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    const Filter filter{.site = command.site, .rule = command.duty, .search = command.person, .limit = 1'000'000};
    auto rows = duty_rows(*store, filter, Order::ByName, desk.today());
    if (!rows) return rows.error();
    if (!command.person.empty()) // the search finds parts of numbers, too
        std::erase_if(*rows, [&](const DutyRow& row) {
            return row.number != command.person && row.person.text != command.person;
        });
    if (desk.json) {
        auto list = json::array();
        for (const auto& row : *rows) list.push_back(to_json(row));
        std::cout << list.dump() << '\n';
        return Done{};
    }
    std::vector<std::vector<std::string>> lines{{desk.say("hq.column.name"), desk.say("hq.column.number"),
                                                 desk.say("hq.column.unit"), desk.say("hq.column.duty"),
                                                 desk.say("hq.column.due"), desk.say("hq.column.state"),
                                                 desk.say("hq.column.score")}};
    for (const auto& row : *rows)
        lines.push_back(
            {row.name, row.number, row.unit.text, row.rule.text, row.due ? language::short_date(*row.due) : "",
             desk.say(key_of(row.state)),
             row.points ? std::to_string(*row.points) + "/" + std::to_string(row.maximum.value_or(0)) : ""});
    std::cout << table(lines);
    return Done{};
}

} // namespace adal::sync::hq
