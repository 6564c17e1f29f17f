#include "app/commands.hpp"
#include "app/background_check.hpp"
#include "app/drive.hpp"
#include "app/terminal.hpp"
#include "content/language/dates.hpp"
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace adal::app {
namespace {
using nlohmann::ordered_json;

std::string number(auto n) { return std::to_string(n); }

void print_exchanged(const Command& command, const sync::Exchanged& exchanged)
{
    if (command.json) {
        ordered_json line{{"sent", exchanged.sent},
                          {"requests", exchanged.requests},
                          {"bytes_up", exchanged.bytes_up},
                          {"bytes_down", exchanged.bytes_down}};
        line["release"] = exchanged.new_release ? ordered_json(*exchanged.new_release) : ordered_json();
        line["roster"] = exchanged.new_roster ? ordered_json(*exchanged.new_roster) : ordered_json();
        command.out << line.dump() << '\n';
        return;
    }
    command.out << command.say("sent", {{"rows", number(exchanged.sent)}}) << '\n';
    if (exchanged.new_release)
        command.out << command.say("received.release", {{"number", number(*exchanged.new_release)}}) << '\n';
    if (exchanged.new_roster)
        command.out << command.say("received.roster", {{"number", number(*exchanged.new_roster)}}) << '\n';
    if (!exchanged.new_release && !exchanged.new_roster) command.out << command.say("nothing_received") << '\n';
    command.out << command.say("traffic", {{"up", number(exchanged.bytes_up)}, {"down", number(exchanged.bytes_down)}})
                << '\n';
}

void add(sync::Exchanged& sum, const sync::Exchanged& more)
{
    sum.sent += more.sent;
    sum.requests += more.requests;
    sum.bytes_up += more.bytes_up;
    sum.bytes_down += more.bytes_down;
    if (more.new_release) sum.new_release = more.new_release;
    if (more.new_roster) sum.new_roster = more.new_roster;
}

Expected<sync::Journal> journal_of(const Command& command)
{
    if (!std::filesystem::exists(command.folder.journal()))
        return fail(ErrorKind::NotFound, "trouble.not_enrolled", {{"path", command.folder.root.string()}});
    return sync::Journal::read_only(command.folder.journal());
}

Expected<Done> make(const std::filesystem::path& folder)
{
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) return fail(ErrorKind::Unavailable, "link.folder", {{"path", folder.string()}});
    return Done{};
}
} // namespace

Expected<Done> enrol_command(const Command& command, const std::string& hq_url, const std::string& code)
{
    if (!sync::enrolment_code_from(code)) return fail(ErrorKind::InvalidInput, "link.code");
    if (const auto made = make(command.folder.root); !made) return made;
    const auto lock = sync::lock_folder(command.folder.root);
    if (!lock) return lock.error();
    const auto road = sync::http_road(hq_url);
    const auto enrolled = sync::enrol(command.folder, code, hq_url, *road, command.clock, command.random);
    if (!enrolled) return enrolled.error();
    const auto& certificate = enrolled->certificate;
    if (command.json)
        command.out << ordered_json{{"terminal", certificate.terminal.text}, {"site", certificate.site.text}}.dump()
                    << '\n';
    else
        command.out << command.say("enrolled", {{"terminal", certificate.terminal.text},
                                                {"site", certificate.site_name.in(command.language)}})
                    << '\n';
    return Done{};
}

// What was installed becomes a fact, and goes up at once.
Expected<Done> sync_command(const Command& command)
{
    auto terminal = Terminal::open(command.folder, command.clock);
    if (!terminal) return terminal.error();
    const auto road = sync::http_road(terminal->enrolment().hq_url);
    const auto exchange = [&] {
        return sync::exchange(command.folder, terminal->journal(), terminal->beside(), terminal->key(),
                              terminal->enrolment(), *road, command.clock);
    };
    auto exchanged = exchange();
    if (!exchanged) return exchanged.error();
    if (const auto loaded = terminal->reload(); !loaded) return loaded;
    if (const auto renewed = terminal->renew_library(); !renewed) return renewed;
    if (terminal->unsent() > 0) {
        const auto more = exchange();
        if (!more) return more.error();
        add(*exchanged, *more);
    }
    print_exchanged(command, *exchanged);
    return Done{};
}

Expected<Done> journal_command(const Command& command, std::uint64_t after)
{
    const auto journal = journal_of(command);
    if (!journal) return journal.error();
    for (std::uint64_t seq = after; seq < journal->head().seq;) {
        const auto rows = journal->rows_after(seq, 1000);
        if (!rows) return rows.error();
        for (const auto& row : *rows) {
            auto body = ordered_json::parse(row.body, nullptr, false);
            const ordered_json line{{"seq", row.seq},
                                    {"at", language::iso(from_ms(row.at_ms))},
                                    {"at_ms", row.at_ms},
                                    {"boot", row.boot},
                                    {"uptime_ms", row.uptime_ms},
                                    {"actor", row.actor},
                                    {"kind", row.kind},
                                    {"body", body.is_discarded() ? ordered_json(row.body) : std::move(body)},
                                    {"hash", to_hex(row.hash)}};
            command.out << line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
        }
        if (rows->empty()) break;
        seq = rows->back().seq;
    }
    return Done{};
}

Expected<Done> verify_command(const Command& command)
{
    const auto journal = journal_of(command);
    if (!journal) return journal.error();
    if (const auto verified = journal->verify(); !verified) return verified;
    const auto rows = journal->head().seq;
    if (command.json)
        command.out << ordered_json{{"rows", rows}, {"head", to_hex(journal->head().hash)}}.dump() << '\n';
    else
        command.out << command.say("verified", {{"rows", number(rows)}}) << '\n';
    return Done{};
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
