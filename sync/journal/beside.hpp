#pragma once
#include "sync/journal/journal.hpp"

namespace adal::sync {

/// What lies beside the chain and may be overwritten (`beside.db`): the heartbeat, receipts, PIN verifiers, small settings, the people feed, sealed bodies.
/// What is deleted here is overwritten on the disk.
class Beside {
public:
    static Expected<Beside> open(const std::filesystem::path&); // created when missing: nothing in it is a fact

    /// One row, overwritten: "this boot was alive at this uptime". It bounds the time refunded after a power cut.
    struct Heartbeat {
        std::string boot;
        Elapsed uptime{};
    };
    Expected<Done> beat(const Heartbeat&);
    std::optional<Heartbeat> last_beat() const;

    Expected<Done> put(const std::string& name, BytesView value); // settings, receipts, certificate, release
    /// `get` takes what cannot be read for missing; `look_up` tells the two apart. After a failed reading of either kind the thing cannot
    /// be overwritten until it was read: nobody replaces what she never saw. So for a PIN.
    std::optional<Bytes> get(const std::string& name) const;
    Expected<std::optional<Bytes>> look_up(const std::string& name) const;
    Expected<Bytes> need(const std::string& name, const char* missing) const; // NotFound with the key `missing`
    Expected<Done> remove(const std::string& name);

    /// Everything that `work` keeps here, or nothing of it. What it reads nobody changes meanwhile, in whatever process.
    Expected<Done> together(const std::function<Expected<Done>()>& work);

    /// A person's own verifier as set here: (reset, counter) decides against the roster's.
    struct PinVerifier {
        PersonId person;
        std::int64_t reset = 0, counter = 0;
        std::string verifier;
    };
    Expected<Done> put(const PinVerifier&);
    std::optional<PinVerifier> pin_of(const PersonId&) const;
    Expected<std::optional<PinVerifier>> look_up(const PersonId&) const;
    std::vector<PinVerifier> pins() const;

    /// What HQ says of a person, locked for the site as it came; the newest entry replaces the one before.
    Expected<Done> keep_feed(const PersonId&, BytesView locked);
    Expected<std::optional<Bytes>> feed_of(const PersonId&) const;

    /// A sealed body, kept before the fact that names it by this hash is appended. The same body is kept once.
    Expected<Hash> keep_body(BytesView sealed);
    Expected<std::optional<Bytes>> body(const Hash&) const;

    Expected<Done> forget_people(); // feed and PIN verifiers
    Expected<Done> scrub();         // the file and its log hold nothing any more that was deleted; Unavailable while others read

    Beside(Beside&&) noexcept;
    Beside& operator=(Beside&&) noexcept;
    ~Beside();

private:
    struct State;
    explicit Beside(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
};

} // namespace adal::sync
