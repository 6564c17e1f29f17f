#pragma once
#include "sync/hq/hq_keys.hpp"
#include "sync/hq/store.hpp"

/// The keys of sites, by generation: rosters, verifiers and feed entries travel locked under the newest. They lie in the database, locked
/// with a key that is derived from the pepper, so that every node of HQ has them and a stolen database alone does not open a roster.
namespace adal::sync::hq {

struct SiteKey {
    std::int64_t generation = 0;
    SecretKey key{};
};

/// The newest; the first is born when it is asked for. Inside a write.
Expected<SiteKey> newest_site_key(Store&, const HqFolder&, const HqKeys&, const SiteId&, Random&);

/// From now on under another key: a terminal of the site was withdrawn. Inside a write.
Expected<SiteKey> begin_generation(Store&, const HqFolder&, const HqKeys&, const SiteId&, Random&);

/// All generations after this one, sealed to a terminal.
Expected<std::vector<SealedSiteKey>> site_keys_after(Store&, const HqKeys&, const SiteId&, std::int64_t generation, const SealingKey&);

} // namespace adal::sync::hq
