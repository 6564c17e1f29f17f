#include "quizzes/gift.hpp"
#include <algorithm>
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::quizzes;

namespace {
AuthoredItem only(const std::string& source)
{
    const auto reading = read_gift(source, "kk.gift");
    for (const auto& finding : reading.findings) FAIL_CHECK(finding.line << ": " << finding.key);
    REQUIRE(reading.items.size() == 1);
    return reading.items.front();
}

/// "3 check.gift.weights": the first fault found.
std::string fault(const std::string& source)
{
    const auto reading = read_gift(source, "kk.gift");
    return reading.findings.empty()
               ? ""
               : std::to_string(reading.findings.front().line) + " " + reading.findings.front().key;
}

const std::string whole = R"(// Gifts, written with the compliance office.
$CATEGORY: gifts

// [tag:medium] [tag:ref:anti-corruption-code#4.2]
::gifts-01::A contractor offers
you a watch. What do you do?{
=Decline and tell compliance
~Take it
~Take it\: it is a holiday \~ once
}
)";
} // namespace

TEST_CASE("a single-choice item is read with its topic, tags and key")
{
    const auto item = only(whole);
    CHECK(item.id == ItemId{"gifts-01"});
    CHECK(item.kind == ItemKind::SingleChoice);
    CHECK(item.topic == TopicId{"gifts"});
    CHECK(item.difficulty == Difficulty::Medium);
    CHECK(item.reference == "anti-corruption-code#4.2");
    CHECK(item.stem == "A contractor offers you a watch. What do you do?");
    REQUIRE(item.choices.size() == 3);
    CHECK(item.choices[0].is_right);
    CHECK_FALSE(item.choices[1].is_right);
    CHECK(item.choices[2].text == "Take it: it is a holiday ~ once");
    CHECK(item.line == 5);
}

TEST_CASE("a byte-order mark and Windows line ends change nothing")
{
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : whole) windows += c == '\n' ? std::string{"\r\n"} : std::string(1, c);
    CHECK(only(windows).choices[2].text == only(whole).choices[2].text);
    CHECK(only(windows).line == 5);
}

TEST_CASE("all that apply: the rights share a hundred")
{
    const auto item = only("::a-01::Choose all that apply.{\n~%50%One\n~%50%Two\n~%-100%Three\n}");
    CHECK(item.kind == ItemKind::MultipleChoice);
    CHECK(item.choices[1].is_right);
    CHECK_FALSE(item.choices[2].is_right);
    CHECK(only("::a-01::All?{~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d}").choices.size() == 4);
}

TEST_CASE("weights that do not share a hundred are refused")
{
    CHECK(fault("::a-01::All?{\n~%50%One\n~%40%Two\n~%-100%Three\n}") == "1 check.gift.weights");
    CHECK(fault("::a-01::All?{~%150%One ~%50%Two ~Three}") == "1 check.gift.weights");
    CHECK(fault("::a-01::All?{\n~%half%One\n~%-100%Two}") == "2 check.gift.weights");
    CHECK(fault("::a-01::One?{\n=%50%One\n~%20%Two}") == "1 check.gift.weights");
}

TEST_CASE("true and false are choices without text")
{
    const auto item = only("::a-01::A gift card is money.{T}");
    CHECK(item.kind == ItemKind::TrueFalse);
    CHECK(item.choices[0].is_right);
    CHECK_FALSE(only("::a-01::It is not.{FALSE}").choices[0].is_right);
}

TEST_CASE("feedback stands after the hash, a wrong answer's first where the item is true or false")
{
    const auto item = only("::a-01::What?{\n=Refuse#Right.\n~Take#See 4.2.\n}");
    CHECK(item.choices[0].feedback == "Right.");
    CHECK(item.choices[1].feedback == "See 4.2.");
    const auto statement = only("::a-01::True?{F#Look again.#Yes.}");
    CHECK(statement.choices[0].feedback == "Look again.");
    CHECK(statement.choices[1].feedback == "Yes.");
}

TEST_CASE("escaped signs are text")
{
    const auto item = only(R"(::a-01::5 \= 5, \{so\} \# \~ 10\:30\nand \\ on{=a\=b ~c\#d})");
    CHECK(item.stem == "5 = 5, {so} # ~ 10:30\nand \\ on");
    CHECK(item.choices[0].text == "a=b");
    CHECK(item.choices[1].text == "c#d");
    CHECK(fault(R"(::a-01::5 \x{=a ~b})") == "1 check.gift.escape");
}

