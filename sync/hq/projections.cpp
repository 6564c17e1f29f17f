#include "sync/hq/projections.hpp"
#include "content/base/overloaded.hpp"
#include "sync/hq/fact_folds.hpp"
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

std::string shown(const Value& value)
{
    return std::visit(overloaded{
                          [](std::monostate) { return std::string{"-"}; },
                          [](std::int64_t number) { return std::to_string(number); },
                          [](const std::string& text) { return text; },
                          [](const Bytes& bytes) { return to_hex(bytes); },
                      },
                      value);
}

std::string shown(const Row& row, std::size_t columns)
{
    std::string line;
    for (std::size_t i = 0; i < columns; ++i) line += shown(row.value(i)) + '|';
    return line + '\n';
}

struct Page {
    const char* table;
    std::string columns, order;
};
const std::vector<Page>& pages()
{
    static const std::vector<Page> all{
        {"duty_rule", "id, ordinal, object, version, attempts, cooldown_days", "id"},
        {"duty_span", "person, rule, from_day, until_day, due_day", "person, rule, from_day"},
        {"achievement", "person, object, version, started_ms, done_ms, parts, attempts, is_open, points, maximum, closed_ms", "person, object"},
        {"unread_fact", "hash, journal, branch, seq, kind, reason", "hash"},
        {"named_body", "body, fact, journal, seq", "body, fact"},
        {"person_at_terminal", "terminal, person, facts", "terminal, person"},
        {"clock_mark", "journal, branch, seq, at_ms, boot, uptime_ms, is_boot, is_step", "journal, branch, seq"},
        {"clock_comparison", "journal, branch, seq, at_ms, boot, uptime_ms, hq_ms, compared_ms, uncertainty_ms", "journal, branch, seq"}};
    return all;
}

} // namespace

namespace {

Expected<Achievements> fold(Store& store, const PersonId& person, Corrections& corrections)
{
    auto rows = duty_rows_of(store, person, corrections);
    if (!rows) return rows.error();
    Achievements achievements;
    for (const auto& stored : *rows) achievements.apply(stored.event);
    return achievements;
}

Expected<Done> put_achievements(Store& store, const PersonId& person, const Achievements& achievements)
{
    if (auto gone = store.db().execute("DELETE FROM achievement WHERE person = $1", {person.text}); !gone) return gone.error();
    for (const auto& [object, achievement] : achievements.all())
        if (is_keepable(object))
            if (auto put = put_achievement(store, person, object, achievement); !put) return put;
    return Done{};
}

} // namespace

Expected<Achievements> achievements_of(Store& store, const PersonId& person)
{
    Corrections corrections{store};
    return fold(store, person, corrections);
}

Expected<Done> fold_achievements(Store& store, const std::set<PersonId>& people)
{
    Corrections corrections{store};
    for (const auto& person : people) {
        auto achievements = fold(store, person, corrections);
        if (!achievements) return achievements.error();
        if (auto put = put_achievements(store, person, *achievements); !put) return put;
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
    if (auto folded = refold_facts(store); !folded) return folded;
    return fold_duties(store, teaching);
}

Expected<std::string> projected(Store& store)
{
    std::string text;
    for (const auto& page : pages()) {
        auto rows = store.db().query("SELECT " + page.columns + " FROM " + page.table + " ORDER BY " + page.order);
        if (!rows) return rows.error();
        const auto columns = static_cast<std::size_t>(std::count(page.columns.begin(), page.columns.end(), ',')) + 1;
        for (const auto& row : *rows) text += shown(row, columns);
    }
    return text;
}

Expected<std::vector<OverLimit>> attempts_over_limit(Store& store, std::int64_t limit)
{
    auto rows = store.db().query("SELECT a.person, r.id, a.object, a.attempts, r.attempts FROM achievement a JOIN duty_rule r ON r.object = a.object "
                                 "WHERE r.attempts > 0 AND a.attempts > r.attempts ORDER BY a.person, r.id LIMIT $1",
                                 {limit});
    if (!rows) return rows.error();
    std::vector<OverLimit> all;
    for (const auto& row : *rows) all.push_back({{row.text(0)}, {row.text(1)}, row.text(2), row.integer(3), row.integer(4)});
    return all;
}

} // namespace adal::sync::hq
