#pragma once
#include "app/screens/layout.hpp"
#include "content/document.hpp"
#include <optional>
#include <span>
#include <string>

namespace adal::screens {

/// How a document's or a module's paragraphs look.
struct BlocksLook {
    widgets::Type type = widgets::Type::Reading;
    std::string_view links{};  // ids of links begin with this: "reader.link."
    std::string_view marked{}; // the anchor of the paragraph to show
};

/// What came of drawing them.
struct BlocksTouch {
    std::string pressed;                  // the paragraph a link names: "anti-corruption-code#9.1"
    std::optional<widgets::Rect> marked;  // where the marked paragraph lies
};

/// Adds paragraphs, call-outs and bullets to a stack; pictures and checks have places of their own. Where some paragraph is numbered, all
/// leave room for a plate with the number at the left. `touch` must outlive the stack.
void add_blocks(Stack&, widgets::Frame&, std::span<const content::Block>, const BlocksLook&, BlocksTouch& touch);

} // namespace adal::screens
