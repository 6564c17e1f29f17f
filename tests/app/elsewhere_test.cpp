#include "app/history.hpp"
#include "tests/app/hands.hpp"

using namespace adal;
using namespace adal::support;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

const PersonId marat{"p-2"};

/// Marat, who has been at other terminals, too.
struct Travelled : Hands {
    UtcTime ago(Elapsed by) { return terminal.clock.now().at - by; }
    void did_elsewhere(const sync::Fact& fact, Elapsed before = hours{5}) { terminal.hq.tell(marat, marat, fact, ago(before)); }
    void hear()
    {
        terminal.exchange();
        kiosk().synced();
    }
    void come()
    {
        hear();
        sign_in("100200");
    }
    DutyCard card(const DutyId& id)
    {
        want(ShowAllDuties{true});
        for (const auto& each : see<DutiesScreen>().cards)
            if (each.duty == id) return each;
        FAIL("he does not owe it");
        return {};
    }
    quizzes::AttemptStarted started(const char* attempt) const
    {
        return {{attempt}, {"probation"}, 1, 7, minutes{20}, 3, {{{"gifts-01"}, "r", {}}, {{"conflict-01"}, "r", {}}}};
    }
    quizzes::AttemptClosed closed(const char* attempt, int points)
    {
        return {{attempt}, {"probation"}, quizzes::CloseReason::Submitted, {points, 4}, points >= 3, {{{"gifts"}, {points, 4}}}, minutes{9}};
    }
};

const content::DocumentAcknowledged acknowledged{{"code"}, 1, Language::ru, {Language::ru}, {}, "I, {name}, have read the Code ru."};

} // namespace

TEST_CASE("what she did at another terminal is done here, and says where")
{
    Travelled he;
    he.did_elsewhere(acknowledged);
    he.come();
    CHECK(he.see<DutiesScreen>().left == 2);
    const auto code = he.card({"code"});
    CHECK(code.state == sync::DutyState::Done);
    CHECK(code.evidence == "done at another terminal, at HQ");
    CHECK(code.is_at_hq);
}

TEST_CASE("news of her that come while she is signed in are on her screen without signing in again")
{
    Travelled he;
    he.sign_in("100200");
    CHECK(he.see<DutiesScreen>().left == 3);
    he.did_elsewhere(acknowledged);
    he.hear();
    CHECK(he.see<DutiesScreen>().left == 2);
}

TEST_CASE("she reads on where she stopped at another terminal, and the declaration tells both languages")
{
    Travelled he;
    he.did_elsewhere(content::SectionRead{{"code"}, 1, 1, Language::kk, 60});
    he.did_elsewhere(content::SectionRead{{"code"}, 1, 2, Language::kk, 60});
    he.come();
    he.want(OpenDuty{{"code"}});
    CHECK(he.see<ReaderScreen>().section == 3);
    CHECK(he.see<ReaderScreen>().contents[1].is_read);
    he.want(ShowAcknowledgement{});
    REQUIRE(he.shown() == "acknowledgement");
    CHECK(he.see<AcknowledgementScreen>().languages == "Kazakh; English: section 3");
    CHECK(he.see<AcknowledgementScreen>().time.starts_with("2 minutes"));
}

TEST_CASE("pages finished at another terminal need no second answer to their check")
{
    Travelled he;
    he.did_elsewhere(content::PageFinished{{"speak-up"}, 1, 1, Language::kk});
    he.did_elsewhere(content::PageFinished{{"speak-up"}, 1, 2, Language::kk});
    he.come();
    he.want(OpenDuty{{"speak-up"}});
    CHECK(he.see<ModuleScreen>().page == 3);
    he.want(GoToPage{2});
    CHECK(he.see<ModuleScreen>().can_go_on);
    he.want(GoToPage{3});
    he.want(Confirm{});
    CHECK(he.all<content::ModuleCompleted>().size() == 1);
}

