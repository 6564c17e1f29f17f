#include "sync/hq/backup.hpp"
#include "sync/hq/commands.hpp"
#include <iostream>
#include <nlohmann/json.hpp>
#include <termios.h>
#include <unistd.h>

namespace adal::sync::hq {
namespace {

using nlohmann::json;

/// Nobody reads over her shoulder what is typed while this exists.
class Silence {
public:
    Silence() : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0)
    {
        if (!is_terminal_) return;
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    ~Silence()
    {
        if (is_terminal_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    bool is_terminal() const { return is_terminal_; }

private:
    termios before_{};
    bool is_terminal_;
};

/// The first line of stdin: never an argument, which every user of the machine can list.
std::string passphrase(const Desk& desk)
{
    const Silence silence;
    if (silence.is_terminal()) std::cerr << desk.say("hq.backup.passphrase") << ' ' << std::flush;
    std::string line;
    std::getline(std::cin, line);
    if (silence.is_terminal()) std::cerr << '\n';
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

} // namespace

Expected<Done> backup_command(const Desk& desk, const std::filesystem::path& into)
{
    if (const auto config = read_config(desk.folder); !config) return config.error();
    auto done = back_up(desk.folder, into, passphrase(desk), desk.clock, desk.random);
    if (!done) return done.error();
    if (desk.json) {
        const json told{{"file", into.string()},  {"incarnation", done->incarnation},
                        {"tables", done->tables}, {"rows", done->rows},
                        {"files", done->files},   {"bytes", done->bytes}};
        std::cout << told.dump() << '\n';
    } else
        std::cout << desk.say("hq.backup.done", {{"path", into.string()}, {"rows", std::to_string(done->rows)}})
                  << '\n';
    return Done{};
}

Expected<Done> restore_command(const Desk& desk, const RestoreCommand& command)
{
    const bool in_place = command.file.empty();
    const auto who = desk.operator_at_shell();
    auto done = in_place ? restore_in_place(desk.folder, who, desk.clock, desk.random)
                         : restore({desk.folder, command.file, passphrase(desk), command.postgres}, who, desk.clock,
                                   desk.random);
    if (!done) return done.error();
    if (desk.json) {
        const json told{{"data", desk.folder.root.string()}, {"from", to_text(done->from)},
                        {"to", to_text(done->to)},           {"in_place", in_place},
                        {"release", done->release},          {"rows", done->rows}};
        std::cout << told.dump() << '\n';
    } else
        std::cout << desk.say("hq.restore.done",
                              {{"path", desk.folder.root.string()}, {"incarnation", to_text(done->to)}})
                  << '\n'
                  << desk.say("hq.restore.next") << '\n';
    return Done{};
}

} // namespace adal::sync::hq
