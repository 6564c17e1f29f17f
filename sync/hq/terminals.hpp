#pragma once
#include "sync/hq/hq_keys.hpp"
#include "sync/hq/people.hpp"
#include "sync/link/enrolment_by_stick.hpp"

/// Who may speak to HQ, and since when it was last heard.
namespace adal::sync::hq {

struct TerminalRecord {
    TerminalId id;
    TerminalScope scope;
    PublicKey key{}; // the one it was enrolled with: of its first journal
    SealingKey sealing{};
    UtcTime enrolled_at;
    std::optional<UtcTime> seen_at;
    std::int64_t release = 0, roster = 0; // at hand when it last spoke
    std::int64_t skew_ms = 0;             // its clock against ours
};
inline constexpr auto silent_after = std::chrono::days{3}; // longer without a word, and somebody should look
inline bool is_silent(const TerminalRecord& terminal, UtcTime now) { return now - terminal.seen_at.value_or(terminal.enrolled_at) > silent_after; }
Expected<std::optional<TerminalRecord>> find_terminal(Store&, const TerminalId&);
Expected<std::vector<TerminalRecord>> all_terminals(Store&);
Expected<Done> heard(Store&, const TerminalId&, std::int64_t release, std::int64_t roster, std::int64_t skew_ms,
                     UtcTime now);

/// An enrolment code: good for a day, for one terminal. Its secret is found by a hash; so that requests on sticks can be judged, it is kept too,
/// locked under the pepper, until the code expires.
struct Invitation {
    EnrolmentCode code;
    UtcTime expires;
};
Expected<Invitation> invite(Store&, const HqKeys&, const TerminalScope&, UtcTime now, Random&); // inside a write

/// Gives the terminal an identity, or the one it was given before: the same code and keys get the very same reply until
/// the code expires. Denied for a code that is unknown, has run out or has served another terminal.
struct Enrolled {
    EnrolmentReply reply;
    Bytes envelope; // signed by the identity key
};
Expected<Enrolled> enrol(Store&, const HqFolder&, const HqKeys&, const EnrolmentRequest&, UtcTime now,
                         Random&); // inside a write

/// The same request with the secret of the invitation whose proof a stick brought. Denied if there is none. Slow on purpose: outside a write.
Expected<EnrolmentRequest> request_of(Store&, const HqKeys&, const StickRequest&, UtcTime now);

/// The certificate once more, for the key of its present journal, signed by the identity key in use: it goes with a new key list. Inside a write.
Expected<Bytes> certificate_for(Store&, const HqFolder&, const HqKeys&, const TerminalRecord&, const PublicKey&, Random&);

} // namespace adal::sync::hq
