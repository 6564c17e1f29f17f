#pragma once
#include "content/base/bytes.hpp"
#include "content/base/clock.hpp"
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace adal::content {

/// A stretch of text of one look. `link` is empty or names a paragraph: "anti-corruption-code#4.2".
struct Run {
    std::string text{};
    bool bold = false, italic = false;
    std::string link{};
    bool operator==(const Run&) const = default;
};
using Runs = std::vector<Run>;
std::string plain(const Runs&);

enum class BlockKind { Paragraph, CallOut, Bullet, Picture, Check };

struct Block {
    BlockKind kind{};
    std::string anchor;  // "4.2"; documents' paragraphs only
    Runs runs;           // Paragraph, CallOut, Bullet
    std::string picture; // file name beside the text; `runs` then holds the alternative text
    std::string check;   // one GIFT item as written; read by quizzes
    int line = 0;        // in the source file, from 1; a check's is the first line below its fence
};

struct Section {
    int number = 0; // documents: as written; modules: 1, 2, 3 ...
    std::string title;
    std::vector<Block> blocks;
    int line = 0;
};

enum class DocumentStatus { InForce, Repealed };

/// One language's text of one version of a document, as authored (content/README.md).
struct DocumentText {
    DocumentId document;
    int version = 0;
    Language language{};
    std::string title, number, amended_by, approving_act, declaration; // amended_by may be empty; the declaration holds {name}
    Date date{};
    DocumentStatus status{};
    bool is_specimen = false;
    std::vector<Section> sections;
};
bool has_paragraph(const DocumentText&, std::string_view anchor);

/// One language's text of one version of a module; a section is a page.
struct ModuleText {
    ModuleId module;
    int version = 0;
    Language language{};
    std::string title, summary;
    int minutes = 0;
    bool is_specimen = false;
    std::vector<Section> pages;
};

} // namespace adal::content