TEST_CASE("comments may stand anywhere a line begins")
{
    const auto item = only("// one\n\n// two\n::a-01::What\n// three\nnow?{\n// four\n=a\n~b\n}\n// five");
    CHECK(item.stem == "What now?");
    CHECK(item.choices.size() == 2);
    CHECK(item.line == 4);
}

TEST_CASE("every fault is found where it stands")
{
    CHECK(fault("\n\nWhat?{=a ~b}") == "3 check.gift.name_missing");
    CHECK(fault("::Gifts 1::What?{=a ~b}") == "1 check.gift.name");
    CHECK(fault("::a-01::What?{=a ~b}\n\n::a-01::What?{=a ~b}") == "3 check.gift.twice");
    CHECK(fault("::a-01::What?\n{=a\n\n~b}") == "2 check.gift.braces");
    CHECK(fault("::a-01::What? } {=a ~b}") == "1 check.gift.braces");
    CHECK(fault("::a-01::Fill in {=a ~b} here") == "1 check.gift.tail");
    CHECK(fault("::a-01::{=a ~b}") == "1 check.gift.stem_empty");
    CHECK(fault("::a-01::What?{=a =b ~c}") == "1 check.gift.one_right");
    CHECK(fault("::a-01::What?{~a ~b}") == "1 check.gift.one_right");
    CHECK(fault("::a-01::What?{~a}") == "1 check.gift.choice_count");
    CHECK(fault("::a-01::What?{=a ~}") == "1 check.gift.choice_empty");
    CHECK(fault("::a-01::What?{=a ~b ~b}") == "1 check.gift.choice_twice");
    CHECK(fault("::a-01::What?{#3:wide}") == "1 check.gift.number");
    CHECK(fault("::a-01::What?{#5..1}") == "1 check.gift.number");
    CHECK(fault("::a-01::What?{#=%50%1}") == "1 check.gift.number");
    CHECK(fault("::a-01::What?{=Ast*}") == "1 check.gift.wildcard");
    CHECK(fault("::a-01::What?{=a =a}") == "1 check.gift.spelling");
    CHECK(fault("::a-01::What?{=a -> b =c}") == "1 check.gift.match");
    CHECK(fault("::a-01::What?{=a -> b =a -> c}") == "1 check.gift.choice_twice");
    CHECK(fault("::a-01::What? ![a scale](../scale.svg){=a ~b}") == "1 check.gift.picture");
    CHECK(fault("::a-01::What?{}") == "1 check.gift.kind");
    CHECK(fault("::a-01::[html]<b>What?</b>{=a ~b}") == "1 check.gift.kind");
    CHECK(fault("$CATEGORY: $course$/top\n\n") == "1 check.gift.category");
    CHECK(fault("// [tag:heavy]\n::a-01::What?{=a ~b}") == "1 check.gift.tag");
    CHECK(fault("// [tag:ref:code]\n::a-01::What?{=a ~b}") == "1 check.gift.tag");
    CHECK(fault("// [tag:easy]\n\n::a-01::What?{=a ~b}") == "1 check.gift.tags_alone");
}

TEST_CASE("text that is not in NFC is found by its line")
{
    CHECK(fault("::a-01::What?{\n=и\u0306\n~b}") == "2 check.text.not_nfc");
    CHECK(fault("::a-01::What?{\n=a\n~\xFF}") == "3 check.text.not_utf8");
}

TEST_CASE("a fault in one item leaves the others readable")
{
    const auto reading = read_gift("::a-01::What?{~a}\n\n::a-02::What?{=a ~b}", "kk.gift");
    CHECK(reading.items.size() == 1);
    CHECK(reading.findings.size() == 1);
    CHECK(reading.findings.front().file == "kk.gift");
}

TEST_CASE("no beginning of a file is too short to be refused calmly")
{
    for (std::size_t length = 0; length <= whole.size(); ++length)
        CHECK(read_gift(std::string_view{whole}.substr(0, length), "kk.gift").items.size() <= 1);
}

TEST_CASE("a category right below an item is refused: it would become that item's topic")
{
    CHECK(fault(whole + "$CATEGORY: speak-up\n") == "11 check.gift.category_place");
    CHECK(fault(whole + "\n$CATEGORY: speak-up\n") == "");
}

