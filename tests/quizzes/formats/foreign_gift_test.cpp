#include "tests/quizzes/formats/told.hpp"

using namespace adal;
using namespace adal::quizzes;
using namespace adal::quizzes::formats;

namespace {
Imported gift(const std::string& text) { return told::read(import_gift(told::bytes(text), "f.gift")); }
} // namespace

TEST_CASE("names may be missing, strange or given twice")
{
    const auto imported = gift("What?{=a ~b}\n\n::Подарки: вопрос 1::What?{=a ~b}\n\n::Подарки: вопрос 1::What?{=a ~b}\n\n::gifts-01::What?{T}");
    REQUIRE(imported.content.items.size() == 4);
    CHECK(imported.content.items[0].id == ItemId{"item-01"});
    CHECK(imported.content.items[1].id == ItemId{"podarki-vopros-1"});
    CHECK(imported.content.items[2].id == ItemId{"podarki-vopros-1-2"});
    CHECK(imported.content.items[3].id == ItemId{"gifts-01"});
    CHECK(told::lines(imported.losses) == "3 podarki-vopros-1 formats.loss.name\n5 podarki-vopros-1-2 formats.loss.name\n");
}

TEST_CASE("categories of Moodle are topics")
{
    const auto imported = gift("$CATEGORY: $course$/top/gifts\n\nA?{T}\n\n$CATEGORY: $course$/top/Сыйлықтар/Шек\n\nB?{F}\n\nC?{F}");
    CHECK(imported.content.items[0].topic == TopicId{"gifts"});
    CHECK(imported.content.items[0].id == ItemId{"gifts-01"});
    CHECK(imported.content.items[1].topic == TopicId{"syilyqtar-shek"});
    CHECK(told::lines(imported.losses) == "5 syilyqtar-shek formats.loss.topic\n");
}

TEST_CASE("blank lines in braces, comments, answers on one line, items without a line between")
{
    const auto imported = gift("\xEF\xBB\xBF// first\r\n::a::Which?{\r\n\r\n=Yes\r\n// not this\r\n\r\n~No\r\n}\r\n::b::Now?{=Yes#Right ~No#Wrong\\: see 2.4}\r\n\r\n::c::\r\nLast?\r\n{T}");
    REQUIRE(imported.content.items.size() == 3);
    CHECK(imported.content.items[0].choices.size() == 2);
    CHECK(imported.content.items[0].line == 2);
    CHECK(imported.content.items[1].choices[1].feedback == "Wrong: see 2.4");
    CHECK(imported.content.items[2].stem == "Last?");
    CHECK(told::lines(imported.losses) == "");
}

TEST_CASE("texts may be HTML, and say so or not")
{
    const auto marked = gift("::a::[html]<p>What is <b>this</b>?</p><p>5 &lt; 6</p>{=<p>One</p> ~Two}");
    CHECK(told::only(marked).stem == "What is this?\n5 < 6");
    CHECK(told::only(marked).choices[0].text == "One");
    CHECK(told::lines(marked.losses) == "1 a formats.loss.formatting\n");
    CHECK(told::only(gift("::a::[plain]Is 5 <b> 6?{T}")).stem == "Is 5 <b> 6?");
    CHECK(told::only(gift("::a::Is a<b?{T}")).stem == "Is a<b?");
    CHECK(told::only(gift("::a::[moodle]One<br>two?{T}")).stem == "One\ntwo?");
    CHECK(told::lines(gift("::a::[markdown]Is *this* so?{T}").losses) == "1 a formats.loss.formatting\n");
    CHECK(told::lines(gift("::a::[html]Is <img src=\"@@PLUGINFILE@@/a.png\"> so?{T}").losses) == "1 a formats.loss.picture\n");
}

TEST_CASE("a gap in a sentence is a line in the stem")
{
    CHECK(told::only(gift("::a::Two plus {=two ~three} are four.")).stem == "Two plus _____ are four.");
}

TEST_CASE("kinds we do not have are refused by name and line, the others are read")
{
    const auto imported = gift("::essay::Tell us.{}\n\n::text::A story without a question.\n\n::pattern::Who?{=*office* =compliance}\n\n::open::What?{=a ~b\n\n::next::What?{=a ~b}");
    CHECK(told::lines(imported.losses) == "1 essay formats.loss.kind\n3 text formats.loss.description\n5 pattern formats.loss.pattern\n7 open check.gift.braces\n");
    REQUIRE(imported.content.items.size() == 2);
    CHECK(imported.content.items[0].spellings == std::vector<Spelling>{{"compliance"}});
    CHECK(imported.content.items[1].id == ItemId{"next"});
    CHECK(imported.content.scenarios.size() == 1);
}

TEST_CASE("weights, numbers and pairs of other programs")
{
    CHECK(told::only(gift("::a::All?{~%33.333%a ~%33.333%b ~%33.333%c ~%-100%d}")).credit == Credit::AllOrNothing);
    CHECK(told::only(gift("::a::One?{=a ~%50%b =c}")).credit == Credit::Partial);
    CHECK(told::only(gift("::a::When?{#=1822:0#Yes =%50%1822:2#Nearly}")).numbers[1].weight == 5'000'000);
    CHECK(told::only(gift("::a::How many?{#1..5}")).numbers[0].tolerance == *decimal_from("2"));
    CHECK(told::lines(gift("::a::How many?{#=3 =%0%*#No}").losses) == "1 a formats.loss.number\n");
    CHECK(told::only(gift("::a::Match.{=a -> 1 =b -> 2 = -> 3}")).targets.size() == 3);
}

TEST_CASE("tags: ours are understood, others are told")
{
    const auto imported = gift("// [id:7] [tag:easy] [tag:ref:code#1.1] [tag:week 3]\n::a::So?{T}");
    CHECK(told::only(imported).difficulty == Difficulty::Easy);
    CHECK(told::only(imported).reference == "code#1.1");
    CHECK(told::lines(imported.losses) == "2 a formats.loss.tag\n2 a formats.loss.tag\n");
}

TEST_CASE("a file that is no GIFT is refused")
{
    CHECK_FALSE(import_gift({}, "f.gift"));
    CHECK_FALSE(import_gift(told::bytes(std::string{"PK\x03\x04\0\0\0", 7}), "f.gift"));
}
