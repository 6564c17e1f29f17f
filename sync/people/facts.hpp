#pragma once
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include <cstdint>
#include <string>

namespace adal::sync {

/// How strongly she was identified; kept with each sign-in, and so with every result.
enum class Identification { OneTimeCode, Pin, BadgeAndPin, Witnessed };

struct SignedIn {
    EmployerId employer; // the assignment whose number she typed
    Identification how{};
    Language language{};
    bool operator==(const SignedIn&) const = default;
};

enum class SignOutReason { Asked, NotMe, Idle, Restart };
struct SignedOut {
    SignOutReason reason{};
    bool operator==(const SignedOut&) const = default;
};

/// She chose a PIN; the verifier itself never enters a journal.
struct PinSet {
    std::int64_t reset = 0, counter = 0;
    bool operator==(const PinSet&) const = default;
};

/// A wrong PIN or code was typed for her; the actor is the terminal. Delays and the lock are a fold of these.
struct SignInRefused {
    PersonId person;
    bool operator==(const SignInRefused&) const = default;
};

} // namespace adal::sync
