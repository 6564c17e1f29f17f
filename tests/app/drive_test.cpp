#include "app/drive.hpp"
#include "tests/app/hands.hpp"
#include <fstream>
#include <set>
#include <sstream>

using namespace adal;
using namespace adal::support;

namespace {
std::vector<std::string> lines(const std::string& text)
{
    std::vector<std::string> all;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
}

struct Driven : Hands {
    std::vector<std::string> drive(const std::string& script)
    {
        std::istringstream in{script};
        std::ostringstream out;
        const auto strings = language::Strings::load(std::filesystem::path{ADAL_SOURCE} / "assets/strings");
        REQUIRE(strings);
        all_read = app::drive(kiosk(), in, out, {*strings, Language::en});
        return lines(out.str());
    }
    bool all_read = true;
};

bool has(const std::string& line, const std::string& part) { return line.find(part) != std::string::npos; }
} // namespace

TEST_CASE("one line in, one line out, and no secret among them")
{
    Driven he;
    const auto states = he.drive(R"({"intent":"begin sign in"}
{"intent":"type digits","digits":"100200"}
{"intent":"confirm"}

{"intent":"type digits","digits":"284617"}
{"intent":"confirm"}
{"intent":"wait","ms":1000}
)");
    REQUIRE(states.size() == 6);
    CHECK(he.all_read);
    CHECK(has(states[1], R"("screen":"number","digits":"100200")"));
    CHECK(has(states[2], R"("screen":"pin")"));
    CHECK(has(states[3], R"("typed":6)"));
    CHECK(has(states[4], R"("screen":"duties")"));
    for (const auto& line : states) CHECK(!has(line, "284617"));
}

TEST_CASE("what cannot be read is told in a line of its own and changes nothing")
{
    Driven he;
    const auto before = he.head();
    const auto states = he.drive(
        "nonsense\n[]\n{\"intent\":\"fly\"}\n{\"intent\":\"type digit\"}\n{\"intent\":\"go to "
        "page\",\"page\":\"two\"}\n"
        "{\"intent\":\"type digits\",\"digits\":\"12x\"}\n{\"intent\":\"choose language\",\"language\":\"de\"}\n");
    REQUIRE(states.size() == 7);
    for (const auto& line : states) CHECK(line.starts_with(R"({"error":)"));
    CHECK(!he.all_read);
    CHECK(he.head() == before);
    CHECK(he.shown() == "start");
}

TEST_CASE("every intent that the page about `drive` names is understood, with the page's own example")
{
    std::ifstream file{std::filesystem::path{ADAL_SOURCE} / "app/README.md"};
    const std::string page{std::istreambuf_iterator<char>{file}, {}};
    std::set<std::string> seen;
    for (auto at = page.find(R"({"intent":)"); at != std::string::npos; at = page.find(R"({"intent":)", at + 1)) {
        const auto example = page.substr(at, page.find('}', at) - at + 1);
        CHECK_MESSAGE(app::read_script_line(example), example);
        seen.insert(example.substr(0, example.find_first_of(",}"))); // the intent's name
    }
    CHECK(seen.size() == std::variant_size_v<Intent> + 2);
}
