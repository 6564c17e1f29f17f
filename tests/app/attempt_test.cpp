#include "tests/app/hands.hpp"
#include <fstream>
#include <set>

using namespace adal;
using namespace adal::support;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {
struct InTest : Hands {
    InTest()
    {
        sign_in("100200");
        begin_test();
    }
};
} // namespace

TEST_CASE("every answer is a fact before it shows as chosen")
{
    InTest he;
    const auto before = he.head();
    he.answer();
    CHECK(he.facts_after(before).front() == "response given");
    CHECK(he.see<ItemScreen>().unanswered == 3);
    bool any = false;
    for (const auto& option : he.see<ItemScreen>().options) any |= option.is_selected;
    CHECK(any);
}

TEST_CASE("a late tap cannot answer the next question")
{
    InTest he;
    const auto first = he.see<ItemScreen>().item;
    he.want(GoToItem{2});
    const auto before = he.head();
    he.want(SelectChoice{first, {"A"}});
    he.want(SelectChoice{he.see<ItemScreen>().item, {"Z"}});
    he.want(GoToItem{5});
    he.want(GoToItem{0});
    CHECK(he.head() == before);
    CHECK(he.see<ItemScreen>().number == 2);
}

TEST_CASE("answers change, and of several a second tap takes one back")
{
    InTest he;
    for (int number = 1; number <= 4; ++number) {
        he.want(GoToItem{number});
        if (he.see<ItemScreen>().is_multiple) break;
    }
    const auto item = he.see<ItemScreen>().item;
    he.want(SelectChoice{item, {"A"}});
    he.want(SelectChoice{item, {"C"}});
    he.want(SelectChoice{item, {"A"}});
    std::set<std::string> chosen;
    for (const auto& option : he.see<ItemScreen>().options)
        if (option.is_selected) chosen.insert(option.choice.text);
    CHECK(chosen == std::set<std::string>{"C"});
    CHECK(he.all<quizzes::ResponseGiven>().back().response == quizzes::Response{"C"});
}

TEST_CASE(
    "changing the language in the middle keeps place and choices, and each answer keeps the language it was read in")
{
    InTest he;
    he.want(GoToItem{2});
    he.answer();
    const auto item = he.see<ItemScreen>().item;
    std::vector<bool> before, after;
    for (const auto& option : he.see<ItemScreen>().options) before.push_back(option.is_selected);
    he.want(ChooseLanguage{Language::ru});
    CHECK(he.see<ItemScreen>().item == item);
    CHECK(he.see<ItemScreen>().test_title == "Test ru");
    for (const auto& option : he.see<ItemScreen>().options) after.push_back(option.is_selected);
    CHECK(before == after);
    CHECK(he.all<quizzes::ResponseGiven>().back().language == Language::en);
    he.want(GoToItem{3});
    he.answer();
    CHECK(he.all<quizzes::ResponseGiven>().back().language == Language::ru);
}

TEST_CASE("only an open dialog can submit, and only once")
{
    InTest he;
    he.want(SubmitTest{});
    CHECK(he.shown() == "item");
    he.want(AskToSubmit{});
    CHECK(he.see<ItemScreen>().dialog == TestDialog::Submit);
    CHECK(he.see<ItemScreen>().unanswered == 4);
    he.want(StayInTest{});
    he.want(SubmitTest{});
    CHECK(he.shown() == "item");
    he.submit();
    he.want(SubmitTest{});
    he.submit();
    CHECK(he.all<quizzes::AttemptClosed>().size() == 1);
    CHECK(he.shown() == "result");
}

