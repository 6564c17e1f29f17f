#include "tests/quizzes/formats/told.hpp"

using namespace adal;
using namespace adal::quizzes;
using namespace adal::quizzes::formats;

namespace {
Imported moodle(const std::string& questions)
{
    return told::read(import_moodle_xml(told::bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n" + questions + "\n</quiz>"), "m.xml"));
}
std::string question(const std::string& type, const std::string& rest)
{
    return "<question type=\"" + type + "\"><name><text>q-1</text></name><questiontext format=\"html\"><text><![CDATA[<p>What?</p>]]></text></questiontext>" + rest + "</question>";
}
std::string answer(const std::string& fraction, const std::string& text) { return "<answer fraction=\"" + fraction + "\"><text>" + text + "</text><feedback><text></text></feedback></answer>"; }
} // namespace

TEST_CASE("a choice of Moodle with category, CDATA, feedback, tags and points")
{
    const auto imported = moodle(R"(<!-- question: 0 -->
<question type="category"><category><text>$course$/top/gifts</text></category></question>
<question type="multichoice">
  <name><text>gifts-07</text></name>
  <questiontext format="html"><text><![CDATA[<p>A supplier&rsquo;s <em>gift</em> &amp; a tender:<br>what now?</p>]]></text></questiontext>
  <generalfeedback format="html"><text>See 2.4.</text></generalfeedback>
  <defaultgrade>2.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden><idnumber></idnumber>
  <single>false</single><shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>
  <correctfeedback format="html"><text></text></correctfeedback>
  <answer fraction="33.33333" format="html"><text><![CDATA[<p>Decline</p>]]></text><feedback format="html"><text>Yes</text></feedback></answer>
  <answer fraction="33.33333"><text>Tell</text></answer>
  <answer fraction="33.33333"><text>Note</text></answer>
  <answer fraction="-100"><text>Take it &lt;b&gt;now&lt;/b&gt;</text></answer>
  <tags><tag><text>hard</text></tag></tags>
</question>)");
    const auto& item = told::only(imported);
    CHECK(item.id == ItemId{"gifts-07"});
    CHECK(item.stem == "A supplier’s gift & a tender:\nwhat now?");
    CHECK(item.kind == ItemKind::MultipleChoice);
    CHECK(item.credit == Credit::AllOrNothing);
    CHECK(item.points == 2);
    CHECK(item.feedback == "See 2.4.");
    CHECK(item.choices[0] == AuthoredChoice{"Decline", "Yes", true});
    CHECK(item.choices[3].text == "Take it now");
    CHECK(item.difficulty == Difficulty::Hard);
    CHECK(told::lines(imported.losses) == "15 gifts-07 formats.loss.formatting\n7 gifts-07 formats.loss.formatting\n9 gifts-07 formats.loss.setting\n");
}

TEST_CASE("the other kinds of Moodle")
{
    CHECK(told::only(moodle(question("truefalse", answer("100", "false") + answer("0", "true")))).choices[1].is_right);
    const auto match = told::only(moodle(question("matching", "<subquestion format=\"html\"><text>a</text><answer><text>1</text></answer></subquestion>"
                                                        "<subquestion><text>b</text><answer><text>2</text></answer></subquestion>"
                                                        "<subquestion><text></text><answer><text>3</text></answer></subquestion>")));
    CHECK(match.targets == std::vector<std::string>{"1", "2", "3"});
    CHECK(match.choices[1].target == 1);
    CHECK(told::only(moodle(question("ordering", answer("1", "first") + answer("2", "then")))).kind == ItemKind::Order);
    const auto words = told::only(moodle(question("shortanswer", "<usecase>1</usecase>" + answer("100", "office") + answer("50", "5 \\* 6"))));
    CHECK(words.folding == Folding::Nothing);
    CHECK(words.spellings == std::vector<Spelling>{{"office"}, {"5 * 6", 5'000'000}});
    const auto number = told::only(moodle(question("numerical", "<answer fraction=\"100\"><text>1.5E3</text><tolerance>2.50000</tolerance></answer>")));
    CHECK(number.numbers == std::vector<AuthoredNumber>{{*decimal_from("1500"), *decimal_from("2.5")}});
}

TEST_CASE("what we cannot hold of Moodle is told by item and line")
{
    CHECK(told::lines(moodle(question("cloze", "") + "\n" + question("essay", "") + "\n" + question("calculated", "")).losses) ==
          "3 q-1 formats.loss.kind\n4 q-1-2 formats.loss.name\n4 q-1-2 formats.loss.kind\n5 q-1-3 formats.loss.name\n5 q-1-3 formats.loss.kind\n");
    CHECK(told::lines(moodle(question("shortanswer", answer("100", "office") + answer("0", "*"))).losses) == "3 q-1 formats.loss.pattern\n");
    CHECK(told::lines(moodle(question("numerical", answer("100", "3") + "<units><unit><multiplier>1</multiplier><unit_name>kg</unit_name></unit></units>")).losses) ==
          "3 q-1 formats.loss.setting\n");
    CHECK(told::lines(moodle(question("truefalse", answer("100", "true") + answer("0", "false") + "<hint><text>Think</text></hint><defaultgrade>0.5</defaultgrade>")).losses) ==
          "3 q-1 formats.loss.setting\n3 q-1 formats.loss.setting\n");
    CHECK(told::lines(moodle(question("multichoice", answer("0", "a") + answer("0", "b"))).losses) == "3 q-1 check.gift.weights\n");
}

TEST_CASE("a picture comes with its bytes, whether as a file or in the text")
{
    const std::string file = "<question type=\"truefalse\"><name><text>q-1</text></name><questiontext format=\"html\"><text><![CDATA[Look: <img src=\"@@PLUGINFILE@@/my%20scale.PNG\" alt=\"A scale\"/>]]></text>"
                             "<file name=\"my scale.PNG\" path=\"/\" encoding=\"base64\">aGVs\nbG8=</file></questiontext>" + answer("100", "true") + answer("0", "false") + "</question>";
    CHECK(told::only(moodle(file)).picture == AuthoredPicture{"my-scale.png", "A scale", told::bytes("hello")});
    const std::string inside = "<question type=\"truefalse\"><name><text>q-1</text></name><questiontext format=\"html\"><text><![CDATA[Look: <img src=\"data:image/png;base64,aGVsbG8=\">]]></text></questiontext>" +
                               answer("100", "true") + answer("0", "false") + "</question>";
    CHECK(told::only(moodle(inside)).picture == AuthoredPicture{"picture.png", "", told::bytes("hello")});
}

TEST_CASE("the file may be UTF-16; what is no Moodle XML is refused with its line")
{
    const std::string text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><quiz>" + question("truefalse", answer("100", "true") + answer("0", "false")) + "</quiz>";
    std::string wide = "\xFF\xFE";
    for (const char c : text) wide += {c, '\0'};
    CHECK(told::only(told::read(import_moodle_xml(told::bytes(wide), "m.xml"))).stem == "What?");
    CHECK_FALSE(import_moodle_xml(told::bytes("<quiz>\n<question"), "m.xml"));
    CHECK_FALSE(import_moodle_xml(told::bytes("<html></html>"), "m.xml"));
    CHECK_FALSE(import_moodle_xml({}, "m.xml"));
}
