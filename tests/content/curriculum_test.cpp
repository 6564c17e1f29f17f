#include "content/reader.hpp"
#include "tests/content/faults.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::content;

namespace {
const std::string words = R"({"kk": "а", "ru": "б", "en": "c"})";
const std::string curriculum = R"({"version": 3, "duties": [
 {"id": "code", "kind": "acknowledgement", "object": "anti-corruption-code",
  "title": )" + words + R"(, "reason": )" +
                               words + R"(,
  "who": {"classes": ["employee", "contractor"]}, "due": {"days_after_start": 10}},
 {"id": "probation-test", "kind": "test", "object": "probation",
  "title": )" + words + R"(, "reason": )" +
                               words + R"(,
  "who": {"classes": ["employee"], "on_probation": true}, "due": {"days_before_probation_end": 14}}]})";

std::string fault(const std::string& from, const std::string& to)
{
    return first_fault(read_curriculum(changed(curriculum, from, to), "curriculum.json").findings);
}
} // namespace

TEST_CASE("the curriculum says who must do what by when, and why")
{
    const auto [text, findings] = read_curriculum(curriculum, "curriculum.json");
    CHECK(first_fault(findings) == "");
    CHECK(text.version == 3);
    REQUIRE(text.duties.size() == 2);
    CHECK(text.duties[0].kind == DutyKind::Acknowledgement);
    CHECK(text.duties[0].who.classes == std::vector{PersonClass::Employee, PersonClass::Contractor});
    CHECK_FALSE(text.duties[0].who.on_probation);
    CHECK(text.duties[0].due.days_after_start == 10);
    CHECK(text.duties[0].reason.kk == "а");
    CHECK(text.duties[1].kind == DutyKind::Test);
    CHECK(text.duties[1].who.on_probation);
    CHECK(text.duties[1].due.days_before_probation_end == 14);
    CHECK_FALSE(text.duties[1].due.days_after_start.has_value());
}

TEST_CASE("a duty that says too little, too much or nonsense is found by its line")
{
    CHECK(fault("\"acknowledgement\"", "\"dance\"") == "2 check.curriculum.kind");
    CHECK(fault("\"contractor\"", "\"guest\"") == "4 check.curriculum.class");
    CHECK(fault("\"employee\", \"contractor\"", "") == "4 check.text.empty");
    CHECK(fault("\"days_after_start\": 10", "") == "4 check.curriculum.due");
    CHECK(fault("\"days_after_start\": 10", "\"days_before_probation_end\": 10") == "4 check.curriculum.probation");
    CHECK(fault("\"days_after_start\": 10", "\"days_after_start\": -1") == "4 check.json.range");
    CHECK(fault("\"object\": \"probation\"", "\"object\": \"Probation Test\"") == "5 check.text.identifier");
    CHECK(fault("\"id\": \"probation-test\"", "\"id\": \"code\"") == "5 check.curriculum.twice");
    CHECK(fault("\"version\": 3", "\"version\": 3, \"year\": 2026") == "1 check.json.unknown");
    CHECK(fault("\"version\": 3", "\"version\": ") == "1 check.json.syntax");
    CHECK(fault("}]}", "}") == "7 check.json.syntax");
}

TEST_CASE("endless brackets are a finding, not the end of the program")
{
    const std::string brackets(1'000'000, '[');
    CHECK(first_fault(read_curriculum("{\"version\":\n" + brackets, "curriculum.json").findings) == "2 check.json.syntax");
}
