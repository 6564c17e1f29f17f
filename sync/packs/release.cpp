#include "sync/packs/release.hpp"
#include "sync/keys/private_file.hpp"
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace adal::sync {

using nlohmann::json;

const Release::PackEntry* Release::find(std::string_view kind) const
{
    for (const auto& pack : packs)
        if (pack.kind == kind) return &pack;
    return nullptr;
}

namespace {

std::int64_t whole_number(const json& from)
{
    const bool is_whole = from.is_number_integer() && (!from.is_number_unsigned() || std::in_range<std::int64_t>(from.get<std::uint64_t>()));
    if (!is_whole) throw std::invalid_argument{"not a whole number of 64 bits"};
    return from.get<std::int64_t>();
}

} // namespace

std::string encode(const Release& release)
{
    auto packs = json::array();
    for (const auto& pack : release.packs)
        packs.push_back({{"kind", pack.kind}, {"hash", to_hex(pack.hash)}, {"size", pack.size}});
    return json{{"incarnation", release.incarnation},
                {"number", release.number},
                {"published_at", to_ms(release.published_at)},
                {"is_demo", release.is_demo},
                {"packs", packs}}
        .dump();
}

Expected<Release> decode_release(std::string_view text)
{
    try {
        const auto from = json::parse(text);
        Release release{.incarnation = from.at("incarnation"),
                        .number = whole_number(from.at("number")),
                        .published_at = from_ms(whole_number(from.at("published_at"))),
                        .is_demo = from.at("is_demo"),
                        .packs = {}};
        for (const auto& pack : from.at("packs")) {
            const auto hash = hash_from_hex(pack.at("hash").get_ref<const std::string&>());
            if (!hash) throw std::invalid_argument{"hash"};
            release.packs.push_back({.kind = pack.at("kind"), .hash = *hash, .size = whole_number(pack.at("size"))});
        }
        return release;
    } catch (const std::exception&) {
        return fail(ErrorKind::Corrupt, "pack.release");
    }
}

Expected<Done> write_durably(const std::filesystem::path& path, BytesView bytes) { return write_private_file(path, bytes); }

} // namespace adal::sync
