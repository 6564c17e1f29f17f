#include "sync/packs/builder.hpp"
#include "tests/sync/packs/authored.hpp"
#include <algorithm>
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;
using support::Authored;

namespace {

const content::Finding* find(const content::Findings& findings, const std::string& key)
{
    for (const auto& finding : findings)
        if (finding.key == key) return &finding;
    return nullptr;
}
content::Findings check(const Authored& authored) { return check_sources({authored.library(), authored.bank()}); }

} // namespace

TEST_CASE("what ships has nothing to mend")
{
    const Authored authored;
    for (const auto& finding : check(authored)) FAIL_CHECK(finding.file, ":", finding.line, " ", finding.key);
}

TEST_CASE("a missing picture is found in each text that shows it, with its line")
{
    const Authored authored;
    std::filesystem::remove(authored.library() / "modules/speak-up/canisters.svg");
    const auto findings = check(authored);
    CHECK(findings.size() == 3);
    const auto* finding = find(findings, "check.picture.missing");
    REQUIRE(finding);
    CHECK(finding->line > 1);
    CHECK(finding->file.ends_with("speak-up/en.md"));
}

TEST_CASE("a picture that cannot be drawn is found")
{
    const Authored authored;
    Authored::write(authored.library() / "modules/speak-up/canisters.svg", "<svg");
    CHECK(find(check(authored), "check.picture.unreadable"));
}

TEST_CASE("a missing language is found")
{
    const Authored authored;
    std::filesystem::remove(authored.library() / "documents/anti-corruption-code/kk.md");
    const auto findings = check(authored);
    const auto* finding = find(findings, "check.file.missing");
    REQUIRE(finding);
    CHECK(finding->file.ends_with("anti-corruption-code/kk.md"));
}

TEST_CASE("an item that refers to a paragraph that is not there is found where it stands")
{
    const Authored authored;
    Authored::replace(authored.bank() / "ru.gift", "[tag:ref:anti-corruption-code#", "[tag:ref:anti-corruption-code#9");
    Authored::replace(authored.bank() / "kk.gift", "[tag:ref:anti-corruption-code#", "[tag:ref:anti-corruption-code#9");
    Authored::replace(authored.bank() / "en.gift", "[tag:ref:anti-corruption-code#", "[tag:ref:anti-corruption-code#9");
    const auto findings = check(authored);
    CHECK(findings.size() == 3);
    const auto* finding = find(findings, "check.reference.unknown");
    REQUIRE(finding);
    CHECK(finding->line > 1);
}

TEST_CASE("a duty whose object does not exist is found")
{
    const Authored authored;
    Authored::replace(authored.library() / "curriculum.json", "\"object\": \"probation\"", "\"object\": \"probatoin\"");
    CHECK(find(check(authored), "check.curriculum.object"));
    Authored::replace(authored.library() / "curriculum.json", "\"object\": \"speak-up\"", "\"object\": \"speak\"");
    CHECK(find(check_sources({authored.library()}), "check.curriculum.object"));
}

TEST_CASE("a folder named otherwise than its text is found")
{
    const Authored authored;
    std::filesystem::rename(authored.library() / "modules/speak-up", authored.library() / "modules/speakup");
    CHECK(find(check(authored), "check.folder.id"));
}

TEST_CASE("with an error nothing is written, and the findings are the answer")
{
    const Authored authored;
    std::filesystem::remove(authored.library() / "modules/speak-up/canisters.svg");
    const auto building = build_library(authored.library(), authored.packs());
    REQUIRE(building);
    CHECK_FALSE(building->built);
    CHECK(has_errors(building->findings));
    CHECK_FALSE(std::filesystem::exists(authored.packs()));
    CHECK(build_library(authored.library() / "nowhere", authored.packs()).error().kind == ErrorKind::NotFound);
}

TEST_CASE("single files can be checked by themselves")
{
    const Authored authored;
    CHECK(check_sources({authored.bank() / "kk.gift", authored.bank() / "tests/probation.json", authored.library() / "curriculum.json",
                         authored.library() / "documents/anti-corruption-code/ru.md", authored.library() / "modules/speak-up/en.md"})
              .empty());
    CHECK(find(check_sources({authored.library() / "nothing.md"}), "check.file.missing"));
    CHECK(find(check_sources({authored.library() / "modules/speak-up/canisters.svg"}), "check.file.kind"));
}

TEST_CASE("a fault of a module's check is named in the line where it stands")
{
    const Authored authored;
    const auto file = authored.library() / "modules/speak-up/kk.md";
    auto text = Authored::read(file);
    const auto name = text.find("::", text.find("```check"));
    const auto line = static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(name), '\n')) + 1;
    Authored::write(file, text.replace(name, 2, "::X"));
    const auto findings = check(authored);
    const auto* finding = find(findings, "check.gift.name");
    REQUIRE(finding);
    CHECK(finding->line == line);
}

TEST_CASE("one name for two checks is found: the second would get the first one's revision")
{
    const Authored authored;
    for (const auto* code : {"kk", "ru", "en"}) {
        const auto file = authored.library() / "modules/speak-up" / (std::string{code} + ".md");
        auto text = Authored::read(file);
        const auto first = text.find("::", text.find("```check"));
        const auto second = text.find("::", text.find("```check", first));
        const auto end_of = [&](std::size_t at) { return text.find("::", at + 2); };
        const auto name = text.substr(first, end_of(first) - first);
        Authored::write(file, text.replace(second, end_of(second) - second, name));
    }
    CHECK(find(check(authored), "check.library.check_twice"));
}

TEST_CASE("a document and a module of one name are found: what is done with one would count for the other")
{
    const Authored authored;
    std::filesystem::rename(authored.library() / "documents/anti-corruption-code", authored.library() / "documents/speak-up");
    CHECK(find(check(authored), "check.library.shared_id"));
}
