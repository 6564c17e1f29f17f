#pragma once
#include "content/language/strings.hpp"
#include "sync/hq/server.hpp"
#include "sync/hq/setup.hpp"

/// The commands of adal-hq. Each does one thing and prints it, in the language of the person at the keyboard or, with
/// --json, for a program. All but `serve` and `restore` may run beside a serving HQ.
namespace adal::sync::hq {

struct Desk {
    HqFolder folder;
    const language::Strings& strings;
    Language language{};
    bool json = false;
    const Clock& clock;
    Random& random;
    std::string say(const std::string& key, const Arguments& arguments = {}) const
    {
        return strings.say(language, key, arguments);
    }
    Date today() const;
    Actor operator_at_shell() const; // "user:shell:<system user>"
};

struct UserCommand {
    std::string login, role;
    std::vector<std::string> units;
};
struct DutiesCommand {
    std::string site, duty, person;
};

Expected<Done> init_command(const Desk&, const Config&, const std::filesystem::path& root_out, bool is_demo);
Expected<Done> serve_command(const Desk&, const Server::Options&);
Expected<Done> add_user_command(const Desk&, const UserCommand&); // password: first line of stdin
Expected<Done> list_users_command(const Desk&);
Expected<Done> disable_user_command(const Desk&, const std::string& login);
Expected<Done> code_command(const Desk&, const std::string& number, const std::string& employer);
Expected<Done> invite_command(const Desk&, const std::string& site, const std::vector<std::string>& units);
Expected<Done> list_terminals_command(const Desk&);
Expected<Done> enrol_by_stick_command(const Desk&, const std::filesystem::path& request, const std::filesystem::path& reply);
Expected<Done> publish_command(const Desk&, const std::filesystem::path& library, const std::filesystem::path& bank);
Expected<Done> check_command(const Desk&, const std::vector<std::filesystem::path>&);
Expected<Done> duties_command(const Desk&, const DutiesCommand&);
Expected<Done> analysis_command(const Desk&, const std::string& test);
Expected<Done> verify_command(const Desk&);
Expected<Done> rebuild_command(const Desk&);
struct RestoreCommand {
    std::filesystem::path file; // empty: in place
    std::string postgres;
};
Expected<Done> courier_in_command(const Desk&, const std::filesystem::path& stick_or_disk);
Expected<Done> courier_out_command(const Desk&, const std::filesystem::path& stick, const std::vector<std::string>& terminals); // none named: all
Expected<Done> backup_command(const Desk&, const std::filesystem::path& into); // passphrase: first line of stdin
Expected<Done> restore_command(const Desk&, const RestoreCommand&);

struct RevokeCommand {
    std::string terminal;
    bool stolen = false;
    std::filesystem::path codes; // where the new one-time codes go, when stolen
};
Expected<Done> revoke_command(const Desk&, const RevokeCommand&);
Expected<Done> accept_command(const Desk&, const std::string& terminal);
struct KeysCommand {
    std::vector<std::string> replace, drop; // roles
    std::vector<std::filesystem::path> authorities;
    std::filesystem::path root, next_root, file, output;
};
Expected<Done> list_keys_command(const Desk&);
Expected<Done> request_keys_command(const Desk&, const KeysCommand&);
Expected<Done> sign_keys_command(const Desk&, const KeysCommand&); // where the root key lives
Expected<Done> make_root_command(const Desk&, const std::filesystem::path&); // there too: the one that may take over
Expected<Done> install_keys_command(const Desk&, const std::filesystem::path&);

/// The command line: parses, runs one command, gives the exit code. 0: done. 1: the world was wrong. 2: wrong usage.
int run(int argc, char** argv);

} // namespace adal::sync::hq
