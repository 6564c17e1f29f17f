#include "content/language/dates.hpp"
#include "sync/hq/standing.hpp"
#include "tests/sync/hq/headquarters.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

TEST_CASE("rebuilding gives the same pages")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal one{headquarters}, other{headquarters};
        one.finish_module(PersonId{"p-000001"});
        one.pass_test(PersonId{"p-000001"}, 9, false);
        REQUIRE(one.exchange());
        other.pass_test(PersonId{"p-000001"}, 16, true);
        other.finish_module(PersonId{"p-000002"}, 2);
        REQUIRE(other.exchange(*headquarters.intake, 2));
        one.pass_test(PersonId{"p-000003"}, 3, false);
        REQUIRE(one.exchange(*headquarters.intake, 1));

        const auto before = headquarters.pages();
        auto store = headquarters.stores.borrow().value();
        REQUIRE(store->db().execute("DELETE FROM duty_span"));
        REQUIRE(store->db().execute("UPDATE achievement SET attempts = 77"));
        REQUIRE(store->write([&](std::int64_t) { return hq::rebuild(*store, headquarters.teaching); }));
        CHECK(headquarters.pages() == before);
        CHECK(before.find("p-000001|probation|1|") != std::string::npos);
    });
}

TEST_CASE("a page shows a result in the moment its facts are stored")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.pass_test(PersonId{"p-000001"}, 16, true);
    REQUIRE(terminal.exchange());
    auto store = headquarters.stores.borrow().value();
    const auto today = language::date_of(headquarters.clock.now().at);
    const auto rows =
        hq::duty_rows(*store, {.rule = "probation-test", .search = "204117"}, hq::Order::ByName, today).value();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].state == DutyState::Done);
    CHECK(rows[0].points == 16);
    CHECK(rows[0].maximum == 20);
}

TEST_CASE("three attempts that did not succeed are used up, and an interrupted one is not counted")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    const PersonId person{"p-000001"};
    for (int i = 0; i < 2; ++i) terminal.pass_test(person, 5, false);
    const AttemptId left{"00ff00ff00ff00ff"};
    terminal.record(person, {quizzes::AttemptClosed{.attempt = left,
                                                    .test = {"probation"},
                                                    .reason = quizzes::CloseReason::Interrupted,
                                                    .score = {0, 20},
                                                    .passed = false,
                                                    .topics = {},
                                                    .time_used = std::chrono::minutes{1}}});
    REQUIRE(terminal.exchange());
    auto store = headquarters.stores.borrow().value();
    const auto today = language::date_of(headquarters.clock.now().at);
    auto state = [&] {
        return hq::duty_rows(*store, {.rule = "probation-test", .search = "204117"}, hq::Order::ByName, today)
            .value()
            .at(0)
            .state;
    };
    CHECK(state() == DutyState::InProgress);
    terminal.pass_test(person, 5, false);
    REQUIRE(terminal.exchange());
    CHECK(state() == DutyState::AttemptsUsedUp);
}
