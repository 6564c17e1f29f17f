#include "content/base/overloaded.hpp"
#include "sync/events/event.hpp"
#include "tests/sync/events/one_of_each.hpp"
#include <doctest/doctest.h>
#include <fstream>
#include <set>

using namespace adal;
using namespace adal::sync;

namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::vector<std::string> fixture_lines()
{
    std::ifstream file{ADAL_FIXTURES "/journal/facts.jsonl"};
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

bool is_unknown(const std::string& kind, const std::string& body)
{
    const auto fact = decode(kind, body);
    if (const auto* unknown = std::get_if<UnknownFact>(&fact)) return unknown->kind == kind && unknown->body == body;
    return false;
}

} // namespace

TEST_CASE("there is a sample of every kind of fact, and no two kinds share a name")
{
    std::set<std::size_t> alternatives;
    std::set<std::string> kinds;
    for (const auto& fact : tests::one_of_each()) alternatives.insert(fact.index()), kinds.insert(kind_of(fact));
    CHECK(alternatives.size() == std::variant_size_v<Fact>);
    CHECK(kinds.size() == std::variant_size_v<Fact>);
}

TEST_CASE("every fact comes back from its canonical bytes")
{
    for (const auto& fact : tests::one_of_each()) {
        CAPTURE(kind_of(fact));
        CHECK(decode(kind_of(fact), encode(fact)) == fact);
    }
}

TEST_CASE("the bytes of every kind of fact are those we shipped")
{
    const auto lines = fixture_lines();
    std::size_t at = 0;
    for (const auto& fact : tests::one_of_each()) {
        REQUIRE(at < lines.size());
        CHECK(lines[at++] == "{\"kind\":" + quoted(kind_of(fact)) + ",\"body\":" + encode(fact) + "}");
    }
    CHECK(at == lines.size());
}

TEST_CASE("what attempts began to say later is written when there is something to say, and read back")
{
    quizzes::AttemptStarted started{.attempt = {"a"}, .test = {"t"}, .test_version = 1, .seed = 2, .time_limit = Elapsed{3}, .pass_mark = 4, .items = {{{"i"}, "r", {{"A"}}}}};
    const auto plain = encode(started);
    CHECK(plain == R"({"attempt":"a","items":[{"choices":["A"],"item":"i","revision":"r"}],"pass_mark":4,"seed":2,"test":"t","test_version":1,"time_limit_ms":3})");
    started.topic_marks = {{{"gifts"}, 3}};
    started.seen = {{"i"}};
    started.tired = {{"j"}};
    started.items[0].targets = {{"P"}};
    CHECK(decode("attempt started", encode(started)) == Fact{started});
    CHECK(encode(started) == R"({"attempt":"a","items":[{"choices":["A"],"item":"i","revision":"r","targets":["P"]}],"pass_mark":4,"seed":2,"seen":["i"],"test":"t","test_version":1,)"
                             R"("time_limit_ms":3,"tired":["j"],"topic_marks":[{"pass_mark":3,"topic":"gifts"}]})");
    CHECK(is_unknown("attempt started", plain.substr(0, plain.size() - 1) + R"(,"tired":[]})"));
}

TEST_CASE("a fact from a newer program is kept as it is, never guessed at")
{
    CHECK(is_unknown("person merged", R"({"person":"p-1"})"));
    CHECK(is_unknown("sign-in refused", R"({"person":"p-1","why":"tired"})"));
    CHECK(is_unknown("signed out", R"({"reason":"evacuated"})"));
    CHECK(encode(decode("person merged", "{}")) == "{}");
}

TEST_CASE("a body with a missing key, another type or another spelling is not understood")
{
    REQUIRE_FALSE(is_unknown("sign-in refused", R"({"person":"p-1"})"));
    for (auto body : {"", "null", "[]", "{}", R"({"person":1})", R"({"person": "p-1"})", R"({"person":"p-1"} )",
                      R"({"person":"\u0070-1"})", R"({"person":"x","person":"p-1"})", "{\"person\":\"p-\xff\"}",
                      R"({"person":"p-1")"})
        CHECK(is_unknown("sign-in refused", body));
    REQUIRE_FALSE(is_unknown("PIN set", R"({"counter":1,"reset":0})"));
    for (auto body : {R"({"reset":0,"counter":1})", R"({"counter":1.0,"reset":0})", R"({"counter":1e0,"reset":0})",
                      R"({"counter":"1","reset":0})", R"({"counter":9223372036854775808,"reset":0})",
                      R"({"counter":-0,"reset":0})", R"({"counter":true,"reset":0})"})
        CHECK(is_unknown("PIN set", body));
    CHECK(is_unknown("module completed", R"({"module":"gifts","version":2147483648})"));
}

TEST_CASE("texts are written as they are, only quotes, backslashes and control characters are escaped")
{
    CHECK(encode(SignInRefused{{"Ә\"\\\n\x01/"}}) == "{\"person\":\"Ә\\\"\\\\\\n\\u0001/\"}");
    CHECK_THROWS(encode(SignInRefused{{"\xff"}}));
}
