#include "content/language/dates.hpp"
#include "sync/hq/standing.hpp"
#include "tests/sync/hq/headquarters.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

/// Everything that decides a state, in every combination.
struct Case {
    bool is_test, is_started, is_done;
    int attempts, allowed;
    std::optional<int> due_in;
};
std::vector<Case> every_case()
{
    std::vector<Case> all;
    for (const bool is_test : {false, true})
        for (const bool is_started : {false, true})
            for (const bool is_done : {false, true})
                for (const int attempts : {0, 1, 2, 3, 4})
                    for (const int allowed : {0, 1, 3})
                        for (const auto due_in : {std::optional<int>{}, std::optional{-30}, std::optional{-1},
                                                  std::optional{0}, std::optional{1}, std::optional{30}})
                            all.push_back({is_test, is_started, is_done, attempts, is_test ? allowed : 0, due_in});
    return all;
}

DutyState by_function(const Case& one, Date today)
{
    content::DutyRule rule;
    rule.kind = one.is_test ? content::DutyKind::Test : content::DutyKind::Module;
    Achievement achievement;
    if (one.is_started) achievement.started = from_ms(1);
    if (one.is_done) achievement.done = from_ms(2);
    achievement.attempts_counted = one.attempts;
    const auto due = one.due_in ? std::optional{today + std::chrono::days{*one.due_in}} : std::nullopt;
    return state_of(rule, achievement, due, today, {one.allowed, 3});
}

void put_case(hq::Store& store, const Case& one, Date today)
{
    auto& db = store.db();
    for (const char* table : {"duty_rule", "duty_span", "achievement"})
        REQUIRE(db.execute(std::string{"DELETE FROM "} + table));
    REQUIRE(db.execute(
        "INSERT INTO duty_rule (id, ordinal, object, version, attempts, cooldown_days) VALUES ('r', 0, 'o', 0, $1, 3)",
        {std::int64_t{one.allowed}}));
    const auto due = one.due_in ? std::optional{today + std::chrono::days{*one.due_in}} : std::nullopt;
    REQUIRE(db.execute(
        "INSERT INTO duty_span (person, rule, from_day, until_day, due_day) VALUES ('p-000001', 'r', $1, $2, $3)",
        {hq::day_value(today), hq::day_value(today), hq::day_value(due)}));
    if (!one.is_started && !one.is_done && one.attempts == 0) return; // she has no row then
    REQUIRE(db.execute("INSERT INTO achievement (person, object, version, started_ms, done_ms, parts, attempts, "
                       "is_open, points, maximum, closed_ms) "
                       "VALUES ('p-000001', 'o', 1, $1, $2, 0, $3, 0, NULL, NULL, NULL)",
                       {one.is_started ? Value{std::int64_t{1}} : Value{},
                        one.is_done ? Value{std::int64_t{2}} : Value{}, std::int64_t{one.attempts}}));
}

} // namespace

TEST_CASE("the state in SQL is the function's, over every case")
{
    on_both_stores([](Headquarters& headquarters) {
        auto store = headquarters.stores.borrow().value();
        const auto today = language::date_of(headquarters.clock.now().at);
        REQUIRE(store->db().transaction([&]() -> Expected<Done> {
            for (const auto& one : every_case()) {
                put_case(*store, one, today);
                const auto rows = hq::duty_rows(*store, {}, hq::Order::ByName, today);
                REQUIRE_MESSAGE(rows, rows.error().message());
                REQUIRE(rows->size() == 1);
                INFO("test ", one.is_test, " started ", one.is_started, " done ", one.is_done, " attempts ",
                     one.attempts, " of ", one.allowed, " due in ", one.due_in.value_or(-999));
                CHECK(code(rows->front().state) == code(by_function(one, today)));
            }
            return Done{};
        }));
    });
}

