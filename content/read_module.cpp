#include "content/front_matter.hpp"
#include "content/markdown.hpp"
#include "content/reader.hpp"
#include "content/source.hpp"
#include <algorithm>

namespace adal::content {
namespace {
void read_front(FrontMatter& front, ModuleText& text)
{
    front.one_of("kind", {"module"});
    text.module = {front.identifier("id")};
    text.version = front.whole("version");
    text.title = front.word("title");
    text.minutes = front.whole("minutes");
    text.summary = front.word("summary");
    text.is_specimen = front.one_of("specimen", {"no", "yes"}) == 1;
    front.finish();
}

/// A page is not empty and holds at most one picture and one check.
void check_page(const Section& page, const std::string& file, Findings& findings)
{
    const auto find = [&](int line, const char* key) {
        findings.push_back({file, line, Finding::Gravity::Error, key, {}});
    };
    if (page.blocks.empty()) find(page.line, "check.module.empty_page");
    int pictures = 0, checks = 0;
    for (const auto& block : page.blocks) {
        if (block.kind == BlockKind::Picture && ++pictures > 1) find(block.line, "check.module.pictures");
        if (block.kind == BlockKind::Check && ++checks > 1) find(block.line, "check.module.checks");
    }
}
} // namespace

Reading<ModuleText> read_module(std::string_view source, Language language, const std::string& file)
{
    Reading<ModuleText> reading;
    const auto plain_text = plain_source(source);
    check_letters(plain_text, file, reading.findings);
    FrontMatter front{plain_text, file, reading.findings};
    reading.text.language = language;
    read_front(front, reading.text);
    if (front.body().empty()) return reading;
    reading.text.pages = read_sections(front.body(), file, reading.findings);
    if (reading.text.pages.empty())
        reading.findings.push_back({file, 1, Finding::Gravity::Error, "check.module.no_pages", {}});
    for (const auto& page : reading.text.pages) check_page(page, file, reading.findings);
    return reading;
}

} // namespace adal::content
