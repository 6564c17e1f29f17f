#pragma once
#include "tests/support/temporary_folder.hpp"
#include <fstream>
#include <sstream>

/// The library and bank that ship, copied so that a test can spoil them.
namespace adal::support {

class Authored {
public:
    Authored()
    {
        const std::filesystem::path source{ADAL_SOURCE};
        std::filesystem::copy(source / "content/library", library(), std::filesystem::copy_options::recursive);
        std::filesystem::copy(source / "quizzes/bank", bank(), std::filesystem::copy_options::recursive);
    }
    std::filesystem::path library() const { return folder_.path() / "library"; }
    std::filesystem::path bank() const { return folder_.path() / "bank"; }
    std::filesystem::path packs() const { return folder_.path() / "packs"; }

    static std::string read(const std::filesystem::path& file)
    {
        std::ifstream in{file, std::ios::binary};
        std::ostringstream text;
        text << in.rdbuf();
        return std::move(text).str();
    }
    static void write(const std::filesystem::path& file, const std::string& text) { std::ofstream{file, std::ios::binary} << text; }
    static void replace(const std::filesystem::path& file, const std::string& what, const std::string& with)
    {
        auto text = read(file);
        const auto at = text.find(what);
        if (at != std::string::npos) text.replace(at, what.size(), with);
        write(file, text);
    }

private:
    TemporaryFolder folder_;
};

} // namespace adal::support
