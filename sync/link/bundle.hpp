#pragma once
#include "sync/keys/envelope.hpp"

/// What a stick carries between a terminal and HQ (sync/link/PROTOCOL.md, "Bundles").
///
/// One bundle is one file and whole by itself: an envelope (Purpose::Bundle) whose sender everybody can see, and in it items that are sealed to one key,
/// with their count and hash at the end. Either all of it counts or nothing does.
namespace adal::sync {

struct BundleItem {
    enum class Kind : std::uint8_t {
        Exchange = 1,   // up: an exchange envelope as over HTTP
        Body = 2,       // up: a sealed body that facts in this bundle name, or that HQ said it lacks
        Keys = 3,       // down: a signed key list, so that the bundle itself can be judged
        Reply = 4,      // down: u64, the feed's cursor that the answer goes on from; then the reply's envelope as over HTTP
        Revocation = 5, // down: the notice's envelope, instead of everything else
            PackKey = 6,    // down: 32 bytes, the hash of a pack; 32 bytes, the key that unlocks packs/<hash>.adal
        Certificate = 7 // down: the terminal's certificate under the newest keys, for one of its keys that HQ knows
    }; // a kind that is not here is of a newer program, and passed over
    Kind kind{};
    Bytes bytes;
    bool operator==(const BundleItem&) const = default;
};

/// For whom and from whom, in the clear.
struct BundleLabel {
    std::string sender;      // terminal id, or "hq"
    std::string incarnation; // of HQ, as the sender knows it
    SealingKey to{};         // whoever has its other half opens the bundle
    std::uint64_t number = 0; // of HQ's bundles for one terminal the one with the higher (incarnation, number) is newer; 0 in a terminal's
};
Bytes make_bundle(const BundleLabel&, const std::vector<BundleItem>&, const Signer&);

/// A bundle as it is found: what it says of itself, and nothing judged yet.
struct Bundle {
    OpenedEnvelope opened;
    BundleLabel label;
    bool is_signed_by(const PublicKey& key) const { return opened.is_signed_by(key); }
};
Expected<Bundle> read_bundle(BytesView); // Corrupt (bundle.broken) if it is none or is not whole

/// Denied (bundle.other_receiver) if it is sealed to another key, Corrupt (bundle.broken) if anything of it is missing or was changed. What it unpacks to
/// is bounded: anybody may seal to a key that is public.
Expected<std::vector<BundleItem>> items_in(const Bundle&, const Unsealer&, const SealingKey& ours, std::size_t limit);

inline constexpr std::size_t largest_up_bundle = std::size_t{16} << 20;   // as a file, and unpacked twice that
inline constexpr std::size_t largest_down_bundle = std::size_t{64} << 20; // so, too
inline constexpr std::size_t usual_part = std::size_t{4} << 20;           // a new part begins when so much is in one

// --- items made and read
Bytes reply_item(std::uint64_t feed_after, BytesView envelope);
struct CarriedReply {
    std::uint64_t feed_after = 0;
    Bytes envelope;
};
std::optional<CarriedReply> carried_reply(BytesView item);

Bytes pack_key_item(const Hash&, const SecretKey&);
std::optional<std::pair<Hash, SecretKey>> pack_key(BytesView item);

} // namespace adal::sync
