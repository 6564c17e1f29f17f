#pragma once
#include "sync/link/road.hpp"

namespace adal::simulation {

class World;

/// The road between one terminal and HQ's nodes, as the world lets it be: it loses, doubles, delays, spoils, and other things happen meanwhile.
class CrookedRoad final : public sync::Road {
public:
    CrookedRoad(World& world, std::size_t terminal) : world_(world), terminal_(terminal) {}

    Expected<Bytes> keys() override;
    Expected<Bytes> enrol(BytesView) override;
    Expected<Bytes> exchange(BytesView) override;
    Expected<Done> fetch(const BlobQuestion&, const Sink&) override;
    Expected<Done> put_blob(const Hash&, BytesView, const Bytes& authorisation) override;
    Expected<Bytes> bundle(BytesView) override;

private:
    Expected<Bytes> travel(const std::function<Expected<Bytes>(sync::Road&)>&);
    World& world_;
    std::size_t terminal_;
};

} // namespace adal::simulation