TEST_CASE("who owes what by when is the same in SQL and in the function, on every day")
{
    Headquarters headquarters;
    auto store = headquarters.stores.borrow().value();
    const auto start = language::date_of(headquarters.clock.now().at);
    const auto people = hq::people_of(*store, hq::all_people(*store).value()).value();
    REQUIRE(people.size() == 200);
    for (const int offset : {-40, -10, -1, 0, 1, 5, 30, 60, 77, 78, 90, 91, 92, 200}) {
        const auto today = start + std::chrono::days{offset};
        std::map<std::pair<std::string, std::string>, std::optional<Date>> by_sql, by_function;
        for (const auto& row : hq::duty_rows(*store, {.limit = 10'000}, hq::Order::ByName, today).value())
            by_sql[{row.person.text, row.rule.text}] = row.due;
        for (const auto& person : people)
            for (const auto& view : duties_of(headquarters.teaching.curriculum, person, Achievements{}, today,
                                              headquarters.teaching.policies))
                by_function[{person.id.text, view.rule->id.text}] = view.due;
        INFO("day ", offset);
        CHECK(by_sql == by_function);
    }
}

TEST_CASE("people are found by name in any letters, by number with or without a space, and stand in Kazakh order")
{
    on_both_stores([](Headquarters& headquarters) {
        auto store = headquarters.stores.borrow().value();
        const auto today = language::date_of(headquarters.clock.now().at);
        auto found = [&](const std::string& search) {
            return hq::people_rows(*store, {.search = search}, today).value();
        };
        for (const char* search : {"Сәрсенова Айгерім", "сарсенова", "АЙГЕРИМ", "204117", "204 117", "нурланкызы"}) {
            const auto rows = found(search);
            INFO(search);
            CHECK(std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.person.text == "p-000001"; }));
        }
        CHECK(found("100%").empty());
        CHECK(found("_").empty());
        CHECK(found("' OR 1=1 --").empty());
        const auto rows = hq::people_rows(*store, {.limit = 300}, today).value();
        CHECK(rows.size() == 200);
        std::vector<std::string> initials;
        for (const auto& row : rows)
            if (const auto initial = row.name.substr(0, 2); initials.empty() || initials.back() != initial)
                initials.push_back(initial);
        const auto at = [&](const char* letter) {
            return std::find(initials.begin(), initials.end(), letter) - initials.begin();
        };
        CHECK(at("А") < at("Ә"));
        CHECK(at("Ә") < at("Б"));
        CHECK(at("К") < at("Қ"));
        CHECK(at("Қ") < at("М"));
        CHECK(at("Ш") < at("Ы"));
    });
}

TEST_CASE("filters by site, unit, duty and state count the same people that they list")
{
    on_both_stores([](Headquarters& headquarters) {
        auto store = headquarters.stores.borrow().value();
        const auto today = language::date_of(headquarters.clock.now().at);
        const auto counts = hq::counts_by_site(*store, {}, today).value();
        CHECK(counts.at(SiteId{}).people == 200);
        for (const char* site : {"zhezkazgan", "karaganda", "balkhash", "east", "pavlodar"}) {
            const hq::Filter filter{.site = site, .rule = "code", .state = "overdue", .limit = 300};
            const auto listed = hq::people_rows(*store, filter, today).value();
            CHECK(static_cast<std::int64_t>(listed.size()) == hq::count_people(*store, filter, today).value());
            const auto& states = counts.at(SiteId{site}).by_rule.at("code");
            const auto overdue = states.find(DutyState::Overdue);
            CHECK(static_cast<std::int64_t>(listed.size()) == (overdue == states.end() ? 0 : overdue->second));
        }
        const hq::Filter own{.only_units = {{"balkhash-mechanical"}}, .limit = 300};
        for (const auto& row : hq::people_rows(*store, own, today).value())
            CHECK(row.unit.text == "balkhash-mechanical");
    });
}

TEST_CASE("one number at two employers is two people; two numbers of one person are one")
{
    Headquarters headquarters;
    auto store = headquarters.stores.borrow().value();
    const auto today = language::date_of(headquarters.clock.now().at);
    CHECK(hq::holders_of(*store, "118204", {}, today).value().size() == 2);
    CHECK(hq::holders_of(*store, "118204", EmployerId{"balkhash-ssd"}, today).value().size() == 1);
    CHECK(hq::holders_of(*store, "204090", {}, today).value().at(0).id ==
          hq::holders_of(*store, "310455", {}, today).value().at(0).id);
    CHECK(hq::holders_of(*store, "999999", {}, today).value().empty());
}
