#include "content/reader.hpp"
#include "tests/content/faults.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::content;

namespace {
const std::string module_text = R"(---
kind: module
id: speak-up
version: 1
title: Speak Up
minutes: 5
summary: How to report
specimen: yes
---

## At the weighbridge

![Ainur raises her hand](weighbridge.svg)

Ainur is weighing scrap.

- **Phone:** 8-800
- E-mail

> Remember.

```check
::speak-up-m1::What does Ainur do?{
~Takes it#See 4.2.
=Refuses#Right.
}
```

## In short

Report it.
)";

Reading<ModuleText> read(const std::string& source) { return read_module(source, Language::en, "en.md"); }
std::string fault(const std::string& from, const std::string& to)
{
    return first_fault(read(changed(module_text, from, to)).findings);
}
} // namespace

TEST_CASE("a module is read page by page")
{
    const auto [text, findings] = read(module_text);
    CHECK(first_fault(findings) == "");
    CHECK(text.module == ModuleId{"speak-up"});
    CHECK(text.minutes == 5);
    CHECK(text.summary == "How to report");
    REQUIRE(text.pages.size() == 2);
    CHECK(text.pages[1].number == 2);
    CHECK(text.pages[1].title == "In short");
    const auto& blocks = text.pages[0].blocks;
    REQUIRE(blocks.size() == 6);
    CHECK(blocks[0].kind == BlockKind::Picture);
    CHECK(blocks[0].picture == "weighbridge.svg");
    CHECK(plain(blocks[0].runs) == "Ainur raises her hand");
    CHECK(blocks[1].kind == BlockKind::Paragraph);
    CHECK(blocks[2].kind == BlockKind::Bullet);
    CHECK(blocks[2].runs.front() == Run{.text = "Phone:", .bold = true});
    CHECK(plain(blocks[3].runs) == "E-mail");
    CHECK(blocks[3].line == 18);
    CHECK(blocks[4].kind == BlockKind::CallOut);
}

TEST_CASE("a check keeps its item as written, with the line it begins on")
{
    const auto module = read(module_text).text;
    const auto& check = module.pages[0].blocks[5];
    CHECK(check.kind == BlockKind::Check);
    CHECK(check.check == "::speak-up-m1::What does Ainur do?{\n~Takes it#See 4.2.\n=Refuses#Right.\n}\n");
    CHECK(check.line == 23);
}

TEST_CASE("a page holds at most one picture and one check, and is not empty")
{
    CHECK(fault("Report it.", "![A](a.svg)\n\n![B](b.svg)") == "33 check.module.pictures");
    CHECK(fault("> Remember.", "```check\n::speak-up-m0::?{T}\n```") == "25 check.module.checks");
    CHECK(fault("Report it.", "") == "29 check.module.empty_page");
    CHECK(first_fault(read(module_text.substr(0, module_text.find("##"))).findings) == "1 check.module.no_pages");
}

TEST_CASE("pictures lie beside the text, are SVG and are described")
{
    CHECK(fault("weighbridge.svg", "weighbridge.png") == "13 check.markdown.picture_name");
    CHECK(fault("weighbridge.svg", "../weighbridge.svg") == "13 check.markdown.picture_name");
    CHECK(fault("Ainur raises her hand", "") == "13 check.markdown.picture_text");
}

TEST_CASE("what a module does not hold is found where it stands")
{
    CHECK(fault("```check", "```cpp") == "22 check.markdown.block");
    CHECK(fault("Report it.", "***") == "31 check.markdown.block");
    CHECK(fault("- E-mail", "- E-mail\n  - home") == "18 check.markdown.bullet");
    CHECK(fault("minutes: 5", "minutes: about five") == "6 check.front.number");
    CHECK(fault("specimen: yes", "specimen: yes\nstatus: in force") == "9 check.front.unknown");
}
