#include "sync/hq/folder.hpp"
#include "sync/keys/private_file.hpp"
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace adal::sync::hq {

Expected<Done> write_config(const HqFolder& folder, const Config& config)
{
    auto json = nlohmann::json::object();
    if (!config.postgres.empty()) json["postgres"] = config.postgres;
    return write_private_file(folder.config(), bytes_of(json.dump(1) + "\n"));
}

Expected<Config> read_config(const HqFolder& folder)
{
    const auto bytes = read_private_file(folder.config(), 65536);
    if (!bytes && bytes.error().kind == ErrorKind::NotFound)
        return fail(ErrorKind::NotFound, "hq.folder.missing", {{"path", folder.root.string()}});
    if (!bytes) return bytes.error();
    try {
        const auto json = nlohmann::json::parse(text_of(*bytes));
        return Config{.postgres = json.value("postgres", "")};
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorKind::Corrupt, "hq.config.broken", {{"path", folder.config().string()}});
    }
}

std::filesystem::path share_folder()
{
    if (const char* assets = std::getenv("ADAL_ASSETS"); assets && *assets) return assets;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path{"share/adal"} : program.parent_path().parent_path() / "share" / "adal";
}

} // namespace adal::sync::hq
