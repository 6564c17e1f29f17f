#include "tests/app/screens/stage.hpp"

using namespace adal;
using namespace adal::screens;

namespace {
const widgets::Size displays[]{{1280, 800}, {1920, 1080}, {1024, 768}};
}

TEST_CASE("no kind of question loses a word in any language, text size and display")
{
    for (auto language : all_languages)
        for (const auto& shown : sample::items(language))
            for (const auto& size : displays)
                for (int text_size : {1, 2, 3}) {
                    CAPTURE(shown.name);
                    CAPTURE(std::string(code(language)));
                    CAPTURE(size.w);
                    CAPTURE(text_size);
                    widgets::Settings settings;
                    settings.text_size = text_size;
                    Stage stage(shown.state, size, settings, language);
                    for (const auto& fault : stage.probe.faults()) FAIL_CHECK(fault);
                }
}

TEST_CASE("matching is two taps, and all pairs can be freed at once")
{
    Stage stage(sample::matching(Language::kk));
    CHECK(stage.tap<SelectChoice>("item.option.D")->choice == ChoiceId{"D"});
    CHECK(stage.tap<SelectTarget>("item.target.R")->target == ChoiceId{"R"});
    CHECK(stage.tap<ClearResponse>("item.clear"));
}

TEST_CASE("an order is made by arrows, and the ends have none that lead out")
{
    Stage stage(sample::ordering(Language::ru));
    const auto up = stage.tap<MoveChoice>("item.up.A");
    CHECK(up->by == -1);
    CHECK(up->choice == ChoiceId{"A"});
    CHECK(stage.tap<MoveChoice>("item.down.B")->by == 1);
    stage.wanted.reset();
    stage.probe.click("item.up.B"); // the first
    CHECK_FALSE(stage.wanted);
}

TEST_CASE("a number is typed on the keypad, too")
{
    Stage stage(sample::numeric(Language::en, true));
    CHECK(stage.tap<TypeResponse>("keypad.5")->text == "105");
    CHECK(stage.tap<TypeResponse>("item.comma")->text == "10,");
    CHECK(stage.tap<TypeResponse>("keypad.erase")->text == "1");
    CHECK(stage.tap<TypeResponse>("keypad.clear")->text.empty());
}

TEST_CASE("a test that goes only forward offers no way back and no flag")
{
    Stage stage(sample::in_words(Language::kk));
    CHECK(stage.probe.find("item.back") == nullptr);
    CHECK(stage.probe.find("item.flag") == nullptr);
    CHECK(stage.tap<GoToItem>("item.next")->number == 13);
}
