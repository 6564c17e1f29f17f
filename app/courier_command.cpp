#include "app/commands.hpp"
#include "app/terminal.hpp"
#include "sync/link/terminal_courier.hpp"
#include <nlohmann/json.hpp>
#include <ostream>

/// `adal-terminal courier out|in`: a stick instead of the network.
namespace adal::app {
namespace {
using nlohmann::ordered_json;

sync::TerminalAtStick at(const Command& command, Terminal& terminal, sync::Stick& stick)
{
    return {command.folder, terminal.journal(), terminal.beside(), terminal.key(), command.clock, stick};
}

void print(const Command& command, const sync::WrittenOut& out)
{
    if (command.json) {
        command.out << ordered_json{{"written", out.written}, {"kept", out.kept},     {"removed", out.removed},
                                    {"facts", out.rows},      {"bodies", out.bodies}, {"neighbours", out.neighbours}}
                           .dump()
                    << '\n';
        return;
    }
    command.out << command.say("courier.written", {{"files", number(out.written.size())}, {"kept", number(out.kept.size())}, {"facts", number(out.rows)}}) << '\n';
    if (out.neighbours > 0) command.out << command.say("courier.neighbours", {{"files", number(out.neighbours)}}) << '\n';
}

ordered_json json_of(const Command& command, const sync::TakenIn& in)
{
    const auto maybe = [](const auto& n) { return n ? ordered_json(*n) : ordered_json(); };
    auto receipts = ordered_json::array(), refused = ordered_json::array();
    for (const auto& receipt : in.receipts) receipts.push_back({{"journal", receipt.journal.text}, {"seq", receipt.head.seq}});
    for (const auto& file : in.refused)
        refused.push_back({{"file", file.file}, {"error", file.reason.key}, {"message", command.strings.say(command.language, file.reason)}});
    return {{"bundle", in.has_bundle},
            {"receipts", receipts},
            {"release", maybe(in.exchanged.new_release)},
            {"roster", maybe(in.exchanged.new_roster)},
            {"keys", maybe(in.exchanged.new_keys)},
            {"people", in.exchanged.changed_people.size()},
            {"carried", in.carried},
            {"forgotten", in.forgotten},
            {"refused", refused}};
}

void print(const Command& command, const sync::TakenIn& in)
{
    if (command.json) {
        command.out << json_of(command, in).dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
        return;
    }
    const auto line = [&](const char* key, const Arguments& arguments) { command.out << command.say(key, arguments) << '\n'; };
    if (!in.has_bundle) line("courier.no_bundle", {});
    for (const auto& receipt : in.receipts) line("courier.receipt", {{"seq", number(receipt.head.seq)}});
    const auto came = [&](const char* key, const std::optional<std::int64_t>& what) {
        if (what) line(key, {{"number", number(*what)}});
    };
    came("received.release", in.exchanged.new_release);
    came("received.roster", in.exchanged.new_roster);
    came("received.keys", in.exchanged.new_keys);
    if (in.carried > 0) line("courier.carried", {{"files", number(in.carried)}});
    for (const auto& file : in.forgotten) line("courier.forgotten", {{"file", file}});
    for (const auto& file : in.refused) line("courier.refused", {{"file", file.file}, {"reason", command.strings.say(command.language, file.reason)}});
}

/// The rest of the stick was taken all the same.
Error first_refused(const Command& command, const std::vector<sync::RefusedFile>& refused)
{
    const auto& first = refused.front();
    return fail(ErrorKind::Corrupt, "courier.refused",
                {{"file", first.file}, {"reason", command.strings.say(command.language, first.reason)}, {"others", number(refused.size() - 1)}});
}
} // namespace

Expected<Done> courier_out_command(const Command& command, const std::filesystem::path& path)
{
    auto terminal = Terminal::open(command.folder, command.clock);
    if (!terminal) return terminal.error();
    sync::Stick stick{path, sync::real_medium()};
    const auto out = sync::write_out(at(command, *terminal, stick));
    if (!out) return out.error();
    print(command, *out);
    return out->stopped ? Expected<Done>{*out->stopped} : Done{};
}

// What was installed becomes a fact, which the next stick carries.
Expected<Done> courier_in_command(const Command& command, const std::filesystem::path& path)
{
    auto terminal = Terminal::open(command.folder, command.clock);
    if (!terminal) return terminal.error();
    sync::Stick stick{path, sync::real_medium()};
    const auto in = sync::take_in(at(command, *terminal, stick));
    if (!in) return in.error();
    if (const auto loaded = terminal->reload(); !loaded) return loaded;
    if (terminal->must_succeed())
        if (const auto done = terminal->succeed(command.random); !done) return done;
    if (const auto renewed = terminal->renew_library(); !renewed) return renewed;
    print(command, *in);
    return in->refused.empty() ? Expected<Done>{Done{}} : first_refused(command, in->refused);
}

} // namespace adal::app
