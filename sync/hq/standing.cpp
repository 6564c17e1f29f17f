#include "sync/hq/standing.hpp"
#include "content/language/letters.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace adal::sync::hq {
namespace {

/// Values in the order of their $n; the first is always today.
class Parameters {
public:
    explicit Parameters(Date today) : values_{Value{std::int64_t{today.time_since_epoch().count()}}} {}
    std::string add(Value value)
    {
        values_.push_back(std::move(value));
        return "$" + std::to_string(values_.size());
    }
    const std::vector<Value>& values() const { return values_; }

private:
    std::vector<Value> values_;
};

/// state_of in SQL. $1 is today.
constexpr auto states = R"sql((
SELECT s.person, s.rule, s.due_day, r.ordinal, a.done_ms, a.points, a.maximum,
    CASE WHEN a.done_ms IS NOT NULL THEN 'done'
         WHEN r.attempts > 0 AND COALESCE(a.attempts, 0) >= r.attempts THEN 'attempts used up'
         WHEN s.due_day IS NOT NULL AND s.due_day < $1 THEN 'overdue'
         WHEN a.started_ms IS NOT NULL THEN 'in progress'
         ELSE 'due' END AS state
FROM duty_span s
JOIN duty_rule r ON r.id = s.rule
LEFT JOIN achievement a ON a.person = s.person AND a.object = r.object
WHERE s.from_day <= $1 AND s.until_day >= $1))sql";

constexpr auto is_current = "g.from_day <= $1 AND (g.to_day IS NULL OR g.to_day >= $1)";

/// What of the filter concerns an assignment `g`.
std::string place_conditions(const Filter& filter, Parameters& parameters)
{
    std::string sql = is_current;
    if (!filter.site.empty()) sql += " AND g.site = " + parameters.add(filter.site);
    if (!filter.unit.empty()) sql += " AND g.unit = " + parameters.add(filter.unit);
    if (!filter.only_units.empty()) {
        sql += " AND g.unit IN (";
        for (std::size_t i = 0; i < filter.only_units.size(); ++i)
            sql += (i ? ", " : "") + parameters.add(filter.only_units[i].text);
        sql += ")";
    }
    return sql;
}

/// LIKE's own signs are searched for as they are.
std::string pattern(const std::string& search)
{
    auto wanted = language::folded(search);
    if (std::all_of(wanted.begin(), wanted.end(), [](char c) { return c == ' ' || (c >= '0' && c <= '9'); }))
        std::erase(wanted, ' ');
    std::string escaped;
    for (const char c : wanted) {
        if (c == '%' || c == '_' || c == '!') escaped += '!';
        escaped += c;
    }
    return "%" + escaped + "%";
}

std::string search_condition(const Filter& filter, Parameters& parameters)
{
    return filter.search.empty() ? "" : " AND p.folded LIKE " + parameters.add(pattern(filter.search)) + " ESCAPE '!'";
}

std::string state_conditions(const Filter& filter, Parameters& parameters)
{
    std::string sql;
    if (!filter.rule.empty()) sql += " AND d.rule = " + parameters.add(filter.rule);
    if (!filter.state.empty()) sql += " AND d.state = " + parameters.add(filter.state);
    return sql;
}

/// Her first current assignment that the filter admits.
std::string first_assignment(const std::string& place)
{
    return fmt::format("g.ordinal = (SELECT MIN(g.ordinal) FROM assignment g WHERE g.person = p.id AND {})", place);
}

std::string name_of(const Row& row, std::size_t at)
{
    std::string name = row.text(at) + " " + row.text(at + 1);
    return row.text(at + 2).empty() ? name : name + " " + row.text(at + 2);
}

std::optional<int> small(const Row& row, std::size_t at)
{
    return row.is_null(at) ? std::nullopt : std::optional{static_cast<int>(row.integer(at))};
}

