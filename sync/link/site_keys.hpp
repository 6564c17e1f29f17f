#pragma once
#include "sync/link/terminal_link.hpp"

/// The site's keys as they came: sealed to this terminal, by generation.
namespace adal::sync {

Expected<SecretKey> certified_site_key(const KeyPair&, const Enrolment&); // the one that came with the certificate
Expected<Done> keep_site_keys(Beside&, const std::vector<SealedSiteKey>&);  // beside those at hand
std::int64_t newest_generation(const SiteKeys&);                             // 0 for none

/// Which key something is locked under; nothing if it is too short to be anything.
std::optional<std::int64_t> generation_of(BytesView locked);

} // namespace adal::sync
