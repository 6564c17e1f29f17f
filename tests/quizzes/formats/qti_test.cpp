#include "tests/quizzes/formats/told.hpp"

using namespace adal;
using namespace adal::quizzes;
using namespace adal::quizzes::formats;

namespace {
Imported qti(const std::string& page) { return told::read(import_qti({{"item.xml", told::bytes(page)}})); }

const std::string choice_2_1 = R"(<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="gifts-1" title="gifts-1" adaptive="false" timeDependent="false">
  <responseDeclaration identifier="R1" cardinality="multiple" baseType="identifier">
    <correctResponse><value>c1</value><value>c3</value></correctResponse>
    <mapping lowerBound="0" upperBound="2" defaultValue="-1"><mapEntry mapKey="c1" mappedValue="1"/><mapEntry mapKey="c3" mappedValue="1"/></mapping>
  </responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
  <itemBody>
    <p>Which of these are <em>gifts</em>?</p><p>Two &lt; three.</p>
    <choiceInteraction responseIdentifier="R1" shuffle="true" maxChoices="0">
      <prompt>Choose all.</prompt>
      <simpleChoice identifier="c1" fixed="true">A watch</simpleChoice>
      <simpleChoice identifier="c2">A &amp; B <feedbackInline outcomeIdentifier="F" identifier="c2" showHide="show">No</feedbackInline></simpleChoice>
      <simpleChoice identifier="c3">Fuel</simpleChoice>
    </choiceInteraction>
  </itemBody>
  <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>
</assessmentItem>)";

const std::string text_3_0 = R"(<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="words" title="words" time-dependent="false">
<qti-response-declaration base-type="string" cardinality="single" identifier="RESPONSE">
<qti-correct-response><qti-value>office</qti-value></qti-correct-response>
<qti-mapping default-value="0"><qti-map-entry map-key="office" mapped-value="1" case-sensitive="false"/><qti-map-entry map-key="the board" mapped-value="0.5" case-sensitive="false"/></qti-mapping>
</qti-response-declaration>
<qti-item-body><p>Tell the <qti-text-entry-interaction response-identifier="RESPONSE"/> at once.</p></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>
</qti-assessment-item>)";
} // namespace

TEST_CASE("a choice of QTI 2.1 with a mapping")
{
    const auto imported = qti(choice_2_1);
    const auto& item = told::only(imported);
    CHECK(item.stem == "Which of these are gifts?\nTwo < three.\nChoose all.");
    CHECK(item.kind == ItemKind::MultipleChoice);
    CHECK(item.credit == Credit::Partial);
    CHECK(item.points == 2);
    CHECK(item.choices[1] == AuthoredChoice{"A & B", "No", false, -5'000'000});
    CHECK(item.choices[2].weight == 5'000'000);
    CHECK(told::lines(imported.losses) == "8 gifts-1 formats.loss.formatting\n12 gifts-1 formats.loss.setting\n");
}

TEST_CASE("prefixes of namespaces change nothing")
{
    auto prefixed = choice_2_1;
    for (std::size_t at = 0; (at = prefixed.find('<', at)) != std::string::npos; ++at) {
        const auto name = at + (prefixed[at + 1] == '/' ? 2 : 1);
        if (prefixed[name] != '?') prefixed.insert(name, "imsqti:");
    }
    prefixed.replace(prefixed.find("xmlns="), 6, "xmlns:imsqti=");
    CHECK(told::only(qti(prefixed)).choices == told::only(qti(choice_2_1)).choices);
}

TEST_CASE("a gap of QTI 3.0 with spellings")
{
    const auto imported = qti(text_3_0);
    CHECK(told::only(imported).stem == "Tell the _____ at once.");
    CHECK(told::only(imported).spellings == std::vector<Spelling>{{"office"}, {"the board", 5'000'000}});
    CHECK(told::only(imported).folding == Folding::Case);
}

TEST_CASE("a template's name is compared to its end, match_correct leaves the mapping alone")
{
    auto correct = choice_2_1;
    correct.replace(correct.find("map_response\""), 13, "match_correct\"");
    CHECK(told::only(qti(correct)).credit == Credit::AllOrNothing);
    auto strange = choice_2_1;
    strange.replace(strange.find("map_response\""), 13, "of_our_own\"");
    CHECK(told::lines(qti(strange).losses).find("17 gifts-1 formats.loss.setting") != std::string::npos);
}

TEST_CASE("what is no item of ours is told by name and line")
{
    const auto item = [](const std::string& body) { return "<assessmentItem identifier=\"q\" title=\"q\">\n<itemBody>" + body + "</itemBody></assessmentItem>"; };
    CHECK(told::lines(qti(item("<p>Tell us</p><extendedTextInteraction responseIdentifier=\"R\"/>")).losses) == "1 q formats.loss.kind\n");
    CHECK(told::lines(qti(item("<p>Nothing to answer</p>")).losses) == "1 q formats.loss.kind\n");
    CHECK_FALSE(import_qti({{"a.xml", told::bytes("<questestinterop/>")}}));
    CHECK_FALSE(import_qti({{"a.xml", told::bytes("<assessmentItem>")}}));
    CHECK_FALSE(import_qti({}));
}

TEST_CASE("a test names its items, sections, time and selection; a missing item is told")
{
    const std::string test = R"(<assessmentTest identifier="probation" title="Probation"><timeLimits maxTime="1200"/>
<testPart identifier="p" navigationMode="linear" submissionMode="individual"><assessmentSection identifier="s" title="Gifts" visible="true">
<selection select="1"/><ordering shuffle="true"/><assessmentItemRef identifier="i1" href="items/a.xml"><weight identifier="w" value="2"/></assessmentItemRef>
<assessmentItemRef identifier="i2" href="items/none.xml"/></assessmentSection></testPart></assessmentTest>)";
    const auto imported = told::read(import_qti({{"test.xml", told::bytes(test)}, {"items/a.xml", told::bytes(choice_2_1)}, {"broken.xml", told::bytes("<a>\n<b")}}));
    REQUIRE(imported.content.tests.size() == 1);
    CHECK(imported.content.tests[0] == AuthoredTest{{"probation"}, "Probation", {{"s", "Gifts", {{"gifts-1"}}, 1}}, 1200, true, true});
    const auto ours = text_of(bank_files(imported.content, Language::en).at("tests/probation.json"));
    const auto reading = read_test(ours, "probation.json");
    CHECK(told::lines(reading.findings) == "");
    CHECK(reading.test.item_count() == 1);
    CHECK(reading.test.time_limit == std::chrono::minutes{20});
    const auto losses = told::lines(imported.losses);
    CHECK(losses.find("3 probation formats.loss.setting\n") != std::string::npos);
    CHECK(losses.find("4 probation formats.loss.setting\n") != std::string::npos);
    CHECK(losses.find(" formats.unreadable_at\n") != std::string::npos);
}
