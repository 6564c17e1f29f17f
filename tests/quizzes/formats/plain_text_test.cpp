#include "quizzes/formats/plain_text.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::quizzes::formats;

TEST_CASE("HTML becomes words, paragraph by paragraph")
{
    CHECK(from_html("<p>One&nbsp;two</p>\n<p dir=\"ltr\">Three<br/>four</p>").text == "One two\nThree\nfour");
    CHECK(from_html("a &lt; b &amp;&#171;c&#xBB; &unknown; d & e").text == "a < b &«c» &unknown; d & e");
    CHECK(from_html("2 < 3 and 4<5").text == "2 < 3 and 4<5");
    CHECK(from_html("one<!-- <b>hidden</b> -->two").text == "onetwo");
    CHECK(from_html("10<sup>2</sup> H<sub>2</sub>O").text == "10² H₂O");
    CHECK(from_html("<p>unclosed <a href=\"x").text == "unclosed");
}

TEST_CASE("formatting that stays behind is named, the words are kept")
{
    const auto text = from_html("<p>Do <b>not</b> take <span style=\"color:red\">it</span></p><ul><li>one</li></ul>");
    CHECK(text.text == "Do not take it\n– one");
    CHECK(text.tags == std::set<std::string>{"b", "li", "style", "ul"});
    CHECK(from_html("<audio src='a.mp3'></audio>x").losses.contains(TextLoss::Media));
    CHECK(from_html("plain <br> text").losses.empty());
}

TEST_CASE("pictures are named with what is said instead")
{
    const auto text = from_html("See <img alt='A &quot;scale&quot;' src=\"@@PLUGINFILE@@/scale.png\"> here");
    CHECK(text.text == "See here");
    REQUIRE(text.pictures.size() == 1);
    CHECK(text.pictures[0].source == "@@PLUGINFILE@@/scale.png");
    CHECK(text.pictures[0].alternative == "A \"scale\"");
}

TEST_CASE("text is made as our bank wants it")
{
    CHECK(tidied("  a\t b \n\n c ").text == "a b\nc");
    CHECK(tidied("и\u0306").text == "й");
    CHECK(tidied("15\u00A0000\u00A0тенге").text == "15\u00A0000 тенге");
    CHECK(tidied("a\xFF" "b").text == "a?b");
    CHECK(tidied("a\xFF" "b").losses.contains(TextLoss::Letters));
    CHECK(tidied("\u0301x").text == "\u25CC\u0301x"); // alone it would become part of the sign before it
}

TEST_CASE("files come in UTF-8, UTF-16 of both orders, and what Windows wrote before")
{
    const std::string text = "Қазақ <?";
    std::string little = "\xFF\xFE", big = "\xFE\xFF";
    for (const char16_t unit : std::u16string{u"Қазақ <?"}) {
        little += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
        big += {static_cast<char>(unit >> 8), static_cast<char>(unit & 0xFF)};
    }
    CHECK(utf8_of(bytes_of(little)) == text);
    CHECK(utf8_of(bytes_of(big)) == text);
    const std::string marked = "\xEF\xBB\xBF" + text + "\r\n", russian = "\xCF\xEE\xE4\xE0\xF0\xEE\xEA", french = "Un caf\xE9 noir";
    CHECK(utf8_of(bytes_of(marked)) == text + "\n");
    CHECK(utf8_of(bytes_of(russian)) == "Подарок");
    CHECK(utf8_of(bytes_of(french)) == "Un café noir");
}
