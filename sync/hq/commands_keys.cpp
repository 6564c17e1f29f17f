#include "sync/hq/commands.hpp"
#include "sync/hq/key_ceremony.hpp"
#include "sync/hq/table.hpp"
#include "sync/journal/folder_lock.hpp"
#include "sync/keys/private_file.hpp"
#include <iostream>
#include <nlohmann/json.hpp>

namespace adal::sync::hq {
namespace {

using nlohmann::json;

constexpr std::size_t largest_file = 1 << 20;

Expected<std::set<KeyRole>> roles_in(const std::vector<std::string>& words)
{
    std::set<KeyRole> roles;
    for (const auto& word : words) {
        const auto role = key_role_from(word);
        if (!role) return fail(ErrorKind::InvalidInput, "hq.keys.role", {{"role", word}});
        roles.insert(*role);
    }
    return roles;
}

Expected<std::vector<std::string>> authorities_in(const std::vector<std::filesystem::path>& files)
{
    std::vector<std::string> authorities;
    for (const auto& file : files) {
        const auto bytes = read_private_file(file, largest_file);
        if (!bytes) return bytes.error();
        auto text = text_of(*bytes);
        if (text.find("-----BEGIN CERTIFICATE-----") == std::string::npos || text.find("PRIVATE KEY") != std::string::npos)
            return fail(ErrorKind::InvalidInput, "hq.keys.authority", {{"path", file.string()}});
        authorities.push_back(std::move(text));
    }
    return authorities;
}

std::string shortened(const std::array<std::uint8_t, 32>& key) { return to_hex(key).substr(0, 16); }

Expected<Done> written(const Desk& desk, const std::filesystem::path& path, const std::string& text, const char* key,
                       const Arguments& arguments)
{
    if (auto done = write_private_file(path, bytes_of(text)); !done) return done;
    if (desk.json)
        std::cout << json{{"file", path.string()}}.dump() << '\n';
    else
        std::cout << desk.say(key, arguments) << '\n';
    return Done{};
}

} // namespace

Expected<Done> list_keys_command(const Desk& desk)
{
    const auto keys = open_keys(desk.folder);
    if (!keys) return keys.error();
    const auto& list = keys->list.list;
    const std::vector<std::pair<const char*, const std::vector<std::array<std::uint8_t, 32>>*>> roles{
        {"receipt", &list.receipt}, {"release", &list.release}, {"identity", &list.identity}, {"sealing", &list.sealing}};
    if (desk.json) {
        auto out = json::parse(keys->list.text);
        out["root"] = to_hex(keys->list.root);
        std::cout << out.dump() << '\n';
        return Done{};
    }
    std::cout << desk.say("hq.keys.list", {{"number", std::to_string(list.number)}, {"root", shortened(keys->list.root)}}) << '\n';
    std::vector<std::vector<std::string>> rows{{desk.say("hq.keys.column.role"), desk.say("hq.keys.column.key"), desk.say("hq.column.state")}};
    for (const auto& [role, all] : roles)
        for (std::size_t i = 0; i < all->size(); ++i)
            rows.push_back({desk.say(std::string{"hq.keys.role_name."} + role), shortened((*all)[i]),
                            desk.say(i == 0 ? "hq.keys.in_use" : "hq.keys.retired")});
    std::cout << table(rows);
    return Done{};
}

Expected<Done> request_keys_command(const Desk& desk, const KeysCommand& command)
{
    auto replace = roles_in(command.replace), drop = roles_in(command.drop);
    auto authorities = authorities_in(command.authorities);
    if (!replace) return replace.error();
    if (!drop) return drop.error();
    if (!authorities) return authorities.error();
    if (replace->empty() && drop->empty() && authorities->empty())
        replace = std::set{KeyRole::Receipt, KeyRole::Release, KeyRole::Identity, KeyRole::Sealing};
    const auto request = request_keys(desk.folder, {*replace, *drop, *authorities}, desk.random);
    if (!request) return request.error();
    return written(desk, command.output, *request, "hq.keys.requested", {{"path", command.output.string()}});
}

Expected<Done> sign_keys_command(const Desk& desk, const KeysCommand& command)
{
    const auto root = KeyPair::open(command.root);
    if (!root) return root.error();
    const auto request = read_private_file(command.file, largest_file);
    if (!request) return request.error();
    std::optional<PublicKey> successor;
    if (!command.next_root.empty()) {
        const auto next = KeyPair::open(command.next_root);
        if (!next) return next.error();
        successor = next->public_key();
    }
    const auto keys = sign_request(text_of(*request), *root, successor);
    if (!keys) return keys.error();
    return written(desk, command.output, encode(*keys) + "\n", "hq.keys.signed",
                   {{"number", std::to_string(keys->list.number)}, {"path", command.output.string()}});
}

Expected<Done> make_root_command(const Desk& desk, const std::filesystem::path& file)
{
    const auto root = KeyPair::create(file, desk.random);
    if (!root) return root.error();
    if (desk.json)
        std::cout << json{{"file", file.string()}, {"root", to_hex(root->public_key())}}.dump() << '\n';
    else
        std::cout << desk.say("hq.keys.root_made", {{"root", shortened(root->public_key())}, {"path", file.string()}}) << '\n';
    return Done{};
}

Expected<Done> install_keys_command(const Desk& desk, const std::filesystem::path& file)
{
    const auto lock = lock_folder(desk.folder.root); // a serving HQ holds the keys it began with
    if (!lock) return lock.error();
    const auto bytes = read_private_file(file, largest_file);
    if (!bytes) return bytes.error();
    const auto offered = decode_signed_keys(text_of(*bytes));
    if (!offered) return fail(ErrorKind::Corrupt, "hq.keys.unreadable");
    auto store = open_store(desk.folder);
    if (!store) return store.error();
    const auto installed = install_keys(*store, desk.folder, *offered, desk.operator_at_shell(), desk.clock, desk.random);
    if (!installed) return installed.error();
    if (desk.json) {
        json out{{"number", installed->number}};
        if (installed->release) out["release"] = *installed->release;
        std::cout << out.dump() << '\n';
    } else
        std::cout << desk.say("hq.keys.installed", {{"number", std::to_string(installed->number)}}) << '\n';
    return Done{};
}

} // namespace adal::sync::hq
