#include "app/commands.hpp"
#include "app/background_check.hpp"
#include "app/background_exchange.hpp"
#include "app/drive.hpp"
#include "app/terminal.hpp"
#include "sync/link/succession.hpp"
#include "sync/link/terminal_courier.hpp"
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace adal::app {
namespace {
using nlohmann::ordered_json;

ordered_json json_of(const sync::Exchanged& exchanged)
{
    const auto maybe = [](const auto& n) { return n ? ordered_json(*n) : ordered_json(); };
    return {{"sent", exchanged.sent},
            {"bodies", exchanged.bodies},
            {"requests", exchanged.requests},
            {"bytes_up", exchanged.bytes_up},
            {"bytes_down", exchanged.bytes_down},
            {"bytes_saved", exchanged.bytes_saved},
            {"release", maybe(exchanged.new_release)},
            {"roster", maybe(exchanged.new_roster)},
            {"keys", maybe(exchanged.new_keys)},
            {"people", exchanged.changed_people.size()}};
}

void print_exchanged(const Command& command, const sync::Exchanged& exchanged)
{
    if (command.json) {
        command.out << json_of(exchanged).dump() << '\n';
        return;
    }
    const auto line = [&](const char* key, const Arguments& arguments) { command.out << command.say(key, arguments) << '\n'; };
    line("sent", {{"rows", number(exchanged.sent)}});
    if (exchanged.bodies > 0) line("sent.bodies", {{"bodies", number(exchanged.bodies)}});
    const auto came = [&](const char* key, const std::optional<std::int64_t>& what) {
        if (what) line(key, {{"number", number(*what)}});
    };
    came("received.release", exchanged.new_release);
    came("received.roster", exchanged.new_roster);
    came("received.keys", exchanged.new_keys);
    const auto people = exchanged.changed_people.size();
    if (people > 0) line("received.people", {{"people", number(people)}});
    if (!exchanged.new_release && !exchanged.new_roster && !exchanged.new_keys && people == 0) line("nothing_received", {});
    line("traffic", {{"up", number(exchanged.bytes_up)}, {"down", number(exchanged.bytes_down)}});
    if (exchanged.bytes_saved > 0) line("saved", {{"bytes", number(exchanged.bytes_saved)}});
}

Expected<sync::Exchanged> exchange(const Command& command, Terminal& terminal)
{
    const auto road = road_to_hq(terminal.enrolment());
    if (!road) return road.error();
    auto exchanged = sync::exchange_all(command.folder, terminal.journal(), terminal.beside(), terminal.key(), terminal.enrolment(), **road, command.clock);
    if (const auto loaded = terminal.reload(); exchanged && !loaded) return loaded.error();
    return exchanged;
}

/// HQ has seen two journals of this name: the answer is a new one, and that goes up at once.
Expected<sync::Exchanged> exchange_and_succeed(const Command& command, Terminal& terminal)
{
    auto exchanged = exchange(command, terminal);
    if (!terminal.must_succeed()) return exchanged;
    if (const auto done = terminal.succeed(command.random); !done) return done.error();
    if (!command.json) command.out << command.say("succeeded") << '\n';
    auto more = exchange(command, terminal);
    if (more && exchanged) sync::add(*more, *exchanged);
    return more;
}
/// What is carried for neighbours goes last.
Expected<Done> forward(const Command& command, Terminal& terminal)
{
    const auto road = road_to_hq(terminal.enrolment());
    if (!road) return road.error();
    const auto forwarded = sync::forward_carried(terminal.beside(), **road);
    if (!forwarded) return forwarded.error();
    if (forwarded->parts > 0 && !command.json) command.out << command.say("courier.forwarded", {{"files", number(forwarded->parts)}}) << '\n';
    return Done{};
}
} // namespace

// What was installed and what HQ's clock said become facts, and go up at once.
Expected<Done> sync_command(const Command& command)
{
    auto terminal = Terminal::open(command.folder, command.clock);
    if (!terminal) return terminal.error();
    auto exchanged = exchange_and_succeed(command, *terminal);
    if (!exchanged) return exchanged.error();
    if (const auto renewed = terminal->renew_library(); !renewed) return renewed;
    if (const auto compared = terminal->compare_clocks(); !compared) return compared;
    if (terminal->unsent() > 0) {
        const auto more = exchange(command, *terminal);
        if (!more) return more.error();
        sync::add(*exchanged, *more);
    }
    print_exchanged(command, *exchanged);
    return forward(command, *terminal);
}

Expected<Done> drive_command(const Command& command, const std::filesystem::path& script)
{
    std::ifstream file;
    if (!script.empty()) {
        file.open(script);
        if (!file) return fail(ErrorKind::NotFound, "kiosk.script.missing", {{"path", script.string()}});
    }
    auto kiosk = Kiosk::open(command.folder, command.strings, command.clock, command.random, command.usual);
    if (!kiosk) return kiosk.error();
    if (const auto whole = check_journal(command.folder); !whole) return whole.error(); // no background here: all of it, first
    const screens::Words words{command.strings, command.language};
    if (drive(*kiosk, script.empty() ? std::cin : file, command.out, words)) return Done{};
    return fail(ErrorKind::InvalidInput, "kiosk.script.not_all_read");
}

} // namespace adal::app
