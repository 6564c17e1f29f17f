#include "tests/app/hands.hpp"

using namespace adal;
using namespace adal::support;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("the first sign-in asks for number, one-time code and a PIN twice, and leads to her duties")
{
    Hands she;
    CHECK(she.shown() == "start");
    she.want(BeginSignIn{});
    CHECK(she.shown() == "number");
    CHECK(!she.see<NumberScreen>().can_confirm);
    she.enter("204117");
    CHECK(she.shown() == "one-time code");
    CHECK(she.see<SecretScreen>().number == "204\u00A0117");
    CHECK(she.see<SecretScreen>().needed == 8);
    she.enter("11223344");
    CHECK(she.shown() == "new pin");
    she.enter("284617");
    CHECK(she.shown() == "repeat pin");
    she.enter("284617");
    REQUIRE(she.shown() == "duties");
    CHECK(she.kiosk().surround().person == "Айгерім С.");
    CHECK(she.see<DutiesScreen>().left == 3);
    const auto sign_ins = she.all<sync::SignedIn>();
    REQUIRE(sign_ins.size() == 1);
    CHECK(sign_ins[0].how == sync::Identification::OneTimeCode);
    CHECK(she.all<sync::PinSet>() == std::vector{sync::PinSet{1, 1}});
}

TEST_CASE("the next time her PIN is enough, and the code no longer opens")
{
    Hands she;
    she.first_sign_in();
    she.want(SignOut{});
    CHECK(she.shown() == "start");
    she.give_number("204117");
    CHECK(she.shown() == "pin");
    she.enter("284617");
    CHECK(she.shown() == "duties");
    CHECK(she.all<sync::SignedOut>() == std::vector{sync::SignedOut{sync::SignOutReason::Asked}});
}

TEST_CASE("an unknown number is told calmly and writes no fact")
{
    Hands she;
    const auto before = she.head();
    she.give_number("999999");
    CHECK(she.shown() == "number");
    CHECK(title(she.see<NumberScreen>().notice) == "The number 999\u00A0999 is not on this terminal’s list");
    CHECK(she.see<NumberScreen>().digits.empty());
    CHECK(she.head() == before);
}

TEST_CASE("what a notice says changes with the language, too")
{
    Hands she;
    she.give_number("999999");
    she.want(ChooseLanguage{Language::ru});
    CHECK(title(she.see<NumberScreen>().notice) == "Номера 999\u00A0999 нет в списке этого терминала");
}

TEST_CASE("a weak PIN is refused with a reason")
{
    Hands she;
    she.give_number("204117");
    she.enter("11223344");
    for (const auto* pin : {"000000", "123456", "654321", "121212", "123123", "204117"}) {
        she.enter(pin);
        CHECK(she.shown() == "new pin");
        CHECK(title(she.see<SecretScreen>().notice) == "This PIN is easy to guess");
    }
    she.enter("284617");
    CHECK(she.shown() == "repeat pin");
}

TEST_CASE("two different PINs begin the choice anew")
{
    Hands she;
    she.give_number("204117");
    she.enter("11223344");
    she.enter("284617");
    she.enter("284618");
    CHECK(she.shown() == "new pin");
    CHECK(title(she.see<SecretScreen>().notice) == "The two PINs differ");
}

TEST_CASE("wrong PINs cost time after the second, and the pause survives a restart")
{
    Hands he;
    he.give_number("100200");
    he.enter("111111");
    CHECK(title(he.see<SecretScreen>().notice) == "The PIN did not match");
    CHECK(he.see<SecretScreen>().wait_seconds == 0);
    he.enter("111111");
    CHECK(he.see<SecretScreen>().wait_seconds == 0);
    he.enter("111111");
    CHECK(he.see<SecretScreen>().wait_seconds == 5);

    he.enter("284617"); // the right one, too early: not even looked at
    CHECK(he.shown() == "pin");
    CHECK(he.all<sync::SignInRefused>().size() == 3);

    he.terminal.clock.advance(seconds{2});
    he.start();
    he.give_number("100200");
    CHECK(he.see<SecretScreen>().wait_seconds == 3);
    he.wait(seconds{3});
    CHECK(he.see<SecretScreen>().wait_seconds == 0);
    he.want(ClearDigits{});
    he.enter("284617");
    CHECK(he.shown() == "duties");
}

TEST_CASE("setting the clock shortens no pause, and pulling the plug only by the time that really passed")
{
    Hands he;
    he.give_number("100200");
    for (int i = 0; i < 3; ++i) he.enter("111111");
    he.terminal.clock.step(minutes{10});
    he.kiosk().tick();
    CHECK(he.see<SecretScreen>().wait_seconds == 5);
    he.terminal.clock.step(-minutes{20});
    he.stop();
    he.terminal.clock.reboot();
    he.terminal.clock.moment.uptime = seconds{1};
    he.start();
    he.give_number("100200");
    CHECK(he.see<SecretScreen>().wait_seconds == 4); // one second since boot is all that is certain
}

