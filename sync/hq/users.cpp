#include "sync/hq/users.hpp"
#include <array>
#include <semaphore>

namespace adal::sync::hq {
namespace {

constexpr std::array roles{
    std::pair{Role::Hr, std::string_view{"hr"}}, std::pair{Role::Compliance, std::string_view{"compliance"}},
    std::pair{Role::Admin, std::string_view{"admin"}}, std::pair{Role::Auditor, std::string_view{"auditor"}}};
constexpr auto session_length = std::chrono::hours{12};

Bytes hashed(const std::string& token)
{
    const auto hash = sha256(bytes_of(token));
    return {hash.begin(), hash.end()};
}

/// A check takes 64 MiB and a core for a while, and anybody on the network may ask for one: a few at a time.
bool matches_in_turn(const std::string& verifier, std::string_view password)
{
    static std::counting_semaphore<4> turns{2};
    turns.acquire();
    const bool matches = password_matches(verifier, password);
    turns.release();
    return matches;
}

bool could_be_a_login(const std::string& login) { return login.size() <= 200 && login.find('\0') == std::string::npos; }

Expected<std::vector<UnitId>> units_of(Store& store, const std::string& login)
{
    auto rows = store.db().query("SELECT unit FROM console_user_unit WHERE login = $1 ORDER BY unit", {login});
    if (!rows) return rows.error();
    std::vector<UnitId> units;
    for (const auto& row : *rows) units.push_back({row.text(0)});
    return units;
}

Expected<ConsoleUserRecord> user_from(Store& store, const Row& row)
{
    auto units = units_of(store, row.text(0));
    if (!units) return units.error();
    return ConsoleUserRecord{row.text(0), role_from(row.text(1)).value_or(Role::Auditor), *units, row.integer(2) != 0};
}

} // namespace

std::string_view code(Role role)
{
    for (const auto& [known, text] : roles)
        if (known == role) return text;
    return "";
}

std::optional<Role> role_from(std::string_view text)
{
    for (const auto& [role, known] : roles)
        if (known == text) return role;
    return std::nullopt;
}

Expected<std::optional<ConsoleUserRecord>> find_user(Store& store, const std::string& login)
{
    auto rows = store.db().query("SELECT login, role, disabled FROM console_user WHERE login = $1", {login});
    if (!rows) return rows.error();
    if (rows->empty()) return std::optional<ConsoleUserRecord>{};
    auto user = user_from(store, rows->front());
    if (!user) return user.error();
    return std::optional{*user};
}

Expected<std::vector<ConsoleUserRecord>> all_users(Store& store)
{
    auto rows = store.db().query("SELECT login, role, disabled FROM console_user ORDER BY login");
    if (!rows) return rows.error();
    std::vector<ConsoleUserRecord> users;
    for (const auto& row : *rows) {
        auto user = user_from(store, row);
        if (!user) return user.error();
        users.push_back(*user);
    }
    return users;
}

Expected<Done> add_user(Store& store, const ConsoleUserRecord& user, std::string_view password, UtcTime now,
                        Effort effort)
{
    if (password.size() < 10) return fail(ErrorKind::InvalidInput, "hq.user.short_password");
    auto known = find_user(store, user.login);
    if (!known) return known.error();
    if (*known) return fail(ErrorKind::Conflict, "hq.user.exists", {{"login", user.login}});
    auto added = store.db().execute(
        "INSERT INTO console_user (login, role, verifier, disabled, created_ms) VALUES ($1, $2, $3, 0, $4)",
        {user.login, std::string{code(user.role)}, password_hash(password, effort), to_ms(now)});
    if (!added) return added.error();
    for (const auto& unit : user.units)
        if (auto put = store.db().execute("INSERT INTO console_user_unit (login, unit) VALUES ($1, $2)",
                                          {user.login, unit.text});
            !put)
            return put.error();
    return Done{};
}

Expected<Done> disable_user(Store& store, const std::string& login)
{
    auto changed = store.db().execute("UPDATE console_user SET disabled = 1 WHERE login = $1", {login});
    if (!changed) return changed.error();
    if (*changed == 0) return fail(ErrorKind::NotFound, "hq.user.missing", {{"login", login}});
    auto ended = store.db().execute("DELETE FROM console_session WHERE login = $1", {login});
    if (!ended) return ended.error();
    return Done{};
}

Expected<ConsoleUserRecord> sign_in(Store& store, const std::string& login, std::string_view password)
{
    // An unknown login costs as much time as a wrong password.
    static const std::string nobody = password_hash("nobody has this password");
    auto rows = store.db().query("SELECT verifier FROM console_user WHERE login = $1 AND disabled = 0",
                                 {could_be_a_login(login) ? login : std::string{}});
    if (!rows) return rows.error();
    const bool matches = matches_in_turn(rows->empty() ? nobody : rows->front().text(0), password);
    if (rows->empty() || !matches) return fail(ErrorKind::Denied, "hq.login.wrong");
    auto user = find_user(store, login);
    if (!user) return user.error();
    return **user;
}

Expected<std::string> open_session(Store& store, const std::string& login, UtcTime now, Random& random)
{
    const auto token = to_hex(random.bytes(32));
    if (auto swept = store.db().execute("DELETE FROM console_session WHERE expires_ms < $1", {to_ms(now)}); !swept)
        return swept.error();
    auto opened =
        store.db().execute("INSERT INTO console_session (token, login, csrf, expires_ms) VALUES ($1, $2, $3, $4)",
                           {hashed(token), login, to_hex(random.bytes(16)), to_ms(now + session_length)});
    if (!opened) return opened.error();
    return token;
}

Expected<std::optional<Session>> find_session(Store& store, const std::string& token, UtcTime now)
{
    auto rows = store.db().query("SELECT login, csrf FROM console_session WHERE token = $1 AND expires_ms >= $2",
                                 {hashed(token), to_ms(now)});
    if (!rows) return rows.error();
    if (rows->empty()) return std::optional<Session>{};
    auto user = find_user(store, rows->front().text(0));
    if (!user) return user.error();
    if (!*user || (*user)->is_disabled) return std::optional<Session>{};
    return std::optional{Session{**user, rows->front().text(1)}};
}

Expected<Done> close_session(Store& store, const std::string& token)
{
    auto closed = store.db().execute("DELETE FROM console_session WHERE token = $1", {hashed(token)});
    if (!closed) return closed.error();
    return Done{};
}

std::string new_password(Random& random)
{
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789"; // 31: no i, l, o, 0, 1
    std::string password;
    while (password.size() < 20)
        for (const auto byte : random.bytes(20))
            if (byte < 31 * 8 && password.size() < 20) password += letters[byte % letters.size()];
    return password;
}

} // namespace adal::sync::hq
