#include "sync/hq/teaching.hpp"
#include "sync/hq/journals.hpp"
#include "sync/hq/projections.hpp"
#include "sync/keys/private_file.hpp"
#include <algorithm>
#include <set>

namespace adal::sync::hq {
namespace {

Bytes as_bytes(const Hash& hash) { return {hash.begin(), hash.end()}; }

Expected<Done> read_parts(const Pack& library, Teaching& teaching)
{
    for (const auto& rule : teaching.curriculum.duties) {
        if (rule.kind == content::DutyKind::Acknowledgement) {
            auto text = library.document({rule.object}, Language::ru);
            if (!text) return text.error();
            teaching.parts[rule.object] = static_cast<int>(text->sections.size());
        } else if (rule.kind == content::DutyKind::Module) {
            auto text = library.module({rule.object}, Language::ru);
            if (!text) return text.error();
            teaching.parts[rule.object] = static_cast<int>(text->pages.size());
        }
    }
    return Done{};
}

Expected<Done> read_tests(const Pack& bank, Teaching& teaching)
{
    for (const auto& rule : teaching.curriculum.duties) {
        if (rule.kind != content::DutyKind::Test) continue;
        auto test = bank.test({rule.object});
        if (!test) return test.error();
        teaching.policies[rule.object] = {test->attempts, test->cooldown_days};
        teaching.tests[rule.object] = *test;
    }
    return Done{};
}

Expected<Done> keep_pack(Store& store, const std::string& kind, const Built& built)
{
    auto content = read_private_file(built.file, std::size_t{512} << 20);
    if (!content) return content.error();
    auto kept =
        store.db().execute("INSERT INTO pack (hash, kind, content) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING",
                           {as_bytes(built.hash), kind, *content});
    if (!kept) return kept.error();
    return Done{};
}

using Packs = std::vector<Release::PackEntry>;

Expected<Release> keep_release(Store& store, const HqKeys& keys, const Packs& packs, UtcTime now)
{
    auto incarnation = store.incarnation();
    auto demo = store.is_demo();
    auto number = store.next_number("release");
    if (!incarnation) return incarnation.error();
    if (!demo) return demo.error();
    if (!number) return number.error();
    Release release{
        .incarnation = to_text(*incarnation), .number = *number, .published_at = now, .is_demo = *demo, .packs = packs};
    const auto *library = release.find("library"), *bank = release.find("bank");
    assert(library && bank);
    const auto envelope = signed_message(Purpose::Release, "hq", release.incarnation, encode(release), keys.release);
    auto kept = store.db().execute(
        "INSERT INTO release (number, published_ms, envelope, library, bank) VALUES ($1, $2, $3, $4, $5)",
        {release.number, to_ms(now), envelope, as_bytes(library->hash), as_bytes(bank->hash)});
    if (!kept) return kept.error();
    return release;
}

} // namespace

Expected<Pack> open_pack(Store& store, const HqFolder& folder, const Hash& hash)
{
    const auto path = folder.packs() / (to_hex(hash) + ".pack");
    if (std::error_code error; !std::filesystem::exists(path, error)) {
        auto content = pack_content(store, hash);
        if (!content) return content.error();
        std::filesystem::create_directories(folder.packs(), error);
        if (auto written = write_private_file(path, *content); !written) return written.error();
    }
    return Pack::open(path, hash);
}

const content::DutyRule* Teaching::find(const std::string& rule) const
{
    for (const auto& duty : curriculum.duties)
        if (duty.id.text == rule) return &duty;
    return nullptr;
}

Expected<Teaching> read_teaching(Store& store, const HqFolder& folder)
{
    Teaching teaching;
    auto rows =
        store.db().query("SELECT number, published_ms, library, bank FROM release ORDER BY number DESC LIMIT 1");
    if (!rows) return rows.error();
    if (rows->empty()) return teaching;
    const auto& row = rows->front();
    teaching.release = row.integer(0);
    teaching.published_at = from_ms(row.integer(1));
    Hash library_hash{}, bank_hash{};
    std::copy(row.bytes(2).begin(), row.bytes(2).end(), library_hash.begin());
    std::copy(row.bytes(3).begin(), row.bytes(3).end(), bank_hash.begin());

    auto library = open_pack(store, folder, library_hash);
    if (!library) return library.error();
    auto bank = open_pack(store, folder, bank_hash);
    if (!bank) return bank.error();
    auto curriculum = library->curriculum();
    if (!curriculum) return curriculum.error();
    teaching.curriculum = *curriculum;
    if (auto read = read_parts(*library, teaching); !read) return read.error();
    if (auto read = read_tests(*bank, teaching); !read) return read.error();
    return teaching;
}

Expected<CurrentRelease> current_release(Store& store)
{
    auto rows = store.db().query("SELECT number, envelope FROM release ORDER BY number DESC LIMIT 1");
    if (!rows) return rows.error();
    return rows->empty() ? CurrentRelease{} : CurrentRelease{rows->front().integer(0), rows->front().bytes(1)};
}

Expected<std::optional<Release>> sign_release_again(Store& store, const HqKeys& keys, UtcTime now)
{
    auto current = current_release(store);
    if (!current) return current.error();
    if (current->number == 0) return std::optional<Release>{};
    const auto opened = read_envelope(current->envelope);
    if (!opened) return opened.error();
    const auto json = unpack(opened->envelope.body, largest_message);
    if (!json) return json.error();
    const auto release = decode_release(text_of(*json));
    if (!release) return release.error();
    auto again = keep_release(store, keys, release->packs, now);
    if (!again) return again.error();
    return std::optional{std::move(*again)};
}

Expected<Bytes> pack_content(Store& store, const Hash& hash)
{
    auto rows = store.db().query("SELECT content FROM pack WHERE hash = $1", {as_bytes(hash)});
    if (!rows) return rows.error();
    if (rows->empty()) return fail(ErrorKind::NotFound, "hq.pack.missing", {{"hash", to_hex(hash)}});
    return rows->front().bytes(0);
}

Expected<Publication> publish(Store& store, const HqFolder& folder, const HqKeys& keys,
                              const std::filesystem::path& library, const std::filesystem::path& bank,
                              const Actor& actor, const Clock& clock, Random& random)
{
    std::error_code error;
    std::filesystem::create_directories(folder.packs(), error);
    auto built_library = build_library(library, folder.packs());
    if (!built_library) return built_library.error();
    auto built_bank = build_bank(bank, library, folder.packs());
    if (!built_bank) return built_bank.error();
    Publication publication{.release = {}, .findings = built_library->findings};
    publication.findings.insert(publication.findings.end(), built_bank->findings.begin(), built_bank->findings.end());
    if (!built_library->built || !built_bank->built) return publication;

    auto done = store.write([&](std::int64_t position) -> Expected<Done> {
        const auto now = clock.now();
        if (auto kept = keep_pack(store, "library", *built_library->built); !kept) return kept;
        if (auto kept = keep_pack(store, "bank", *built_bank->built); !kept) return kept;
        const auto &one = *built_library->built, &other = *built_bank->built;
        auto release = keep_release(store, keys, {{"library", one.hash, one.size}, {"bank", other.hash, other.size}}, now.at);
        if (!release) return release.error();
        publication.release = *release;
        auto teaching = read_teaching(store, folder);
        if (!teaching) return teaching.error();
        if (auto folded = fold_duties(store, *teaching); !folded) return folded;
        const ReleasePublished fact{release->number, sha256(bytes_of(encode(*release)))};
        return record(store, keys.identity, actor, {fact}, position, now, random);
    });
    if (!done) return done.error();
    return publication;
}

} // namespace adal::sync::hq
