#include "app/commands.hpp"
#include "app/terminal.hpp"
#include "content/language/dates.hpp"
#include "sync/link/succession.hpp"
#include "sync/packs/release.hpp"
#include <nlohmann/json.hpp>
#include <ostream>

/// `adal-terminal status`: what is here, what is at HQ, and why the last exchange failed. Reads only; a window may be
/// open meanwhile.
namespace adal::app {
namespace {
using nlohmann::ordered_json;

/// Of one journal.
struct Kept {
    std::string journal;
    std::uint64_t head = 0, receipted = 0;
    std::uint64_t unsent() const { return head > receipted ? head - receipted : 0; }
};

struct Status {
    std::string terminal, site, hq;
    std::vector<Kept> journals; // from the oldest to the present one
    std::int64_t keys = 0;
    std::size_t people = 0;
    sync::SyncState sync;
    std::optional<UtcTime> withdrawn;
    const Kept& present() const { return journals.back(); }
    std::uint64_t unsent() const
    {
        std::uint64_t sum = 0;
        for (const auto& each : journals) sum += each.unsent();
        return sum;
    }
};

Kept kept(const sync::Journal& journal, const sync::SyncState& state)
{
    const auto receipt = state.standing_receipt_of(journal.id());
    return {journal.id().text, journal.head().seq, receipt ? receipt->head.seq : 0};
}

/// HQ's clock minus ours, as far as this boot has heard.
std::optional<std::int64_t> offset_ms(const Status& status, const Moment& now)
{
    const auto& reading = status.sync.clock;
    if (!reading || reading->boot != now.boot) return std::nullopt;
    return reading->hq_ms + (now.uptime.count() - reading->uptime_ms) - to_ms(now.at);
}

Expected<Status> status_of(const sync::TerminalFolder& folder)
{
    if (!is_enrolled(folder))
        return fail(ErrorKind::NotFound, "trouble.not_enrolled", {{"path", folder.root.string()}});
    const auto journal = sync::Journal::read_only(sync::present_files(folder).journal);
    if (!journal) return journal.error();
    const auto beside = sync::Beside::open(folder.beside());
    if (!beside) return beside.error();
    const auto enrolment = sync::read_enrolment(*beside);
    if (!enrolment) return enrolment.error();
    Status status;
    status.terminal = journal->terminal().text;
    status.site = enrolment->certificate.site.text;
    status.hq = enrolment->hq_url;
    status.keys = enrolment->keys.list.number;
    status.sync = sync::read_sync_state(*beside);
    const auto before = sync::predecessors(folder, *journal);
    if (!before) return before.error();
    for (const auto& each : *before) status.journals.push_back(kept(each, status.sync));
    status.journals.push_back(kept(*journal, status.sync));
    if (const auto notice = sync::read_revocation(*beside)) status.withdrawn = notice->at;
    if (const auto key = sync::KeyPair::open(sync::present_files(folder).key))
        if (const auto roster = sync::read_roster(*beside, *key, *enrolment)) status.people = roster->people.size();
    return status;
}

std::string json_of(const Status& status, const Command& command)
{
    const auto time = [](const std::optional<UtcTime>& at) {
        return at ? ordered_json(language::iso(*at)) : ordered_json();
    };
    const auto sentence = [&](const Error& error) { return command.strings.say(command.language, error); };
    const auto& error = status.sync.last_error;
    auto journals = ordered_json::array();
    for (const auto& each : status.journals) journals.push_back({{"journal", each.journal}, {"head", each.head}, {"receipted", each.receipted}});
    const auto offset = offset_ms(status, command.clock.now());
    return ordered_json{
        {"terminal", status.terminal},
        {"site", status.site},
        {"hq", status.hq},
        {"head", status.present().head},
        {"receipted", status.present().receipted},
        {"unsent", status.unsent()},
        {"journals", journals},
        {"release", status.sync.release},
        {"roster", status.sync.roster},
        {"keys", status.keys},
        {"people", status.people},
        {"clock", language::iso(command.clock.now().at)},
        {"clock_offset_ms", offset ? ordered_json(*offset) : ordered_json()},
        {"last_try", time(status.sync.last_try)},
        {"last_sync", time(status.sync.last_success)},
        {"last_error", error ? ordered_json(sentence(*error)) : ordered_json()},
        {"alarm", status.sync.alarm ? ordered_json(sentence(status.sync.alarm->error)) : ordered_json()},
        {"withdrawn", time(status.withdrawn)}}
        .dump();
}

void print(const Status& status, const Command& command)
{
    const auto line = [&](const char* key, const std::string& value) {
        command.out << command.say(std::string{"status."} + key) << ": " << value << '\n';
    };
    const auto number = [](auto n) { return std::to_string(n); };
    line("terminal", status.terminal + ", " + status.site + ", " + status.hq);
    if (status.withdrawn) line("withdrawn", language::date_and_time(*status.withdrawn, command.language));
    if (status.journals.size() > 1) line("journals", number(status.journals.size()));
    line("head", number(status.present().head));
    line("receipted", number(status.present().receipted));
    line("unsent", number(status.unsent()));
    line("release", number(status.sync.release));
    line("people", number(status.people));
    line("clock", language::date_and_time(command.clock.now().at, command.language));
    if (const auto offset = offset_ms(status, command.clock.now())) line("offset", number((*offset + (*offset < 0 ? -500 : 500)) / 1000));
    const auto& success = status.sync.last_success;
    line("last_sync", success ? language::date_and_time(*success, command.language) : command.say("status.never"));
    if (status.sync.last_error) line("last_error", command.strings.say(command.language, *status.sync.last_error));
    if (status.sync.alarm) line("alarm", command.strings.say(command.language, status.sync.alarm->error));
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