TEST_CASE("ten wrong PINs in a row lock the sign-in until HQ gives a new code")
{
    Hands he;
    he.give_number("100200");
    for (int i = 0; i < 10; ++i) {
        he.enter("111111");
        he.wait(minutes{6});
    }
    CHECK(he.see<SecretScreen>().is_locked);
    CHECK(title(he.see<SecretScreen>().notice) == "The sign-in is closed for now");
    he.enter("284617");
    CHECK(he.shown() == "pin");
    he.start();
    he.give_number("100200");
    CHECK(he.see<SecretScreen>().is_locked);

    he.terminal.hq.people_changed();
    auto& verifier = he.terminal.hq.roster.people[1].verifier;
    verifier = {"", 2, 0, sync::password_hash("55667788", sync::Effort::Test),
                he.terminal.clock.now().at + std::chrono::days{1}};
    he.terminal.exchange();
    he.kiosk().synced();
    he.want(ShowStart{});
    he.give_number("100200");
    CHECK(he.shown() == "one-time code");
    CHECK(!he.see<SecretScreen>().is_locked);
    he.enter("55667788");
    CHECK(he.shown() == "new pin");
}

TEST_CASE("a right PIN ends the row of wrong ones")
{
    Hands he;
    he.give_number("100200");
    he.enter("111111");
    he.enter("111111");
    he.enter("284617");
    he.want(SignOut{});
    he.give_number("100200");
    he.enter("111111");
    CHECK(he.see<SecretScreen>().wait_seconds == 0);
}

TEST_CASE("a wrong or expired one-time code does not open")
{
    Hands she;
    she.give_number("204117");
    she.enter("99999999");
    CHECK(title(she.see<SecretScreen>().notice) == "The one-time code did not match");
    she.terminal.clock.advance(std::chrono::days{4});
    she.kiosk().tick();
    she.want(ClearDigits{});
    CHECK(title(she.see<SecretScreen>().notice) == "The one-time code is no longer valid");
    she.type("11223344");
    CHECK(!she.see<SecretScreen>().can_confirm);
    she.want(Confirm{});
    CHECK(she.shown() == "one-time code");
}

TEST_CASE("one number at two employers: each says which is his, and gets his own duties")
{
    Hands he;
    he.give_number("555");
    CHECK(he.shown() == "employer");
    const auto rows = he.see<EmployerScreen>().rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].name == "Smelter");
    CHECK(rows[0].unit == "Shop");
    he.want(ChooseEmployer{{"nobody"}});
    CHECK(he.shown() == "employer");
    he.want(ChooseEmployer{{"service"}});
    CHECK(he.shown() == "pin");
    he.enter("284617");
    CHECK(he.kiosk().surround().person == "Данияр А.");
    CHECK(he.all<sync::SignedIn>()[0].employer == EmployerId{"service"});
}

TEST_CASE("one person with two numbers has the same duties whichever he signs in with")
{
    Hands he;
    he.sign_in("100200");
    he.read_the_code();
    he.enter("284617");
    CHECK(he.see<DutiesScreen>().left == 2);
    he.want(SignOut{});
    he.sign_in("300400");
    REQUIRE(he.shown() == "duties");
    CHECK(he.see<DutiesScreen>().left == 2);
    CHECK(he.all<sync::SignedIn>()[1].employer == EmployerId{"service"});
}

TEST_CASE("her own language comes with her unless she has chosen one, and goes with her")
{
    Hands she;
    she.terminal.hq.roster.people[1].language = Language::kk;
    she.terminal.hq.people_changed();
    she.terminal.exchange();
    she.kiosk().synced();
    she.sign_in("100200");
    CHECK(she.kiosk().surround().language == Language::kk);
    she.want(ChooseTextSize{3});
    she.want(ChooseTheme{true});
    CHECK(she.kiosk().surround().text_size == 3);
    she.want(SignOut{});
    CHECK(she.kiosk().surround().language == Language::en);
    CHECK(she.kiosk().surround().text_size == 1);
    CHECK(!she.kiosk().surround().is_dark);
    she.want(ChooseLanguage{Language::ru});
    she.sign_in("100200");
    CHECK(she.kiosk().surround().language == Language::ru);
    CHECK(she.all<sync::SignedIn>()[1].language == Language::ru);
}

TEST_CASE("\"this is not me\" leaves no trace on the screen")
{
    Hands she;
    she.sign_in("100200");
    she.want(NotMe{});
    CHECK(she.shown() == "start");
    CHECK(she.kiosk().surround().person.empty());
    CHECK(she.all<sync::SignedOut>()[0].reason == sync::SignOutReason::NotMe);
}
