#include "quizzes/gift.hpp"
#include "tests/quizzes/samples.hpp"
#include <algorithm>
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::quizzes;

namespace {
const std::string gift = R"($CATEGORY: gifts

// [tag:easy] [tag:ref:anti-corruption-code#4.2]
::gifts-01::One?{
=A
~B
}

// [tag:hard] [tag:ref:anti-corruption-code#4.3]
::gifts-02::Two?{T}
)";
const std::string items_json =
    R"({"reviewed": {"kk": ["gifts-01", "gifts-02"], "ru": ["gifts-01", "gifts-02"], "en": ["gifts-01", "gifts-02"]},
 "enemies": [["gifts-01", "gifts-02"]]})";

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    return text.replace(text.find(from), from.size(), to);
}

bool finds(const content::Findings& findings, const std::string& file, const std::string& key)
{
    return std::any_of(findings.begin(), findings.end(),
                       [&](const auto& each) { return each.file == file && each.key == key; });
}

content::Findings with_russian(const std::string& ru)
{
    return read_bank({gift, ru, gift, items_json, "bank"}).findings;
}

const std::string test_json = R"({"id": "probation", "version": 1, "title": {"kk": "а", "ru": "б", "en": "c"},
 "topics": [{"id": "gifts", "title": {"kk": "а", "ru": "б", "en": "c"}, "draw": {"easy": 1, "hard": 1}}],
 "time_limit_minutes": 20, "navigation": "free", "pass_mark": 2, "attempts": 3, "cooldown_days": 3, "shuffle_choices": true})";
} // namespace

TEST_CASE("three languages make one bank")
{
    const auto reading = read_bank({gift, replaced(gift, "One?", "Один?"), gift, items_json, "bank"});
    CHECK(reading.findings.empty());
    REQUIRE(reading.bank.items.size() == 2);
    const auto& item = reading.bank.items.at({"gifts-01"});
    CHECK(item.stem == Text{"One?", "Один?", "One?"});
    CHECK(item.choices[1].id == ChoiceId{"B"});
    CHECK(item.choices[1].text.kk == "B");
    CHECK(item.reference == "anti-corruption-code#4.2");
    CHECK(reading.bank.items.at({"gifts-02"}).choices[0].id == ChoiceId{"T"});
    CHECK(reading.bank.enemies.size() == 1);
    CHECK(reading.bank.reviewed.at(Language::ru).size() == 2);
}

TEST_CASE("languages that do not say the same are told apart")
{
    CHECK(finds(with_russian(replaced(gift, "=A\n~B", "~A\n=B")), "bank/ru.gift", "check.bank.key_differs"));
    CHECK(finds(with_russian(replaced(gift, "~B", "~B\n~C")), "bank/ru.gift", "check.bank.choices_differ"));
    CHECK(finds(with_russian(replaced(gift, "{T}", "{F}")), "bank/ru.gift", "check.bank.key_differs"));
    CHECK(finds(with_russian(replaced(gift, "{T}", "{=T ~F}")), "bank/ru.gift", "check.bank.kind_differs"));
    CHECK(finds(with_russian(replaced(gift, "easy", "hard")), "bank/ru.gift", "check.bank.difficulty_differs"));
    CHECK(finds(with_russian(replaced(gift, "#4.2", "#4.1")), "bank/ru.gift", "check.bank.reference_differs"));
    CHECK(finds(with_russian(replaced(gift, "gifts-02", "gifts-03")), "bank/ru.gift", "check.bank.missing"));
    CHECK(finds(with_russian(replaced(gift, "gifts-02", "gifts-03")), "bank/kk.gift", "check.bank.missing"));
    CHECK(finds(with_russian(replaced(replaced(gift, "gifts-02", "gifts-00"), "gifts-01", "gifts-02")), "bank/ru.gift",
                "check.bank.missing"));
}

TEST_CASE("items in another order are found")
{
    const auto second = gift.find("// [tag:hard]");
    const auto first = gift.find("// [tag:easy]");
    const auto swapped = gift.substr(0, first) + gift.substr(second) + "\n" + gift.substr(first, second - first);
    CHECK(finds(with_russian(swapped), "bank/ru.gift", "check.bank.order_differs"));
}

TEST_CASE("a graded item needs a topic, a difficulty and a paragraph, and gives no feedback")
{
    CHECK(finds(with_russian(replaced(gift, "$CATEGORY: gifts", "")), "bank/ru.gift", "check.bank.no_topic"));
    CHECK(finds(with_russian(replaced(gift, "[tag:easy] ", "")), "bank/ru.gift", "check.bank.no_difficulty"));
    CHECK(finds(with_russian(replaced(gift, " [tag:ref:anti-corruption-code#4.2]", "")), "bank/ru.gift",
                "check.bank.no_reference"));
    CHECK(finds(with_russian(replaced(gift, "~B", "~B#No.")), "bank/ru.gift", "check.bank.feedback"));
    CHECK(finds(with_russian(replaced(gift, "$CATEGORY: gifts", "$CATEGORY: conflict")), "bank/ru.gift",
                "check.bank.name"));
}

