#include "quizzes/draw.hpp"
#include "sync/hq/item_analysis.hpp"
#include "sync/hq/journals.hpp"
#include "tests/support/terminal_folder.hpp"
#include "tests/sync/hq/headquarters.hpp"
#include <fstream>

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;
using quizzes::analysis::Figure;

namespace {

/// The small bank as it was published: gifts-01, gifts-02 (A and B are right), conflict-01, conflict-02; a form has all four.
struct Published {
    quizzes::AssessmentTest test;
    quizzes::Bank bank;
};
Published published_by(Headquarters& headquarters)
{
    publish(headquarters);
    auto store = headquarters.stores.borrow().value();
    const auto rows = store->db().query("SELECT bank FROM release ORDER BY number DESC LIMIT 1").value();
    const auto pack = hq::open_pack(*store, headquarters.folder, hq::hash_in(rows.front(), 0));
    REQUIRE(pack);
    return {pack->test({"probation"}).value(), pack->bank().value()};
}

/// A person before the terminal; each step takes half a minute.
struct Sitting {
    Terminal& terminal;
    const Published& published;
    PersonId person;
    AttemptId attempt{to_hex(terminal.headquarters.random.bytes(8))};

    void begin()
    {
        auto drawn = quizzes::draw(published.test, published.bank, 7).value();
        REQUIRE(drawn.size() == 4);
        terminal.record(person, {quizzes::AttemptStarted{
                                    .attempt = attempt, .test = {"probation"}, .test_version = 1, .seed = 7, .time_limit = {}, .pass_mark = 3, .items = drawn}});
    }
    void see(const char* item) { terminal.record(person, {quizzes::ItemPresented{attempt, {item}}}); }
    void answer(const char* item, quizzes::Response response, Language language = Language::kk)
    {
        terminal.record(person, {quizzes::ResponseGiven{attempt, {item}, published.bank.items.at({item}).revision, std::move(response), language}});
    }
    void end(quizzes::CloseReason reason)
    {
        terminal.record(person, {quizzes::AttemptClosed{
                                    .attempt = attempt, .test = {"probation"}, .reason = reason, .score = {1, 4}, .passed = false, .topics = {}, .time_used = {}}});
    }
};

/// Each of them leaves once, comes again, does not get to the last item, and a third time knows everything.
void three_sittings(Terminal& terminal, const Published& published, const PersonId& person, bool knows_gifts)
{
    Sitting away{terminal, published, person};
    away.begin();
    away.answer("gifts-01", {"A"});
    away.end(quizzes::CloseReason::Interrupted);

    Sitting first{terminal, published, person};
    first.begin();
    first.see("gifts-01");
    first.answer("gifts-01", {knows_gifts ? "A" : "B"});
    first.see("gifts-02");
    first.answer("gifts-02", {"A", "B"}, Language::ru);
    first.see("conflict-01");
    first.answer("conflict-01", {"A"});
    first.answer("conflict-01", {}); // taken back
    first.end(quizzes::CloseReason::TimeExpired);

    Sitting again{terminal, published, person};
    again.begin();
    for (const char* item : {"gifts-01", "conflict-01", "conflict-02"}) again.answer(item, {"A"});
    again.end(quizzes::CloseReason::Submitted);
}

hq::TestAnalysis analysed(Headquarters& headquarters)
{
    auto store = headquarters.stores.borrow().value();
    auto analysis = hq::analysis_of(*store, headquarters.folder, {"probation"}, headquarters.clock.now().at);
    REQUIRE_MESSAGE(analysis, analysis.error().message());
    return *analysis;
}

const quizzes::analysis::ItemFigures& item(const quizzes::analysis::Group& group, const std::string& name)
{
    for (const auto& one : group.items)
        if (one.item.text == name) return one;
    FAIL("no item ", name);
    return group.items.front();
}

} // namespace

