#include "sync/packs/reading.hpp"
#include <algorithm>
#include <fstream>
#include <sstream>

namespace adal::sync {

std::optional<std::string> read_text(const std::filesystem::path& path)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return std::nullopt;
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file || !text) return std::nullopt;
    return std::move(text).str();
}

const content::Block* check_on(const content::ModuleText& text, int page)
{
    if (page < 1 || static_cast<std::size_t>(page) > text.pages.size()) return nullptr;
    const auto& blocks = text.pages[static_cast<std::size_t>(page) - 1].blocks;
    const auto found = std::find_if(blocks.begin(), blocks.end(), [](const auto& block) { return block.kind == content::BlockKind::Check; });
    return found == blocks.end() ? nullptr : &*found;
}

} // namespace adal::sync
