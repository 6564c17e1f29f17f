#include "sync/hq/key_ceremony.hpp"
#include "sync/hq/journals.hpp"
#include "sync/hq/teaching.hpp"
#include "sync/keys/private_file.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace adal::sync::hq {
namespace {

constexpr std::array roles{KeyRole::Receipt, KeyRole::Release, KeyRole::Identity, KeyRole::Sealing};

std::filesystem::path key_file(const HqFolder& folder, KeyRole role) { return folder.keys() / (std::string{code(role)} + ".key"); }
std::filesystem::path next_file(const HqFolder& folder, KeyRole role)
{
    return folder.keys() / ("next-" + std::string{code(role)} + ".key");
}

std::vector<std::array<std::uint8_t, 32>>& keys_of(KeyList& list, KeyRole role)
{
    switch (role) {
    case KeyRole::Receipt:
        return list.receipt;
    case KeyRole::Release:
        return list.release;
    case KeyRole::Identity:
        return list.identity;
    case KeyRole::Sealing:
        break;
    }
    return list.sealing;
}

std::array<std::uint8_t, 32> public_half(const KeyPair& key, KeyRole role)
{
    return role == KeyRole::Sealing ? key.sealing_key() : key.public_key();
}

/// One of an earlier request is used again: whoever asks twice gets the same list to sign.
Expected<KeyPair> next_key(const HqFolder& folder, KeyRole role, Random& random)
{
    auto waiting = KeyPair::open(next_file(folder, role));
    if (waiting || waiting.error().kind != ErrorKind::NotFound) return waiting;
    return KeyPair::create(next_file(folder, role), random);
}

Error unreadable() { return fail(ErrorKind::Corrupt, "hq.keys.unreadable"); }

struct Request {
    PublicKey root{};
    KeyList list;
};
Expected<Request> request_in(std::string_view text)
{
    try {
        const auto from = nlohmann::json::parse(text);
        const auto root = hash_from_hex(from.at("root").get<std::string>());
        auto list = decode_key_list(from.at("list").dump());
        if (!root || !list) return unreadable();
        return Request{*root, std::move(*list)};
    } catch (const nlohmann::json::exception&) {
        return unreadable();
    }
}

/// Gives the files the names that belong to the list in force. Done again after an installation that was cut off.
Expected<Done> tidy(const HqFolder& folder, KeyList list, std::int64_t number_before)
{
    for (const auto role : roles) {
        const auto next = KeyPair::open(next_file(folder, role));
        if (!next || public_half(*next, role) != keys_of(list, role).front()) continue;
        if (role == KeyRole::Sealing) {
            const auto retired = folder.keys() / ("sealing-" + std::to_string(number_before) + ".key");
            if (auto kept = rename_durably(key_file(folder, role), retired); !kept) return kept;
        }
        if (auto named = rename_durably(next_file(folder, role), key_file(folder, role)); !named) return named;
    }
    return Done{};
}

Expected<Done> put_in_force(const HqFolder& folder, const SignedKeys& keys)
{
    const auto text = encode(keys) + "\n";
    const auto kept = folder.keys() / ("list-" + std::to_string(keys.list.number) + ".json");
    if (auto written = write_private_file(kept, bytes_of(text)); !written) return written;
    return write_private_file(folder.keys() / "list.json", bytes_of(text)); // this switches
}

bool still_counts(const CurrentRelease& release, const HqKeys& keys)
{
    const auto opened = read_envelope(release.envelope);
    return opened && opened->is_signed_by(keys.release.public_key());
}

Expected<Done> follow(Store& store, const HqKeys& keys, const Actor& actor, std::int64_t position, const Moment& now,
                      Random& random, InstalledKeys& installed)
{
    std::vector<Fact> facts{KeysInstalled{keys.list.list.number, sha256(bytes_of(keys.list.text))}};
    auto current = current_release(store);
    if (!current) return current.error();
    if (current->number > 0 && !still_counts(*current, keys)) {
        auto again = sign_release_again(store, keys, now.at);
        if (!again) return again.error();
        installed.release = (*again)->number;
        facts.push_back(ReleasePublished{(*again)->number, sha256(bytes_of(encode(**again)))});
    }
    return record(store, keys.identity, actor, facts, position, now, random);
}

} // namespace

