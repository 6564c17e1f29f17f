#include "quizzes/analysis/standard.hpp"
#include "quizzes/draw.hpp"
#include "tests/quizzes/samples.hpp"
#include <cmath>
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::quizzes;
using namespace adal::quizzes::analysis;
using doctest::Approx;

namespace {
const std::vector<std::string> five{"A", "B", "C", "D", "E"};

/// Every judge says of an item what `share` says, in round one a tenth less.
template <class Share> std::vector<Rating> ratings_of(const std::vector<ItemId>& items, Share share)
{
    std::vector<Rating> ratings;
    for (std::size_t judge = 0; judge < five.size(); ++judge)
        for (const auto& item : items) {
            ratings.push_back({five[judge], 1, item, share(judge, item) - 0.1});
            ratings.push_back({five[judge], 2, item, share(judge, item)});
        }
    return ratings;
}

std::vector<ItemId> all_items(const Bank& bank)
{
    std::vector<ItemId> items;
    for (const auto& [id, item] : bank.items) items.push_back(id);
    return items;
}

std::vector<std::string> keys_of(const RatingsReading& reading)
{
    std::vector<std::string> keys;
    for (const auto& finding : reading.findings) keys.push_back(std::to_string(finding.line) + " " + finding.key);
    return keys;
}
} // namespace

TEST_CASE("a form's cut is the sum of what the judges expect of its items")
{
    // x: .5 .6 .7 .8 .9, two points; y: .6 of everybody. Cuts by judge 1.6 1.8 2.0 2.2 2.4: mean 2.0
    // deviations -.4 -.2 0 .2 .4, squares .4, / 4 = .1: spread .3162, error .3162 / sqrt 5 = .1414; round one .3 less: 1.7
    const auto panel = Panel::from(ratings_of({{"x"}, {"y"}}, [](auto judge, const auto& item) { return item.text == "y" ? 0.6 : 0.5 + 0.1 * static_cast<double>(judge); }));
    REQUIRE(panel);
    const auto cut = cut_of_form(*panel, {{{"x"}, 2}, {{"y"}, 1}});
    REQUIRE(cut);
    CHECK(cut->maximum == 3);
    CHECK(cut->points == Approx(2.0));
    CHECK(cut->spread == Approx(std::sqrt(0.1)));
    CHECK(cut->standard_error == Approx(std::sqrt(0.02)));
    CHECK(cut->first_round == Approx(1.7));
    CHECK(cut->first_spread == Approx(std::sqrt(0.1)));
    CHECK(cut->change == Approx(0.1));
    CHECK(cut->by_judge.size() == 5);
    CHECK(cut->by_judge[4] == Approx(2.4));
}

TEST_CASE("an item nobody judged has no cut")
{
    const auto panel = Panel::from(ratings_of({{"x"}}, [](auto, const auto&) { return 0.5; }));
    const auto cut = cut_of_form(*panel, {{{"z"}, 1}});
    REQUIRE_FALSE(cut);
    CHECK(cut.error().message() == "standard.unrated item=z");
}

TEST_CASE("four judges are too few, and a missing judgement is named")
{
    auto ratings = ratings_of({{"x"}}, [](auto, const auto&) { return 0.5; });
    auto few = ratings;
    std::erase_if(few, [](const Rating& rating) { return rating.judge == "E"; });
    CHECK(Panel::from(few).error().message() == "standard.few_judges n=4 least=5");
    std::erase_if(ratings, [](const Rating& rating) { return rating.judge == "C" && rating.round == 2; });
    CHECK(Panel::from(ratings).error().message() == "standard.missing judge=C round=2 item=x");
    CHECK(Panel::from({}).error().message() == "standard.few_judges n=0 least=5");
}

