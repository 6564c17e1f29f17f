#include "sync/hq/projections.hpp"
#include "sync/hq/people.hpp"
#include <fmt/format.h>
#include <set>

namespace adal::sync::hq {
namespace {

constexpr std::int64_t for_ever = 2'932'896; // 31 December 9999

/// The days on which what she owes can change.
std::set<Date> turning_days(const Person& person)
{
    std::set<Date> days;
    for (const auto& assignment : person.assignments) {
        days.insert(assignment.from);
        if (assignment.to) days.insert(*assignment.to + std::chrono::days{1});
        if (assignment.probation_end) days.insert(*assignment.probation_end + std::chrono::days{1});
    }
    return days;
}

Expected<Done> put_span(Store& store, const PersonId& person, const DutyId& rule, const Span& span)
{
    auto put = store.db().execute(
        "INSERT INTO duty_span (person, rule, from_day, until_day, due_day) VALUES ($1, $2, $3, $4, $5)",
        {person.text, rule.text, day_value(span.from), day_value(span.until), day_value(span.due)});
    if (!put) return put.error();
    return Done{};
}

Expected<Done> put_rules(Store& store, const Teaching& teaching)
{
    if (auto gone = store.db().execute("DELETE FROM duty_rule"); !gone) return gone.error();
    std::int64_t ordinal = 0;
    for (const auto& rule : teaching.curriculum.duties) {
        const auto policy = teaching.policies.find(rule.object);
        const auto found = policy == teaching.policies.end() ? TestPolicy{} : policy->second;
        auto put = store.db().execute(
            "INSERT INTO duty_rule (id, ordinal, object, version, attempts, cooldown_days) VALUES ($1, $2, $3, 0, $4, "
            "$5)",
            {rule.id.text, ordinal++, rule.object, std::int64_t{found.attempts}, std::int64_t{found.cooldown_days}});
        if (!put) return put.error();
    }
    return Done{};
}

Expected<Done> put_achievement(Store& store, const PersonId& person, const std::string& object, const Achievement& a)
{
    const auto& result = a.passing_result ? a.passing_result : a.last_result;
    const Value points = result ? Value{std::int64_t{result->score.points}} : Value{};
    const Value maximum = result ? Value{std::int64_t{result->score.maximum}} : Value{};
    auto put =
        store.db().execute("INSERT INTO achievement (person, object, version, started_ms, done_ms, parts, attempts, "
                           "is_open, points, maximum, closed_ms) "
                           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                           {person.text, object, std::int64_t{a.version}, time_value(a.started), time_value(a.done),
                            static_cast<std::int64_t>(a.parts.size()), std::int64_t{a.attempts_counted},
                            std::int64_t{a.open_attempt ? 1 : 0}, points, maximum, time_value(a.last_closed)});
    if (!put) return put.error();
    return Done{};
}

/// A name that no curriculum of ours has, and that not every store can keep in a key. The fact stays in its journal.
bool is_keepable(const std::string& object) { return object.size() <= 200 && object.find('\0') == std::string::npos; }

Expected<std::set<PersonId>> everybody_with_facts(Store& store)
{
    auto rows = store.db().query("SELECT DISTINCT actor FROM fact WHERE actor LIKE 'person:%'");
    if (!rows) return rows.error();
    std::set<PersonId> people;
    for (const auto& row : *rows) people.insert({row.text(0).substr(7)});
    return people;
}

std::string shown(const Row& row, std::size_t columns)
{
    std::string line;
    for (std::size_t i = 0; i < columns; ++i)
        line += (row.is_null(i) ? std::string{"-"} : i < 2 ? row.text(i) : std::to_string(row.integer(i))) + '|';
    return line + '\n';
}

} // namespace

Expected<Achievements> achievements_of(Store& store, const PersonId& person)
{
    auto rows = rows_of_actor(store, person);
    if (!rows) return rows.error();
    Achievements achievements;
    for (const auto& stored : *rows) achievements.apply(to_event(stored.row));
    return achievements;
}

Expected<Done> fold_achievements(Store& store, const std::set<PersonId>& people)
{
    for (const auto& person : people) {
        auto achievements = achievements_of(store, person);
        if (!achievements) return achievements.error();
        if (auto gone = store.db().execute("DELETE FROM achievement WHERE person = $1", {person.text}); !gone)
            return gone.error();
        for (const auto& [object, achievement] : achievements->all()) {
            if (!is_keepable(object)) continue;
            if (auto put = put_achievement(store, person, object, achievement); !put) return put;
        }
    }
    return Done{};
}

std::vector<Span> spans_of(const content::DutyRule& rule, const Person& person)
{
    std::vector<Span> spans;
    const auto days = turning_days(person);
    for (auto day = days.begin(); day != days.end(); ++day) {
        const auto after = std::next(day);
        const auto until = after == days.end() ? day_from(for_ever) : *after - std::chrono::days{1};
        if (!owes(rule, person, *day)) continue;
        const auto due = due_date(rule, person, *day);
        if (!spans.empty() && spans.back().until + std::chrono::days{1} == *day && spans.back().due == due)
            spans.back().until = until;
        else
            spans.push_back({*day, until, due});
    }
    return spans;
}

Expected<Done> fold_duties(Store& store, const Teaching& teaching)
{
    if (auto put = put_rules(store, teaching); !put) return put;
    if (auto gone = store.db().execute("DELETE FROM duty_span"); !gone) return gone.error();
    auto ids = all_people(store);
    if (!ids) return ids.error();
    for (const auto& id : *ids) {
        auto person = find_person(store, id);
        if (!person) return person.error();
        for (const auto& rule : teaching.curriculum.duties)
            for (const auto& span : spans_of(rule, **person))
                if (auto put = put_span(store, id, rule.id, span); !put) return put;
    }
    return Done{};
}

Expected<Done> rebuild(Store& store, const Teaching& teaching)
{
    if (auto gone = store.db().execute("DELETE FROM achievement"); !gone) return gone.error();
    auto people = everybody_with_facts(store);
    if (!people) return people.error();
    if (auto folded = fold_achievements(store, *people); !folded) return folded;
    return fold_duties(store, teaching);
}

Expected<std::string> projected(Store& store)
{
    std::string text;
    auto rules =
        store.db().query("SELECT id, object, ordinal, version, attempts, cooldown_days FROM duty_rule ORDER BY id");
    auto spans = store.db().query(
        "SELECT person, rule, from_day, until_day, due_day FROM duty_span ORDER BY person, rule, from_day");
    auto done = store.db().query("SELECT person, object, version, started_ms, done_ms, parts, attempts, is_open, "
                                 "points, maximum, closed_ms FROM achievement "
                                 "ORDER BY person, object");
    if (!rules) return rules.error();
    if (!spans) return spans.error();
    if (!done) return done.error();
    for (const auto& row : *rules) text += shown(row, 6);
    for (const auto& row : *spans) text += shown(row, 5);
    for (const auto& row : *done) text += shown(row, 11);
    return text;
}

} // namespace adal::sync::hq
