#pragma once
#include "content/base/expected.hpp"
#include <filesystem>

namespace adal::sync::hq {

/// HQ's data folder. Packs are a cache of what the database holds; everything else in it endures.
struct HqFolder {
    std::filesystem::path root;
    std::filesystem::path database() const { return root / "hq.db"; }
    std::filesystem::path keys() const { return root / "keys"; }
    std::filesystem::path packs() const { return root / "packs"; }
    std::filesystem::path config() const { return root / "config.json"; }
};

/// What must be known before the database is open.
struct Config {
    std::string postgres; // empty: SQLite in the folder
};
Expected<Done> write_config(const HqFolder&, const Config&);
Expected<Config> read_config(const HqFolder&); // NotFound: this is no HQ folder yet

/// Programs' shared files: $ADAL_ASSETS, else share/adal beside the program's bin.
std::filesystem::path share_folder();

} // namespace adal::sync::hq
