#include "sync/link/fetching.hpp"
#include "sync/keys/private_file.hpp"
#include "sync/link/part_file.hpp"
#include "sync/packs/delta.hpp"
#include "sync/packs/format.hpp"

namespace adal::sync {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t largest_base = std::size_t{1} << 30;

std::uint64_t size_of(const fs::path& path)
{
    std::error_code missing;
    const auto size = fs::file_size(path, missing);
    return missing ? 0 : size;
}

void throw_away(const fs::path& path)
{
    std::error_code ignored;
    fs::remove(path, ignored);
}

/// Takes one answer's pieces into a part: where the answer says they belong, and never beyond `most` bytes.
struct Inflow {
    PartFile& part;
    std::uint64_t most;
    std::uint64_t at = 0;
    bool has_begun = false, is_wrong = false; // wrong: not a continuation of what is here, or too long
    std::optional<Error> trouble;

    bool take(const Road::BlobAnswer& answer, BytesView piece)
    {
        if (!std::exchange(has_begun, true)) at = answer.from;
        is_wrong = at > part.size() || piece.size() > most - std::min(at, most);
        if (is_wrong) return false;
        if (const auto written = part.write(at, piece); !written) trouble = written.error();
        at += piece.size();
        return !trouble;
    }
};

} // namespace

fs::path PackFetch::pack_file(const Hash& hash) const { return packs_ / pack_file_name(hash); }
fs::path PackFetch::part() const { return packs_ / (to_hex(pack_.hash) + ".part"); }
fs::path PackFetch::delta_part() const { return packs_ / (to_hex(pack_.hash) + "-" + to_hex(*base_).substr(0, 16) + ".delta.part"); }

Expected<Done> PackFetch::run()
{
    std::error_code trouble;
    fs::create_directories(packs_, trouble);
    const bool may_use_delta = base_ && *base_ != pack_.hash && size_of(pack_file(*base_)) > 0 && size_of(part()) == 0;
    if (may_use_delta) {
        const auto made = try_delta();
        if (!made || *made) return made ? Expected<Done>{Done{}} : made.error();
    }
    for (int attempt = 0; attempt < 2; ++attempt) {
        bool is_wrong = false;
        auto fetched = fetch_rest(is_wrong);
        if (!fetched && !is_wrong) return fetched;
        const auto adopted = is_wrong ? Expected<bool>{false} : adopt();
        if (!adopted) return adopted.error();
        if (*adopted) return Done{};
        throw_away(part());
    }
    return fail(ErrorKind::Corrupt, "link.blob_hash", {{"hash", to_hex(pack_.hash).substr(0, 12)}});
}

Expected<Done> PackFetch::ask(const std::optional<Hash>& base, std::uint64_t from, const Road::Sink& sink)
{
    ++requests_;
    return road_.fetch({.hash = pack_.hash, .base = base, .from = from, .authorisation = authorise_(pack_.hash)},
                       [&](const Road::BlobAnswer& answer, BytesView piece) {
                           bytes_down_ += static_cast<std::int64_t>(piece.size());
                           return sink(answer, piece);
                       });
}

Expected<Done> PackFetch::fetch_rest(bool& is_wrong)
{
    auto file = PartFile::open(part());
    if (!file) return file.error();
    const auto whole = static_cast<std::uint64_t>(pack_.size);
    if (file->size() == whole) return file->finish(whole); // a restart came between the last byte and the name
    if (file->size() > whole)
        if (auto emptied = file->finish(0); !emptied) return emptied;
    Inflow inflow{.part = *file, .most = whole, .trouble = {}};
    const auto fetched = ask(std::nullopt, file->size(), [&](const auto& answer, BytesView piece) { return !answer.is_delta && inflow.take(answer, piece); });
    is_wrong = inflow.is_wrong;
    if (inflow.trouble) return *inflow.trouble;
    if (!fetched) return fetched;
    if (!inflow.has_begun) return fail(ErrorKind::Corrupt, "link.foreign_answer");
    return file->finish(inflow.at);
}

Expected<bool> PackFetch::adopt()
{
    const auto bytes = read_private_file(part(), static_cast<std::size_t>(pack_.size));
    if (!bytes && bytes.error().kind != ErrorKind::Corrupt) return bytes.error();
    if (!bytes || !std::cmp_equal(bytes->size(), pack_.size) || sha256(*bytes) != pack_.hash) return false;
    if (auto named = rename_durably(part(), pack_file(pack_.hash)); !named) return named.error();
    return true;
}

namespace {

/// The pack out of base and difference, if it is the one.
std::optional<Bytes> made_from(const fs::path& base_file, const fs::path& delta_file, const Release::PackEntry& pack)
{
    const auto base = read_private_file(base_file, largest_base);
    const auto delta = base ? read_private_file(delta_file, static_cast<std::size_t>(pack.size)) : base;
    if (!delta) return std::nullopt;
    auto target = apply_delta(*base, *delta, static_cast<std::size_t>(pack.size));
    if (!target || sha256(*target) != pack.hash) return std::nullopt;
    return std::move(*target);
}

} // namespace

// Nothing hangs on a difference: whatever is wrong with it, the whole pack is fetched instead. Only a broken road ends the attempt; the next one goes on.
Expected<bool> PackFetch::try_delta()
{
    auto made = made_from(pack_file(*base_), delta_part(), pack_); // a restart came between the last byte and the pack
    if (!made) {
        const auto came = fetch_delta();
        if (!came) return came.error();
        if (*came) made = made_from(pack_file(*base_), delta_part(), pack_);
    }
    throw_away(delta_part());
    if (!made) return false;
    throw_away(part());
    if (auto written = write_durably(pack_file(pack_.hash), *made); !written) return written.error();
    return true;
}

// HQ may know nothing of the base and answer with the pack: then that is what is kept.
Expected<bool> PackFetch::fetch_delta()
{
    auto file = PartFile::open(delta_part()), plain = PartFile::open(part());
    if (!file || !plain) return file ? plain.error() : file.error();
    const auto most = static_cast<std::uint64_t>(pack_.size);
    Inflow delta{.part = *file, .most = most, .trouble = {}}, whole{.part = *plain, .most = most, .trouble = {}};
    const auto fetched = ask(base_, file->size(), [&](const auto& answer, BytesView piece) { return (answer.is_delta ? delta : whole).take(answer, piece); });
    if (delta.trouble || whole.trouble) return delta.trouble ? *delta.trouble : *whole.trouble;
    const bool is_wrong = delta.is_wrong || whole.is_wrong;
    if (!fetched && fetched.error().kind == ErrorKind::Unavailable && !is_wrong) return fetched.error();
    return fetched && delta.has_begun && file->finish(delta.at);
}

} // namespace adal::sync
