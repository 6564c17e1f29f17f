#include "sync/hq/site_keys.hpp"
#include "sync/keys/private_file.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

SecretKey locking_key(const HqKeys& keys)
{
    const auto name = bytes_of("adal/site-keys/1");
    Bytes bytes{name.begin(), name.end()};
    bytes.insert(bytes.end(), keys.pepper.begin(), keys.pepper.end());
    return sha256(bytes);
}

Expected<SecretKey> opened(const HqKeys& keys, const Bytes& locked)
{
    const auto plain = unlock(locking_key(keys), locked);
    if (!plain) return plain.error();
    SecretKey key{};
    if (plain->size() != key.size()) return fail(ErrorKind::Corrupt, "seal.broken");
    std::copy(plain->begin(), plain->end(), key.begin());
    return key;
}

/// Generation 1 of an HQ of 0.1.0 is a file beside the other keys.
Expected<Bytes> first_key(const HqFolder& folder, const SiteId& site, Random& random)
{
    const auto file = read_private_file(folder.keys() / ("site-" + site.text + ".key"), 256);
    if (!file && file.error().kind == ErrorKind::NotFound) return random.bytes(32);
    if (!file) return file.error();
    const auto key = hash_from_hex(text_of(*file).substr(0, 64));
    if (!key) return fail(ErrorKind::Corrupt, "hq.key.broken", {{"path", "site-" + site.text + ".key"}});
    return Bytes{key->begin(), key->end()};
}

Expected<SiteKey> keep(Store& store, const HqKeys& keys, const SiteId& site, std::int64_t generation, const Bytes& key, Random& random)
{
    auto kept = store.db().execute("INSERT INTO site_key (site, generation, locked) VALUES ($1, $2, $3)",
                                   {site.text, generation, lock(locking_key(keys), key, random)});
    if (!kept) return kept.error();
    SiteKey made{.generation = generation, .key = {}};
    std::copy(key.begin(), key.end(), made.key.begin());
    return made;
}

Expected<std::optional<SiteKey>> newest(Store& store, const HqKeys& keys, const SiteId& site)
{
    auto rows = store.db().query(
        "SELECT generation, locked FROM site_key WHERE site = $1 ORDER BY generation DESC LIMIT 1", {site.text});
    if (!rows) return rows.error();
    if (rows->empty()) return std::optional<SiteKey>{};
    const auto key = opened(keys, rows->front().bytes(1));
    if (!key) return key.error();
    return std::optional{SiteKey{rows->front().integer(0), *key}};
}

} // namespace

Expected<SiteKey> newest_site_key(Store& store, const HqFolder& folder, const HqKeys& keys, const SiteId& site, Random& random)
{
    auto known = newest(store, keys, site);
    if (!known) return known.error();
    if (*known) return **known;
    const auto first = first_key(folder, site, random);
    if (!first) return first.error();
    return keep(store, keys, site, 1, *first, random);
}

Expected<SiteKey> begin_generation(Store& store, const HqFolder& folder, const HqKeys& keys, const SiteId& site, Random& random)
{
    const auto last = newest_site_key(store, folder, keys, site, random);
    if (!last) return last;
    return keep(store, keys, site, last->generation + 1, random.bytes(32), random);
}

Expected<std::vector<SealedSiteKey>> site_keys_after(Store& store, const HqKeys& keys, const SiteId& site, std::int64_t generation,
                                                     const SealingKey& terminal)
{
    auto rows = store.db().query("SELECT generation, locked FROM site_key WHERE site = $1 AND generation > $2 ORDER BY generation",
                                 {site.text, generation});
    if (!rows) return rows.error();
    std::vector<SealedSiteKey> sealed;
    for (const auto& row : *rows) {
        const auto key = opened(keys, row.bytes(1));
        if (!key) return key.error();
        sealed.push_back({row.integer(0), seal(terminal, *key)});
    }
    return sealed;
}

} // namespace adal::sync::hq
