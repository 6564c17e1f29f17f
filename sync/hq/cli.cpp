#include "content/language/shell.hpp"
#include "sync/hq/commands.hpp"
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

namespace adal::sync::hq {
namespace {

constexpr auto version = "adal-hq 0.1.0";

struct Arguments_ {
    std::string data, root_out, listen = "127.0.0.1:8480", login, number, employer, site, test;
    std::vector<std::string> units;
    std::filesystem::path library, bank;
    std::vector<std::filesystem::path> paths;
    Config config;
    Server::Options server;
    UserCommand user;
    DutiesCommand duties;
    std::filesystem::path backup, request, reply, stick;
    std::vector<std::string> terminals;
    RestoreCommand restore;
    KeysCommand keys;
    RevokeCommand revoke;
    bool json = false, is_demo = false, is_in_place = false;
};

using Action = std::function<Expected<Done>(const Desk&)>;

/// The tree of commands; each leaf says what to do with the desk.
class Commands {
public:
    explicit Commands(const language::Strings& strings, Language language) : strings_(strings), language_(language)
    {
        app_.set_version_flag("--version", version);
        app_.require_subcommand(1);
        app_.name("adal-hq");
        build();
    }
    CLI::App& app() { return app_; }
    const Action& action() const { return action_; }
    const Arguments_& given() const { return a_; }

private:
    std::string say(const std::string& key) const { return strings_.say(language_, "hq.help." + key); }
    CLI::App* group(const char* name)
    {
        auto* command = app_.add_subcommand(name, say(name));
        command->require_subcommand(1);
        return command;
    }
    CLI::App* leaf(CLI::App* parent, const char* name, const std::string& help, Action action, bool has_data = true)
    {
        auto* command = parent->add_subcommand(name, say(help));
        if (has_data) command->add_option("--data", a_.data, say("data"));
        command->add_flag("--json", a_.json, say("json"));
        command->callback([this, action = std::move(action)] { action_ = action; });
        return command;
    }
    void build();
    void build_people();
    void build_safekeeping();
    void build_keys();
    void build_courier();

    const language::Strings& strings_;
    Language language_;
    CLI::App app_;
    Arguments_ a_;
    Action action_;
};

void Commands::build()
{
    auto* init = leaf(&app_, "init", "init",
                      [this](const Desk& desk) { return init_command(desk, a_.config, a_.root_out, a_.is_demo); });
    init->add_option("--postgres", a_.config.postgres, say("postgres"));
    init->add_option("--root-out", a_.root_out, say("root_out"));
    init->add_flag("--demo", a_.is_demo, say("demo"));

    auto* serve = leaf(&app_, "serve", "serve", [this](const Desk& desk) {
        const auto colon = a_.listen.rfind(':');
        a_.server.host = a_.listen.substr(0, colon);
        const auto port = colon == std::string::npos ? std::string{} : a_.listen.substr(colon + 1);
        if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos)
            return Expected<Done>{fail(ErrorKind::InvalidInput, "hq.serve.address", {{"address", a_.listen}})};
        a_.server.port = std::stoi(port);
        return serve_command(desk, a_.server);
    });
    serve->add_option("--listen", a_.listen, say("listen"));
    auto* certificate = serve->add_option("--tls-cert", a_.server.certificate, say("tls_cert"));
    auto* key = serve->add_option("--tls-key", a_.server.key, say("tls_key"));
    certificate->needs(key);
    key->needs(certificate);

    auto* publish = leaf(&app_, "publish", "publish", [this](const Desk& desk) {
        return publish_command(desk, a_.library.empty() ? share_folder() / "library" : a_.library,
                               a_.bank.empty() ? share_folder() / "bank" : a_.bank);
    });
    publish->add_option("--library", a_.library, say("library"));
    publish->add_option("--bank", a_.bank, say("bank"));
    auto* check = leaf(
        &app_, "check", "check", [this](const Desk& desk) { return check_command(desk, a_.paths); }, false);
    check->add_option("PATH", a_.paths, say("paths"))->required();

