#include "quizzes/response.hpp"
#include "quizzes/scoring.hpp"
#include "tests/quizzes/samples.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace adal;
using namespace adal::quizzes;

namespace {

Item kind(ItemKind wanted)
{
    for (const auto& [id, item] : samples::every_kind().items)
        if (item.kind == wanted) return item;
    FAIL("no such sample");
    return {};
}

DrawnItem as_drawn(const Item& item)
{
    DrawnItem drawn{item.id, item.revision, {}};
    for (const auto& choice : item.choices) drawn.choices.push_back(choice.id);
    for (const auto& target : item.targets) drawn.targets.push_back(target.id);
    return drawn;
}

Expected<Response> norm(const Item& item, const Response& given) { return normalised(item, as_drawn(item), given); }

/// What she may type, tap or drag, sensible or not.
Response any_response(const Item& item)
{
    const auto words = std::vector<std::string>{"A", "B", "C", "D", "T", "F", "P", "A P", "B Q", "C R", "A S", "3.5", "3,75", "9", "қазақмыс", "казахмыс", "", " "};
    Response response;
    for (auto n = *rc::gen::inRange(0, 5); n-- > 0;) response.push_back(*rc::gen::elementOf(words));
    if (item.kind == ItemKind::Order && *rc::gen::inRange(0, 2) == 1) response = *rc::gen::elementOf(std::vector<Response>{{"A", "B", "C", "D"}, {"B", "A", "C", "D"}, {"D", "C", "B", "A"}});
    return response;
}

} // namespace

TEST_CASE("a match is right when every source has its own partner")
{
    auto item = kind(ItemKind::Match);
    CHECK(is_right(item, {"A P", "B Q", "C R"}));
    CHECK_FALSE(is_right(item, {"A P", "B Q", "C S"}));
    CHECK_FALSE(is_right(item, {"A P", "B Q"}));
    item.credit = Credit::Partial;
    item.points = 3;
    CHECK(points_for(item, {"A P", "B Q", "C S"}) == 2);
    CHECK(points_for(item, {"A Q", "B P"}) == 0);
    CHECK(norm(item, {"B Q", "A P"}).value() == Response{"A P", "B Q"});
    CHECK(norm(item, {"A P", "B P"}));
    CHECK(norm(item, {"A P", "A Q"}).error().key == "session.one_partner_only");
    CHECK(norm(item, {"P A"}).error().key == "session.not_a_choice");
}

TEST_CASE("an order is right in its one order, and with partial credit each place counts")
{
    auto item = kind(ItemKind::Order);
    CHECK(is_right(item, {"A", "B", "C", "D"}));
    CHECK_FALSE(is_right(item, {"B", "A", "C", "D"}));
    item.credit = Credit::Partial;
    item.points = 4;
    CHECK(points_for(item, {"B", "A", "C", "D"}) == 2);
    CHECK(norm(item, {"A", "B"}).error().key == "session.not_an_order");
    CHECK(norm(item, {"A", "B", "C", "C"}).error().key == "session.not_an_order");
    CHECK(norm(item, {})->empty());
}

TEST_CASE("a number counts within its tolerance, written as people write it")
{
    auto item = kind(ItemKind::Numeric); // 3.5 +- 0.25
    for (const char* right : {"3.5", "3,5", " 3,75 ", "3.25", "+3.500000"}) CHECK_MESSAGE(is_right(item, norm(item, {right}).value()), right);
    for (const char* wrong : {"3.750001", "3.249999", "-3.5", "35"}) CHECK_FALSE_MESSAGE(is_right(item, norm(item, {wrong}).value()), wrong);
    for (const char* none : {"abc", "3.5.1", "1e3", "3,", "0.0000001", "99999999999999"}) CHECK_MESSAGE(norm(item, {none}).error().key == "session.not_a_number", none);
    item.credit = Credit::Partial;
    item.points = 2;
    item.numbers.push_back({*decimal_from("4"), *decimal_from("1"), whole_weight / 2});
    CHECK(points_for(item, {"4.5"}) == 1);
    CHECK(points_for(item, {"3.5"}) == 2);
}

