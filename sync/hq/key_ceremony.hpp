#pragma once
#include "sync/hq/hq_keys.hpp"
#include "sync/hq/store.hpp"
#include <set>

/// How HQ's keys are exchanged for new ones: a request is made at HQ, signed where the root key lives, and installed at HQ.
/// Nothing changes before the last step; the terminals follow with their next exchange or stick.
namespace adal::sync::hq {

enum class KeyRole { Receipt, Release, Identity, Sealing };
std::optional<KeyRole> key_role_from(std::string_view); // "receipt", "release", "identity", "sealing"
std::string_view code(KeyRole);

/// What the next list changes. A key that is replaced stays in the list as a retired one: what it signed stays good. A dropped one fell into
/// wrong hands: nothing it signed counts any more.
struct KeyWishes {
    std::set<KeyRole> replace, drop;
    std::vector<std::string> authorities; // PEM, added to those there are
};

/// Makes the new private halves (next-<role>.key; those of an earlier request that was never installed are used again) and says
/// which list the root is asked to sign: {"list":{...},"root":"<hex>"}.
Expected<std::string> request_keys(const HqFolder&, const KeyWishes&, Random&);

/// Where the root key lives; needs no HQ. Denied (hq.keys.other_root) if the request is for another root. `next_root` hands over: the lists
/// to come may be signed by it.
Expected<SignedKeys> sign_request(std::string_view request, const Signer& root, const std::optional<PublicKey>& next_root);

/// Puts a signed list in force: it must follow from the present one, and the private halves of its keys must be here. The release is signed
/// again if its key was dropped or replaced. A fact says so; under a new identity key HQ's own
/// journal begins anew. Installing the list in force once more finishes what was cut off.
struct InstalledKeys {
    std::int64_t number = 0;
    std::optional<std::int64_t> release; // signed again under this number
};
Expected<InstalledKeys> install_keys(Store&, const HqFolder&, const SignedKeys&, const Actor&, const Clock&, Random&);

} // namespace adal::sync::hq
