#include "sync/hq/people.hpp"
#include "content/language/letters.hpp"
#include "sync/hq/feed.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

const char* code(content::PersonClass of) { return of == content::PersonClass::Contractor ? "contractor" : "employee"; }
content::PersonClass class_from(const std::string& text)
{
    return text == "contractor" ? content::PersonClass::Contractor : content::PersonClass::Employee;
}

Expected<Done> done(Expected<std::int64_t> changed)
{
    if (!changed) return changed.error();
    return Done{};
}

Expected<Done> put_assignment(Store& store, const PersonId& person, std::int64_t ordinal, const Assignment& a)
{
    return done(store.db().execute("INSERT INTO assignment (person, ordinal, employer, number, unit, site, position, "
                                   "class, from_day, to_day, probation_end_day) "
                                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                                   {person.text, ordinal, a.employer.text, a.number, a.unit.text, a.site.text,
                                    a.position, std::string{code(a.person_class)}, day_value(a.from), day_value(a.to),
                                    day_value(a.probation_end)}));
}

std::string searchable(const Person& person)
{
    auto text = language::folded(person.full_name());
    for (const auto& assignment : person.assignments) text += " " + assignment.number;
    return text;
}

constexpr auto person_columns = "SELECT p.id, p.family_name, p.given_name, p.patronymic, p.language, v.pin, v.reset, "
                                "v.counter, v.one_time_code, v.code_expires_ms "
                                "FROM person p LEFT JOIN verifier v ON v.person = p.id ";
constexpr auto assignment_columns = "SELECT a.person, a.employer, a.number, a.unit, a.site, a.position, a.class, "
                                    "a.from_day, a.to_day, a.probation_end_day FROM assignment a ";

Person person_from(const Row& row)
{
    Person person{.id = {row.text(0)},
                  .family_name = row.text(1),
                  .given_name = row.text(2),
                  .patronymic = row.text(3),
                  .language = language_from(row.text(4)),
                  .assignments = {},
                  .verifier = {}};
    if (!row.is_null(5)) person.verifier = {row.text(5), row.integer(6), row.integer(7), row.text(8), time_in(row, 9)};
    return person;
}

Assignment assignment_from(const Row& row)
{
    return {.employer = {row.text(1)},
            .number = row.text(2),
            .unit = {row.text(3)},
            .site = {row.text(4)},
            .position = row.text(5),
            .person_class = class_from(row.text(6)),
            .from = day_from(row.integer(7)),
            .to = day_in(row, 8),
            .probation_end = day_in(row, 9)};
}

/// People and their assignments by two queries with the same condition on `person` and `assignment.person`.
Expected<std::vector<Person>> read_people(Store& store, const std::string& condition,
                                          const std::vector<Value>& parameters)
{
    auto rows =
        store.db().query(person_columns + ("WHERE p.id IN (" + condition + ") ORDER BY p.sort, p.id"), parameters);
    if (!rows) return rows.error();
    std::vector<Person> people;
    std::map<std::string, std::size_t> index;
    for (const auto& row : *rows) {
        index[row.text(0)] = people.size();
        people.push_back(person_from(row));
    }
    auto assignments = store.db().query(
        assignment_columns + ("WHERE a.person IN (" + condition + ") ORDER BY a.person, a.ordinal"), parameters);
    if (!assignments) return assignments.error();
    for (const auto& row : *assignments)
        if (const auto found = index.find(row.text(0)); found != index.end())
            people[found->second].assignments.push_back(assignment_from(row));
    return people;
}

} // namespace

Expected<Done> put_site(Store& store, const SiteId& id, const Text& name, int ordinal)
{
    return done(store.db().execute("INSERT INTO site (id, ordinal, kk, ru, en) VALUES ($1, $2, $3, $4, $5) ON CONFLICT "
                                   "(id) DO UPDATE SET kk = excluded.kk, ru = "
                                   "excluded.ru, en = excluded.en",
                                   {id.text, std::int64_t{ordinal}, name.kk, name.ru, name.en}));
}

Expected<Done> put_unit(Store& store, const UnitRecord& unit)
{
    return done(store.db().execute("INSERT INTO unit (id, site, kk, ru, en) VALUES ($1, $2, $3, $4, $5) ON CONFLICT "
                                   "(id) DO UPDATE SET site = excluded.site, kk = "
                                   "excluded.kk, ru = excluded.ru, en = excluded.en",
                                   {unit.id.text, unit.site.text, unit.name.kk, unit.name.ru, unit.name.en}));
}

Expected<Done> put_employer(Store& store, const EmployerId& id, const Text& name)
{
    return done(store.db().execute("INSERT INTO employer (id, kk, ru, en) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO "
                                   "UPDATE SET kk = excluded.kk, ru = excluded.ru, "
                                   "en = excluded.en",
                                   {id.text, name.kk, name.ru, name.en}));
}

