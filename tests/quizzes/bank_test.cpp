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

namespace {
const std::string rich = R"($CATEGORY: tender

::tender::A tender is running.

// [tag:easy] [tag:ref:code#1.1]
::tender-01::In which order?{
=Read the offers -> 2
=Open them -> 1
}

// [tag:easy] [tag:ref:code#1.1]
::tender-02::Who opens them?{=committee =the committee}

// [tag:easy] [tag:ref:code#1.1]
::tender-03::How many members at least?{#3}
)";
const std::string rich_json = R"({"reviewed": {"kk": [], "ru": [], "en": []}, "enemies": [],
 "orders": ["tender-01"], "points": {"tender-01": 2}, "folding": {"tender-02": "letters"},
 "withdrawn": {"tender-03": {"why": "Rule 7 changed."}},
 "scenarios": {"tender": {"topic": "tender", "items": ["tender-01", "tender-02"]}}})";

content::Findings with_json(const std::string& from, const std::string& to)
{
    return read_bank({rich, rich, rich, replaced(rich_json, from, to), "bank"}).findings;
}
} // namespace

TEST_CASE("what GIFT cannot say stands beside it")
{
    const auto reading = read_bank({rich, replaced(rich, "=committee", "=комиссия =тендерная комиссия"), rich, rich_json, "bank"});
    for (const auto& finding : reading.findings) FAIL_CHECK(finding.file << ":" << finding.line << ": " << finding.key);
    const auto& order = reading.bank.items.at({"tender-01"});
    CHECK(order.kind == ItemKind::Order);
    CHECK(order.choices[0].text.en == "Open them");
    CHECK(order.targets.empty());
    CHECK(order.points == 2);
    const auto& words = reading.bank.items.at({"tender-02"}).words;
    CHECK(words.folding == Folding::Letters);
    CHECK(words.spellings.at(Language::ru).size() == 3);
    CHECK(words.spellings.at(Language::en).size() == 2);
    CHECK(reading.bank.withdrawn.at({"tender-03"}) == "Rule 7 changed.");
    const auto& scenario = reading.bank.scenarios.at({"tender"});
    CHECK(scenario.text.ru == "A tender is running.");
    CHECK(order.scenario == scenario.id);
}

TEST_CASE("a story belongs to the revision of its items")
{
    auto bank = read_bank({rich, rich, rich, rich_json, "bank"}).bank;
    const auto item = bank.items.at({"tender-01"}), alone = bank.items.at({"tender-03"});
    const auto before = canonical_text(item, bank);
    bank.scenarios.at({"tender"}).text.kk += " Again.";
    CHECK(canonical_text(item, bank) != before);
    CHECK(canonical_text(alone, bank) == canonical_text(alone));
}

TEST_CASE("what stands beside GIFT and does not fit is found")
{
    const auto file = "bank/items.json";
    CHECK(finds(with_json(R"(["tender-01"])", R"(["tender-02"])"), "bank/kk.gift", "check.bank.order"));
    CHECK(finds(with_json(R"(["tender-01"])", R"(["tender-09"])"), file, "check.bank.unknown_item"));
    CHECK(finds(with_json("letters", "vowels"), file, "check.bank.folding"));
    CHECK(finds(with_json(R"("folding": {"tender-02")", R"("folding": {"tender-03")"), file, "check.bank.folding"));
    CHECK(finds(with_json(R"("tender-01": 2)", R"("tender-01": 0)"), file, "check.json.range"));
    CHECK(finds(with_json(R"({"why")", R"({"wherefore")"), file, "check.json.missing"));
    CHECK(finds(with_json(R"("scenarios": {"tender")", R"("scenarios": {"auction")"), "bank/ru.gift", "check.bank.scenario_text"));
    CHECK(finds(with_json(R"("scenarios": {"tender")", R"("scenarios": {"auction")"), "bank/ru.gift", "check.bank.text_alone"));
    CHECK(finds(with_json(R"("topic": "tender")", R"("topic": "gifts")"), file, "check.bank.scenario_topic"));
    CHECK(finds(with_json(R"(["tender-01", "tender-02"])", "[]"), file, "check.bank.scenario_empty"));
}

TEST_CASE("numbers and weights are the same in each language")
{
    const auto found = [](const std::string& from, const std::string& to) { return read_bank({rich, replaced(rich, from, to), rich, rich_json, "bank"}).findings; };
    CHECK(finds(found("{#3}", "{#4}"), "bank/ru.gift", "check.bank.numbers_differ"));
    CHECK(finds(found("-> 2\n=Open them -> 1", "-> 1\n=Open them -> 2"), "bank/ru.gift", "check.bank.order_of_choices") == false);
    CHECK(finds(found("Who opens them?", "Who opens them? ![a](b.svg)"), "bank/ru.gift", "check.bank.picture_differs"));
    CHECK(finds(with_russian(replaced(gift, "=A\n~B", "=A\n~%50%B")), "bank/ru.gift", "check.bank.key_differs"));
}

TEST_CASE("a slip of the translator is a warning")
{
    const auto warned = [](const std::string& kk, const std::string& ru, const std::string& en) {
        const auto reading = read_bank({replaced(gift, "One?", kk), replaced(gift, "One?", ru), replaced(gift, "One?", en), items_json, "bank"});
        CHECK_FALSE(has_errors(reading.findings));
        std::string keys;
        for (const auto& finding : reading.findings) keys += finding.file + " " + finding.key + "\n";
        return keys;
    };
    CHECK(warned("15 000 теңге ме?", "15 000 тенге?", "15000 tenge?").empty());
    CHECK(warned("3 күн бе?", "3 дня?", "5 days?") == "bank/en.gift check.bank.text_numbers\n");
    CHECK(warned("Қайсысы рұқсат етілмейді?", "Что не разрешено?", "What is not allowed?").empty());
    CHECK(warned("Қайсысы рұқсат етіледі?", "Что не разрешено?", "What is allowed?") == "bank/ru.gift check.bank.negation\n");
    const std::string half = "Жеткізуші сыйлық ұсынды.";
    CHECK(warned(half, "Поставщик предложил подарок.", "A supplier offered a gift, and then another one, and then one more, and nobody knew why he did so, really.").find(
              "bank/en.gift check.bank.length") != std::string::npos);
}
