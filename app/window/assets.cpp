#include "app/window/assets.hpp"
#include <cstdlib>
#include <string>
#include <vector>

namespace adal::window {

namespace {
using std::filesystem::path;

path program_folder()
{
    std::error_code problem;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", problem);
    return problem ? path(".") : program.parent_path();
}
} // namespace

path assets_folder()
{
    if (const char* chosen = std::getenv("ADAL_ASSETS"); chosen != nullptr && *chosen != '\0') return chosen;
    return (program_folder() / ".." / "share" / "adal").lexically_normal();
}

Expected<path> fonts_folder()
{
    std::vector<path> folders;
    if (const char* chosen = std::getenv("ADAL_FONTS"); chosen != nullptr && *chosen != '\0')
        folders.emplace_back(chosen);
    for (const auto* folder :
         {"/usr/share/fonts/opentype/inter", "/usr/share/fonts/inter", "/usr/local/share/fonts/inter"})
        folders.emplace_back(folder);
    folders.push_back(assets_folder() / "fonts");
    std::string tried;
    for (const auto& folder : folders) {
        std::error_code problem;
        if (std::filesystem::exists(folder / "Inter-Regular.otf", problem)) return folder;
        tried += (tried.empty() ? "" : ", ") + folder.string();
    }
    return fail(ErrorKind::NotFound, "window.no_fonts", {{"folders", tried}});
}

} // namespace adal::window