TEST_CASE("an item cannot be both easy and hard, nor be answered in two places")
{
    CHECK(fault("// [tag:easy] [tag:hard]\n::gifts-01::A?{T}") == "1 check.gift.tag_twice");
    CHECK(fault("// [tag:ref:code#1.1]\n// [tag:ref:code#1.2]\n::gifts-01::A?{T}") == "2 check.gift.tag_twice");
}

TEST_CASE("a backslash before nothing is refused")
{
    CHECK(fault("::gifts-01::A?{\n=Yes\\\n~No\n}") == "2 check.gift.escape");
    CHECK(fault("::gifts-01::A?\\ {T}") == "1 check.gift.escape");
}

TEST_CASE("weights that are not all or nothing give a part")
{
    const auto item = only("::a-01::All?{~%60%One ~%40%Two ~%-50%Three ~Four}");
    CHECK(item.kind == ItemKind::MultipleChoice);
    CHECK(item.credit == Credit::Partial);
    CHECK(item.choices[0].weight == 6'000'000);
    CHECK(item.choices[2].weight == -5'000'000);
    CHECK(item.choices[1].is_right);
    CHECK_FALSE(item.choices[3].is_right);
    const auto single = only("::a-01::Which?{=Report it ~%50%Refuse ~Take it}");
    CHECK(single.kind == ItemKind::SingleChoice);
    CHECK(single.credit == Credit::Partial);
    CHECK(single.choices[1].weight == 5'000'000);
    CHECK_FALSE(single.choices[1].is_right);
    CHECK(only("::a-01::All?{~%33%One ~%33%Two ~%33%Three ~%-100%Four}").credit == Credit::AllOrNothing);
}

TEST_CASE("a match has sources, targets, and targets to which nothing belongs")
{
    const auto item = only("::a-01::What belongs together?{\n=A gift -> declined\n=A bribe -> reported\n=A tip -> declined\n= -> kept\n}");
    CHECK(item.kind == ItemKind::Match);
    CHECK(item.targets == std::vector<std::string>{"declined", "reported", "kept"});
    REQUIRE(item.choices.size() == 3);
    CHECK(item.choices[2].text == "A tip");
    CHECK(item.choices[2].target == 0);
}

TEST_CASE("numbers have a tolerance, a range or several weights")
{
    const auto one = only("::a-01::How much?{#3.5:0.25#A gift is worth this much at most.}").numbers;
    REQUIRE(one.size() == 1);
    CHECK(one[0] == AuthoredNumber{*decimal_from("3.5"), *decimal_from("0.25"), whole_weight, "A gift is worth this much at most."});
    CHECK(only("::a-01::How much?{#1..5}").numbers[0] == AuthoredNumber{*decimal_from("3"), *decimal_from("2")});
    const auto several = only("::a-01::When?{#\n=2015:0\n=%50%2015:2#Nearly.\n}").numbers;
    REQUIRE(several.size() == 2);
    CHECK(several[1] == AuthoredNumber{*decimal_from("2015"), *decimal_from("2"), 5'000'000, "Nearly."});
}

TEST_CASE("a text has several spellings")
{
    const auto item = only("::a-01::Who is told?{=the compliance  office =%50%compliance#Say office. =five \\*}");
    CHECK(item.kind == ItemKind::TextEntry);
    CHECK(item.spellings == std::vector<Spelling>{{"the compliance office"}, {"compliance", 5'000'000, "Say office."}, {"five *"}});
}

TEST_CASE("a stem may end with a picture, the answers with what everybody hears")
{
    const auto item = only("::a-01::Who is weighed? ![A lorry on the scales](scales.svg){=The lorry ~The driver####See 2.4.}");
    CHECK(item.stem == "Who is weighed?");
    CHECK(item.picture == AuthoredPicture{"scales.svg", "A lorry on the scales"});
    CHECK(item.feedback == "See 2.4.");
    CHECK(item.choices[1].text == "The driver");
}

TEST_CASE("a text without braces is what several items ask about")
{
    const auto reading = read_gift("$CATEGORY: gifts\n\n::tender::A tender is running \\{2026\\}.\n\n::gifts-01::Who?{=a ~b}\n", "kk.gift");
    CHECK(reading.findings.empty());
    REQUIRE(reading.texts.size() == 1);
    CHECK(reading.texts[0].id == ScenarioId{"tender"});
    CHECK(reading.texts[0].text == "A tender is running {2026}.");
    CHECK(reading.texts[0].line == 3);
    CHECK(reading.items.size() == 1);
}
