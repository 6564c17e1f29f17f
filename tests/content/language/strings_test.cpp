#include "content/language/strings.hpp"
#include <doctest/doctest.h>
#include <fstream>
#include <unistd.h>

using namespace adal;
using namespace adal::language;

namespace {
struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("adal-strings-" + std::to_string(getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    void write(const std::string& kk, const std::string& ru, const std::string& en) const
    {
        std::ofstream{path / "kk.json"} << kk;
        std::ofstream{path / "ru.json"} << ru;
        std::ofstream{path / "en.json"} << en;
    }
};

constexpr auto kk =
    R"({"left": "{n, plural, one {# күн қалды} other {# күн қалды}}", "hi": "Сәлем, {name}", "ok": "Жарайды"})";
constexpr auto ru =
    R"({"left": "{n, plural, one {остался # день} few {осталось # дня} many {осталось # дней} other {осталось # дня}}",
 "hi": "Здравствуйте, {name}", "ok": "Хорошо"})";
constexpr auto en =
    R"({"left": "{n, plural, one {# day left} other {# days left}}", "hi": "Hello, {name}, it's {number}", "ok": "All right"})";

Strings words(const Folder& folder)
{
    folder.write(kk, ru, en);
    return Strings::load(folder.path).value();
}
} // namespace

TEST_CASE("a sentence is said in the language asked for")
{
    const Folder folder;
    const auto strings = words(folder);
    CHECK(strings.say(Language::kk, "ok") == "Жарайды");
    CHECK(strings.say(Language::en, "ok", {{"n", "5"}}) == "All right");
    CHECK(strings.say(Language::ru, "hi", {{"name", "Мадина"}}) == "Здравствуйте, Мадина");
}

TEST_CASE("each language counts by its own rules")
{
    const Folder folder;
    const auto strings = words(folder);
    CHECK(strings.say(Language::ru, "left", {{"n", "1"}}) == "остался 1 день");
    CHECK(strings.say(Language::ru, "left", {{"n", "3"}}) == "осталось 3 дня");
    CHECK(strings.say(Language::ru, "left", {{"n", "11"}}) == "осталось 11 дней");
    CHECK(strings.say(Language::ru, "left", {{"n", "21"}}) == "остался 21 день");
    CHECK(strings.say(Language::en, "left", {{"n", "1"}}) == "1 day left");
    CHECK(strings.say(Language::kk, "left", {{"n", "14"}}) == "14 күн қалды");
}

TEST_CASE("a personnel number stays as it is written, zeros and all")
{
    const Folder folder;
    CHECK(words(folder).say(Language::en, "hi", {{"name", "Asel"}, {"number", "0012345"}}) ==
          "Hello, Asel, it's 0012345");
}

TEST_CASE("an error is told to a person by its key and arguments")
{
    const Folder folder;
    CHECK(words(folder).say(Language::kk, fail(ErrorKind::NotFound, "hi", {{"name", "Әсел"}})) == "Сәлем, Әсел");
}

TEST_CASE("a missing key shows itself")
{
    const Folder folder;
    const auto strings = words(folder);
    const auto& shown = strings.say(Language::en, std::string{"no.such.key"});
    CHECK(shown == "no.such.key");
    CHECK(strings.say(Language::en, "no.such.key", {{"a", "b"}}) == "no.such.key");
    CHECK_FALSE(strings.has("no.such.key"));
    CHECK(Strings{}.say(Language::en, "hi") == "hi");
}

TEST_CASE("words that miss a language are refused, and the error says which key and file")
{
    const Folder folder;
    folder.write(kk, ru, R"({"left": "x", "ok": "All right"})");
    const auto loaded = Strings::load(folder.path);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().key == "check.strings.missing");
    CHECK(loaded.error().arguments == Arguments{{"key", "hi"}, {"file", (folder.path / "en.json").string()}});
}

TEST_CASE("a broken pattern, a broken file and no file at all are refused")
{
    const Folder folder;
    folder.write(R"({"a": "{n, plural, one {x}"})", R"({"a": "b"})", R"({"a": "b"})");
    CHECK(Strings::load(folder.path).error().key == "check.strings.pattern");
    folder.write(R"({"a": 5})", R"({"a": "b"})", R"({"a": "b"})");
    CHECK(Strings::load(folder.path).error().key == "check.strings.json");
    CHECK(Strings::load(folder.path / "nowhere").error().kind == ErrorKind::NotFound);
}
