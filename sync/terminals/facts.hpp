#pragma once
#include "content/base/bytes.hpp"
#include "content/base/ids.hpp"
#include <cstdint>
#include <string>

namespace adal::sync {

/// Row 1 of every journal; its hash is the journal's id. `salt` makes two journals of one terminal differ.
struct JournalCreated {
    TerminalId terminal;
    std::string key;  // Ed25519 public key, hex
    std::string salt; // 16 random bytes, hex
    std::string continues; // "" or "<journal id> <seq> <hash>": the head of the journal that this one follows
    bool operator==(const JournalCreated&) const = default;
};

struct TerminalEnrolled {
    SiteId site;
    std::string incarnation;
    bool operator==(const TerminalEnrolled&) const = default;
};

struct TerminalStarted {
    std::string version; // of the program
    bool operator==(const TerminalStarted&) const = default;
};

struct ReleaseInstalled {
    std::string incarnation;
    std::int64_t number = 0;
    Hash manifest{};
    bool operator==(const ReleaseInstalled&) const = default;
};

/// The wall clock jumped against the time since boot.
struct ClockStepped {
    std::int64_t by_ms = 0;
    bool operator==(const ClockStepped&) const = default;
};

/// HQ's clock said `hq_ms` when this boot was `uptime_ms` old, give or take half the round trip of the question. HQ's corrected times are a fold of these.
struct ClockCompared {
    std::int64_t hq_ms = 0, uptime_ms = 0, uncertainty_ms = 0;
    bool operator==(const ClockCompared&) const = default;
};

} // namespace adal::sync
