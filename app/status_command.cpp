#include "app/commands.hpp"
#include "content/language/dates.hpp"
#include "sync/packs/release.hpp"
#include <nlohmann/json.hpp>
#include <ostream>

/// `adal-terminal status`: what is here, what is at HQ, and why the last exchange failed. Reads only; a window may be
/// open meanwhile.
namespace adal::app {
namespace {
using nlohmann::ordered_json;

struct Status {
    std::string terminal, site, hq;
    std::uint64_t head = 0, receipted = 0;
    std::int64_t release = 0, roster = 0;
    std::size_t people = 0;
    sync::SyncState sync;
    std::uint64_t unsent() const { return head > receipted ? head - receipted : 0; }
};

Expected<Status> status_of(const sync::TerminalFolder& folder)
{
    if (!std::filesystem::exists(folder.journal()))
        return fail(ErrorKind::NotFound, "trouble.not_enrolled", {{"path", folder.root.string()}});
    const auto journal = sync::Journal::read_only(folder.journal());
    if (!journal) return journal.error();
    const auto beside = sync::Beside::open(folder.beside());
    if (!beside) return beside.error();
    const auto enrolment = sync::read_enrolment(*beside);
    if (!enrolment) return enrolment.error();
    Status status;
    status.terminal = journal->terminal().text;
    status.site = enrolment->certificate.site.text;
    status.hq = enrolment->hq_url;
    status.head = journal->head().seq;
    status.sync = sync::read_sync_state(*beside);
    if (const auto receipt = status.sync.receipt_of(journal->id()))
        status.receipted = receipt->head.seq;
    status.release = status.sync.release;
    status.roster = status.sync.roster;
    if (const auto key = sync::KeyPair::open(folder.key()))
        if (const auto roster = sync::read_roster(*beside, *key, *enrolment)) status.people = roster->people.size();
    return status;
}

std::string json_of(const Status& status, const Command& command)
{
    const auto time = [](const std::optional<UtcTime>& at) {
        return at ? ordered_json(language::iso(*at)) : ordered_json();
    };
    const auto& error = status.sync.last_error;
    return ordered_json{
        {"terminal", status.terminal},
        {"site", status.site},
        {"hq", status.hq},
        {"head", status.head},
        {"receipted", status.receipted},
        {"unsent", status.unsent()},
        {"release", status.release},
        {"roster", status.roster},
        {"people", status.people},
        {"clock", language::iso(command.clock.now().at)},
        {"last_try", time(status.sync.last_try)},
        {"last_sync", time(status.sync.last_success)},
        {"last_error", error ? ordered_json(command.strings.say(command.language, *error)) : ordered_json()}}
        .dump();
}

void print(const Status& status, const Command& command)
{
    const auto line = [&](const char* key, const std::string& value) {
        command.out << command.say(std::string{"status."} + key) << ": " << value << '\n';
    };
    const auto number = [](auto n) { return std::to_string(n); };
    line("terminal", status.terminal + ", " + status.site + ", " + status.hq);
    line("head", number(status.head));
    line("receipted", number(status.receipted));
    line("unsent", number(status.unsent()));
    line("release", number(status.release));
    line("people", number(status.people));
    line("clock", language::date_and_time(command.clock.now().at, command.language));
    const auto& success = status.sync.last_success;
    line("last_sync", success ? language::date_and_time(*success, command.language) : command.say("status.never"));
    if (status.sync.last_error) line("last_error", command.strings.say(command.language, *status.sync.last_error));
}
} // namespace

Expected<Done> status_command(const Command& command)
{
    const auto status = status_of(command.folder);
    if (!status) return status.error();
    if (command.json)
        command.out << json_of(*status, command) << '\n';
    else
        print(*status, command);
    return Done{};
}

} // namespace adal::app
