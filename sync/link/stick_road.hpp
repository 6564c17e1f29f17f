#pragma once
#include "sync/link/road.hpp"
#include "sync/link/stick.hpp"

namespace adal::sync {

/// A stick as a road on which nobody answers at once: packs and key lists lie on it, and what HQ asks for is noted for the next one.
class StickRoad final : public Road {
public:
    explicit StickRoad(const Stick& stick) : stick_(stick) {}

    std::map<Hash, SecretKey> pack_keys;
    std::optional<SignedKeys> newest_keys;
    std::vector<Hash> asked_for; // bodies

    Expected<Bytes> keys() override;
    Expected<Bytes> enrol(BytesView) override { return nobody(); }
    Expected<Bytes> exchange(BytesView) override { return nobody(); }
    Expected<Done> fetch(const BlobQuestion&, const Sink&) override; // NotFound (stick.no_pack), Corrupt (stick.pack_broken): both name the file
    Expected<Done> put_blob(const Hash&, BytesView, const Bytes& authorisation) override;
    Expected<Bytes> bundle(BytesView) override { return nobody(); }

private:
    static Error nobody() { return fail(ErrorKind::Unavailable, "stick.no_answer"); }
    const Stick& stick_;
};

/// Bodies that HQ lacked when it wrote the newest bundle: they go on the next stick.
std::vector<Hash> asked_for_bodies(const Beside&);
Expected<Done> keep_asked_for(Beside&, const std::vector<Hash>&);

/// A pack as it lies on a stick.
inline constexpr std::size_t largest_pack_file = std::size_t{256} << 20;
Expected<Bytes> unlocked_pack(BytesView locked, const SecretKey&, const Hash&); // Corrupt (link.blob_hash)

} // namespace adal::sync