TEST_CASE("an attempt used up elsewhere counts: the pause runs here, too, and after the last one nobody begins another")
{
    Travelled he;
    he.did_elsewhere(he.started("a-1"), hours{30});
    he.did_elsewhere(he.closed("a-1", 1), hours{29});
    he.come();
    he.want(OpenDuty{{"probation-test"}});
    CHECK(title(he.see<TestIntroScreen>().notice) == "The next attempt is from 24 November");
    CHECK(!he.see<TestIntroScreen>().can_start);
    he.want(ShowDuties{});
    he.did_elsewhere(he.started("a-2"), hours{2});
    he.did_elsewhere(he.closed("a-2", 2), hours{1});
    he.hear();
    he.want(OpenDuty{{"probation-test"}});
    CHECK(title(he.see<TestIntroScreen>().notice) == "All attempts are used");
    he.want(StartTest{{"probation-test"}});
    CHECK(he.shown() == "test intro");
}

TEST_CASE("of two results the later one counts for the pause, whichever terminal tells of it first")
{
    Travelled he;
    he.sign_in("100200");
    he.begin_test();
    he.answer_all(1);
    he.submit();
    he.want(ShowDuties{});
    he.did_elsewhere(he.started("a-1"), hours{72});
    he.did_elsewhere(he.closed("a-1", 1), hours{71});
    he.hear();
    he.want(OpenDuty{{"probation-test"}});
    CHECK(title(he.see<TestIntroScreen>().notice) == "All attempts are used"); // two of two
}

TEST_CASE("a test passed elsewhere is passed; its result opens without her answers")
{
    Travelled he;
    he.did_elsewhere(he.started("a-1"));
    he.did_elsewhere(he.closed("a-1", 3));
    he.come();
    CHECK(he.see<DutiesScreen>().left == 2);
    he.want(OpenDuty{{"probation-test"}});
    REQUIRE(he.shown() == "result");
    CHECK(he.see<ResultScreen>().has_passed);
    CHECK(he.see<ResultScreen>().points == 3);
    CHECK(he.see<ResultScreen>().identified == "Taken at another terminal");
    CHECK(he.see<ResultScreen>().kept == "done at another terminal, at HQ");
    CHECK(he.see<ResultScreen>().read_again.empty());
}

TEST_CASE("a test begun elsewhere stays there: she is told, and may start another one here")
{
    Travelled he;
    he.did_elsewhere(he.started("a-1"), minutes{2});
    he.come();
    CHECK(he.shown() == "duties"); // not dragged into an attempt that is not here
    CHECK(he.card({"probation-test"}).state == sync::DutyState::InProgress);
    he.want(OpenDuty{{"probation-test"}});
    CHECK(title(he.see<TestIntroScreen>().notice) == "You began this test at another terminal");
    CHECK(he.see<TestIntroScreen>().can_start);
    he.want(StartTest{{"probation-test"}});
    REQUIRE(he.shown() == "item");
    he.wait(minutes{30});
    REQUIRE(he.shown() == "result"); // its own time, not the other's
    CHECK(he.all<quizzes::AttemptClosed>().size() == 1);
    he.start();
    CHECK(he.all<quizzes::AttemptClosed>().size() == 1); // nobody closes what is elsewhere
}

TEST_CASE("her own facts that HQ tells her of again count once")
{
    Travelled he;
    he.sign_in("100200");
    he.want(OpenDuty{{"code"}});
    he.wait(minutes{2});
    he.want(GoToSection{2});
    he.want(GoToSection{3});
    he.terminal.exchange();
    he.terminal.hq.tell_back(marat);
    he.hear();
    he.want(ShowAcknowledgement{});
    REQUIRE(he.shown() == "acknowledgement");
    CHECK(he.see<AcknowledgementScreen>().time.starts_with("2 minutes"));
    he.start();
    he.sign_in("100200");
    he.want(OpenDuty{{"code"}});
    he.want(ShowAcknowledgement{});
    CHECK(he.see<AcknowledgementScreen>().time.starts_with("2 minutes"));
}

