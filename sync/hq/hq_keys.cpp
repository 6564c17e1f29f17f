#include "sync/hq/hq_keys.hpp"
#include "sync/keys/private_file.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

Expected<SecretKey> read_secret(const std::filesystem::path& path)
{
    const auto bytes = read_private_file(path, 256);
    if (!bytes) return bytes.error();
    const auto secret = hash_from_hex(text_of(*bytes).substr(0, 64));
    if (!secret) return fail(ErrorKind::Corrupt, "hq.key.broken", {{"path", path.string()}});
    return *secret;
}

Expected<SecretKey> make_secret(const std::filesystem::path& path, Random& random)
{
    const auto bytes = random.bytes(32);
    if (auto written = write_private_file(path, bytes_of(to_hex(bytes) + "\n")); !written) return written.error();
    SecretKey key{};
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return key;
}

Expected<SignedKeys> read_list(const std::filesystem::path& path)
{
    const auto bytes = read_private_file(path, 1 << 20);
    if (!bytes) return bytes.error();
    return decode_signed_keys(text_of(*bytes));
}

/// Whichever file holds the private half of this public key.
template <class Is> Expected<KeyPair> find_key(const HqFolder& folder, const std::string& role, Is is_it)
{
    for (const auto& name : {role + ".key", "next-" + role + ".key"}) {
        auto key = KeyPair::open(folder.keys() / name);
        if (key && is_it(*key)) return key;
        if (!key && key.error().kind != ErrorKind::NotFound) return key;
    }
    return fail(ErrorKind::NotFound, "hq.keys.private_missing", {{"role", role}});
}

Expected<KeyPair> signing_key(const HqFolder& folder, const std::string& role, const std::vector<PublicKey>& keys)
{
    return find_key(folder, role, [&](const KeyPair& key) { return key.public_key() == keys.front(); });
}

/// The one in use first; of the others those whose private halves are still here.
Expected<SealingRing> sealing_ring(const HqFolder& folder, const KeyList& list)
{
    auto current =
        find_key(folder, "sealing", [&](const KeyPair& key) { return key.sealing_key() == list.sealing.front(); });
    if (!current) return current.error();
    std::vector<KeyPair> keys{*current};
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{folder.keys(), error}) {
        if (!entry.path().filename().string().starts_with("sealing") || entry.path().extension() != ".key") continue;
        auto key = KeyPair::open(entry.path());
        if (!key) return key.error();
        const bool is_retired = std::find(list.sealing.begin() + 1, list.sealing.end(), key->sealing_key()) != list.sealing.end();
        if (is_retired) keys.push_back(std::move(*key));
    }
    return SealingRing{std::move(keys)};
}

Expected<std::vector<SignedKeys>> read_lists(const HqFolder& folder, const SignedKeys& newest)
{
    std::vector<SignedKeys> lists;
    for (std::int64_t number = 1; number < newest.list.number; ++number) {
        auto list = read_list(folder.keys() / ("list-" + std::to_string(number) + ".json"));
        if (!list && list.error().kind == ErrorKind::NotFound) continue; // of a time when only the newest was kept
        if (!list) return list.error();
        lists.push_back(std::move(*list));
    }
    lists.push_back(newest);
    return lists;
}

} // namespace

Expected<HqKeys> create_keys(const HqFolder& folder, const std::filesystem::path& root_out, Random& random)
{
    std::error_code error;
    std::filesystem::create_directories(folder.keys(), error);
    std::filesystem::permissions(folder.keys(), std::filesystem::perms::owner_all, error);
    if (error)
        return fail(ErrorKind::Unavailable, "file.cannot_write",
                    {{"path", folder.keys().string()}, {"reason", error.message()}});

    const auto root = KeyPair::create(root_out.empty() ? folder.keys() / "root.key" : root_out, random);
    if (!root) return root.error();
    for (const char* name : {"receipt.key", "release.key", "identity.key", "sealing.key"})
        if (auto made = KeyPair::create(folder.keys() / name, random); !made) return made.error();
    if (auto made = make_secret(folder.keys() / "pepper.key", random); !made) return made.error();

    auto open = [&](const char* name) { return KeyPair::open(folder.keys() / name); };
    const auto receipt = open("receipt.key"), release = open("release.key"), identity = open("identity.key"),
               sealing = open("sealing.key");
    for (const auto* key : {&receipt, &release, &identity, &sealing})
        if (!*key) return key->error();
    const KeyList list{.number = 1,
                       .receipt = {(*receipt).public_key()},
                       .release = {(*release).public_key()},
                       .identity = {(*identity).public_key()},
                       .sealing = {(*sealing).sealing_key()},
                       .authorities = {},
                       .successor = {}};
    const auto text = encode(sign_keys(list, *root));
    for (const char* name : {"list-1.json", "list.json"})
        if (auto written = write_private_file(folder.keys() / name, bytes_of(text)); !written) return written.error();
    return open_keys(folder);
}

Expected<Bytes> SealingRing::unseal(BytesView sealed) const
{
    for (const auto& key : keys_)
        if (auto plain = key.unseal(sealed)) return plain;
    return fail(ErrorKind::Corrupt, "seal.broken");
}

std::vector<SignedKeys> HqKeys::lists_after(std::int64_t number) const
{
    std::vector<SignedKeys> after;
    for (const auto& each : lists)
        if (each.list.number > number && (each.list.successor || each.list.number == list.list.number)) after.push_back(each);
    return after;
}

Expected<HqKeys> open_keys(const HqFolder& folder)
{
    auto list = read_list(folder.keys() / "list.json");
    if (!list) return list.error();
    auto receipt = signing_key(folder, "receipt", list->list.receipt), release = signing_key(folder, "release", list->list.release),
         identity = signing_key(folder, "identity", list->list.identity);
    for (const auto* key : {&receipt, &release, &identity})
        if (!*key) return key->error();
    auto sealing = sealing_ring(folder, list->list);
    if (!sealing) return sealing.error();
    auto lists = read_lists(folder, *list);
    if (!lists) return lists.error();
    auto pepper = read_secret(folder.keys() / "pepper.key");
    if (!pepper) return pepper.error();
    return HqKeys{*receipt, *release, *identity, *sealing, *list, *lists, *pepper};
}

} // namespace adal::sync::hq
