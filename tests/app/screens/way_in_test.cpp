#include "tests/app/screens/stage.hpp"

using namespace adal;
using namespace adal::screens;
using window::Key;

TEST_CASE("the start page asks for a language and for signing in, and says how to reach Speak Up")
{
    Stage stage(sample::start(Language::ru));
    CHECK(stage.tap<BeginSignIn>("start.sign_in"));
    CHECK(stage.press<BeginSignIn>(Key::Enter));
    CHECK(stage.tap<ChooseLanguage>("start.language.en")->language == Language::en);
    for (const char* channel : {"8-800-080-8089", "speakup@kazakhmys.kz", "100012, Караганда, ул. Ленина, 12"}) CHECK(stage.probe.registry().shows(channel));
}

TEST_CASE("the personnel number is typed by taps and by keys")
{
    Stage stage(sample::number(Language::ru));
    CHECK(stage.tap<TypeDigit>("keypad.5")->digit == 5);
    CHECK(stage.tap<TypeDigit>("keypad.0")->digit == 0);
    CHECK(stage.press<TypeDigit>(Key::Digit7)->digit == 7);
    CHECK(stage.tap<EraseDigit>("keypad.erase"));
    CHECK(stage.press<EraseDigit>(Key::Backspace));
    CHECK(stage.tap<ClearDigits>("keypad.clear"));
    CHECK(stage.tap<Confirm>("number.confirm"));
    CHECK(stage.press<Confirm>(Key::Enter));
    CHECK(stage.tap<ShowStart>("number.back"));
}

TEST_CASE("a button that is closed says why and answers nothing")
{
    Stage stage(NumberScreen{});
    CHECK_FALSE(stage.probe.click("number.confirm"));
    CHECK_FALSE(stage.press<Confirm>(Key::Enter));
    CHECK(stage.probe.registry().shows(all_words().say(Language::ru, "screen.number.reason")));
}

TEST_CASE("one of two employers is chosen by a tap or by its number")
{
    Stage stage(sample::employer(Language::ru));
    CHECK(stage.tap<ChooseEmployer>("employer.choose.kounrad-service")->employer == EmployerId{"kounrad-service"});
    CHECK(stage.press<ChooseEmployer>(Key::Digit1)->employer == EmployerId{"balkhash-smelter"});
    CHECK(stage.tap<CorrectNumber>("employer.correct_number"));
    CHECK(stage.tap<ShowStart>("employer.back"));
}

TEST_CASE("a PIN is typed blind: dots and a count, never digits")
{
    Stage stage(sample::secret(Language::ru, SecretPurpose::Pin));
    CHECK(stage.probe.registry().shows("4 из 6"));
    CHECK(stage.press<TypeDigit>(Key::Digit3)->digit == 3);
    CHECK(stage.tap<CorrectNumber>("secret.correct_number"));
    CHECK(stage.tap<NotMe>("secret.not_me"));
    CHECK_FALSE(stage.probe.click("secret.confirm"));
}

TEST_CASE("six digits open the button of each purpose")
{
    for (auto purpose : {SecretPurpose::OneTimeCode, SecretPurpose::Pin, SecretPurpose::NewPin, SecretPurpose::RepeatPin}) {
        auto screen = sample::secret(Language::kk, purpose);
        screen.typed = 6, screen.can_confirm = true;
        Stage stage(screen);
        CHECK(stage.tap<Confirm>("secret.confirm"));
        CHECK(stage.press<Confirm>(Key::Enter));
    }
}

TEST_CASE("while one must wait, the keypad rests and the seconds are told")
{
    auto screen = sample::secret(Language::ru, SecretPurpose::Pin);
    screen.typed = 0, screen.wait_seconds = 21;
    Stage stage(screen);
    CHECK_FALSE(stage.probe.click("keypad.5"));
    CHECK_FALSE(stage.press<TypeDigit>(Key::Digit5));
    CHECK(stage.probe.registry().shows("21 секунду"));
}

TEST_CASE("a locked sign-in takes no digits")
{
    auto screen = sample::secret(Language::ru, SecretPurpose::Pin);
    screen.is_locked = true;
    Stage stage(screen);
    CHECK_FALSE(stage.probe.click("keypad.1"));
    CHECK(stage.tap<NotMe>("secret.not_me"));
}

TEST_CASE("a duty is opened by its card, the next one by the primary button or Enter")
{
    Stage stage(sample::duties(Language::ru));
    CHECK(stage.tap<OpenDuty>("duties.open.probation-test")->duty == DutyId{"probation-test"});
    CHECK(stage.tap<OpenDuty>("duties.primary")->duty == DutyId{"code"});
    CHECK(stage.tap<ShowAllDuties>("duties.to_do")->all == false);
    CHECK(stage.tap<NotMe>("duties.not_me"));
    CHECK(stage.tap<SignOut>("duties.sign_out"));
    CHECK(Stage(sample::duties(Language::ru)).press<OpenDuty>(Key::Enter)->duty == DutyId{"code"});
}

TEST_CASE("a card that cannot be opened is no button")
{
    auto screen = sample::duties(Language::ru);
    screen.cards[1].can_open = false;
    Stage stage(screen);
    CHECK(stage.probe.find("duties.open.probation-test") == nullptr);
    CHECK(stage.probe.registry().shows(screen.cards[1].title));
}

TEST_CASE("when nothing is left there is no primary button")
{
    auto screen = sample::duties(Language::ru);
    screen.cards.clear(), screen.primary.clear();
    Stage stage(screen);
    CHECK(stage.probe.find("duties.primary") == nullptr);
    CHECK(stage.probe.registry().shows(all_words().say(Language::ru, "screen.duties.empty.title")));
}

TEST_CASE("an acknowledgement is signed with the PIN, or left for later")
{
    Stage stage(sample::acknowledgement(Language::ru));
    CHECK(stage.probe.registry().shows("Сарсенова Айгерим"));
    CHECK(stage.probe.registry().shows("SHA-256"));
    CHECK(stage.tap<TypeDigit>("keypad.9")->digit == 9);
    CHECK(stage.tap<Confirm>("acknowledgement.confirm"));
    CHECK(stage.press<Confirm>(Key::Enter));
    CHECK(stage.tap<ShowDuties>("acknowledgement.later"));
}

TEST_CASE("Tab shows where one is")
{
    Stage stage(sample::duties(Language::ru));
    CHECK(stage.probe.focused().empty());
    stage.probe.press(Key::Tab);
    CHECK_FALSE(stage.probe.focused().empty());
}