TEST_CASE("what HQ no longer tells of her no longer counts: it came from a terminal that was withdrawn")
{
    Travelled he;
    he.did_elsewhere(acknowledged);
    he.come();
    CHECK(he.see<DutiesScreen>().left == 2);
    he.terminal.hq.forget(marat);
    he.hear();
    CHECK(he.see<DutiesScreen>().left == 3);
}

TEST_CASE("who is transferred here brings her history with her")
{
    Travelled he;
    auto dana = he.terminal.hq.roster.people[1];
    dana.id = PersonId{"p-9"};
    dana.assignments.resize(1);
    dana.assignments[0].number = "777";
    he.terminal.hq.roster.people.push_back(dana);
    he.terminal.hq.people_changed();
    he.terminal.hq.tell({"p-9"}, PersonId{"p-9"}, acknowledged, he.ago(days{3}));
    he.terminal.hq.tell({"p-9"}, PersonId{"p-9"}, content::ModuleCompleted{{"speak-up"}, 1}, he.ago(days{3}));
    he.hear();
    he.sign_in("777");
    REQUIRE(he.shown() == "duties");
    CHECK(he.see<DutiesScreen>().left == 1);
}

TEST_CASE("what HQ tells is of use without a network, after a restart, and never shown to the next person")
{
    Travelled he;
    he.did_elsewhere(acknowledged);
    he.come();
    he.want(SignOut{});
    he.terminal.hq.is_down = true;
    he.start();
    he.sign_in("100200");
    CHECK(he.see<DutiesScreen>().left == 2);
    he.want(SignOut{});
    he.first_sign_in();
    CHECK(he.see<DutiesScreen>().left == 3);
}

TEST_CASE("the questions she met elsewhere are known here, so that a retest draws others first")
{
    const Travelled he;
    app::History history;
    const sync::Fact fact = he.started("a-1");
    history.unite(marat, {{{1}, 1000, "person:p-2", sync::kind_of(fact), sync::encode(fact)}});
    CHECK(history.of(marat).seen_items == std::set<ItemId>{{"gifts-01"}, {"conflict-01"}});
    CHECK(history.of(marat).open_elsewhere == std::set<AttemptId>{{"a-1"}});
    CHECK(history.open_attempts().empty());
    CHECK(history.of({"p-3"}).seen_items.empty());
}

TEST_CASE("facts are united once each, ours in the journal's order at the time that HQ has corrected")
{
    const auto own = [](std::uint8_t hash, std::int64_t at, int page) {
        return app::OwnFact{{hash}, {hash, {from_ms(at), "a", {}}, marat, content::PageFinished{{"m"}, 1, page, Language::kk}}};
    };
    const auto told = [](std::uint8_t hash, std::int64_t at, int page) {
        const sync::Fact fact = content::PageFinished{{"m"}, 1, page, Language::kk};
        return sync::FeedFact{{hash}, at, "person:p-2", sync::kind_of(fact), sync::encode(fact)};
    };
    // the clock here stood in 1970 for the first two; of the first HQ knows better
    const auto all = app::united({own(1, 10, 1), own(2, 20, 2), own(3, 3000, 3)}, {told(1, 1000, 1), told(9, 500, 9), told(8, 2000, 8), told(8, 2000, 8)});
    std::vector<int> pages;
    std::vector<bool> elsewhere;
    for (const auto& each : all) {
        pages.push_back(std::get<content::PageFinished>(each.event.fact).page);
        elsewhere.push_back(each.is_elsewhere);
    }
    CHECK(pages == std::vector{9, 1, 2, 8, 3});
    CHECK(elsewhere == std::vector{true, false, false, true, false});
    CHECK(all[1].event.moment.at == from_ms(1000));
    CHECK(all[1].event.seq == 1);
    CHECK(all[0].event.seq == 0);
}
