#include "content/front_matter.hpp"
#include "content/markdown.hpp"
#include "content/reader.hpp"
#include "content/source.hpp"

namespace adal::content {
namespace {
constexpr std::string_view name_place = "{name}";

/// The body's rules: sections "N. Title" in order, in them paragraphs that begin with their anchors, and call-outs.
class BodyReader {
public:
    BodyReader(DocumentText& text, const std::string& file, Findings& findings)
        : text_(text), file_(file), findings_(findings)
    {}

    void read()
    {
        if (text_.sections.empty()) find(1, "check.document.no_sections");
        for (auto& section : text_.sections) {
            take_number(section);
            take_anchors(section);
        }
        for (const auto& section : text_.sections)
            for (const auto& block : section.blocks) check_links(block);
    }

private:
    DocumentText& text_;
    const std::string& file_;
    Findings& findings_;

    void find(int line, const char* key, Arguments arguments = {})
    {
        findings_.push_back({file_, line, Finding::Gravity::Error, key, std::move(arguments)});
    }

    /// "4. Gifts" becomes 4 and "Gifts".
    void take_number(Section& section)
    {
        const auto wanted = std::to_string(section.number) + ". ";
        if (!section.title.starts_with(wanted))
            return find(section.line, "check.document.section_number", {{"wanted", wanted}});
        section.title.erase(0, wanted.size());
        if (trimmed(section.title).empty()) find(section.line, "check.markdown.empty");
    }

    void take_anchors(Section& section)
    {
        int paragraphs = 0;
        for (auto& block : section.blocks) {
            if (block.kind == BlockKind::Paragraph)
                take_anchor(block, std::to_string(section.number) + "." + std::to_string(++paragraphs));
            else if (block.kind != BlockKind::CallOut)
                find(block.line, "check.document.block");
        }
        if (paragraphs == 0) find(section.line, "check.document.empty_section");
    }

    /// "4.2 An employee ..." loses its anchor, which becomes the block's.
    void take_anchor(Block& block, const std::string& wanted)
    {
        block.anchor = wanted;
        const auto text = plain(block.runs);
        const auto written = text.substr(0, text.find(' '));
        if (!is_anchor(written)) return find(block.line, "check.document.no_anchor", {{"wanted", wanted}});
        if (written != wanted)
            find(block.line, "check.document.anchor_order", {{"anchor", written}, {"wanted", wanted}});
        if (text.size() == written.size()) return find(block.line, "check.markdown.empty");
        if (!block.runs.front().text.starts_with(written + " "))
            return find(block.line, "check.document.no_anchor", {{"wanted", wanted}});
        block.runs.front().text.erase(0, written.size() + 1);
        if (block.runs.front().text.empty()) block.runs.erase(block.runs.begin());
    }

    /// Links to other documents are the packer's to check.
    void check_links(const Block& block)
    {
        for (const auto& run : block.runs) {
            const auto hash = run.link.find('#');
            if (hash == std::string::npos || run.link.substr(0, hash) != text_.document.text) continue;
            if (!has_paragraph(text_, run.link.substr(hash + 1)))
                find(block.line, "check.document.link_target", {{"link", run.link}});
        }
    }
};

std::string declaration(FrontMatter& front)
{
    auto text = front.word("declaration");
    const auto at = text.find(name_place);
    const bool once = at != std::string::npos && text.find(name_place, at + 1) == std::string::npos;
    if (!text.empty() && !once) front.find("declaration", "check.front.declaration");
    return text;
}

void read_front(FrontMatter& front, DocumentText& text)
{
    front.one_of("kind", {"document"});
    text.document = {front.identifier("id")};
    text.version = front.whole("version");
    text.title = front.word("title");
    text.number = front.word("number");
    text.date = front.date("date");
    text.status =
        front.one_of("status", {"in force", "repealed"}) == 0 ? DocumentStatus::InForce : DocumentStatus::Repealed;
    text.amended_by = front.word("amended by");
    if (text.amended_by == "none") text.amended_by.clear(); // a code: by nothing
    text.approving_act = front.word("approving act");
    text.declaration = declaration(front);
    text.is_specimen = front.one_of("specimen", {"no", "yes"}) == 1;
    front.finish();
}
} // namespace

Reading<DocumentText> read_document(std::string_view source, Language language, const std::string& file)
{
    Reading<DocumentText> reading;
    const auto plain_text = plain_source(source);
    check_letters(plain_text, file, reading.findings);
    FrontMatter front{plain_text, file, reading.findings};
    reading.text.language = language;
    read_front(front, reading.text);
    if (front.body().empty()) return reading;
    reading.text.sections = read_sections(front.body(), file, reading.findings);
    BodyReader{reading.text, file, reading.findings}.read();
    return reading;
}

} // namespace adal::content
