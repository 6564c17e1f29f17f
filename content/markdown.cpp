#include "content/markdown.hpp"
#include "content/source.hpp"
#include <algorithm>
#include <cmark-gfm.h>
#include <memory>

namespace adal::content {
namespace {
struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};

std::string text_or_empty(const char* text) { return text ? text : ""; }

bool is_picture_name(std::string_view name)
{
    return name.ends_with(".svg") && is_identifier(name.substr(0, name.size() - 4));
}

/// Walks the blocks cmark found and keeps those we know.
class Walker {
    static constexpr int deepest = 8; // bold in a link in italics ...; endless stars must not end the stack

public:
    Walker(const std::string& file, Findings& findings) : file_(file), findings_(findings) {}

    void walk(cmark_node* root)
    {
        for (auto* node = cmark_node_first_child(root); node; node = cmark_node_next(node)) {
            cover(node);
            read_block(node);
        }
    }
    /// Lines that became no block at all, such as link definitions: they would be lost without a word.
    void check_nothing_is_lost(std::string_view body)
    {
        int number = 0;
        for (const auto line : lines_of(body))
            if (++number; !trimmed(line).empty() && (number >= int(covered_.size()) || !covered_[std::size_t(number)]))
                find(number, "check.markdown.lost");
    }
    std::vector<Section> sections;

private:
    const std::string& file_;
    Findings& findings_;
    std::vector<bool> covered_;

    void find(int line, const char* key) { findings_.push_back({file_, line, Finding::Gravity::Error, key, {}}); }
    void find(cmark_node* node, const char* key) { find(cmark_node_get_start_line(node), key); }

    void cover(cmark_node* node)
    {
        // A fenced block's last line, and an open one's, are counted by cmark; a list's end may lie on an empty line.
        // Both are fine here.
        const auto end =
            static_cast<std::size_t>(std::max(cmark_node_get_end_line(node), cmark_node_get_start_line(node)));
        if (covered_.size() <= end) covered_.resize(end + 1);
        for (auto line = static_cast<std::size_t>(cmark_node_get_start_line(node)); line <= end; ++line)
            covered_[line] = true;
    }

    void read_block(cmark_node* node)
    {
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_HEADING:
            return read_heading(node);
        case CMARK_NODE_PARAGRAPH:
            return read_paragraph(node);
        case CMARK_NODE_BLOCK_QUOTE:
            return read_only_paragraph(node, BlockKind::CallOut);
        case CMARK_NODE_LIST:
            return read_list(node);
        case CMARK_NODE_CODE_BLOCK:
            return read_code(node);
        default:
            find(node, "check.markdown.block");
        }
    }

    void read_heading(cmark_node* node)
    {
        if (cmark_node_get_heading_level(node) != 2) find(node, "check.markdown.heading_level");
        const auto title = plain(runs_of(node));
        if (title.empty()) find(node, "check.markdown.empty");
        sections.push_back({static_cast<int>(sections.size()) + 1, title, {}, cmark_node_get_start_line(node)});
    }

    void add(Block block)
    {
        if (sections.empty())
            find(block.line, "check.markdown.before_heading");
        else
            sections.back().blocks.push_back(std::move(block));
    }
    void add_text(BlockKind kind, cmark_node* paragraph)
    {
        auto runs = runs_of(paragraph);
        if (plain(runs).empty()) find(paragraph, "check.markdown.empty");
        add({.kind = kind,
             .anchor = {},
             .runs = std::move(runs),
             .picture = {},
             .check = {},
             .line = cmark_node_get_start_line(paragraph)});
    }

    void read_paragraph(cmark_node* node)
    {
        auto* only = cmark_node_first_child(node);
        if (only && !cmark_node_next(only) && cmark_node_get_type(only) == CMARK_NODE_IMAGE)
            read_picture(node, only);
        else
            add_text(BlockKind::Paragraph, node);
    }

    void read_picture(cmark_node* paragraph, cmark_node* image)
    {
        auto name = text_or_empty(cmark_node_get_url(image));
        if (!is_picture_name(name)) find(paragraph, "check.markdown.picture_name");
        auto alternative = runs_of(image);
        if (plain(alternative).empty()) find(paragraph, "check.markdown.picture_text");
        add({.kind = BlockKind::Picture,
             .anchor = {},
             .runs = std::move(alternative),
             .picture = std::move(name),
             .check = {},
             .line = cmark_node_get_start_line(paragraph)});
    }

    void read_only_paragraph(cmark_node* node, BlockKind kind)
    {
        auto* only = cmark_node_first_child(node);
        if (!only || cmark_node_next(only) || cmark_node_get_type(only) != CMARK_NODE_PARAGRAPH)
            find(node, kind == BlockKind::CallOut ? "check.markdown.call_out" : "check.markdown.bullet");
        else
            add_text(kind, only);
    }

    void read_list(cmark_node* node)
    {
        if (cmark_node_get_list_type(node) != CMARK_BULLET_LIST) return find(node, "check.markdown.block");
        for (auto* item = cmark_node_first_child(node); item; item = cmark_node_next(item))
            read_only_paragraph(item, BlockKind::Bullet);
    }

    void read_code(cmark_node* node)
    {
        if (text_or_empty(cmark_node_get_fence_info(node)) != "check") return find(node, "check.markdown.block");
        add({.kind = BlockKind::Check,
             .anchor = {},
             .runs = {},
             .picture = {},
             .check = text_or_empty(cmark_node_get_literal(node)),
             .line = cmark_node_get_start_line(node) + 1}); // below the fence
    }

    Runs runs_of(cmark_node* parent)
    {
        Runs runs;
        add_runs(parent, {}, runs, cmark_node_get_start_line(parent), deepest);
        return runs;
    }

    void add_runs(cmark_node* parent, const Run& look, Runs& runs, int line, int levels)
    {
        if (levels == 0) return find(line, "check.markdown.inline");
        for (auto* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
            auto inner = look;
            switch (cmark_node_get_type(node)) {
            case CMARK_NODE_TEXT:
                append(runs, look, text_or_empty(cmark_node_get_literal(node)));
                continue;
            case CMARK_NODE_SOFTBREAK:
                append(runs, look, " ");
                continue;
            case CMARK_NODE_STRONG:
                inner.bold = true;
                break;
            case CMARK_NODE_EMPH:
                inner.italic = true;
                break;
            case CMARK_NODE_LINK:
                inner.link = text_or_empty(cmark_node_get_url(node));
                if (!is_paragraph_reference(inner.link)) find(line, "check.markdown.link");
                break;
            default:
                find(line, "check.markdown.inline");
                continue;
            }
            add_runs(node, inner, runs, line, levels - 1);
        }
    }

    static void append(Runs& runs, const Run& look, const std::string& text)
    {
        const auto same = [&](const Run& run) {
            return run.bold == look.bold && run.italic == look.italic && run.link == look.link;
        };
        if (runs.empty() || !same(runs.back())) {
            runs.push_back(look);
            runs.back().text.clear();
        }
        runs.back().text += text;
    }
};
} // namespace

std::vector<Section> read_sections(std::string_view body, const std::string& file, Findings& findings)
{
    const std::unique_ptr<cmark_node, FreeNode> root{
        cmark_parse_document(body.data(), body.size(), CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8)};
    Walker walker{file, findings};
    walker.walk(root.get());
    walker.check_nothing_is_lost(body);
    return std::move(walker.sections);
}

} // namespace adal::content
