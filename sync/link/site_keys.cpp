#include "sync/link/site_keys.hpp"
#include "sync/link/codecs.hpp"

namespace adal::sync {

using codecs::json;

namespace {

constexpr const char* name = "site_keys";

Expected<SecretKey> opened(const KeyPair& key, const Bytes& sealed)
{
    const auto bytes = key.unseal(sealed);
    if (!bytes) return bytes.error();
    SecretKey site{};
    if (bytes->size() != site.size()) return fail(ErrorKind::Corrupt, "link.certificate");
    std::copy(bytes->begin(), bytes->end(), site.begin());
    return site;
}

// What cannot be read comes again: HQ is told of the newest generation that can.
std::vector<SealedSiteKey> stored_keys(const Beside& beside)
{
    const auto bytes = beside.get(name);
    if (!bytes) return {};
    const auto keys = codecs::decoded<std::vector<SealedSiteKey>>(text_of(*bytes), "site keys", [](const json& from) {
        std::vector<SealedSiteKey> all;
        for (const auto& key : from) all.push_back(codecs::site_key_in(key));
        return all;
    });
    return keys ? *keys : std::vector<SealedSiteKey>{};
}

} // namespace

Expected<SecretKey> certified_site_key(const KeyPair& key, const Enrolment& enrolment)
{
    return opened(key, enrolment.certificate.site_key.sealed);
}

Expected<SiteKeys> site_keys(const KeyPair& key, const Enrolment& enrolment, const Beside& beside)
{
    SiteKeys all;
    const auto first = certified_site_key(key, enrolment);
    if (first) all.emplace(enrolment.certificate.site_key.generation, *first);
    for (const auto& sealed : stored_keys(beside))
        if (const auto site = opened(key, sealed.sealed)) all.insert_or_assign(sealed.generation, *site);
    if (all.empty()) return first.error();
    return all;
}

Expected<Done> keep_site_keys(Beside& beside, const std::vector<SealedSiteKey>& came)
{
    std::map<std::int64_t, SealedSiteKey> all;
    for (const auto& keys : {stored_keys(beside), came})
        for (const auto& key : keys) all.insert_or_assign(key.generation, key);
    auto list = json::array();
    for (const auto& [generation, key] : all) list.push_back(codecs::json_of(key));
    return beside.put(name, bytes_of(list.dump()));
}

std::int64_t newest_generation(const SiteKeys& keys) { return keys.empty() ? 0 : keys.rbegin()->first; }

std::optional<std::int64_t> generation_of(BytesView locked)
{
    if (locked.size() < 4) return std::nullopt;
    std::int64_t generation = 0;
    for (const auto byte : locked.first(4)) generation = generation << 8 | byte;
    return generation;
}

Expected<Roster> read_roster(const Beside& beside, const KeyPair& key, const Enrolment& enrolment)
{
    const auto locked = beside.need("roster", "link.no_roster");
    if (!locked) return locked.error();
    const auto keys = site_keys(key, enrolment, beside);
    if (!keys) return keys.error();
    return unlock_roster(*locked, *keys);
}

Expected<std::vector<FeedFact>> read_feed(const Beside& beside, const PersonId& person, const SiteKeys& keys)
{
    const auto locked = beside.feed_of(person);
    if (!locked) return locked.error();
    if (!*locked) return std::vector<FeedFact>{};
    return unlock_feed({.person = person, .locked = **locked}, keys);
}

} // namespace adal::sync