std::optional<KeyRole> key_role_from(std::string_view text)
{
    const auto role = std::find_if(roles.begin(), roles.end(), [&](KeyRole each) { return code(each) == text; });
    return role == roles.end() ? std::nullopt : std::optional{*role};
}

std::string_view code(KeyRole role)
{
    switch (role) {
    case KeyRole::Receipt:
        return "receipt";
    case KeyRole::Release:
        return "release";
    case KeyRole::Identity:
        return "identity";
    case KeyRole::Sealing:
        break;
    }
    return "sealing";
}

Expected<std::string> request_keys(const HqFolder& folder, const KeyWishes& wishes, Random& random)
{
    auto keys = open_keys(folder);
    if (!keys) return keys.error();
    if (auto tidied = tidy(folder, keys->list.list, keys->list.list.number - 1); !tidied) return tidied.error();
    auto list = keys->list.list;
    ++list.number;
    list.successor.reset();
    list.authorities.insert(list.authorities.end(), wishes.authorities.begin(), wishes.authorities.end());
    for (const auto role : roles) {
        if (!wishes.replace.contains(role) && !wishes.drop.contains(role)) continue;
        auto next = next_key(folder, role, random);
        if (!next) return next.error();
        auto& all = keys_of(list, role);
        if (wishes.drop.contains(role)) all.erase(all.begin());
        all.insert(all.begin(), public_half(*next, role));
    }
    const auto& root = keys->list.list.successor ? *keys->list.list.successor : keys->list.root;
    return nlohmann::json{{"list", nlohmann::json::parse(encode(list))}, {"root", to_hex(root)}}.dump() + "\n";
}

Expected<SignedKeys> sign_request(std::string_view text, const Signer& root, const std::optional<PublicKey>& next_root)
{
    auto request = request_in(text);
    if (!request) return request.error();
    if (request->root != root.public_key())
        return fail(ErrorKind::Denied, "hq.keys.other_root", {{"root", to_hex(request->root).substr(0, 16)}});
    request->list.successor = next_root;
    return sign_keys(request->list, root);
}

Expected<InstalledKeys> install_keys(Store& store, const HqFolder& folder, const SignedKeys& offered, const Actor& actor,
                                     const Clock& clock, Random& random)
{
    const auto before = open_keys(folder);
    if (!before) return before.error();
    const auto number = std::to_string(offered.list.number);
    const bool is_finishing = encode(offered) == encode(before->list); // an installation that was cut off
    if (!is_finishing && offered.list.number <= before->list.list.number)
        return fail(ErrorKind::Conflict, "hq.keys.not_newer", {{"number", number}});
    if (!is_finishing && newest_of(before->list, {offered}).text != offered.text) return fail(ErrorKind::Denied, "hq.keys.not_ours", {{"number", number}});
    for (const auto role : roles) { // before the switch: afterwards HQ could not open its keys any more
        auto list = offered.list;
        const auto& wanted = keys_of(list, role).front();
        const auto present = KeyPair::open(key_file(folder, role)), next = KeyPair::open(next_file(folder, role));
        const bool is_here = (present && public_half(*present, role) == wanted) || (next && public_half(*next, role) == wanted);
        if (!is_here) return fail(ErrorKind::NotFound, "hq.keys.private_missing", {{"role", std::string{code(role)}}});
    }
    if (auto put = put_in_force(folder, offered); !put) return put.error();
    const auto keys = open_keys(folder);
    if (!keys) return keys.error();
    InstalledKeys installed{.number = offered.list.number, .release = {}};
    auto followed = store.write([&](std::int64_t position) {
        return follow(store, *keys, actor, position, clock.now(), random, installed);
    });
    if (!followed) return followed.error();
    if (auto tidied = tidy(folder, keys->list.list, installed.number - 1); !tidied) return tidied.error();
    return installed;
}

} // namespace adal::sync::hq
