#include "content/reader.hpp"
#include "tests/content/faults.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::content;

namespace {
const std::string written = R"(---
kind: document
id: anti-corruption-code
version: 2
title: Anti-Corruption Code
number: Specimen No. 1
date: 2026-09-01
status: in force
amended by: none
approving act: Specimen
declaration: I, {name}, have read the Code.
specimen: yes
---

## 1. What corruption is

> This is a *specimen*.

1.1 A gift up to **5,000 tenge** is
allowed, see [2.1](anti-corruption-code#2.1).

1.2 Nobody takes a bribe.

## 2. Gifts

2.1 An employee does not take gifts.
)";

DocumentText read(const std::string& source)
{
    auto reading = read_document(source, Language::en, "en.md");
    for (const auto& finding : reading.findings) FAIL_CHECK(finding.line << ": " << finding.key);
    return std::move(reading.text);
}

std::string fault(const std::string& from, const std::string& to)
{
    return first_fault(read_document(changed(written, from, to), Language::en, "en.md").findings);
}
} // namespace

TEST_CASE("a document is read with what stands at its top")
{
    const auto text = read(written);
    CHECK(text.document == DocumentId{"anti-corruption-code"});
    CHECK(text.version == 2);
    CHECK(text.language == Language::en);
    CHECK(text.title == "Anti-Corruption Code");
    CHECK(text.date == Date{std::chrono::year{2026} / 9 / 1});
    CHECK(text.status == DocumentStatus::InForce);
    CHECK(text.amended_by.empty());
    CHECK(text.declaration == "I, {name}, have read the Code.");
    CHECK(text.is_specimen);
}

TEST_CASE("sections have numbers, paragraphs have anchors, and both know their lines")
{
    const auto text = read(written);
    REQUIRE(text.sections.size() == 2);
    const auto& section = text.sections[0];
    CHECK(section.number == 1);
    CHECK(section.title == "What corruption is");
    CHECK(section.line == 15);
    REQUIRE(section.blocks.size() == 3);
    CHECK(section.blocks[0].kind == BlockKind::CallOut);
    CHECK(section.blocks[0].anchor.empty());
    CHECK(section.blocks[1].anchor == "1.1");
    CHECK(section.blocks[1].line == 19);
    CHECK(plain(section.blocks[2].runs) == "Nobody takes a bribe.");
    CHECK(has_paragraph(text, "2.1"));
    CHECK_FALSE(has_paragraph(text, "2.2"));
}

TEST_CASE("emphasis and links become runs, and a line break in the file is a blank")
{
    const auto runs = read(written).sections[0].blocks[1].runs;
    CHECK(runs == Runs{{"A gift up to "},
                       {.text = "5,000 tenge", .bold = true},
                       {" is allowed, see "},
                       {.text = "2.1", .link = "anti-corruption-code#2.1"},
                       {"."}});
}

TEST_CASE("a byte-order mark and Windows line ends change nothing")
{
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : written) windows += c == '\n' ? std::string{"\r\n"} : std::string(1, c);
    const auto text = read(windows);
    CHECK(text.sections[0].blocks[1].line == 19);
    CHECK(text.sections[0].blocks[1].runs == read(written).sections[0].blocks[1].runs);
}

TEST_CASE("what stands at the top is judged strictly")
{
    CHECK(first_fault(read_document("1.1 Text", Language::en, "en.md").findings) == "1 check.front.none");
    CHECK(first_fault(read_document("", Language::en, "en.md").findings) == "1 check.front.none");
    CHECK(first_fault(read_document("---\nkind: document\n", Language::en, "en.md").findings) == "1 check.front.none");
    CHECK(fault("version: 2", "version: 2\ncolour: red") == "5 check.front.unknown");
    CHECK(fault("version: 2", "version: 2\nversion: 3") == "5 check.front.twice");
    CHECK(fault("version: 2", "version") == "4 check.front.line");
    CHECK(fault("version: 2", "version: two") == "4 check.front.number");
    CHECK(fault("version: 2", "version: 0") == "4 check.front.number");
    CHECK(fault("version: 2\n", "") == "1 check.front.missing");
    CHECK(fault("kind: document", "kind: module") == "2 check.front.one_of");
    CHECK(fault("id: anti-corruption-code", "id: Code") == "3 check.text.identifier");
    CHECK(fault("title: Anti-Corruption Code", "title:") == "5 check.text.empty");
    CHECK(fault("2026-09-01", "01.09.2026") == "7 check.front.date");
    CHECK(fault("in force", "valid") == "8 check.front.one_of");
    CHECK(fault("{name}", "") == "11 check.front.declaration");
    CHECK(fault("have read", "{name}") == "11 check.front.declaration");
}

