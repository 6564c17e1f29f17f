#pragma once
#include "content/finding.hpp"
#include "content/base/expected.hpp"
#include "content/base/bytes.hpp"
#include <filesystem>
#include <optional>
#include <vector>

namespace adal::sync {

/// Checks authored folders (content/README.md, quizzes/README.md): every problem with file and line; nothing is written.
/// `paths` may name a library folder, a bank folder, or single files.
content::Findings check_sources(const std::vector<std::filesystem::path>& paths);

/// Checks, then writes a pack. On any error finding nothing is written and the findings are the answer.
struct Built {
    std::filesystem::path file; // named <sha256>.pack in the folder asked for
    Hash hash{};
    std::int64_t size = 0;
};
struct Building {
    std::optional<Built> built;
    content::Findings findings;
};
Expected<Building> build_library(const std::filesystem::path& library, const std::filesystem::path& into);
Expected<Building> build_bank(const std::filesystem::path& bank, const std::filesystem::path& library, const std::filesystem::path& into);

} // namespace adal::sync
