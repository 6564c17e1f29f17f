#include "tests/app/hands.hpp"

using namespace adal;
using namespace adal::support;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("a new hire's whole way: read, acknowledge, learn, be tested, see the result, sign out")
{
    Hands she;
    she.first_sign_in();
    CHECK(she.see<DutiesScreen>().primary == "Start reading");
    CHECK(she.see<DutiesScreen>().cards[0].due == "until 30 November, 8 days left");

    she.want(Confirm{}); // the next step
    REQUIRE(she.shown() == "reader");
    CHECK(she.see<ReaderScreen>().section == 1);
    CHECK(she.see<ReaderScreen>().edition == "specimen, edition 1 of 1 September 2026, in force");
    she.wait(seconds{70});
    she.want(GoToSection{2});
    she.want(GoToSection{3});
    CHECK(she.see<ReaderScreen>().is_last);
    she.want(ShowAcknowledgement{});
    REQUIRE(she.shown() == "acknowledgement");
    CHECK(she.see<AcknowledgementScreen>().declaration == "I, Сәрсенова Айгерім, have read the Code en.");
    CHECK(she.see<AcknowledgementScreen>().languages == "English");
    CHECK(she.see<AcknowledgementScreen>().time == "1 minute. Kept as evidence, not judged");
    she.enter("284617");
    REQUIRE(she.shown() == "duties");
    CHECK(she.see<DutiesScreen>().left == 2);
    const auto acknowledged = she.all<content::DocumentAcknowledged>();
    REQUIRE(acknowledged.size() == 1);
    CHECK(acknowledged[0].language == Language::en);
    CHECK(acknowledged[0].read_in == std::vector{Language::en});
    CHECK(acknowledged[0].declaration == "I, {name}, have read the Code en.");
    CHECK(she.all<content::SectionRead>()[0] == content::SectionRead{{"code"}, 1, 1, Language::en, 70});

    she.want(OpenDuty{{"speak-up"}});
    REQUIRE(she.shown() == "module");
    she.want(GoToPage{2});
    REQUIRE(she.see<ModuleScreen>().check);
    CHECK(!she.see<ModuleScreen>().can_go_on);
    she.want(GoToPage{3});
    CHECK(she.see<ModuleScreen>().page == 2); // a check waits
    const auto check = she.see<ModuleScreen>().check->item;
    she.want(AnswerCheck{check, {"B"}});
    CHECK(she.see<ModuleScreen>().check->verdict == "Not quite");
    CHECK(she.see<ModuleScreen>().check->feedback == "Not quite en.");
    she.want(AnswerCheck{check, {"A"}});
    CHECK(she.see<ModuleScreen>().check->is_right);
    she.want(GoToPage{3});
    CHECK(she.see<ModuleScreen>().is_last);
    she.want(Confirm{});
    REQUIRE(she.shown() == "duties");
    CHECK(she.all<content::ModuleCompleted>().size() == 1);
    CHECK(she.all<content::PageFinished>().size() == 3);

    she.want(OpenDuty{{"probation-test"}});
    REQUIRE(she.shown() == "test intro");
    CHECK(she.see<TestIntroScreen>().rules[0] == "4 questions, 20 minutes");
    she.want(StartTest{{"probation-test"}});
    REQUIRE(she.shown() == "item");
    CHECK(she.see<ItemScreen>().time_left == "20:00");
    she.answer_all(4);
    she.submit();
    REQUIRE(she.shown() == "result");
    CHECK(she.see<ResultScreen>().has_passed);
    CHECK(she.see<ResultScreen>().points == 4);
    CHECK(she.see<ResultScreen>().read_again.empty());
    she.want(ShowDuties{});
    CHECK(she.see<DutiesScreen>().left == 0);
    CHECK(she.see<DutiesScreen>().primary.empty());
    CHECK(she.see<DutiesScreen>().cards.empty());
    she.want(ShowAllDuties{true});
    CHECK(she.see<DutiesScreen>().cards.size() == 3);
    she.want(SignOut{});
    CHECK(title(she.see<StartScreen>().notice) == "You are signed out");
}