Expected<Done> put_person(Store& store, const Person& person)
{
    const auto before = find_person(store, person.id);
    if (!before) return before.error();
    const std::string spoken{person.language ? adal::code(*person.language) : ""};
    auto put = store.db().execute("INSERT INTO person (id, family_name, given_name, patronymic, language, sort, "
                                  "folded) VALUES ($1, $2, $3, $4, $5, $6, $7) "
                                  "ON CONFLICT (id) DO UPDATE SET family_name = excluded.family_name, given_name = "
                                  "excluded.given_name, patronymic = excluded.patronymic, "
                                  "language = excluded.language, sort = excluded.sort, folded = excluded.folded",
                                  {person.id.text, person.family_name, person.given_name, person.patronymic, spoken,
                                   language::sort_key(person.full_name(), Language::kk), searchable(person)});
    if (!put) return put.error();
    if (auto gone = store.db().execute("DELETE FROM assignment WHERE person = $1", {person.id.text}); !gone)
        return gone.error();
    std::int64_t ordinal = 0;
    for (const auto& assignment : person.assignments)
        if (auto kept = put_assignment(store, person.id, ordinal++, assignment); !kept) return kept;
    if (!*before || (*before)->assignments == person.assignments) return Done{};
    auto position = store.position(); // where she works from now on, her history is news
    if (!position) return position.error();
    return note_change(store, {person.id}, {}, 0, *position);
}

Expected<Done> put_verifier(Store& store, const PersonId& person, const Verifier& v)
{
    return done(store.db().execute(
        "INSERT INTO verifier (person, pin, reset, counter, one_time_code, code_expires_ms) VALUES ($1, $2, $3, $4, "
        "$5, $6) "
        "ON CONFLICT (person) DO UPDATE SET pin = excluded.pin, reset = excluded.reset, counter = excluded.counter, "
        "one_time_code = excluded.one_time_code, code_expires_ms = excluded.code_expires_ms",
        {person.text, v.pin, v.reset, v.counter, v.one_time_code, time_value(v.code_expires)}));
}

namespace {

/// The position of this write is the number: it grows with every change and differs from all before.
Expected<Done> bump(Store& store, const std::string& sites, const std::vector<Value>& parameters, UtcTime now)
{
    auto all = parameters;
    all.emplace_back(to_ms(now));
    return done(store.db().execute("INSERT INTO site_roster (site, number, changed_ms) SELECT s.id, c.position, CAST($" + std::to_string(all.size()) +
                                       " AS BIGINT) FROM site s, counter c WHERE s.id IN (" + sites + ") "
                                       "ON CONFLICT (site) DO UPDATE SET number = excluded.number, changed_ms = excluded.changed_ms",
                                   all));
}

} // namespace

Expected<Done> bump_roster(Store& store, UtcTime now) { return bump(store, "SELECT id FROM site", {}, now); }

Expected<Done> bump_roster_of(Store& store, const std::set<PersonId>& people, UtcTime now)
{
    for (const auto& person : people)
        if (auto bumped = bump(store, "SELECT site FROM assignment WHERE person = $1", {person.text}, now); !bumped) return bumped;
    return Done{};
}

Expected<std::int64_t> roster_number(Store& store, const SiteId& site)
{
    auto rows = store.db().query("SELECT number FROM site_roster WHERE site = $1", {site.text});
    if (!rows) return rows.error();
    return rows->empty() ? 0 : rows->front().integer(0);
}

Expected<bool> take_pin(Store& store, const Beside::PinVerifier& pin)
{
    auto person = find_person(store, pin.person);
    if (!person) return person.error();
    if (!*person) return false; // nobody we know: her facts are kept, her PIN is not
    const auto& ours = (*person)->verifier;
    if (std::pair{pin.reset, pin.counter} <= std::pair{ours.reset, ours.counter}) return false;
    // It was set with our code, or after it: the code has served.
    auto put = put_verifier(store, pin.person, {pin.verifier, pin.reset, pin.counter, "", std::nullopt});
    if (!put) return put.error();
    return true;
}

Expected<std::vector<std::pair<SiteId, Text>>> all_sites(Store& store)
{
    auto rows = store.db().query("SELECT id, kk, ru, en FROM site ORDER BY ordinal");
    if (!rows) return rows.error();
    std::vector<std::pair<SiteId, Text>> sites;
    for (const auto& row : *rows) sites.push_back({{row.text(0)}, text_in(row, 1)});
    return sites;
}

Expected<std::vector<UnitRecord>> all_units(Store& store)
{
    auto rows = store.db().query("SELECT id, site, kk, ru, en FROM unit ORDER BY site, id");
    if (!rows) return rows.error();
    std::vector<UnitRecord> units;
    for (const auto& row : *rows) units.push_back({{row.text(0)}, {row.text(1)}, text_in(row, 2)});
    return units;
}

Expected<std::map<EmployerId, Text>> all_employers(Store& store)
{
    auto rows = store.db().query("SELECT id, kk, ru, en FROM employer");
    if (!rows) return rows.error();
    std::map<EmployerId, Text> employers;
    for (const auto& row : *rows) employers[{row.text(0)}] = text_in(row, 1);
    return employers;
}