TEST_CASE("two points short: the date of the next attempt, the topics, and what to read again")
{
    InTest he;
    he.answer_all(0);
    he.submit();
    const auto result = he.see<ResultScreen>();
    CHECK(!result.has_passed);
    CHECK(result.title == "Three points short");
    CHECK(result.explanation == "3 are needed: that is the mark on the ring. Attempt 1 of 2.");
    CHECK(result.next == "Next attempt from 25 November");
    CHECK(result.kept == "saved here, goes to HQ later");
    CHECK(result.identified == "You signed in with your PIN");
    REQUIRE(result.topics.size() == 2);
    CHECK(result.topics[0].title == "Gifts en");
    REQUIRE(result.read_again.size() == 2);

    he.want(OpenParagraph{result.read_again[0].reference});
    REQUIRE(he.shown() == "reader");
    CHECK(he.see<ReaderScreen>().from_result);
    CHECK(he.see<ReaderScreen>().marked_anchor == result.read_again[0].anchor);
    he.want(ShowDuties{});
    CHECK(he.shown() == "result");
}

TEST_CASE("after the pause the second attempt is the last, and then HR decides")
{
    InTest he;
    he.submit();
    he.want(ShowDuties{});
    he.want(OpenDuty{{"probation-test"}});
    CHECK(title(he.see<TestIntroScreen>().notice) == "The next attempt is from 25 November");
    he.want(StartTest{{"probation-test"}});
    CHECK(he.shown() == "test intro");
    he.terminal.clock.advance(std::chrono::days{3});
    he.want(StartTest{{"probation-test"}});
    REQUIRE(he.shown() == "item");
    he.submit();
    CHECK(he.see<ResultScreen>().next == "The HR department decides what comes next");
    he.want(ShowDuties{});
    CHECK(he.see<DutiesScreen>().cards.back().state == sync::DutyState::AttemptsUsedUp);
}

TEST_CASE("\"I must leave\" locks at once and the attempt is not counted")
{
    InTest he;
    he.answer();
    he.want(LeaveTest{});
    CHECK(he.shown() == "item");
    he.want(AskToLeave{});
    he.want(LeaveTest{});
    CHECK(he.shown() == "start");
    CHECK(title(he.see<StartScreen>().notice) == "You have left the test");
    CHECK(he.all<quizzes::AttemptClosed>()[0].reason == quizzes::CloseReason::Interrupted);
    he.sign_in("100200");
    CHECK(he.shown() == "duties");
    he.want(OpenDuty{{"probation-test"}});
    CHECK(he.see<TestIntroScreen>().can_start);
    CHECK(he.see<TestIntroScreen>().rules[2] == "Attempt 1 of 2");
}

TEST_CASE("words at five minutes and at one, and the end comes by itself")
{
    InTest he;
    he.answer_all(4);
    he.wait(minutes{14});
    CHECK(!he.see<ItemScreen>().warning);
    he.wait(minutes{1} + seconds{5});
    CHECK(he.see<ItemScreen>().time_left == "4:55");
    CHECK(title(he.see<ItemScreen>().warning) == "Less than five minutes are left");
    he.wait(minutes{2});
    CHECK(!he.see<ItemScreen>().warning);
    he.wait(minutes{2});
    CHECK(title(he.see<ItemScreen>().warning) == "Less than a minute is left");
    he.wait(seconds{54});
    CHECK(he.see<ItemScreen>().time_left == "0:01");
    he.wait(seconds{1});
    REQUIRE(he.shown() == "result");
    CHECK(he.see<ResultScreen>().time_expired);
    CHECK(he.see<ResultScreen>().has_passed); // what was answered counts
    CHECK(he.all<quizzes::AttemptClosed>()[0].time_used == minutes{20});
}

TEST_CASE("the timer's text is prepared anew only when it changes")
{
    InTest he;
    he.terminal.clock.advance(Elapsed{400});
    CHECK(!he.kiosk().tick());
    CHECK(he.see<ItemScreen>().time_left == "20:00");
    CHECK(he.kiosk().wait_time() == Elapsed{600});
    he.terminal.clock.advance(Elapsed{100});
    CHECK(!he.kiosk().tick());
    he.terminal.clock.advance(Elapsed{500});
    CHECK(he.kiosk().tick());
    CHECK(he.see<ItemScreen>().time_left == "19:59");
}

