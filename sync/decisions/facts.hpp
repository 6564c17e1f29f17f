#pragma once
#include "content/base/bytes.hpp"
#include "content/base/ids.hpp"
#include <cstdint>
#include <string>

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

struct UserAdded {
    std::string login, role;
    bool operator==(const UserAdded&) const = default;
};

} // namespace adal::sync
