#include "sync/link/stick_road.hpp"

namespace adal::sync {
namespace {

constexpr auto asked_name = "courier.bodies";

Error about(ErrorKind kind, const char* key, const std::string& file) { return fail(kind, key, {{"file", file}}); }

} // namespace

Expected<Bytes> StickRoad::keys()
{
    if (!newest_keys) return nobody();
    const auto text = encode(*newest_keys);
    return Bytes{text.begin(), text.end()};
}

Expected<Done> StickRoad::fetch(const BlobQuestion& question, const Sink& sink)
{
    const auto name = pack_name(question.hash);
    const auto file = stick_.shown(Stick::Shelf::Packs, name);
    const auto key = pack_keys.find(question.hash);
    const auto locked = stick_.read(Stick::Shelf::Packs, name, largest_pack_file);
    const bool is_missing = key == pack_keys.end() || (!locked && locked.error().kind == ErrorKind::NotFound);
    if (is_missing) return about(ErrorKind::NotFound, "stick.no_pack", file);
    if (!locked && locked.error().kind != ErrorKind::Corrupt) return locked.error();
    const auto plain = locked ? unlocked_pack(*locked, key->second, question.hash) : locked.error();
    if (!plain) return about(ErrorKind::Corrupt, "stick.pack_broken", file);
    if (!sink({.is_delta = false, .from = 0}, *plain)) return fail(ErrorKind::Unavailable, "link.unreachable", {{"url", file}, {"reason", ""}});
    return Done{};
}

Expected<Done> StickRoad::put_blob(const Hash& hash, BytesView, const Bytes&)
{
    asked_for.push_back(hash);
    return Done{};
}

std::vector<Hash> asked_for_bodies(const Beside& beside)
{
    std::vector<Hash> hashes;
    const auto bytes = beside.get(asked_name).value_or(Bytes{});
    for (std::size_t at = 0; at + 32 <= bytes.size(); at += 32) {
        hashes.emplace_back();
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), 32, hashes.back().begin());
    }
    return hashes;
}

Expected<Done> keep_asked_for(Beside& beside, const std::vector<Hash>& hashes)
{
    Bytes bytes;
    for (const auto& hash : hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
    return beside.put(asked_name, bytes);
}

Expected<Bytes> unlocked_pack(BytesView locked, const SecretKey& key, const Hash& hash)
{
    auto plain = unlock(key, locked);
    if (!plain) return plain;
    if (sha256(*plain) != hash) return fail(ErrorKind::Corrupt, "link.blob_hash", {{"hash", to_hex(hash).substr(0, 12)}});
    return plain;
}

} // namespace adal::sync
