#include "content/reader.hpp"
#include "tests/content/faults.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::content;

namespace {
Block block(BlockKind kind, const std::string& anchor = {}, const std::string& picture = {})
{
    return {.kind = kind, .anchor = anchor, .runs = {{"text"}}, .picture = picture, .check = {}, .line = 0};
}

DocumentText document()
{
    DocumentText text;
    text.document = {"code"};
    text.version = 1;
    text.sections = {{1, "One", {block(BlockKind::Paragraph, "1.1"), block(BlockKind::Paragraph, "1.2")}, 10},
                     {2, "Two", {block(BlockKind::Paragraph, "2.1")}, 20}};
    return text;
}

ModuleText module_text()
{
    ModuleText text;
    text.module = {"speak-up"};
    text.minutes = 5;
    text.pages = {
        {1, "One", {block(BlockKind::Picture, {}, "a.svg"), block(BlockKind::Paragraph), block(BlockKind::Check)}, 10}};
    return text;
}

Findings against(const DocumentText& other) { return compare({{"kk.md", document()}, {"ru.md", other}}); }
Findings against(const ModuleText& other) { return compare({{"kk.md", module_text()}, {"ru.md", other}}); }
} // namespace

TEST_CASE("texts that differ only in their words are the same document")
{
    auto other = document();
    other.title = "Кодекс";
    other.sections[0].title = "Один";
    CHECK(against(other).empty());
    CHECK(against(module_text()).empty());
}

TEST_CASE("a paragraph lost in one language is found in that file")
{
    auto other = document();
    other.sections[0].blocks.pop_back();
    REQUIRE(against(other).size() == 1);
    CHECK(against(other).front().file == "ru.md");
    CHECK(first_fault(against(other)) == "10 check.compare.skeleton");
    other = document();
    other.sections.pop_back();
    CHECK(first_fault(against(other)) == "1 check.compare.sections");
}

TEST_CASE("versions that differ are found")
{
    auto other = document();
    other.version = 2;
    CHECK(against(other).front().arguments == Arguments{{"key", "version"}});
    auto module = module_text();
    module.minutes = 6;
    CHECK(against(module).front().arguments == Arguments{{"key", "minutes"}});
}

TEST_CASE("a module has the same pictures and checks in every language")
{
    auto other = module_text();
    other.pages[0].blocks[0].picture = "b.svg";
    CHECK(first_fault(against(other)) == "10 check.compare.skeleton");
    other = module_text();
    other.pages[0].blocks.pop_back();
    CHECK(has_errors(against(other)));
}

TEST_CASE("a paragraph more in a module is only a warning")
{
    auto other = module_text();
    other.pages[0].blocks.push_back(block(BlockKind::Paragraph));
    CHECK(first_fault(against(other)) == "10 check.compare.blocks");
    CHECK_FALSE(has_errors(against(other)));
}
