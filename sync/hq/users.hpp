#pragma once
#include "content/base/ids.hpp"
#include "sync/hq/store.hpp"
#include "sync/keys/keys.hpp"

/// Who may open the console, and who has it open now.
namespace adal::sync::hq {

enum class Role { Hr, Compliance, Admin, Auditor };
std::string_view code(Role);
std::optional<Role> role_from(std::string_view);

struct ConsoleUserRecord {
    std::string login;
    Role role{};
    std::vector<UnitId> units; // of an HR officer; none: all of them
    bool is_disabled = false;
};
inline bool may_see_people(const ConsoleUserRecord& user) { return user.role != Role::Compliance; } // others see counts
Expected<std::optional<ConsoleUserRecord>> find_user(Store&, const std::string& login);
Expected<std::vector<ConsoleUserRecord>> all_users(Store&);
Expected<Done> add_user(Store&, const ConsoleUserRecord&, std::string_view password, UtcTime now,
                        Effort = Effort::Interactive);         // Conflict; inside a write
Expected<Done> disable_user(Store&, const std::string& login); // ends her sessions, too; NotFound; inside a write

/// Denied without saying which of the two was wrong.
Expected<ConsoleUserRecord> sign_in(Store&, const std::string& login, std::string_view password);

/// The token stands in her cookie and, hashed, in the database; `csrf` stands in every form of hers.
struct Session {
    ConsoleUserRecord user;
    std::string csrf;
};
Expected<std::string> open_session(Store&, const std::string& login, UtcTime now, Random&); // the token
Expected<std::optional<Session>> find_session(Store&, const std::string& token, UtcTime now);
Expected<Done> close_session(Store&, const std::string& token);

/// Twenty letters and digits that nobody confuses.
std::string new_password(Random&);

} // namespace adal::sync::hq