DutyRow duty_from(const Row& row)
{
    return {.person = {row.text(0)},
            .name = name_of(row, 1),
            .employer = {row.text(4)},
            .number = row.text(5),
            .position = row.text(6),
            .unit = {row.text(7)},
            .site = {row.text(8)},
            .rule = {row.text(9)},
            .state = state_from(row.text(10)).value_or(DutyState::Due),
            .due = day_in(row, 11),
            .done = time_in(row, 12),
            .points = small(row, 13),
            .maximum = small(row, 14)};
}

constexpr auto duty_columns = "p.id, p.family_name, p.given_name, p.patronymic, g.employer, g.number, g.position, "
                              "g.unit, g.site, d.rule, d.state, d.due_day, "
                              "d.done_ms, d.points, d.maximum";

std::string duties_from(const Filter& filter, Parameters& parameters)
{
    const auto place = place_conditions(filter, parameters);
    return fmt::format(
        "FROM {} d JOIN person p ON p.id = d.person JOIN assignment g ON g.person = p.id AND {} WHERE 1 = 1{}{}",
        states, first_assignment(place), search_condition(filter, parameters), state_conditions(filter, parameters));
}

std::string people_from(const Filter& filter, Parameters& parameters)
{
    const auto place = place_conditions(filter, parameters);
    auto sql = fmt::format("FROM person p JOIN assignment g ON g.person = p.id AND {} WHERE 1 = 1{}",
                           first_assignment(place), search_condition(filter, parameters));
    if (!filter.rule.empty() || !filter.state.empty())
        sql += fmt::format(" AND EXISTS (SELECT 1 FROM {} d WHERE d.person = p.id{})", states,
                           state_conditions(filter, parameters));
    return sql;
}

const char* order_of(Order order)
{
    switch (order) {
    case Order::ByName:
        return "p.sort, p.id, d.ordinal";
    case Order::ByDue:
        return "COALESCE(d.due_day, 9999999), p.sort, p.id, d.ordinal";
    case Order::LatestDone:
        return "COALESCE(d.done_ms, 0) DESC, p.sort, p.id, d.ordinal";
    }
    return "p.id";
}

Expected<std::int64_t> one_number(Store& store, const std::string& sql, const Parameters& parameters)
{
    auto rows = store.db().query(sql, parameters.values());
    if (!rows) return rows.error();
    return rows->front().integer(0);
}

} // namespace

std::optional<DutyState> state_from(std::string_view text)
{
    for (int i = 0; i <= static_cast<int>(DutyState::Waived); ++i)
        if (code(static_cast<DutyState>(i)) == text) return static_cast<DutyState>(i);
    return std::nullopt;
}

Expected<std::vector<DutyRow>> duty_rows(Store& store, const Filter& filter, Order order, Date today)
{
    Parameters parameters{today};
    auto sql = fmt::format("SELECT {} {} ORDER BY {} ", duty_columns, duties_from(filter, parameters), order_of(order));
    sql += "LIMIT " + parameters.add(filter.limit) + " OFFSET " + parameters.add(filter.offset);
    auto rows = store.db().query(sql, parameters.values());
    if (!rows) return rows.error();
    std::vector<DutyRow> result;
    for (const auto& row : *rows) result.push_back(duty_from(row));
    return result;
}

Expected<std::int64_t> count_duty_rows(Store& store, const Filter& filter, Date today)
{
    Parameters parameters{today};
    const auto sql = "SELECT COUNT(*) " + duties_from(filter, parameters);
    return one_number(store, sql, parameters);
}

