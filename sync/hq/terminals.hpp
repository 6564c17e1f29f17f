#pragma once
#include "sync/hq/hq_keys.hpp"
#include "sync/hq/store.hpp"

/// Who may speak to HQ, and since when it was last heard.
namespace adal::sync::hq {

struct TerminalRecord {
    TerminalId id;
    SiteId site;
    UnitId unit;
    PublicKey key{};
    SealingKey sealing{};
    UtcTime enrolled_at;
    std::optional<UtcTime> seen_at;
    std::int64_t release = 0, roster = 0; // at hand when it last spoke
    std::int64_t skew_ms = 0;             // its clock against ours
};
Expected<std::optional<TerminalRecord>> find_terminal(Store&, const TerminalId&);
Expected<std::vector<TerminalRecord>> all_terminals(Store&);
Expected<Done> heard(Store&, const TerminalId&, std::int64_t release, std::int64_t roster, std::int64_t skew_ms,
                     UtcTime now);

/// An enrolment code: good for a day, for one terminal. The secret is kept only as a hash.
struct Invitation {
    EnrolmentCode code;
    UtcTime expires;
};
Expected<Invitation> invite(Store&, const HqKeys&, const SiteId&, const UnitId&, UtcTime now,
                            Random&); // inside a write

/// Gives the terminal an identity, or the one it was given before: the same code and keys get the very same reply until
/// the code expires. Denied for a code that is unknown, has run out or has served another terminal.
struct Enrolled {
    EnrolmentReply reply;
    Bytes envelope; // signed by the identity key
};
Expected<Enrolled> enrol(Store&, const HqFolder&, const HqKeys&, const EnrolmentRequest&, UtcTime now,
                         Random&); // inside a write

} // namespace adal::sync::hq
