#include <doctest/doctest.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

/// The map cannot drift away from the code: every include edge is compared with the level list, and CMakeLists.txt's order with it too.
namespace {
namespace fs = std::filesystem;

// A line may include any line above it, same number or not, and has never heard of those below.
const std::vector<std::string> levels{
    "content/base",
    "content/language", "content", "sync/keys", "sync/database",
    "quizzes", "quizzes/analysis", "quizzes/formats", "sync/people", "sync/terminals", "sync/decisions",
    "sync/events", "sync/packs",
    "sync/journal", "sync/duties",
    "sync/link",
    "sync/hq", "app/window", "app/widgets", "app/screens", "app",
};

std::string read(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Edge {
    std::string from, to, file;
};

std::vector<Edge> edges()
{
    static const std::regex include{R"re(#\s*include\s+"([^"]+)")re"};
    std::vector<Edge> found;
    const fs::path root{ADAL_SOURCE};
    for (const char* top : {"content", "quizzes", "sync", "app"})
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const auto extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".hpp") continue;
            const auto from = fs::relative(entry.path().parent_path(), root).string();
            const auto text = read(entry.path());
            for (std::sregex_iterator it(text.begin(), text.end(), include), end; it != end; ++it)
                found.push_back({from, fs::path((*it)[1].str()).parent_path().string(), entry.path().string()});
        }
    return found;
}

std::size_t level(const std::string& folder)
{
    return static_cast<std::size_t>(std::find(levels.begin(), levels.end(), folder) - levels.begin());
}
} // namespace

TEST_CASE("every folder that includes or is included stands in the level list")
{
    for (const auto& edge : edges()) {
        INFO(edge.file);
        CHECK(level(edge.from) < levels.size());
        CHECK_MESSAGE(level(edge.to) < levels.size(), "includes are written from the root: " << edge.to);
    }
}

TEST_CASE("edges go only upward")
{
    const auto all = edges();
    CHECK(all.size() > 100); // the reader of includes works
    for (const auto& edge : all) {
        INFO(edge.file, " includes ", edge.to);
        CHECK(level(edge.to) <= level(edge.from));
    }
}

TEST_CASE("the terminal and HQ never meet")
{
    for (const auto& edge : edges()) {
        INFO(edge.file, " includes ", edge.to);
        CHECK_FALSE((edge.from.starts_with("app") && edge.to == "sync/hq"));
        CHECK_FALSE((edge.from == "sync/hq" && edge.to.starts_with("app")));
    }
}

TEST_CASE("CMakeLists.txt names the folders in the same order")
{
    const auto text = read(fs::path{ADAL_SOURCE} / "CMakeLists.txt");
    auto at = text.find("set(ADAL_LEVELS");
    REQUIRE(at != std::string::npos);
    for (const auto& folder : levels) {
        const std::regex word{"[\\s]" + folder + "[\\s)]"};
        std::smatch match;
        const std::string rest = text.substr(at);
        REQUIRE_MESSAGE(std::regex_search(rest, match, word), folder);
        at += static_cast<std::size_t>(match.position());
    }
}

TEST_CASE("the top of the repository has exactly the agreed entries")
{
    const std::set<std::string> agreed{"CMakeLists.txt", "CMakePresets.json", "README.md", "app", "assets", "content", "quizzes", "sync", "tests"};
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(ADAL_SOURCE)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with(".") && name != "build") found.insert(name);
    }
    CHECK(found == agreed);
}
