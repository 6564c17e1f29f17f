#pragma once
#include "content/base/expected.hpp"
#include <filesystem>

namespace adal::window {

/// Where icons, scenes and strings lie: $ADAL_ASSETS, else `../share/adal` beside the program's folder.
std::filesystem::path assets_folder();

/// The folder of Inter's .otf files. Fails with NotFound and the names of the folders that were tried.
Expected<std::filesystem::path> fonts_folder();

} // namespace adal::window