TEST_CASE("the program's restart in the same boot does not stop the clock")
{
    InTest he;
    he.wait(minutes{5});
    he.stop();
    he.terminal.clock.advance(minutes{3});
    he.start();
    he.terminal.clock.advance(minutes{1});
    he.sign_in("100200");
    REQUIRE(he.shown() == "item");
    CHECK(he.see<ItemScreen>().time_left == "11:00");
    CHECK(he.all<quizzes::AttemptResumed>().back().time_left == minutes{11});
}

TEST_CASE("a power cut stops the clock; the heartbeat bounds what is given back, and it stands until she is back")
{
    InTest he;
    he.wait(minutes{5} + seconds{40}); // beats at 1, 31 ... 331 seconds: nine are given back
    he.power_cut(hours{9});
    CHECK(he.all<quizzes::AttemptResumed>().size() == 1);
    he.wait(minutes{10}); // the terminal runs, she is not there
    he.sign_in("100200");
    REQUIRE(he.shown() == "item");
    CHECK(he.see<ItemScreen>().time_left == "14:29");
    he.wait(minutes{1});
    CHECK(he.see<ItemScreen>().time_left == "13:29");
    he.power_cut();
    he.sign_in("100200");
    CHECK(he.see<ItemScreen>().time_left == "13:58"); // never more than half a minute
}

TEST_CASE("without a heartbeat the last fact says how long the boot lasted at least; a forged early one cannot be "
          "earlier than that")
{
    InTest he;
    he.wait(minutes{3});
    he.answer();
    auto beside = sync::Beside::open(he.terminal.folder().beside());
    REQUIRE(beside);
    REQUIRE(beside->beat({he.terminal.clock.moment.boot, Elapsed{1}}));
    he.power_cut();
    he.sign_in("100200");
    CHECK(he.see<ItemScreen>().time_left == "17:00");
}

TEST_CASE("somebody else's test after the power cut does not touch the first one's time")
{
    InTest he;
    he.wait(minutes{4});
    he.power_cut();
    he.first_sign_in();
    he.begin_test();
    he.wait(minutes{6});
    he.submit();
    he.want(SignOut{});
    he.sign_in("100200");
    CHECK(he.see<ItemScreen>().time_left == "16:29");
}

TEST_CASE("time that runs out while she is away closes the attempt, and she sees the result when she comes")
{
    InTest he;
    he.answer_all(4);
    he.stop();
    he.terminal.clock.advance(minutes{30});
    he.start();
    CHECK(he.all<quizzes::AttemptClosed>()[0].reason == quizzes::CloseReason::TimeExpired);
    he.sign_in("100200");
    REQUIRE(he.shown() == "result");
    CHECK(he.see<ResultScreen>().time_expired);
    he.want(ShowDuties{});
    he.want(SignOut{});
    he.sign_in("100200");
    CHECK(he.shown() == "duties"); // seen once
}

TEST_CASE("an attempt whose questions were renewed meanwhile is closed without being counted")
{
    InTest he;
    he.answer();
    he.stop();
    const auto bank = he.terminal.sources() / "bank";
    for (const auto* file : {"kk.gift", "ru.gift", "en.gift"}) {
        std::ifstream in{bank / file};
        std::string text{std::istreambuf_iterator<char>{in}, {}};
        for (auto at = text.find("Gift one"); at != std::string::npos; at = text.find("Gift one"))
            text.replace(at, 8, "Gift 1");
        std::ofstream{bank / file} << text;
    }
    he.terminal.hq.publish(he.terminal.sources() / "library", bank);
    he.terminal.exchange();
    he.start();
    he.sign_in("100200");
    REQUIRE(he.shown() == "duties");
    CHECK(title(he.see<DutiesScreen>().notice) == "The questions have been renewed");
    CHECK(he.all<quizzes::AttemptClosed>()[0].reason == quizzes::CloseReason::Interrupted);
    he.begin_test();
    CHECK(he.shown() == "item");
}