    auto* duties =
        leaf(&app_, "duties", "duties", [this](const Desk& desk) { return duties_command(desk, a_.duties); });
    duties->add_option("--site", a_.duties.site, say("site"));
    duties->add_option("--duty", a_.duties.duty, say("duty"));
    duties->add_option("--person", a_.duties.person, say("person"));
    leaf(&app_, "analysis", "analysis", [this](const Desk& desk) { return analysis_command(desk, a_.test); })
        ->add_option("--test", a_.test, say("analysis_test"))
        ->required();
    leaf(&app_, "verify", "verify", [](const Desk& desk) { return verify_command(desk); });
    leaf(&app_, "rebuild", "rebuild", [](const Desk& desk) { return rebuild_command(desk); });
    build_people();
    build_safekeeping();
    build_keys();
    build_courier();
}

void Commands::build_people()
{
    auto* user = group("user");
    auto* add = leaf(user, "add", "user_add", [this](const Desk& desk) { return add_user_command(desk, a_.user); });
    add->add_option("--login", a_.user.login, say("login"))->required();
    add->add_option("--role", a_.user.role, say("role"))->required();
    add->add_option("--unit", a_.user.units, say("unit"));
    leaf(user, "list", "user_list", [](const Desk& desk) { return list_users_command(desk); });
    leaf(user, "disable", "user_disable", [this](const Desk& desk) { return disable_user_command(desk, a_.login); })
        ->add_option("--login", a_.login, say("login"))
        ->required();

    auto* code = leaf(group("employee"), "code", "employee_code",
                      [this](const Desk& desk) { return code_command(desk, a_.number, a_.employer); });
    code->add_option("NUMBER", a_.number, say("number"))->required();
    code->add_option("--employer", a_.employer, say("employer"));

    auto* terminal = group("terminal");
    auto* invite = leaf(terminal, "invite", "terminal_invite",
                        [this](const Desk& desk) { return invite_command(desk, a_.site, a_.units); });
    invite->add_option("--site", a_.site, say("site"))->required();
    invite->add_option("--unit", a_.units, say("unit"));
    auto* enrol = leaf(terminal, "enrol", "terminal_enrol",
                       [this](const Desk& desk) { return enrol_by_stick_command(desk, a_.request, a_.reply); });
    enrol->add_option("--request", a_.request, say("enrol_request"))->required();
    enrol->add_option("-o", a_.reply, say("enrol_reply"))->required();
    leaf(terminal, "list", "terminal_list", [](const Desk& desk) { return list_terminals_command(desk); });
    auto* revoke = leaf(terminal, "revoke", "terminal_revoke", [this](const Desk& desk) { return revoke_command(desk, a_.revoke); });
    revoke->add_option("TERMINAL", a_.revoke.terminal, say("terminal_id"))->required();
    auto* stolen = revoke->add_flag("--stolen", a_.revoke.stolen, say("stolen"));
    revoke->add_option("--codes-out", a_.revoke.codes, say("codes_out"))->needs(stolen);
    leaf(terminal, "accept", "terminal_accept", [this](const Desk& desk) { return accept_command(desk, a_.revoke.terminal); })
        ->add_option("TERMINAL", a_.revoke.terminal, say("terminal_id"))
        ->required();
}

void Commands::build_keys()
{
    auto* keys = group("keys");
    leaf(keys, "list", "keys_list", [](const Desk& desk) { return list_keys_command(desk); });
    auto* request = leaf(keys, "request", "keys_request", [this](const Desk& desk) { return request_keys_command(desk, a_.keys); });
    request->add_option("-o", a_.keys.output, say("keys_request_file"))->required();
    request->add_option("--rotate", a_.keys.replace, say("keys_rotate"));
    request->add_option("--drop", a_.keys.drop, say("keys_drop"));
    request->add_option("--authority", a_.keys.authorities, say("keys_authority"));
    auto* sign = leaf(
        keys, "sign", "keys_sign", [this](const Desk& desk) { return sign_keys_command(desk, a_.keys); }, false);
    sign->add_option("--root", a_.keys.root, say("keys_root"))->required();
    sign->add_option("--next-root", a_.keys.next_root, say("keys_next_root"));
    sign->add_option("FILE", a_.keys.file, say("keys_request_file"))->required();
    sign->add_option("-o", a_.keys.output, say("keys_list_file"))->required();
    leaf(
        keys, "root", "keys_new_root", [this](const Desk& desk) { return make_root_command(desk, a_.keys.output); }, false)
        ->add_option("-o", a_.keys.output, say("keys_new_root_file"))
        ->required();
    leaf(keys, "install", "keys_install", [this](const Desk& desk) { return install_keys_command(desk, a_.keys.file); })
        ->add_option("FILE", a_.keys.file, say("keys_list_file"))
        ->required();
}

void Commands::build_courier()
{
    auto* courier = group("courier");
    leaf(courier, "in", "courier_in", [this](const Desk& desk) { return courier_in_command(desk, a_.stick); })
        ->add_option("PATH", a_.stick, say("courier_path"))
        ->required();
    auto* out = leaf(courier, "out", "courier_out", [this](const Desk& desk) { return courier_out_command(desk, a_.stick, a_.terminals); });
    out->add_option("PATH", a_.stick, say("courier_path"))->required();
    out->add_option("--terminal", a_.terminals, say("courier_terminal"));
}

void Commands::build_safekeeping()
{
    auto* backup = leaf(&app_, "backup", "backup", [this](const Desk& desk) { return backup_command(desk, a_.backup); });
    backup->add_option("-o", a_.backup, say("backup_file"))->required();

    auto* restore = leaf(&app_, "restore", "restore", [this](const Desk& desk) { return restore_command(desk, a_.restore); });
    auto* source = restore->add_option_group("");
    auto* file = source->add_option("FILE", a_.restore.file, say("backup_file"));
    source->add_flag("--in-place", a_.is_in_place, say("in_place"));
    source->require_option(1);
    restore->add_option("--postgres", a_.restore.postgres, say("postgres"))->needs(file);
}

} // namespace

int run(int argc, char** argv)
{
    const auto language = language::language_of_shell();
    auto strings = language::Strings::load(share_folder() / "strings");
    if (!strings) {
        std::cerr << "adal-hq: " << strings.error().message() << '\n';
        return 1;
    }
    language::set_time_zone_of_shell();
    Commands commands{*strings, language};
    try {
        commands.app().parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return commands.app().exit(error) == 0 ? 0 : 2;
    }
    const SystemClock clock;
    SystemRandom random;
    const Desk desk{.folder = {language::data_folder(commands.given().data, "/var/lib/adal-hq")},
                    .strings = *strings,
                    .language = language,
                    .json = commands.given().json,
                    .clock = clock,
                    .random = random};
    const auto done = commands.action()(desk);
    if (done) return 0;
    std::cerr << "adal-hq: " << strings->say(language, done.error()) << '\n';
    return done.error().key == "hq.user.role" ? 2 : 1;
}

} // namespace adal::sync::hq