TEST_CASE("reviews and enemies name items that exist")
{
    const auto findings = [](const std::string& json) { return read_bank({gift, gift, gift, json, "bank"}).findings; };
    const auto file = "bank/items.json";
    CHECK(finds(findings(replaced(items_json, R"(["gifts-01", "gifts-02"]])", R"(["gifts-01", "gifts-09"]])")), file,
                "check.bank.unknown_item"));
    CHECK(finds(findings(replaced(items_json, R"(["gifts-01", "gifts-02"]])", R"(["gifts-01"]])")), file,
                "check.bank.enemies"));
    CHECK(finds(findings(replaced(items_json, "\"kk\"", "\"kz\"")), file, "check.json.missing"));
    CHECK(finds(findings(replaced(items_json, "\"kk\"", "\"kz\"")), file, "check.json.unknown"));
    CHECK(finds(findings("{"), file, "check.json.syntax"));
}

TEST_CASE("a test is read with its blueprint")
{
    const auto [test, findings] = read_test(test_json, "probation.json");
    CHECK(findings.empty());
    CHECK(test.id == TestId{"probation"});
    CHECK(test.item_count() == 2);
    CHECK(test.time_limit == std::chrono::minutes{20});
    CHECK(test.pass_mark == 2);
    CHECK(test.shuffles_choices);
    CHECK(test.topics.front().title.ru == "б");
}

TEST_CASE("a test with a fault names the line and the key")
{
    const auto first = [](const std::string& json) {
        const auto findings = read_test(json, "probation.json").findings;
        return findings.empty() ? "" : std::to_string(findings.front().line) + " " + findings.front().key;
    };
    CHECK(first(replaced(test_json, "\"free\"", "\"sideways\"")) == "3 check.test.navigation");
    CHECK(first(replaced(test_json, "\"easy\": 1, \"hard\": 1", "")) == "2 check.test.empty_topic");
    CHECK(first(replaced(test_json, "\"attempts\": 3", "\"attempts\": \"3\"")) == "3 check.json.not_number");
    CHECK(first(replaced(test_json, "\"attempts\": 3", "\"attempts\": 0")) == "3 check.json.range");
    CHECK(first(replaced(test_json, "\"attempts\": 3, ", "")) == "1 check.json.missing");
    CHECK(first(replaced(test_json, "\"attempts\"", "\"pass_mark\": 1, \"attempts\"")) == "3 check.json.twice");
    CHECK(first(replaced(test_json, "\"attempts\"", "\"colour\": 1, \"attempts\"")) == "3 check.json.unknown");
    CHECK(first(replaced(test_json, "\"ru\": \"б\"", "\"ru\": \"\"")) == "1 check.text.empty");
    CHECK(first("[]") == "1 check.json.syntax");
}

TEST_CASE("a live test needs enough items that were reviewed in each language")
{
    auto bank = read_bank({gift, gift, gift, items_json, "bank"}).bank;
    auto test = read_test(test_json, "probation.json").test;
    CHECK(finds(check_test(test, bank, "probation.json"), "probation.json",
                "check.test.cannot_draw")); // the two are enemies
    bank.enemies.clear();
    CHECK(check_test(test, bank, "probation.json").empty());
    bank.reviewed[Language::kk].pop_back();
    CHECK(finds(check_test(test, bank, "probation.json"), "probation.json", "check.test.not_reviewed"));
}

TEST_CASE("a module's check is one item in three languages whose choices say why")
{
    const std::string check = "::speak-up-m1::What does she do?{\n~Takes it#See 4.2.\n=Refuses#Right.\n}\n";
    const auto reading = read_check({check, check, check}, "en.md", 40);
    CHECK(reading.findings.empty());
    CHECK(reading.item.id == ItemId{"speak-up-m1"});
    CHECK(reading.item.choices[0].feedback.kk == "See 4.2.");
    CHECK(reading.item.choices[1].is_right);

    const auto silent = read_check({check, replaced(check, "#Right.", ""), check}, "en.md", 40).findings;
    CHECK(finds(silent, "en.md", "check.module.no_feedback"));
    CHECK(silent.front().line == 40);
    CHECK(finds(read_check({check, check, check + "\n" + replaced(check, "m1", "m2")}, "en.md", 40).findings, "en.md",
                "check.module.one_item"));
    CHECK(finds(read_check({check, "", check}, "en.md", 40).findings, "en.md", "check.bank.missing"));
    CHECK_FALSE(read_check({"", "", ""}, "en.md", 40).findings.empty());
}

TEST_CASE("a changed word, key or order changes an item's canonical text, the revision itself does not")
{
    const auto item = samples::item("gifts-01", "gifts", Difficulty::Easy);
    auto other = item;
    other.revision = "r9";
    CHECK(canonical_text(other) == canonical_text(item));
    other.choices[2].text.ru += ".";
    CHECK(canonical_text(other) != canonical_text(item));
    other = item;
    std::swap(other.choices[0].is_right, other.choices[1].is_right);
    CHECK(canonical_text(other) != canonical_text(item));
    other = item;
    other.stem = {"?\n?", "?", ""};
    auto third = item;
    third.stem = {"?", "?\n?", ""};
    CHECK(canonical_text(other) != canonical_text(third));
}