TEST_CASE("a restart at every step leads back to the same place after signing in again")
{
    Hands she;
    she.first_sign_in();
    she.start();
    CHECK(she.shown() == "start");
    CHECK(she.all<sync::SignedOut>() == std::vector{sync::SignedOut{sync::SignOutReason::Restart}});

    const auto again = [&](const DutyId& duty) {
        she.start();
        she.sign_in();
        if (she.shown() == "duties") she.want(OpenDuty{duty});
    };
    again({"code"});
    she.want(GoToSection{2});
    again({"code"});
    CHECK(she.see<ReaderScreen>().section == 2);
    CHECK(she.see<ReaderScreen>().contents[0].is_read);
    she.want(GoToSection{3});
    she.want(ShowAcknowledgement{});
    again({"code"});
    CHECK(she.see<ReaderScreen>().section == 3);
    she.want(ShowAcknowledgement{});
    she.enter("284617");
    again({"code"});
    CHECK(she.see<ReaderScreen>().is_acknowledged);

    again({"speak-up"});
    she.want(GoToPage{2});
    again({"speak-up"});
    CHECK(she.see<ModuleScreen>().page == 2);
    she.want(AnswerCheck{she.see<ModuleScreen>().check->item, {"A"}});
    again({"speak-up"});
    CHECK(she.see<ModuleScreen>().check->chosen == ChoiceId{"A"});
    she.want(GoToPage{3});
    she.want(GoToPage{4});

    again({"probation-test"});
    she.want(StartTest{{"probation-test"}});
    she.want(GoToItem{3});
    she.answer();
    she.want(FlagItem{she.see<ItemScreen>().item, true});
    const auto item = she.see<ItemScreen>().item;
    again({"probation-test"});
    REQUIRE(she.shown() == "item");
    CHECK(she.see<ItemScreen>().item == item);
    CHECK(she.see<ItemScreen>().number == 3);
    CHECK(she.see<ItemScreen>().is_flagged);
    CHECK(she.see<ItemScreen>().is_resumed);
    CHECK(she.see<ItemScreen>().unanswered == 3);
    she.submit();
    again({"probation-test"});
    CHECK(she.shown() == "test intro"); // not passed: a pause, then the second attempt
    CHECK(!she.see<TestIntroScreen>().can_start);
}

TEST_CASE("all sections must have been on the screen before the declaration is asked for")
{
    Hands she;
    she.sign_in("100200");
    she.want(OpenDuty{{"code"}});
    she.want(GoToSection{3});
    she.want(ShowAcknowledgement{});
    REQUIRE(she.shown() == "reader");
    CHECK(she.see<ReaderScreen>().section == 2);
    CHECK(title(she.see<ReaderScreen>().notice) == "Section 2 has not been opened yet");
    she.want(ShowAcknowledgement{});
    CHECK(she.shown() == "acknowledgement");
}

TEST_CASE("a section read in two languages says so in the fact and on the screen")
{
    Hands she;
    she.sign_in("100200");
    she.want(OpenDuty{{"code"}});
    she.wait(seconds{10});
    she.want(ChooseLanguage{Language::kk});
    CHECK(she.see<ReaderScreen>().title == "The Code kk");
    CHECK(she.see<ReaderScreen>().section == 1);
    she.want(GoToSection{2});
    she.want(GoToSection{3});
    she.want(ShowAcknowledgement{});
    CHECK(she.see<AcknowledgementScreen>().languages == "қазақша; ағылшынша: 1-бөлім");
    she.enter("284617");
    CHECK(she.all<content::DocumentAcknowledged>()[0].read_in == std::vector{Language::kk, Language::en});
    CHECK(she.all<content::DocumentAcknowledged>()[0].language == Language::kk);
}

TEST_CASE("a wrong PIN under the declaration acknowledges nothing and counts like one at the door")
{
    Hands she;
    she.sign_in("100200");
    she.read_the_code();
    for (int i = 0; i < 3; ++i) she.enter("111111");
    CHECK(she.shown() == "acknowledgement");
    CHECK(she.see<AcknowledgementScreen>().wait_seconds == 5);
    CHECK(title(she.see<AcknowledgementScreen>().notice) == "The PIN did not match");
    CHECK(she.all<content::DocumentAcknowledged>().empty());
    CHECK(she.all<sync::SignInRefused>().size() == 3);
}