Expected<std::optional<Person>> find_person(Store& store, const PersonId& id)
{
    auto people = read_people(store, "$1", {id.text});
    if (!people) return people.error();
    return people->empty() ? std::optional<Person>{} : std::optional{people->front()};
}

Expected<std::vector<Person>> people_of(Store& store, const std::vector<PersonId>& ids)
{
    std::vector<Person> people;
    for (const auto& id : ids) {
        auto person = find_person(store, id);
        if (!person) return person.error();
        if (*person) people.push_back(std::move(**person));
    }
    return people;
}

Expected<std::vector<PersonId>> all_people(Store& store)
{
    auto rows = store.db().query("SELECT id FROM person ORDER BY id");
    if (!rows) return rows.error();
    std::vector<PersonId> ids;
    for (const auto& row : *rows) ids.push_back({row.text(0)});
    return ids;
}

std::pair<std::string, std::vector<Value>> people_in_scope(const TerminalScope& scope, Date today, int first)
{
    constexpr auto kept_after_leaving = std::chrono::days{60};
    std::vector<Value> parameters{scope.site.text, day_value(today - kept_after_leaving)};
    auto next = [&] { return "$" + std::to_string(first++); };
    auto sql = "SELECT person FROM assignment WHERE site = " + next();
    sql += " AND (to_day IS NULL OR to_day > " + next() + ")";
    std::string units;
    for (const auto& unit : scope.units) {
        units += (units.empty() ? "" : ", ") + next();
        parameters.emplace_back(unit.text);
    }
    if (!units.empty()) sql += " AND unit IN (" + units + ")";
    return {sql, parameters};
}

Expected<Roster> roster_of(Store& store, const TerminalScope& scope, Date today)
{
    Roster roster;
    const auto [condition, parameters] = people_in_scope(scope, today, 1);
    auto rows = store.db().query("SELECT number, changed_ms FROM site_roster WHERE site = $1", {scope.site.text});
    auto demo = store.is_demo();
    auto people = read_people(store, condition, parameters);
    auto sites = all_sites(store);
    auto units = all_units(store);
    auto employers = all_employers(store);
    if (!rows) return rows.error();
    if (!demo) return demo.error();
    if (!people) return people.error();
    if (!sites) return sites.error();
    if (!units) return units.error();
    if (!employers) return employers.error();
    if (!rows->empty()) {
        roster.number = rows->front().integer(0);
        roster.as_of = from_ms(rows->front().integer(1));
    }
    roster.is_demo = *demo;
    roster.people = std::move(*people);
    for (const auto& [id, name] : *sites) roster.sites[id] = name;
    for (const auto& unit : *units)
        if (unit.site == scope.site) roster.units[unit.id] = unit.name;
    roster.employers = std::move(*employers);
    return roster;
}

Expected<std::vector<Person>> holders_of(Store& store, const std::string& number,
                                         const std::optional<EmployerId>& employer, Date today)
{
    auto people = read_people(store, "SELECT person FROM assignment WHERE number = $1", {number});
    if (!people) return people;
    std::erase_if(*people, [&](const Person& person) {
        return std::none_of(person.assignments.begin(), person.assignments.end(), [&](const Assignment& a) {
            return a.number == number && a.is_current(today) && (!employer || a.employer == *employer);
        });
    });
    return people;
}

PreparedCode prepare_code(Random& random, Effort effort)
{
    std::string digits;
    while (digits.size() < 8)
        for (const auto byte : random.bytes(8))
            if (byte < 250 && digits.size() < 8)
                digits += static_cast<char>('0' + byte % 10); // 250: no digit is likelier
    return {digits, password_hash(digits, effort)};
}

Expected<IssuedCode> issue_code(Store& store, const PersonId& id, const PreparedCode& prepared, UtcTime now)
{
    auto person = find_person(store, id); // her verifier may have moved on meanwhile
    if (!person) return person.error();
    if (!*person) return fail(ErrorKind::NotFound, "hq.person.missing", {{"person", id.text}});
    auto verifier = (*person)->verifier;
    verifier.reset += 1; // a new generation: an older PIN no longer opens, whatever its counter
    verifier.counter = 0;
    verifier.pin.clear();
    verifier.one_time_code = prepared.verifier;
    verifier.code_expires = now + std::chrono::days{14};
    if (auto put = put_verifier(store, id, verifier); !put) return put.error();
    if (auto bumped = bump_roster_of(store, {id}, now); !bumped) return bumped.error();
    return IssuedCode{prepared.code, verifier.reset, *verifier.code_expires};
}

Expected<IssuedCode> issue_code(Store& store, const Person& person, UtcTime now, Random& random, Effort effort)
{
    return issue_code(store, person.id, prepare_code(random, effort), now);
}

} // namespace adal::sync::hq
