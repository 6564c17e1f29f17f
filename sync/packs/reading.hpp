#pragma once
#include "content/document.hpp"
#include <filesystem>
#include <optional>
#include <string>

/// What the builder and the reader of packs both need. Apart from the builder, so that a terminal, which only reads, links no SVG renderer.
namespace adal::sync {

std::optional<std::string> read_text(const std::filesystem::path&); // nothing if it is no readable file
const content::Block* check_on(const content::ModuleText&, int page); // from 1; null if the page has none

} // namespace adal::sync
