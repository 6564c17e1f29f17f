#pragma once
#include "content/base/bytes.hpp"
#include "content/base/ids.hpp"
#include <cstdint>
#include <string>
#include <vector>

/// What a clerk did at HQ; the actor is the console user. Waivers, grants, paper records, annulments and merges will stand here, too.
namespace adal::sync {

struct CodeIssued {
    PersonId person;
    std::int64_t reset = 0;
    std::int64_t expires_ms = 0; // UTC
    bool operator==(const CodeIssued&) const = default;
};

struct ReleasePublished {
    std::int64_t number = 0;
    Hash manifest{};
    bool operator==(const ReleasePublished&) const = default;
};

struct TerminalInvited {
    SiteId site;
    std::int64_t expires_ms = 0;
    bool operator==(const TerminalInvited&) const = default;
};

/// From this point on whatever comes under this terminal's name waits for a person's judgement. `heads`: what was receipted of each of its journals,
/// "<journal id> <seq> <hash>".
struct TerminalRevoked {
    TerminalId terminal;
    bool stolen = false; // everybody it held sets a new PIN
    std::vector<std::string> heads;
    bool operator==(const TerminalRevoked&) const = default;
};

/// Facts of a revoked terminal that waited are believed up to these heads.
struct QuarantineAccepted {
    TerminalId terminal;
    std::vector<std::string> heads;
    bool operator==(const QuarantineAccepted&) const = default;
};

/// A numbered key list, signed by the root, is in force from now on; `list` is the SHA-256 of its JSON.
struct KeysInstalled {
    std::int64_t number = 0;
    Hash list{};
    bool operator==(const KeysInstalled&) const = default;
};

/// HQ was restored: from a backup, or in place after its machine was rolled back. Its former life and the present one.
struct HqRestored {
    std::string from, to; // incarnations
    bool in_place = false;
    bool operator==(const HqRestored&) const = default;
};

struct UserAdded {
    std::string login, role;
    bool operator==(const UserAdded&) const = default;
};

} // namespace adal::sync
