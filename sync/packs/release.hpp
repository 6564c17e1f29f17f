#pragma once
#include "content/base/clock.hpp"
#include "sync/keys/envelope.hpp"
#include <filesystem>
#include <vector>

namespace adal::sync {

/// What HQ publishes: a numbered list of packs by hash, in a signed envelope (Purpose::Release).
struct Release {
    std::string incarnation;
    std::int64_t number = 0;
    UtcTime published_at;
    bool is_demo = false;
    struct PackEntry {
        std::string kind; // "library" or "bank"
        Hash hash{};
        std::int64_t size = 0;
    };
    std::vector<PackEntry> packs;
    const PackEntry* find(std::string_view kind) const;
};
std::string encode(const Release&);
Expected<Release> decode_release(std::string_view json);

/// Writes a file so that after a power cut it is there whole or not at all: temporary name, fsync, rename, fsync of the folder.
Expected<Done> write_durably(const std::filesystem::path&, BytesView);

} // namespace adal::sync
