#pragma once
#include "sync/journal/journal.hpp"

namespace adal::sync {

/// What lies beside the chain and may be overwritten (`beside.db`): the heartbeat, receipts, PIN verifiers, small settings, sealed bodies.
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

    Beside(Beside&&) noexcept;
    Beside& operator=(Beside&&) noexcept;
    ~Beside();

private:
    struct State;
    explicit Beside(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
};

} // namespace adal::sync