TEST_CASE("a section out of its number, an anchor out of its order or no anchor at all is found where it stands")
{
    CHECK(fault("## 2. Gifts", "## 3. Gifts") == "24 check.document.section_number");
    CHECK(fault("## 2. Gifts", "## Gifts") == "24 check.document.section_number");
    CHECK(fault("## 2. Gifts", "# 2. Gifts") == "24 check.markdown.heading_level");
    CHECK(fault("1.2 Nobody", "Nobody") == "22 check.document.no_anchor");
    CHECK(fault("1.2 Nobody", "**1.2** Nobody") == "22 check.document.no_anchor");
    CHECK(fault("1.2 Nobody", "1.3 Nobody") == "22 check.document.anchor_order");
    CHECK(fault("1.2 Nobody takes a bribe.", "1.2") == "22 check.markdown.empty");
    CHECK(fault("2.1 An employee does not take gifts.", "") == "24 check.document.empty_section");
}

TEST_CASE("what a document does not hold is found where it stands")
{
    CHECK(fault("1.2 Nobody", "- Nobody") == "22 check.document.block");
    CHECK(fault("1.2 Nobody", "1. Nobody") == "22 check.markdown.block");
    CHECK(fault("1.2 Nobody takes a bribe.", "![Gifts](gifts.svg)") == "22 check.document.block");
    CHECK(fault("1.2 Nobody", "1.2 <b>Nobody</b>") == "22 check.markdown.inline");
    CHECK(fault("1.2 Nobody", "1.2 `Nobody`") == "22 check.markdown.inline");
    CHECK(fault("1.2 Nobody", "1.2 ![Nobody](x.svg)") == "22 check.markdown.inline");
    CHECK(fault("1.2 Nobody takes a bribe.", "1.2 [Nobody](https://example.org)") == "22 check.markdown.link");
    CHECK(fault("1.2 Nobody takes a bribe.", "1.2 [Nobody](anti-corruption-code#9.9)") ==
          "22 check.document.link_target");
    CHECK(fault("1.2 Nobody takes a bribe.", "[nobody]: anti-corruption-code#1.1") == "22 check.markdown.lost");
    CHECK(fault("> This is a *specimen*.", "> This is\n>\n> a specimen.") == "17 check.markdown.call_out");
    CHECK(fault("## 1. What corruption is", "") == "17 check.markdown.before_heading");
}

TEST_CASE("text that is not in NFC or not UTF-8 is found by its line")
{
    CHECK(fault("2.1 An", "2.1 и\u0306") == "26 check.text.not_nfc");
    CHECK(fault("2.1 An", "2.1 \xFF") == "26 check.text.not_utf8");
}

TEST_CASE("no beginning of a file makes the reader stumble")
{
    for (std::size_t length = 0; length < written.size(); ++length)
        CHECK(read_document(std::string_view{written}.substr(0, length), Language::en, "en.md").text.sections.size() <=
              2);
}

TEST_CASE("control characters and letters another program has lost are found in their line")
{
    CHECK(fault("takes a bribe", "takes\x01 a bribe") == "22 check.text.not_shown");
    CHECK(fault("takes a bribe", "takes\r a bribe") == "22 check.text.not_shown");
    CHECK(fault("takes a bribe", "takes a br\xEF\xBF\xBD" "be") == "22 check.text.not_shown");
}

TEST_CASE("endless emphasis is a finding, not the end of the program")
{
    std::string stars;
    for (int i = 0; i < 100'000; ++i) stars += "*a **a ";
    stars += "z";
    for (int i = 0; i < 100'000; ++i) stars += "** a*";
    CHECK(fault("takes a bribe", stars) == "22 check.markdown.inline");
}