TEST_CASE("a number is kept exactly and written in one way")
{
    CHECK(decimal_from("1 250,75") == Decimal{1'250'750'000});
    CHECK(decimal_from("1\u00A0250") == Decimal{1'250'000'000});
    CHECK(decimal_from("\u22120,5") == Decimal{-500'000});
    CHECK(to_text({-500'000}) == "-0.5");
    CHECK(to_text({1'000'000}) == "1");
    CHECK_FALSE(decimal_from(""));
    CHECK_FALSE(decimal_from("-"));
    CHECK(rc::check([](std::int64_t any) {
        const Decimal number{any % 1'000'000'000'000'000};
        RC_ASSERT(decimal_from(to_text(number)) == number);
    }));
}

TEST_CASE("a short text is right as any language spells it, folded as the author says")
{
    auto item = kind(ItemKind::TextEntry);
    CHECK(is_right(item, norm(item, {"  қазақмыс "}).value()));
    CHECK(is_right(item, norm(item, {"KAZAKHMYS"}).value()));
    CHECK_FALSE(is_right(item, norm(item, {"Казакмыс"}).value()));
    item.words.folding = Folding::Letters;
    CHECK(is_right(item, norm(item, {"Казакмыс"}).value())); // without the keyboard for ғ, қ, ұ
    item.words.folding = Folding::Nothing;
    CHECK_FALSE(is_right(item, norm(item, {"қазақмыс"}).value()));
    CHECK(is_right(item, norm(item, {"Қазақмыс"}).value()));
    CHECK(norm(item, {std::string(101, 'a')}).error().key == "session.too_long");
    CHECK(norm(item, {"a\n\t b\u200B"}).value() == Response{"a b"});
    CHECK(norm(item, {"\xff"}).error().key == "session.not_a_text");
}

TEST_CASE("thirds make a whole, and what is wrong takes away but never below nothing")
{
    auto item = samples::item("gifts-01", "gifts", Difficulty::Easy);
    item.kind = ItemKind::MultipleChoice;
    item.credit = Credit::Partial;
    item.points = 3;
    for (std::size_t i = 0; i < 3; ++i) item.choices[i].weight = 3'333'333, item.choices[i].is_right = true;
    item.choices[3].weight = -5'000'000;
    CHECK(points_for(item, {"A", "B", "C"}) == 3);
    CHECK(points_for(item, {"A", "B"}) == 2);
    CHECK(points_for(item, {"A", "D"}) == 0);
    CHECK(points_for(item, {"A", "B", "C", "D"}) == 1);
    CHECK(points_for(item, {}) == 0);
}

TEST_CASE("no response of any kind leaves nothing to its points, and its normal form is normal")
{
    CHECK(rc::check([] {
        const auto bank = samples::every_kind();
        auto item = std::next(bank.items.begin(), *rc::gen::inRange(0, static_cast<int>(bank.items.size())))->second;
        item.points = *rc::gen::inRange(1, 6);
        item.credit = *rc::gen::element(Credit::AllOrNothing, Credit::Partial);
        for (auto& choice : item.choices) choice.weight = *rc::gen::inRange(-whole_weight, whole_weight + 1);
        const auto response = norm(item, any_response(item));
        if (!response) return;
        const auto points = points_for(item, *response);
        RC_ASSERT(points >= 0);
        RC_ASSERT(points <= item.points);
        RC_ASSERT(norm(item, *response).value() == *response);
    }));
}

TEST_CASE("one more right pair, place or choice never costs a point")
{
    CHECK(rc::check([] {
        auto item = kind(ItemKind::Match);
        item.credit = Credit::Partial;
        item.points = *rc::gen::inRange(1, 10);
        const std::vector<std::string> right{"A P", "B Q", "C R"}, wrong{"A S", "B S", "C S"};
        Response response;
        for (std::size_t i = 0; i < 3; ++i) response.push_back(*rc::gen::inRange(0, 2) == 1 ? right[i] : wrong[i]);
        const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, 3));
        const auto before = points_for(item, response);
        response[at] = right[at];
        RC_ASSERT(points_for(item, response) >= before);
    }));
}

TEST_CASE("a topic may need points of its own")
{
    const auto bank = samples::bank();
    const std::vector<DrawnItem> form{{{"gifts-01"}, "r1", {}}, {{"gifts-07"}, "r1", {}}, {{"speak-up-01"}, "r1", {}}};
    const Responses both_gifts{{{"gifts-01"}, {"A"}}, {{"gifts-07"}, {"A"}}};
    CHECK(score(samples::test(), bank, form, both_gifts, 2, {{{"gifts"}, 2}}).passed);
    CHECK_FALSE(score(samples::test(), bank, form, both_gifts, 2, {{{"speak-up"}, 1}}).passed);
}

TEST_CASE("an item that was withdrawn later gives its points to everybody, and nobody loses any")
{
    const auto bank = samples::bank();
    const std::vector<DrawnItem> form{{{"gifts-01"}, "r1", {}}, {{"gifts-07"}, "r1", {}}};
    const auto before = score(samples::test(), bank, form, {{{"gifts-01"}, {"B"}}}, 1), after = score(samples::test(), bank, form, {{{"gifts-01"}, {"B"}}}, 1, {}, {{"gifts-01"}});
    CHECK(before.score == Score{0, 2});
    CHECK_FALSE(before.passed);
    CHECK(after.score == Score{1, 2});
    CHECK(after.passed);
    CHECK(score(samples::test(), bank, form, {{{"gifts-01"}, {"A"}}}, 1, {}, {{"gifts-01"}}).score == Score{1, 2});
}
