#include "content/language/dates.hpp"
#include "sync/hq/commands.hpp"
#include "sync/hq/table.hpp"
#include "sync/hq/withdrawal.hpp"
#include "sync/keys/private_file.hpp"
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace adal::sync::hq {
namespace {

using nlohmann::json;

std::vector<std::string> units_of(const TerminalRecord& terminal)
{
    std::vector<std::string> units;
    for (const auto& unit : terminal.scope.units) units.push_back(unit.text);
    return units;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace

Expected<Done> invite_command(const Desk& desk, const std::string& site, const std::vector<std::string>& unit_names)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    auto sites = all_sites(*store);
    auto units = all_units(*store);
    if (!sites) return sites.error();
    if (!units) return units.error();
    if (std::none_of(sites->begin(), sites->end(), [&](const auto& known) { return known.first.text == site; }))
        return fail(ErrorKind::NotFound, "hq.site.missing", {{"site", site}});
    TerminalScope scope{.site = {site}, .units = {}};
    for (const auto& unit : unit_names) {
        if (std::none_of(units->begin(), units->end(),
                         [&](const auto& known) { return known.id.text == unit && known.site.text == site; }))
            return fail(ErrorKind::NotFound, "hq.unit.missing", {{"unit", unit}});
        scope.units.insert({unit});
    }
    Invitation invitation;
    auto done = store->write([&](std::int64_t position) -> Expected<Done> {
        const auto now = desk.clock.now();
        auto made = invite(*store, *keys, scope, now.at, desk.random);
        if (!made) return made.error();
        invitation = *made;
        return record(*store, keys->identity, desk.operator_at_shell(),
                      {TerminalInvited{{site}, to_ms(invitation.expires)}}, position, now, desk.random);
    });
    if (!done) return done;
    const auto text = to_text(invitation.code);
    if (desk.json)
        std::cout << json{{"code", text},
                          {"site", site},
                          {"units", unit_names},
                          {"expires", language::iso(invitation.expires)}}
                         .dump()
                  << '\n';
    else
        std::cout << desk.say("hq.invite.issued",
                              {{"code", text}, {"time", language::date_and_time(invitation.expires, desk.language)}})
                  << '\n';
    return Done{};
}

Expected<Done> list_terminals_command(const Desk& desk)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto terminals = all_terminals(*store);
    if (!terminals) return terminals.error();
    auto list = json::array();
    std::vector<std::vector<std::string>> rows{{desk.say("hq.column.terminal"), desk.say("hq.column.site"),
                                                desk.say("hq.column.unit"), desk.say("hq.column.seen"),
                                                desk.say("hq.column.release"), desk.say("hq.column.skew")}};
    for (const auto& terminal : *terminals) {
        list.push_back({{"terminal", terminal.id.text},
                        {"site", terminal.scope.site.text},
                        {"units", units_of(terminal)},
                        {"enrolled", language::iso(terminal.enrolled_at)},
                        {"seen", terminal.seen_at ? json(language::iso(*terminal.seen_at)) : json()},
                        {"release", terminal.release},
                        {"roster", terminal.roster},
                        {"skew_ms", terminal.skew_ms}});
        rows.push_back(
            {terminal.id.text, terminal.scope.site.text, joined(units_of(terminal)),
             terminal.seen_at ? language::date_and_time(*terminal.seen_at, desk.language) : desk.say("hq.never"),
             std::to_string(terminal.release), std::to_string(terminal.skew_ms / 1000)});
    }
    std::cout << (desk.json ? list.dump() + "\n" : table(rows));
    return Done{};
}

namespace {

/// For HR to hand out: number;name;code, one person a line.
Expected<Done> write_codes(const std::filesystem::path& path, const Withdrawal& withdrawal)
{
    std::string text = "\xEF\xBB\xBF"; // or a spreadsheet takes the names for another encoding
    for (const auto& [person, code] : withdrawal.new_codes)
        text += (person.assignments.empty() ? std::string{} : person.assignments.front().number) + ";" + person.full_name() + ";" + code.code + "\r\n";
    return write_private_file(path, bytes_of(text));
}

} // namespace

Expected<Done> revoke_command(const Desk& desk, const RevokeCommand& command)
{
    if (!command.codes.empty())
        if (const auto there = is_there(command.codes); !there || *there)
            return there ? fail(ErrorKind::Conflict, "hq.revoke.codes_exist", {{"path", command.codes.string()}}) : there.error();
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    auto done = withdraw(*store, desk.folder, *keys, {command.terminal}, command.stolen, desk.operator_at_shell(), desk.clock, desk.random);
    if (!done) return done.error();
    if (!command.codes.empty())
        if (auto written = write_codes(command.codes, *done); !written) return written;
    if (desk.json) {
        auto people = json::array();
        for (const auto& [person, code] : done->new_codes)
            people.push_back({{"person", person.id.text}, {"code", code.code}, {"expires", language::iso(code.expires)}});
        std::cout << json{{"terminal", command.terminal}, {"stolen", command.stolen}, {"generation", done->generation}, {"codes", people}}.dump() << '\n';
        return Done{};
    }
    std::cout << desk.say("hq.revoke.done", {{"terminal", command.terminal}}) << '\n';
    if (command.stolen) std::cout << desk.say("hq.revoke.new_codes", {{"n", std::to_string(done->new_codes.size())}}) << '\n';
    return Done{};
}

Expected<Done> accept_command(const Desk& desk, const std::string& terminal)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    auto accepted = accept_waiting(*store, *keys, {terminal}, desk.operator_at_shell(), desk.clock, desk.random);
    if (!accepted) return accepted.error();
    if (desk.json)
        std::cout << json{{"terminal", terminal}, {"facts", accepted->facts}, {"people", accepted->people.size()}}.dump() << '\n';
    else
        std::cout << desk.say("hq.accept.done", {{"terminal", terminal}, {"n", std::to_string(accepted->facts)}}) << '\n';
    return Done{};
}

} // namespace adal::sync::hq
