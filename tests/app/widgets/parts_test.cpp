#include "app/widgets/parts.hpp"
#include "app/widgets/probe.hpp"
#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace adal::widgets;
using adal::window::Key;

namespace {

Header header_of(std::string_view language)
{
    Header h;
    h.demo = "Үлгі";
    h.place = "Балқаш · механика цехы · Т-07";
    h.place_short = "Балқаш · Т-07";
    h.person = "Айгерім С.";
    h.saved = "Осында сақталды";
    h.at_hq = "Байланыс болғанда жіберіледі";
    h.clock = "14:05";
    h.languages = {{"language.kk", "Қаз"}, {"language.ru", "Рус"}, {"language.en", "Eng"}};
    h.language = language;
    return h;
}

const PaletteWords words = {"Сұрақтар", "7 / 20", "жауап берілді", "белгіленді", "жауапсыз", "Жоғары", "Төмен"};

} // namespace

TEST_CASE("the header fits every display and answers the language that was tapped")
{
    for (const Size size : {Size{1024, 768}, Size{1280, 800}, Size{1920, 1080}}) {
        std::string chosen;
        bool person = false;
        Probe probe(size, [&](Frame& f) {
            page(f);
            const auto touch = header(f, header_of("language.kk"));
            if (!touch.language.empty()) chosen = touch.language;
            person = person || touch.person;
        });
        CHECK(probe.faults() == std::vector<std::string>{});
        CHECK(probe.click("language.ru"));
        CHECK(chosen == "language.ru");
        chosen.clear();
        CHECK(probe.click("language.kk")); // the current one changes nothing
        CHECK(chosen.empty());
        CHECK(probe.click("header.person"));
        CHECK(person);
    }
}

TEST_CASE("a disabled button is not pressed and keeps its reason for the voice")
{
    int pressed = 0;
    Probe probe({1280, 800}, [&](Frame& f) {
        if (button(f, {40, 40, 440, 72},
                   {.id = "enter",
                    .label = "Войти",
                    .kind = Kind::Primary,
                    .enabled = false,
                    .reason = "после шести цифр"}))
            ++pressed;
    });
    CHECK_FALSE(probe.click("enter"));
    probe.press(Key::Enter);
    CHECK(pressed == 0);
    CHECK(probe.find("enter")->value == "после шести цифр");
}

TEST_CASE("a label that is too long for its button gets smaller letters, then lines, then is found out")
{
    const auto faults = [](float width) {
        return Probe({1280, 800},
                     [width](Frame& f) {
                         button(f, {40, 40, width, 64},
                                {.id = "b", .label = "Не согласен с результатом проверки", .icon = Icon::Scale});
                     })
            .faults();
    };
    CHECK(faults(420).empty());
    CHECK(faults(260).empty());
    CHECK(faults(208).empty());
    CHECK(faults(110).size() == 1);
}

TEST_CASE("the keypad hears taps and keys and fills six digits")
{
    std::string pin;
    Probe probe({1280, 800}, [&](Frame& f) {
        if (const auto key =
                keypad(f, {800, 104, 440, keypad_height(100)}, {.clear = "Стереть", .erase = "Стереть одну"}))
            press(pin, *key, 6);
        pin_dots(f, {40, 400, 700, 90},
                 {.filled = static_cast<int>(pin.size()), .words = fmt::format("{} из 6", pin.size())});
    });
    for (const auto* key : {"keypad.1", "keypad.9", "keypad.0"}) CHECK(probe.click(key));
    probe.press(Key::Digit4);
    CHECK(pin == "1904");
    probe.press(Key::Backspace);
    CHECK(pin == "190");
    for (int i = 0; i < 9; ++i) probe.press(Key::Digit7);
    CHECK(pin == "190777");
    CHECK(probe.click("keypad.erase"));
    CHECK(pin == "19077");
    CHECK(probe.click("keypad.clear"));
    CHECK(pin.empty());
    CHECK(probe.faults().empty());
}

TEST_CASE("the palette pages where its cells do not fit, beginning with the current question")
{
    std::vector<Cell> cells(20);
    cells[14].current = true;
    std::optional<std::size_t> tapped;
    Probe probe({1024, 768}, [&](Frame& f) {
        if (const auto index = palette(f, {824, 174, palette_width(f), 478}, cells, words)) tapped = index;
    });
    CHECK(probe.find("palette.15") != nullptr);
    CHECK(probe.find("palette.1") == nullptr);
    CHECK(probe.click("palette.up"));
    CHECK(probe.find("palette.1") != nullptr);
    CHECK(probe.click("palette.1"));
    CHECK(tapped == 0);
    CHECK(probe.faults().empty());
}

TEST_CASE("the palette shows all its cells and its legend on a wide display")
{
    std::vector<Cell> cells(20);
    cells[2] = {.answered = true, .flagged = true};
    const Probe probe({1280, 800}, [&](Frame& f) { palette(f, {960, 174, palette_width(f), 510}, cells, words); });
    CHECK(probe.find("palette.20") != nullptr);
    CHECK(probe.find("palette.3")->value == "жауап берілді, белгіленді");
    CHECK(probe.registry().shows("жауапсыз"));
    CHECK(probe.faults().empty());
}

TEST_CASE("options keep their height when one is chosen, in every text size")
{
    for (int size = 1; size <= 3; ++size) {
        float before = 0, after = 0;
        const Probe probe(
            {1280, 800},
            [&](Frame& f) {
                Option o{.id = "a",
                         .number = 1,
                         .text = "Сыпайы бас тартып, сол күні комплаенс-қызметке хабарлау керек және күту керек"};
                before = option_height(f, 600, o);
                o.selected = true;
                after = option_height(f, 600, o);
                option(f, {40, 40, 600, after}, o);
            },
            {.text_size = size});
        CHECK(before == after);
        CHECK(probe.faults().empty());
    }
}

TEST_CASE("a banner is as high as it said")
{
    const Banner b{
        .tone = Tone::Patina,
        .icon = Icon::Check,
        .strong = "Верно",
        .plain = "Одного отказа мало: следующий кладовщик может согласиться. Сообщение защищает и Айнур, и смену.",
        .more = "Кодекс, пункты 4.1 и 7.2",
        .large = true};
    for (int size = 1; size <= 3; ++size) {
        float said = 0, drawn = 0;
        const Probe probe({1280, 800},
                          [&](Frame& f) {
                              said = banner_height(f, 616, b);
                              drawn = banner(f, {40, 40, 616, 0}, b);
                          },
                          {.text_size = size});
        CHECK(said == drawn);
        CHECK(probe.faults().empty());
    }
}

TEST_CASE("a field takes no more letters than it may, and only digits where only digits are wanted")
{
    std::string value;
    Probe probe({1280, 800}, [&](Frame& f) {
        field(f, {40, 40, 400, 94}, {.id = "number", .label = "Табельный номер", .most = 6, .digits_only = true},
              value);
    });
    CHECK(probe.click("number"));
    probe.type("204 117 999");
    CHECK(value == "204117");
}
