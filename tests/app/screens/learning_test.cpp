#include "tests/app/screens/stage.hpp"

using namespace adal;
using namespace adal::screens;
using window::Key;

namespace {
const widgets::Size sizes[]{{1280, 800}, {1920, 1080}, {1024, 768}};
}

TEST_CASE("reading, learning, test and result lose no word in any language, text size and display")
{
    for (auto language : all_languages)
        for (const auto& shown : sample::learning(language))
            for (const auto& size : sizes)
                for (int text_size : {1, 2, 3}) {
                    CAPTURE(shown.name);
                    CAPTURE(std::string(code(language)));
                    CAPTURE(size.w);
                    CAPTURE(text_size);
                    widgets::Settings settings;
                    settings.text_size = text_size;
                    settings.dark = text_size == 2;
                    Stage stage(shown.state, size, settings, language);
                    for (const auto& fault : stage.probe.faults()) FAIL_CHECK(fault);
                }
}

TEST_CASE("the reader leads from section to section, and anywhere by its contents")
{
    Stage stage(sample::reader(Language::ru));
    CHECK(stage.tap<GoToSection>("reader.next")->section == 3);
    CHECK(stage.press<GoToSection>(Key::Enter)->section == 3);
    CHECK(stage.tap<GoToSection>("reader.section.5")->section == 5);
    CHECK(stage.tap<ShowDuties>("reader.later"));
    CHECK(stage.probe.find("reader.acknowledge") == nullptr);
}

TEST_CASE("letters and colours are chosen where one reads")
{
    Stage stage(sample::reader(Language::ru));
    CHECK(stage.tap<ChooseTextSize>("reader.size.3")->size == 3);
    CHECK(stage.tap<ChooseTheme>("reader.theme")->dark);
}

TEST_CASE("large letters take the whole width, and the contents open by a button until a section is chosen")
{
    widgets::Settings large;
    large.text_size = 3;
    Stage stage(sample::reader(Language::kk), {1280, 800}, large, Language::kk);
    CHECK(stage.probe.find("reader.section.1") == nullptr);
    stage.probe.click("reader.contents");
    CHECK(stage.probe.faults().empty());
    CHECK(stage.tap<GoToSection>("reader.section.1")->section == 1);
    CHECK(stage.probe.find("reader.section.1") == nullptr);
}

TEST_CASE("after the last section comes the signature, and after the signature the duties")
{
    auto screen = sample::reader(Language::kk);
    screen.section = 12, screen.is_last = true;
    Stage unsigned_yet(screen);
    CHECK(unsigned_yet.tap<ShowAcknowledgement>("reader.acknowledge"));
    CHECK(unsigned_yet.probe.find("reader.next") == nullptr);
    screen.is_acknowledged = true;
    CHECK(Stage(screen).tap<ShowDuties>("reader.duties"));
}

TEST_CASE("a paragraph opened from a result is in sight, and the way back leads there")
{
    auto screen = sample::reader(Language::ru);
    screen.marked_anchor = "2.5", screen.from_result = true;
    widgets::Settings large;
    large.text_size = 3;
    Stage stage(screen, {1024, 768}, large);
    const auto* marked = stage.probe.registry().with_label(content::plain(screen.blocks.back().runs));
    REQUIRE(marked);
    CHECK(marked->visible.h == marked->rect.h);
    CHECK(stage.tap<ShowDuties>("reader.result"));
}

TEST_CASE("the contents show the section one is in")
{
    auto screen = sample::reader(Language::ru);
    screen.section = 12, screen.is_last = true;
    Stage stage(screen);
    const auto* row = stage.probe.find("reader.section.12");
    REQUIRE(row);
    CHECK(row->selected);
    CHECK(row->visible.h == row->rect.h);
}

TEST_CASE("a module's check waits for an answer before it lets one go on")
{
    Stage stage(sample::module(Language::ru));
    CHECK_FALSE(stage.probe.click("module.next"));
    CHECK(stage.probe.registry().shows(all_words().say(Language::ru, "screen.module.reason")));
    const auto answer = stage.tap<AnswerCheck>("module.option.B");
    REQUIRE(answer);
    CHECK(answer->item == ItemId{"speak-up-m1"});
    CHECK(answer->choice == ChoiceId{"B"});
    CHECK(stage.press<AnswerCheck>(Key::Digit3)->choice == ChoiceId{"C"});
    CHECK(stage.tap<GoToPage>("module.back")->page == 2);
    CHECK(stage.tap<ShowDuties>("module.later"));
}

TEST_CASE("an answer is explained at once, within sight; a wrong one may be mended, a right one stays")
{
    auto screen = sample::module(Language::ru);
    screen.check->chosen = ChoiceId{"A"}, screen.check->verdict = "Не совсем так", screen.check->feedback = "Запись верная, но конверт остаётся взяткой.";
    screen.can_go_on = true;
    widgets::Settings large;
    large.text_size = 3;
    Stage stage(screen, {1024, 768}, large);
    const auto* verdict = stage.probe.registry().with_label("Не совсем так");
    REQUIRE(verdict);
    CHECK(verdict->visible.h == verdict->rect.h);
    CHECK(stage.tap<GoToPage>("module.next")->page == 4);

    CHECK(Stage(screen).tap<AnswerCheck>("module.option.B")->choice == ChoiceId{"B"});
    screen.check->chosen = ChoiceId{"B"}, screen.check->is_right = true;
    CHECK_FALSE(Stage(screen).probe.click("module.option.A"));
}

