#pragma once
#include "content/base/ids.hpp"
#include "sync/hq/folder.hpp"
#include "sync/link/messages.hpp"

namespace adal::sync::hq {

/// The sealing key in use and those before it: a late stick may still be sealed to an old one.
class SealingRing final : public Unsealer {
public:
    explicit SealingRing(std::vector<KeyPair> newest_first) : keys_(std::move(newest_first)) {}
    const SealingKey& sealing_key() const { return keys_.front().sealing_key(); }
    Expected<Bytes> unseal(BytesView sealed) const override;

private:
    std::vector<KeyPair> keys_;
};

/// HQ's keys at work. The root key only signs the lists of the others; it is made by `create_keys` and then belongs
/// offline.
///
/// In the folder keys/: list.json is the list in force, list-<number>.json every list there ever was; <role>.key the private
/// halves, next-<role>.key those that wait for a list, sealing-<number>.key the sealing keys up to that list. Which file
/// holds the key of a list is told by the key itself, so an installation that was cut off is no state of its own.
struct HqKeys {
    KeyPair receipt, release, identity;
    SealingRing sealing;
    SignedKeys list;
    std::vector<SignedKeys> lists; // all, oldest first; the last is `list`
    SecretKey pepper{};            // hashes invitations' secrets, so that a stolen database alone does not tell them

    /// What a terminal that knows list `number` needs to follow to the newest: lists that name another root, and the newest.
    std::vector<SignedKeys> lists_after(std::int64_t number) const;
};

/// Writes every key file; the root key goes to `root_out`, or keys/root.key when that is empty. Conflict if one exists.
Expected<HqKeys> create_keys(const HqFolder&, const std::filesystem::path& root_out, Random&);
Expected<HqKeys> open_keys(const HqFolder&);

} // namespace adal::sync::hq
