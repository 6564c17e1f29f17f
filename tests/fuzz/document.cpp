#include "content/reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include <algorithm>

namespace adal::fuzz {

using namespace content;

namespace {

void check_lines(const Findings& findings, std::size_t lines)
{
    for (const auto& finding : findings)
        must(finding.line >= 0 && static_cast<std::size_t>(finding.line) <= lines + 1, "a finding names a line of the file");
}

std::size_t letters_of(const std::vector<Section>& sections)
{
    std::size_t letters = 0;
    for (const auto& section : sections)
        for (const auto& block : section.blocks) letters += plain(block.runs).size() + block.check.size();
    return letters;
}

} // namespace

void run(BytesView foreign)
{
    const auto text = text_of(foreign);
    const auto lines = static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return c == '\n' || c == '\r'; })) + 1; // as CommonMark counts
    const auto document = read_document(text, Language::kk, "kk.md");
    check_lines(document.findings, lines);
    must(has_errors(document.findings) || (!document.text.sections.empty() && !document.text.document.empty()), "a document without a finding is whole");
    must(letters_of(document.text.sections) <= 8 * text.size() + 64, "no more is read than was written");
    const auto module = read_module(text, Language::ru, "ru.md");
    check_lines(module.findings, lines);
    must(has_errors(module.findings) || !module.text.pages.empty(), "a module without a finding has pages");
    const auto curriculum = read_curriculum(text, "curriculum.json");
    check_lines(curriculum.findings, lines);
}

} // namespace adal::fuzz
