#include "sync/hq/commands.hpp"
#include "sync/hq/courier.hpp"
#include "sync/hq/dead_disk.hpp"
#include <iostream>
#include <nlohmann/json.hpp>

/// `adal-hq courier in|out`: sticks of terminals that no network reaches, and the disks of those that will never speak again.
namespace adal::sync::hq {
namespace {

using nlohmann::json;

void print(const Desk& desk, const StickTaken& brought)
{
    auto terminals = json::array(), refused = json::array();
    for (const auto& taken : brought.terminals) terminals.push_back({{"terminal", taken.terminal.text}, {"facts", taken.facts}, {"bodies", taken.bodies}});
    for (const auto& [file, reason] : brought.refused) refused.push_back({{"file", file}, {"error", reason.key}, {"message", desk.strings.say(desk.language, reason)}});
    if (desk.json) {
        std::cout << json{{"parts", brought.parts}, {"terminals", terminals}, {"refused", refused}}.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
        return;
    }
    for (const auto& taken : brought.terminals)
        std::cout << desk.say("hq.courier.taken", {{"terminal", taken.terminal.text}, {"facts", std::to_string(taken.facts)}, {"bodies", std::to_string(taken.bodies)}}) << '\n';
    if (brought.terminals.empty()) std::cout << desk.say("hq.courier.nothing") << '\n';
    for (const auto& [file, reason] : brought.refused)
        std::cout << desk.say("kiosk.command.courier.refused", {{"file", file}, {"reason", desk.strings.say(desk.language, reason)}}) << '\n';
}

Expected<Done> told(const Desk& desk, const StickTaken& brought)
{
    print(desk, brought);
    if (brought.refused.empty()) return Done{};
    const auto& first = brought.refused.front();
    return fail(ErrorKind::Corrupt, "courier.refused",
                {{"file", first.file}, {"reason", desk.strings.say(desk.language, first.reason)}, {"others", std::to_string(brought.refused.size() - 1)}});
}

/// What HQ itself needs for its work: the same as when it serves.
struct Office {
    HqKeys keys;
    StorePool stores;
    Intake intake;
    Office(const Desk& desk, HqKeys opened)
        : keys(std::move(opened)), stores([folder = desk.folder] { return open_store(folder); }), intake(stores, desk.folder, keys, desk.clock, desk.random)
    {}
};

Expected<StickTaken> take_disk(const Desk& desk, Office& office, Store& store, const std::filesystem::path& path)
{
    auto found = take_dead_disk(office.intake, store, path, desk.clock);
    if (!found) return found.error();
    StickTaken taken{.terminals = {}, .parts = 0, .refused = std::move(found->refused)};
    if (!found->terminal.empty()) taken.terminals.push_back({.terminal = found->terminal, .facts = found->facts, .bodies = found->bodies});
    return taken;
}

} // namespace

Expected<Done> courier_in_command(const Desk& desk, const std::filesystem::path& path)
{
    auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    Office office{desk, std::move(*keys)};
    const auto taken = is_data_folder(path) ? take_disk(desk, office, *store, path)
                                            : take_stick(office.intake, *store, office.keys, Stick{path, real_medium()}, desk.clock.now().at);
    if (!taken) return taken.error();
    return told(desk, *taken);
}

Expected<Done> courier_out_command(const Desk& desk, const std::filesystem::path& path, const std::vector<std::string>& names)
{
    const auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    std::vector<TerminalId> named;
    for (const auto& name : names) named.push_back({name});
    Stick stick{path, real_medium()};
    const auto written = write_stick({*store, {desk.folder, *keys, desk.clock, desk.random}}, stick, named);
    if (!written) return written.error();
    std::vector<std::string> terminals;
    for (const auto& id : written->terminals) terminals.push_back(id.text);
    if (desk.json)
        std::cout << json{{"terminals", terminals}, {"packs", written->packs}, {"removed", written->removed}}.dump() << '\n';
    else
        std::cout << desk.say("hq.courier.written", {{"terminals", std::to_string(terminals.size())}, {"packs", std::to_string(written->packs.size())}}) << '\n';
    return written->stopped ? Expected<Done>{*written->stopped} : Done{};
}

} // namespace adal::sync::hq