Expected<std::vector<PersonRow>> people_rows(Store& store, const Filter& filter, Date today)
{
    Parameters parameters{today};
    auto sql = "SELECT p.id, p.family_name, p.given_name, p.patronymic, g.employer, g.number, g.position, g.unit, "
               "g.site, g.probation_end_day " +
               people_from(filter, parameters) + " ORDER BY p.sort, p.id";
    sql += " LIMIT " + parameters.add(filter.limit) + " OFFSET " + parameters.add(filter.offset);
    auto rows = store.db().query(sql, parameters.values());
    if (!rows) return rows.error();
    std::vector<PersonRow> people;
    for (const auto& row : *rows)
        people.push_back({.person = {row.text(0)},
                          .name = name_of(row, 1),
                          .number = row.text(5),
                          .position = row.text(6),
                          .employer = {row.text(4)},
                          .unit = {row.text(7)},
                          .site = {row.text(8)},
                          .probation_end = day_in(row, 9),
                          .duties = {}});
    for (auto& person : people) {
        Parameters own{today};
        const auto query = fmt::format("SELECT {} FROM {} d JOIN person p ON p.id = d.person JOIN assignment g ON "
                                       "g.person = p.id AND {} WHERE p.id = {} ORDER BY d.ordinal",
                                       duty_columns, states, first_assignment(is_current), own.add(person.person.text));
        auto duties = store.db().query(query, own.values());
        if (!duties) return duties.error();
        for (const auto& row : *duties) person.duties.push_back(duty_from(row));
    }
    return people;
}

Expected<std::int64_t> count_people(Store& store, const Filter& filter, Date today)
{
    Parameters parameters{today};
    const auto sql = "SELECT COUNT(*) " + people_from(filter, parameters);
    return one_number(store, sql, parameters);
}

Expected<std::map<SiteId, SiteCounts>> counts_by_site(Store& store, const std::vector<UnitId>& only_units, Date today)
{
    std::map<SiteId, SiteCounts> counts;
    const Filter filter{.only_units = only_units};
    for (const bool by_site : {true, false}) {
        const std::string site = by_site ? "g.site" : "''";
        Parameters parameters{today};
        const auto place = place_conditions(filter, parameters);
        auto people = store.db().query(
            fmt::format("SELECT {0} AS place, COUNT(DISTINCT g.person) FROM assignment g WHERE {1} GROUP BY place",
                        site, place),
            parameters.values());
        if (!people) return people.error();
        for (const auto& row : *people) counts[{row.text(0)}].people = row.integer(1);
        auto rows = store.db().query(fmt::format("SELECT {0} AS place, d.rule, d.state, COUNT(DISTINCT d.person) FROM "
                                                 "{1} d JOIN assignment g ON g.person = d.person AND {2} "
                                                 "GROUP BY place, d.rule, d.state",
                                                 site, states, place),
                                     parameters.values());
        if (!rows) return rows.error();
        for (const auto& row : *rows)
            if (const auto state = state_from(row.text(2)))
                counts[{row.text(0)}].by_rule[row.text(1)][*state] = row.integer(3);
    }
    return counts;
}

Expected<std::vector<ProbationWeek>> probation_weeks(Store& store, const std::string& rule,
                                                     const std::vector<UnitId>& only_units, Date today, int weeks)
{
    const auto monday = today - (std::chrono::weekday{today} - std::chrono::Monday);
    Parameters parameters{today};
    const auto place = place_conditions({.only_units = only_units}, parameters);
    const auto sql =
        fmt::format("SELECT g.probation_end_day, d.state, COUNT(DISTINCT g.person) FROM assignment g JOIN {} d ON "
                    "d.person = g.person WHERE {} AND d.rule = {} "
                    "AND d.state <> 'done' AND g.probation_end_day >= $1 GROUP BY g.probation_end_day, d.state",
                    states, place, parameters.add(rule));
    auto rows = store.db().query(sql, parameters.values());
    if (!rows) return rows.error();
    std::vector<ProbationWeek> result;
    for (int i = 0; i < weeks; ++i) result.push_back({.monday = monday + std::chrono::days{7 * i}});
    for (const auto& row : *rows) {
        const auto week = (day_from(row.integer(0)) - monday).count() / 7;
        if (week < 0 || week >= weeks) continue;
        auto& into = result[static_cast<std::size_t>(week)];
        (row.text(1) == "attempts used up" ? into.used_up : into.open) += row.integer(2);
    }
    return result;
}

} // namespace adal::sync::hq
