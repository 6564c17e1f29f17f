#include "content/reader.hpp"
#include <algorithm>

namespace adal::content {
namespace {
using Gravity = Finding::Gravity;

/// What must be the same in every language: a section's skeleton, without its words.
std::vector<std::string> skeleton(const Section& section)
{
    std::vector<std::string> marks;
    for (const auto& block : section.blocks) {
        if (!block.anchor.empty()) marks.push_back(block.anchor);
        if (block.kind == BlockKind::Picture) marks.push_back(block.picture);
        if (block.kind == BlockKind::Check) marks.emplace_back("check");
    }
    return marks;
}

std::vector<BlockKind> kinds(const Section& section)
{
    std::vector<BlockKind> result;
    for (const auto& block : section.blocks) result.push_back(block.kind);
    return result;
}

/// One language against the first.
struct Comparison {
    const std::string& file;
    Findings& findings;

    void find(int line, const char* key, Arguments arguments, Gravity gravity = Gravity::Error) const
    {
        findings.push_back({file, line, gravity, key, std::move(arguments)});
    }
    void same(bool is_same, const char* key) const
    {
        if (!is_same) find(1, "check.compare.front", {{"key", key}});
    }
    void same_sections(const std::vector<Section>& first, const std::vector<Section>& other) const
    {
        if (first.size() != other.size())
            find(1, "check.compare.sections",
                 {{"there", std::to_string(other.size())}, {"wanted", std::to_string(first.size())}});
        for (std::size_t i = 0; i < std::min(first.size(), other.size()); ++i) {
            const Arguments number{{"section", std::to_string(other[i].number)}};
            if (skeleton(first[i]) != skeleton(other[i]))
                find(other[i].line, "check.compare.skeleton", number);
            else if (kinds(first[i]) != kinds(other[i]))
                find(other[i].line, "check.compare.blocks", number, Gravity::Warning);
        }
    }
};

void compare(const DocumentText& first, const DocumentText& other, const Comparison& comparison)
{
    comparison.same(first.document == other.document, "id");
    comparison.same(first.version == other.version, "version");
    comparison.same(first.date == other.date, "date");
    comparison.same(first.status == other.status, "status");
    comparison.same(first.is_specimen == other.is_specimen, "specimen");
    comparison.same_sections(first.sections, other.sections);
}

void compare(const ModuleText& first, const ModuleText& other, const Comparison& comparison)
{
    comparison.same(first.module == other.module, "id");
    comparison.same(first.version == other.version, "version");
    comparison.same(first.minutes == other.minutes, "minutes");
    comparison.same(first.is_specimen == other.is_specimen, "specimen");
    comparison.same_sections(first.pages, other.pages);
}

template <class T> Findings compare_all(const std::vector<std::pair<std::string, T>>& texts)
{
    Findings findings;
    for (const auto& [file, text] : texts) compare(texts.front().second, text, Comparison{file, findings});
    return findings;
}
} // namespace

Findings compare(const std::vector<std::pair<std::string, DocumentText>>& texts) { return compare_all(texts); }
Findings compare(const std::vector<std::pair<std::string, ModuleText>>& texts) { return compare_all(texts); }

} // namespace adal::content