TEST_CASE("the cut of a test is what drawn forms need on average")
{
    auto bank = samples::bank();
    auto test = samples::test();
    bank.enemies.clear(); // they would shift the chances a little
    test.topics[0].anchors = {{"gifts-03"}};
    bank.items.at({"gifts-03"}).points = 3;
    const auto panel = Panel::from(ratings_of(all_items(bank), [](auto judge, const auto& item) { // each item its own share
        return 0.2 + 0.05 * static_cast<double>(judge) + 0.04 * (item.text.back() - '0');
    }));
    REQUIRE(panel);
    const auto expected = expected_cut(*panel, test, bank);
    REQUIRE(expected);
    CHECK(expected->maximum == Approx(8)); // five items of one point, one of three

    double sum = 0;
    constexpr int forms = 4000;
    for (std::uint32_t seed = 0; seed < forms; ++seed) {
        std::vector<FormItem> form;
        for (const auto& drawn : draw(test, bank, seed).value()) form.push_back({drawn.item, bank.items.at(drawn.item).points});
        sum += cut_of_form(*panel, form)->points;
    }
    CHECK(sum / forms == Approx(expected->points).epsilon(0.005));
}

TEST_CASE("a scenario counts with all its items and the chance of being drawn")
{
    // two stories, one of them drawn; a and b are worth .5 each, c .9: (1.0 + .9) / 2 = .95 of (2 + 1) / 2 = 1.5 points
    Bank bank;
    for (const char* id : {"a", "b", "c"}) {
        bank.items[{id}] = samples::item(id, "gifts", Difficulty::Easy);
        bank.items[{id}].scenario = {id[0] == 'c' ? "two" : "one"};
    }
    bank.scenarios[{"one"}] = {{"one"}, {"gifts"}, {}, {{"a"}, {"b"}}, {}};
    bank.scenarios[{"two"}] = {{"two"}, {"gifts"}, {}, {{"c"}}, {}};
    AssessmentTest test;
    test.topics.push_back({.topic = {"gifts"}, .title = {}, .draw = {}, .scenarios = 1});
    const auto panel = Panel::from(ratings_of(all_items(bank), [](auto, const auto& item) { return item.text == "c" ? 0.9 : 0.5; }));
    const auto cut = expected_cut(*panel, test, bank);
    REQUIRE(cut);
    CHECK(cut->points == Approx(0.95));
    CHECK(cut->maximum == Approx(1.5));
    test.topics[0].scenarios = 3;
    CHECK(expected_cut(*panel, test, bank).error().message() == "standard.blueprint topic=gifts");
}

TEST_CASE("a file of judgements is read as a spreadsheet writes it")
{
    const auto reading = read_ratings("\xEF\xBB\xBFjudge;round;item;percent\r\nОспанова  А.;1;gifts-01;70\r\n\r\nОспанова А.;2;gifts-01;62,5\r\n", "panel.csv");
    CHECK(reading.findings.empty());
    CHECK(reading.ratings == std::vector<Rating>{{"Оспанова А.", 1, {"gifts-01"}, 0.7}, {"Оспанова А.", 2, {"gifts-01"}, 0.625}});
}

TEST_CASE("what cannot be read is named with its line, and the rest is read")
{
    const auto reading = read_ratings("judge;round;item;percent\nA;1;x\n;1;x;50\nA;3;x;50\nA;1;;50\nA;1;x;101\nA;1;x;-5\nA;1;x;fifty\nA;1;x;50.125\nA;1;x;50\nA;1;x;60\n", "panel.csv");
    CHECK(keys_of(reading) == std::vector<std::string>{"2 ratings.columns", "3 ratings.judge", "4 ratings.round", "5 ratings.item", "6 ratings.percent",
                                                       "7 ratings.percent", "8 ratings.percent", "9 ratings.percent", "11 ratings.twice"});
    CHECK(reading.ratings == std::vector<Rating>{{"A", 1, {"x"}, 0.5}});
    CHECK(keys_of(read_ratings("judge,round,item,percent\n", "panel.csv")) == std::vector<std::string>{"1 ratings.header"});
    CHECK(keys_of(read_ratings("", "panel.csv")) == std::vector<std::string>{"1 ratings.header"});
    CHECK(keys_of(read_ratings("judge;round;item;percent\n\xCE\xF1\xEF;1;x;50\n", "panel.csv")) == std::vector<std::string>{"1 ratings.encoding"});
}