TEST_CASE("the last page finishes the module")
{
    auto screen = sample::module(Language::kk);
    screen.page = 7, screen.is_last = true, screen.can_go_on = true;
    CHECK(Stage(screen).tap<Confirm>("module.next"));
}

TEST_CASE("a reference in a module opens the paragraph it names")
{
    for (const auto& shown : sample::learning(Language::ru)) {
        if (shown.name != "06-module-words") continue;
        Stage stage(shown.state);
        CHECK(stage.tap<OpenParagraph>("module.link.anti-corruption-code#9.3")->reference == "anti-corruption-code#9.3");
    }
}

TEST_CASE("the rules are shown before the clock starts")
{
    auto screen = sample::test_intro(Language::ru);
    Stage stage(screen);
    for (const auto& rule : screen.rules) CHECK(stage.probe.registry().shows(rule));
    CHECK(stage.tap<StartTest>("test_intro.start")->duty == DutyId{"probation-test"});
    CHECK(stage.tap<ShowDuties>("test_intro.later"));
    screen.can_start = false;
    CHECK_FALSE(Stage(screen).probe.click("test_intro.start"));
}

TEST_CASE("a question is answered by a tap or its number, and the wish names the question")
{
    Stage stage(sample::item(Language::kk), {1280, 800}, {}, Language::kk);
    const auto tapped = stage.tap<SelectChoice>("item.option.D");
    REQUIRE(tapped);
    CHECK(tapped->item == ItemId{"gifts-07"});
    CHECK(tapped->choice == ChoiceId{"D"});
    CHECK(stage.press<SelectChoice>(Key::Digit1)->choice == ChoiceId{"C"}); // the order on the screen, not the letters
    CHECK(stage.tap<GoToItem>("item.next")->number == 8);
    CHECK(stage.tap<GoToItem>("item.back")->number == 6);
    CHECK(stage.tap<GoToItem>("palette.12")->number == 12);
    CHECK(stage.tap<FlagItem>("item.flag")->flagged);
    CHECK(stage.tap<AskToLeave>("item.leave"));
    CHECK(stage.probe.find("item.submit") == nullptr);
}

TEST_CASE("a stem of three lines and its four options are seen at once, and no row is lower than a finger needs")
{
    for (window::Size size : {window::Size{1024, 768}, window::Size{1280, 800}}) {
        auto screen = sample::item(Language::ru);
        const std::string words = "Поставщик подарил кладовщику дорогие часы накануне праздника. ";
        screen.stem = size.w < 1200 ? words + "Как ему поступить в тот же день?" : words + words + "Как ему поступить?";
        for (auto& option : screen.options) option.text = "Отказаться и сообщить";
        Stage stage(screen, size);
        CHECK(stage.probe.registry().with_label(screen.stem)->rect.h >= 96); // three lines
        for (const auto& option : screen.options) {
            const auto* row = stage.probe.find("item.option." + option.choice.text);
            REQUIRE(row);
            CHECK(row->visible.h == row->rect.h);
            CHECK(row->rect.h >= 64);
        }
    }
}

TEST_CASE("the last question ends the test, and a flag can be taken back")
{
    auto screen = sample::item(Language::ru);
    screen.number = 20, screen.is_flagged = true;
    Stage stage(screen);
    CHECK(stage.tap<AskToSubmit>("item.submit"));
    CHECK_FALSE(stage.tap<FlagItem>("item.flag")->flagged);
    CHECK(stage.probe.find("item.next") == nullptr);
}

TEST_CASE("nothing is handed in without being asked twice")
{
    auto screen = sample::item(Language::ru);
    screen.dialog = TestDialog::Submit;
    Stage stage(screen);
    CHECK_FALSE(stage.probe.click("item.option.A"));
    CHECK(stage.probe.registry().shows("Без ответа осталось 13 вопросов"));
    CHECK(stage.tap<SubmitTest>("dialog.submit"));
    CHECK(stage.tap<StayInTest>("dialog.stay"));
    CHECK(stage.press<StayInTest>(Key::Escape));
}

TEST_CASE("leaving is offered calmly, and staying is the primary way")
{
    auto screen = sample::item(Language::ru);
    screen.dialog = TestDialog::Leave;
    Stage stage(screen);
    CHECK(stage.tap<LeaveTest>("dialog.leave"));
    CHECK(Stage(screen).press<StayInTest>(Key::Enter));
}

TEST_CASE("an answer is called saved only when nothing says otherwise")
{
    auto screen = sample::item(Language::ru);
    const auto& saved = all_words().say(Language::ru, "screen.item.saved");
    CHECK(Stage(screen).probe.registry().shows(saved));
    screen.notice = Notice{"Ответ не сохранён", "Диск переполнен. Позовите мастера смены.", true};
    CHECK_FALSE(Stage(screen).probe.registry().shows(saved));
}

TEST_CASE("a result shows the score, the mark and what to read again, and leads to the duties")
{
    Stage stage(sample::result(Language::ru, false));
    CHECK(stage.probe.registry().shows("12 из 20, нужно 14"));
    CHECK(stage.probe.registry().shows("Следующая попытка с 28 ноября"));
    CHECK(stage.tap<OpenParagraph>("result.read.anti-corruption-code#4.2")->reference == "anti-corruption-code#4.2");
    CHECK(stage.tap<ShowDuties>("result.duties"));
    CHECK(stage.press<ShowDuties>(Key::Enter));
}

TEST_CASE("when every topic is known there is nothing to read again")
{
    auto screen = sample::result(Language::ru, true);
    screen.read_again.clear();
    Stage stage(screen);
    CHECK(stage.probe.registry().shows(all_words().say(Language::ru, "screen.result.nothing")));
}
