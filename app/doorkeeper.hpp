#pragma once
#include "app/terminal.hpp"

namespace adal::app {

/// What a person must show to come in.
enum class Proof { Pin, OneTimeCode, ExpiredCode, Nothing };

/// How long she must wait after wrong ones.
struct Patience {
    int wait_seconds = 0;
    bool is_locked = false;
    int tries_left = 0;
    bool may_try() const { return wait_seconds == 0 && !is_locked; }
};

/// Who may come in. A PIN set here and one that came with the roster are compared by (reset, counter): the higher wins;
/// a one-time code is asked for while nobody has set a PIN since HQ's last reset.
class Doorkeeper {
public:
    Doorkeeper(Terminal& terminal, const Clock& clock) : terminal_(&terminal), clock_(&clock) {}

    Proof proof_of(const sync::Person&) const;
    Patience patience(const sync::Person&) const;
    bool accepts(const sync::Person&, std::string_view digits) const; // whichever proof_of asks for

    /// A wrong one, told by the terminal.
    Expected<Done> refuse(const sync::Person&);
    /// Her own PIN from now on, and that she came in with a code.
    Expected<Done> set_pin(const sync::Person&, std::string_view pin, const sync::SignedIn&);

private:
    Terminal* terminal_;
    const Clock* clock_;

    sync::Verifier verifier_of(const sync::Person&) const;
    int refusals_of(const sync::Person&) const; // in a row, since HQ's last reset
};

} // namespace adal::app
