#pragma once
#include "content/base/ids.hpp"
#include "sync/hq/folder.hpp"
#include "sync/link/messages.hpp"

namespace adal::sync::hq {

/// HQ's keys at work. The root key only signs the list of the others; it is made by `create_keys` and then belongs
/// offline.
struct HqKeys {
    KeyPair receipt, release, identity, sealing;
    SignedKeys list;
    SecretKey pepper{}; // hashes invitations' secrets, so that a stolen database alone does not tell them
};

/// Writes every key file; the root key goes to `root_out`, or keys/root.key when that is empty. Conflict if one exists.
Expected<HqKeys> create_keys(const HqFolder&, const std::filesystem::path& root_out, Random&);
Expected<HqKeys> open_keys(const HqFolder&);

/// The symmetric key that a site's rosters are locked with; born when first asked for.
Expected<SecretKey> site_key(const HqFolder&, const SiteId&, Random&);

} // namespace adal::sync::hq
