#include "sync/people/roster.hpp"
#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace adal::sync {
namespace {

using nlohmann::json;

/// Everything below throws at what is not as it should be; `decode_roster` catches once.
[[noreturn]] void refuse(const std::string& what) { throw std::domain_error{what}; }

// ---- Values. What is absent in a struct is absent in JSON, so that a roster has one spelling.

std::string iso(Date date)
{
    const std::chrono::year_month_day day{date};
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text.data();
}

Date date_from(const std::string& text)
{
    int year = 0;
    unsigned month = 0, day = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) refuse("not a date: " + text);
    const std::chrono::year_month_day parsed{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!parsed.ok() || iso(parsed) != text) refuse("not a date: " + text);
    return parsed;
}

std::string text_at(const json& from, const char* name) { return from.at(name).get<std::string>(); }

std::string optional_text(const json& from, const char* name)
{
    return from.contains(name) ? text_at(from, name) : std::string{};
}

std::int64_t number_at(const json& from, const char* name)
{
    if (!from.at(name).is_number_integer()) refuse(std::string{"not a whole number: "} + name);
    return from.at(name).get<std::int64_t>();
}

std::optional<Date> optional_date(const json& from, const char* name)
{
    if (!from.contains(name)) return std::nullopt;
    return date_from(text_at(from, name));
}

const char* word(content::PersonClass person_class)
{
    return person_class == content::PersonClass::Employee ? "employee" : "contractor";
}

content::PersonClass person_class_from(const std::string& text)
{
    for (auto known : {content::PersonClass::Employee, content::PersonClass::Contractor})
        if (text == word(known)) return known;
    refuse("not a class of persons: " + text);
}

Language language_from_code(const std::string& text)
{
    if (const auto language = language_from(text)) return *language;
    refuse("not a language: " + text);
}

void put_if(json& to, const char* name, const std::string& text)
{
    if (!text.empty()) to[name] = text;
}
void put_if(json& to, const char* name, const std::optional<Date>& date)
{
    if (date) to[name] = iso(*date);
}

// ---- Assignments, verifiers, persons

json to_json(const Assignment& assignment)
{
    json object{{"employer", assignment.employer.text}, {"number", assignment.number},
                {"unit", assignment.unit.text},         {"site", assignment.site.text},
                {"position", assignment.position},      {"class", word(assignment.person_class)},
                {"from", iso(assignment.from)}};
    put_if(object, "to", assignment.to);
    put_if(object, "probation_end", assignment.probation_end);
    return object;
}

Assignment assignment_from(const json& from)
{
    return {{text_at(from, "employer")},      text_at(from, "number"),   {text_at(from, "unit")},
            {text_at(from, "site")},          text_at(from, "position"), person_class_from(text_at(from, "class")),
            date_from(text_at(from, "from")), optional_date(from, "to"), optional_date(from, "probation_end")};
}

json to_json(const Verifier& verifier)
{
    json object{{"reset", verifier.reset}, {"counter", verifier.counter}};
    put_if(object, "pin", verifier.pin);
    put_if(object, "one_time_code", verifier.one_time_code);
    if (verifier.code_expires) object["code_expires_ms"] = to_ms(*verifier.code_expires);
    return object;
}

Verifier verifier_from(const json& from)
{
    Verifier verifier{optional_text(from, "pin"),
                      number_at(from, "reset"),
                      number_at(from, "counter"),
                      optional_text(from, "one_time_code"),
                      {}};
    if (from.contains("code_expires_ms")) verifier.code_expires = from_ms(number_at(from, "code_expires_ms"));
    return verifier;
}

json to_json(const Person& person)
{
    json object{{"id", person.id.text},
                {"family_name", person.family_name},
                {"given_name", person.given_name},
                {"assignments", json::array()},
                {"verifier", to_json(person.verifier)}};
    put_if(object, "patronymic", person.patronymic);
    if (person.language) object["language"] = code(*person.language);
    for (const auto& assignment : person.assignments) object["assignments"].push_back(to_json(assignment));
    return object;
}

Person person_from(const json& from)
{
    Person person{{text_at(from, "id")},
                  text_at(from, "family_name"),
                  text_at(from, "given_name"),
                  optional_text(from, "patronymic"),
                  {},
                  {},
                  verifier_from(from.at("verifier"))};
    if (person.id.empty()) refuse("a person without an id");
    if (from.contains("language")) person.language = language_from_code(text_at(from, "language"));
    for (const auto& assignment : from.at("assignments")) person.assignments.push_back(assignment_from(assignment));
    return person;
}

// ---- What the codes are called

template <class Key> json to_json(const std::map<Key, Text>& names)
{
    json object = json::object();
    for (const auto& [id, name] : names) object[id.text] = {{"kk", name.kk}, {"ru", name.ru}, {"en", name.en}};
    return object;
}

template <class Key> std::map<Key, Text> names_from(const json& from)
{
    std::map<Key, Text> names;
    for (const auto& [id, name] : from.get_ref<const json::object_t&>())
        names[Key{id}] = {text_at(name, "kk"), text_at(name, "ru"), text_at(name, "en")};
    return names;
}

Roster roster_from(const json& from)
{
    Roster roster;
    roster.number = number_at(from, "number");
    roster.as_of = from_ms(number_at(from, "as_of_ms"));
    roster.is_demo = from.at("is_demo").get<bool>();
    for (const auto& person : from.at("people")) roster.people.push_back(person_from(person));
    roster.sites = names_from<SiteId>(from.at("sites"));
    roster.units = names_from<UnitId>(from.at("units"));
    roster.employers = names_from<EmployerId>(from.at("employers"));
    return roster;
}

} // namespace

std::string encode(const Roster& roster)
{
    json people = json::array();
    for (const auto& person : roster.people) people.push_back(to_json(person));
    const json all{{"number", roster.number},
                   {"as_of_ms", to_ms(roster.as_of)},
                   {"is_demo", roster.is_demo},
                   {"people", std::move(people)},
                   {"sites", to_json(roster.sites)},
                   {"units", to_json(roster.units)},
                   {"employers", to_json(roster.employers)}};
    return all.dump();
}

Expected<Roster> decode_roster(std::string_view text)
{
    try {
        return roster_from(json::parse(text));
    } catch (const std::exception& problem) { // json's, and those above
        return fail(ErrorKind::Corrupt, "roster.unreadable", {{"reason", problem.what()}});
    }
}

} // namespace adal::sync
