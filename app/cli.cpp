#include "app/cli.hpp"
#include "app/window/assets.hpp"
#include "app/window_program.hpp"
#include "content/language/shell.hpp"
#include <CLI/CLI.hpp>
#include <charconv>
#include <iostream>

namespace adal::app {
namespace {

struct Given {
    std::string data, window, language, stick, script;
    EnrolWish enrol;
    std::uint64_t after = 0;
    bool json = false;
};

using Action = std::function<Expected<Done>(const Command&)>;

std::optional<std::pair<int, int>> size_from(const std::string& text)
{
    int width = 0, height = 0;
    const auto* end = text.data() + text.size();
    const auto [cross, wrong] = std::from_chars(text.data(), end, width);
    if (wrong != std::errc{} || cross == end || *cross != 'x') return std::nullopt;
    const auto [rest, also_wrong] = std::from_chars(cross + 1, end, height);
    const bool is_sane =
        also_wrong == std::errc{} && rest == end && width >= 320 && width <= 16384 && height >= 240 && height <= 16384;
    return is_sane ? std::optional{std::pair{width, height}} : std::nullopt;
}

/// The tree of commands; each leaf says what to do.
class Commands {
public:
    Commands(const language::Strings& strings, Language language)
        : strings_(strings), language_(language), app_(say("about"), "adal-terminal")
    {
        app_.set_version_flag("--version", ADAL_VERSION);
        app_.add_option("--data", given_.data, say("data") + " ($ADAL_DATA, /var/lib/adal-terminal)");
        app_.add_option("--window", given_.window, say("window"))->check([](const std::string& text) {
            return size_from(text) ? std::string{} : "1280x800?";
        });
        app_.add_option("--language", given_.language, say("language"))->check(CLI::IsMember({"kk", "ru", "en"}));
        app_.add_flag("--json", given_.json, say("json"));
        add_leaves();
    }

    CLI::App& app() { return app_; }
    const Given& given() const { return given_; }
    Expected<Done> act(const Command& command) const
    {
        if (action_) return action_(command);
        return window_program(command, {given_.window.empty() ? std::nullopt : size_from(given_.window)});
    }

private:
    const language::Strings& strings_;
    Language language_;
    CLI::App app_;
    Given given_;
    Action action_;

    std::string say(const std::string& key) const { return strings_.say(language_, "kiosk.command." + key); }

    CLI::App* leaf(const char* name, Action action)
    {
        auto* command = app_.add_subcommand(name, say(name));
        command->fallthrough(); // --data and --json may stand behind the command, too
        command->callback([this, action = std::move(action)] { action_ = action; });
        return command;
    }

    /// --hq and --code; or --code and --request-out; or --reply: the address may stand with each.
    void add_enrol()
    {
        auto& wish = given_.enrol;
        auto* enrol = leaf("enrol", [this](const Command& command) { return enrol_command(command, given_.enrol); });
        enrol->add_option("--hq", wish.hq_url, say("enrol.hq"));
        auto* code = enrol->add_option("--code", wish.code, say("enrol.code"));
        auto* request = enrol->add_option("--request-out", wish.request_out, say("enrol.request_out"))->needs(code);
        enrol->add_option("--reply", wish.reply, say("enrol.reply"))->excludes(code)->excludes(request);
        enrol->parse_complete_callback([&wish] {
            if (wish.reply.empty() && wish.code.empty()) throw CLI::RequiredError{"--code"};
            if (wish.reply.empty() && wish.request_out.empty() && wish.hq_url.empty()) throw CLI::RequiredError{"--hq"};
        });
    }

    void add_courier()
    {
        auto* courier = app_.add_subcommand("courier", say("courier"));
        courier->fallthrough();
        courier->require_subcommand(1);
        const auto direction = [&](const char* name, auto carry) {
            auto* command = courier->add_subcommand(name, say(std::string{"courier."} + name));
            command->fallthrough();
            command->add_option("PATH", given_.stick, say("courier.path"))->required();
            command->callback([this, carry] { action_ = [this, carry](const Command& given) { return carry(given, given_.stick); }; });
        };
        direction("out", courier_out_command);
        direction("in", courier_in_command);
    }

    void add_leaves()
    {
        app_.require_subcommand(0, 1);
        add_enrol();
        leaf("sync", sync_command);
        add_courier();
        leaf("status", status_command);
        leaf("journal", [this](const Command& command) {
            return journal_command(command, given_.after);
        })->add_option("--after", given_.after, say("journal.after"));
        leaf("verify", verify_command);
        leaf("drive", [this](const Command& command) {
            return drive_command(command, given_.script);
        })->add_option("SCRIPT", given_.script, say("drive.script"));
    }
};

} // namespace

int run(int argc, char** argv)
{
    const auto language = language::language_of_shell();
    const auto strings = language::Strings::load(window::assets_folder() / "strings");
    if (!strings) {
        std::cerr << "adal-terminal: " << strings.error().message() << '\n';
        return 1;
    }
    language::set_time_zone_of_shell();
    Commands commands{*strings, language};
    try {
        commands.app().parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return commands.app().exit(error) == 0 ? 0 : 2;
    }
    const auto& given = commands.given();
    const SystemClock clock;
    sync::SystemRandom random;
    const Command command{{language::data_folder(given.data, "/var/lib/adal-terminal")},
                          *strings,
                          language,
                          language_from(given.language).value_or(Language::kk),
                          given.json,
                          clock,
                          random,
                          std::cout};
    const auto done = commands.act(command);
    std::cout.flush();
    if (done) return 0;
    std::cerr << "adal-terminal: " << strings->say(language, done.error()) << '\n';
    return 1;
}

} // namespace adal::app
