#include "content/language/dates.hpp"
#include "sync/hq/commands.hpp"
#include "sync/hq/projections.hpp"
#include "sync/hq/table.hpp"
#include "sync/hq/verify.hpp"
#include "sync/packs/builder.hpp"
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace adal::sync::hq {
namespace {

using nlohmann::json;

json to_json(const Desk& desk, const content::Finding& finding)
{
    return {{"file", finding.file},
            {"line", finding.line},
            {"gravity", finding.gravity == content::Finding::Gravity::Error ? "error" : "warning"},
            {"key", finding.key},
            {"message", desk.say(finding.key, finding.arguments)}};
}

/// "file:line: error: sentence", as compilers do, so that editors jump there.
std::string line_of(const Desk& desk, const content::Finding& finding)
{
    const auto gravity =
        desk.say(finding.gravity == content::Finding::Gravity::Error ? "hq.finding.error" : "hq.finding.warning");
    return finding.file + ":" + std::to_string(finding.line) + ": " + gravity + ": " +
           desk.say(finding.key, finding.arguments) + "\n";
}

void print(const Desk& desk, const content::Findings& findings, std::ostream& into)
{
    for (const auto& finding : findings) into << line_of(desk, finding);
}

} // namespace

Expected<Done> publish_command(const Desk& desk, const std::filesystem::path& library,
                               const std::filesystem::path& bank)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    auto publication =
        publish(*store, desk.folder, *keys, library, bank, desk.operator_at_shell(), desk.clock, desk.random);
    if (!publication) return publication.error();
    print(desk, publication->findings, std::cerr);
    if (!publication->release) return fail(ErrorKind::InvalidInput, "hq.publish.refused");
    if (desk.json) {
        json packs = json::array();
        for (const auto& pack : publication->release->packs)
            packs.push_back({{"kind", pack.kind}, {"sha256", to_hex(pack.hash)}, {"size", pack.size}});
        std::cout << json{{"release", publication->release->number}, {"packs", packs}}.dump() << '\n';
    } else
        std::cout << desk.say("hq.publish.done", {{"number", std::to_string(publication->release->number)}}) << '\n';
    return Done{};
}

Expected<Done> check_command(const Desk& desk, const std::vector<std::filesystem::path>& paths)
{
    const auto findings = check_sources(paths);
    if (desk.json) {
        auto list = json::array();
        for (const auto& finding : findings) list.push_back(to_json(desk, finding));
        std::cout << list.dump() << '\n';
    } else
        print(desk, findings, std::cout);
    if (has_errors(findings))
        return fail(ErrorKind::InvalidInput, "hq.check.errors", {{"n", std::to_string(findings.size())}});
    if (!desk.json) std::cout << desk.say("hq.check.clean") << '\n';
    return Done{};
}

Expected<Done> verify_command(const Desk& desk)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto teaching = read_teaching(*store, desk.folder);
    if (!teaching) return teaching.error();
    auto verified = verify_everything(*store, *teaching);
    if (!verified) return verified.error();
    if (desk.json)
        std::cout << json{{"journals", verified->journals}, {"facts", verified->facts}, {"ok", true}}.dump() << '\n';
    else
        std::cout << desk.say("hq.verify.done",
                              {{"journals", std::to_string(verified->journals)}, {"facts", std::to_string(verified->facts)}})
                  << '\n';
    return Done{};
}

Expected<Done> rebuild_command(const Desk& desk)
{
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    auto teaching = read_teaching(*store, desk.folder);
    if (!teaching) return teaching.error();
    auto done = store->write([&](std::int64_t) { return rebuild(*store, *teaching); });
    if (!done) return done;
    if (desk.json)
        std::cout << json{{"ok", true}}.dump() << '\n';
    else
        std::cout << desk.say("hq.rebuild.done") << '\n';
    return Done{};
}

} // namespace adal::sync::hq