TEST_CASE("what is saved here is at HQ once HQ's receipt covers it, and since when does not move on")
{
    Hands she;
    she.sign_in("100200");
    she.read_the_code();
    she.enter("284617");
    she.want(ShowAllDuties{true});
    const auto code_card = [&] {
        for (const auto& card : she.see<DutiesScreen>().cards)
            if (card.duty == DutyId{"code"}) return card;
        return DutyCard{};
    };
    CHECK(code_card().evidence == "saved here, goes to HQ later");
    CHECK(!code_card().is_at_hq);
    CHECK(she.kiosk().surround().at_hq == "Goes to HQ later");
    CHECK(she.kiosk().unsent() > 0);

    she.terminal.exchange();
    CHECK(she.kiosk().synced());
    CHECK(code_card().is_at_hq);
    CHECK(code_card().evidence == "at HQ since 22 November, 06:00");
    CHECK(she.kiosk().surround().at_hq == "At HQ: 06:00");
    CHECK(she.kiosk().unsent() == 0);

    she.wait(minutes{1});
    she.want(OpenDuty{{"speak-up"}});
    she.want(GoToPage{2});
    she.want(ShowDuties{});
    she.want(ShowAllDuties{true});
    CHECK(she.kiosk().surround().at_hq == "Goes to HQ later");
    she.terminal.exchange();
    she.kiosk().synced();
    CHECK(code_card().evidence == "at HQ since 22 November, 06:00");
    CHECK(she.kiosk().surround().at_hq == "At HQ: 06:01");
}

TEST_CASE("whatever HQ answers, a person only sees that it goes to HQ later")
{
    Hands she;
    she.sign_in("100200");
    she.terminal.hq.says = Bytes{'<', 'h', 't', 'm', 'l', '>'};
    CHECK(!she.terminal.try_exchange());
    she.kiosk().synced();
    CHECK(she.shown() == "duties");
    CHECK(!she.see<DutiesScreen>().notice);
    CHECK(she.kiosk().surround().at_hq == "Goes to HQ later");
    she.terminal.hq.says.reset();
    she.terminal.hq.is_down = true;
    CHECK(!she.terminal.try_exchange());
    she.kiosk().synced();
    CHECK(she.kiosk().surround().at_hq == "Goes to HQ later");
}

TEST_CASE("a new release waits until nobody is reading")
{
    Hands she;
    she.sign_in("100200");
    she.want(OpenDuty{{"code"}});
    she.terminal.hq.publish(she.terminal.sources() / "library", she.terminal.sources() / "bank");
    she.terminal.exchange();
    const auto before = she.all<sync::ReleaseInstalled>().size();
    she.kiosk().synced();
    CHECK(she.shown() == "reader");
    CHECK(she.all<sync::ReleaseInstalled>().size() == before);
    she.want(ShowDuties{});
    CHECK(she.all<sync::ReleaseInstalled>().size() == before + 1);
    CHECK(she.all<sync::ReleaseInstalled>().back().number == 2);
}

TEST_CASE("an intent that does not fit the screen is ignored")
{
    Hands she;
    she.want(SubmitTest{});
    she.want(OpenDuty{{"code"}});
    she.want(SelectChoice{{"gifts-01"}, {"A"}});
    she.want(SignOut{});
    she.want(ShowDuties{});
    CHECK(she.shown() == "start");
    she.sign_in("100200");
    const auto before = she.head();
    she.want(GoToSection{2});
    she.want(AnswerCheck{{"speak-up-m1"}, {"A"}});
    she.want(OpenDuty{{"no such duty"}});
    she.want(SubmitTest{});
    CHECK(she.shown() == "duties");
    CHECK(she.head() == before);
}

TEST_CASE("what an earlier life of HQ has receipted is not shown as being at HQ any more")
{
    Hands she;
    she.sign_in("100200");
    she.terminal.exchange();
    CHECK(she.kiosk().synced());
    CHECK(she.kiosk().unsent() == 0);
    { // a stick brought word of a restored HQ, which knew nothing of this journal
        auto beside = sync::Beside::open(she.terminal.folder().beside());
        REQUIRE(sync::change_sync_state(*beside, [](sync::SyncState& state) { state.incarnation = "4000000000-0000000000000001"; }));
    }
    she.start();
    CHECK(she.kiosk().unsent() > 0);
}
