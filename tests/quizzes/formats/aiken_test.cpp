#include "tests/quizzes/formats/told.hpp"

using namespace adal;
using namespace adal::quizzes;
using namespace adal::quizzes::formats;

TEST_CASE("Aiken is read with either sign behind the letter")
{
    const auto given = told::bytes("What is a bribe?\r\nA) A gift to a child\r\nB) Money for a decision\r\nANSWER: B\r\n\r\nWho is told?\nA. Nobody\nB. The office\nANSWER: B");
    const auto imported = told::read(import_aiken(given, "a.txt"));
    CHECK(told::lines(imported.losses) == "");
    REQUIRE(imported.content.items.size() == 2);
    CHECK(imported.content.items[0].stem == "What is a bribe?");
    CHECK(imported.content.items[0].choices[1] == AuthoredChoice{"Money for a decision", "", true});
    CHECK(imported.content.items[1].id == ItemId{"item-02"});
}

TEST_CASE("what Aiken leaves open is told by its line")
{
    const auto given = told::bytes("No answer?\nA) one\nB) two\n\nNext?\nA) one\nB) two\nANSWER: C\nLast?\nA) one");
    const auto imported = told::read(import_aiken(given, "a.txt"));
    CHECK(imported.content.items.empty());
    CHECK(told::lines(imported.losses) == "1 No answer? formats.loss.no_answer\n5 item-01 check.gift.one_right\n9 Last? formats.loss.no_answer\n");
    CHECK_FALSE(import_aiken({}, "a.txt"));
}
