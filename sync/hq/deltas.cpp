#include "sync/hq/deltas.hpp"
#include "sync/hq/teaching.hpp"
#include "sync/keys/private_file.hpp"
#include "sync/packs/delta.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_kept = 16;
constexpr std::size_t largest_delta = std::size_t{256} << 20;

fs::path path_of(const HqFolder& folder, const Hash& base, const Hash& target)
{
    return folder.packs() / (to_hex(target).substr(0, 32) + "-" + to_hex(base).substr(0, 32) + ".delta");
}

/// An empty file: it was tried, and saves too little.
std::optional<Bytes> told(Bytes delta) { return delta.empty() ? std::nullopt : std::optional{std::move(delta)}; }

void make_room(const HqFolder& folder)
{
    std::vector<fs::path> kept;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{folder.packs(), error})
        if (entry.path().extension() == ".delta") kept.push_back(entry.path());
    if (kept.size() < most_kept) return;
    for (const auto& path : kept) fs::remove(path, error); // a cache: what is asked for comes back
}

Expected<Done> keep(const HqFolder& folder, const fs::path& path, BytesView delta)
{
    std::error_code error;
    fs::create_directories(folder.packs(), error);
    make_room(folder);
    return write_private_file(path, delta);
}

} // namespace

Expected<std::optional<Bytes>> delta_of(Store& store, const HqFolder& folder, const Hash& base, const Hash& target, BytesView target_content)
{
    static std::mutex one_at_a_time; // making one takes seconds and memory
    const std::lock_guard lock{one_at_a_time};
    const auto path = path_of(folder, base, target);
    if (auto kept = read_private_file(path, largest_delta)) return told(std::move(*kept));
    auto content = pack_content(store, base);
    if (!content) return content.error().kind == ErrorKind::NotFound ? Expected<std::optional<Bytes>>{std::nullopt} : content.error();
    auto delta = make_delta(*content, target_content);
    if (delta.size() > target_content.size() / 2) delta.clear();
    if (auto kept = keep(folder, path, delta); !kept) return kept.error();
    return told(std::move(delta));
}

} // namespace adal::sync::hq
