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

Expected<std::string> read_list(const HqFolder& folder)
{
    const auto bytes = read_private_file(folder.keys() / "list.json", 65536);
    if (!bytes) return bytes.error();
    return text_of(*bytes);
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
    if (auto written = write_private_file(folder.keys() / "list.json", bytes_of(text)); !written)
        return written.error();
    return open_keys(folder);
}

Expected<HqKeys> open_keys(const HqFolder& folder)
{
    auto open = [&](const char* name) { return KeyPair::open(folder.keys() / name); };
    const auto receipt = open("receipt.key"), release = open("release.key"), identity = open("identity.key"),
               sealing = open("sealing.key");
    for (const auto* key : {&receipt, &release, &identity, &sealing})
        if (!*key) return key->error();
    const auto text = read_list(folder);
    if (!text) return text.error();
    auto list = decode_signed_keys(*text);
    if (!list) return list.error();
    auto pepper = read_secret(folder.keys() / "pepper.key");
    if (!pepper) return pepper.error();
    return HqKeys{*receipt, *release, *identity, *sealing, *list, *pepper};
}

Expected<SecretKey> site_key(const HqFolder& folder, const SiteId& site, Random& random)
{
    const auto path = folder.keys() / ("site-" + site.text + ".key");
    auto key = read_secret(path);
    if (!key && key.error().kind == ErrorKind::NotFound) return make_secret(path, random);
    return key;
}

} // namespace adal::sync::hq