TEST_CASE("the analysis is of first attempts as terminals told them, scored with the published items")
{
    on_both_stores([](Headquarters& headquarters) {
        const auto published = published_by(headquarters);
        Terminal terminal{headquarters};
        for (int i = 0; i < 30; ++i) three_sittings(terminal, published, {"p-" + std::to_string(100 + i)}, i % 3 != 0);
        terminal.pass_test({"p-500"}, 16, true); // items that were never published
        REQUIRE(terminal.exchange());
        const auto analysis = analysed(headquarters);
        CHECK(analysis.people == 30);
        CHECK(analysis.unscored == 1);
        const auto& all = analysis.figures.all;
        CHECK(all.form.score.n == 30);
        CHECK(item(all, "gifts-01").facility == Figure{30, 2.0 / 3});
        CHECK(item(all, "gifts-01").time.value->median == 60'000); // to the answer, and to the next item
        CHECK(item(all, "gifts-02").facility == Figure{30, 1.0});
        CHECK(item(all, "gifts-02").chosen.size() == 2);
        CHECK(item(all, "conflict-01").omitted == Figure{30, 1.0});
        CHECK(item(all, "conflict-02").not_reached == Figure{30, 1.0});
        CHECK(item(all, "conflict-02").facility == Figure{0, {}});
        CHECK(analysis.figures.languages.size() == 1); // one answer in each: Kazakh comes first
        CHECK(analysis.figures.languages.at(Language::kk).form.people == 30);
        CHECK(analysis.figures.sites.at({"balkhash"}).form.people == 30);
    });
}

TEST_CASE("an item of an older bank keeps its own figures")
{
    Headquarters headquarters;
    auto published = published_by(headquarters);
    Terminal terminal{headquarters};
    three_sittings(terminal, published, {"p-1"}, true);
    REQUIRE(terminal.exchange());
    auto store = headquarters.stores.borrow().value();
    support::TemporaryFolder folder;
    const auto sources = support::write_small_sources(folder.path());
    for (const auto language : all_languages) { // conflict-02 is written anew
        const auto file = sources.bank / (std::string{code(language)} + ".gift");
        std::ifstream in{file};
        std::string text{std::istreambuf_iterator<char>{in}, {}};
        const auto at = text.find("{", text.find("::conflict-02::"));
        REQUIRE(at != std::string::npos);
        text.insert(at, "anew ");
        std::ofstream{file} << text;
    }
    const auto done = hq::publish(*store, headquarters.folder, *headquarters.keys, sources.library, sources.bank, Nobody{}, headquarters.clock, headquarters.random);
    REQUIRE(done);
    REQUIRE(done->release);
    const auto analysis = analysed(headquarters);
    const auto old = "conflict-02@" + published.bank.items.at({"conflict-02"}).revision;
    CHECK(analysis.people == 1);
    CHECK(item(analysis.figures.all, old).drawn == 1);
    CHECK(item(analysis.figures.all, "gifts-01").drawn == 1);
}

TEST_CASE("a test that is not in the release has no analysis")
{
    Headquarters headquarters;
    auto store = headquarters.stores.borrow().value();
    CHECK(hq::analysis_of(*store, headquarters.folder, {"probation"}, headquarters.clock.now().at).error().kind == ErrorKind::NotFound);
}

TEST_CASE("the page's analysis is made anew after ten minutes or with another release")
{
    Headquarters headquarters;
    published_by(headquarters);
    hq::CurrentAnalyses analyses{headquarters.folder};
    auto store = headquarters.stores.borrow().value();
    const auto get = [&](std::int64_t release) { return analyses.get(*store, {"probation"}, release, headquarters.clock.now().at).value(); };
    const auto first = get(1);
    headquarters.clock.advance(std::chrono::minutes{9});
    CHECK(get(1) == first);
    CHECK(get(2) != first);
    const auto second = get(2);
    headquarters.clock.advance(std::chrono::minutes{10});
    CHECK(get(2) != second);
}
