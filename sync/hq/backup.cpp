#include "sync/hq/backup.hpp"
#include "content/language/letters.hpp"
#include "sync/hq/archive.hpp"
#include "sync/hq/store.hpp"
#include "sync/keys/private_file.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace adal::sync::hq {
namespace {

constexpr std::size_t largest_key_file = std::size_t{1} << 20U;
constexpr auto keys_moved = "backup.keys_moved";
using Files = std::vector<ArchivedFile>;

Expected<std::vector<std::filesystem::path>> key_files(const HqFolder& folder)
{
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it{folder.keys(), error}, end; !error && it != end;
         it.increment(error))
        if (it->is_regular_file(error) && it->path().extension() != ".new") paths.push_back(it->path());
    if (error)
        return fail(ErrorKind::Unavailable, "file.cannot_read",
                    {{"path", folder.keys().string()}, {"reason", error.message()}});
    std::sort(paths.begin(), paths.end());
    return paths;
}

Expected<Files> files_of(const HqFolder& folder)
{
    auto paths = key_files(folder);
    if (!paths) return paths.error();
    paths->push_back(folder.config());
    Files files;
    for (const auto& path : *paths) {
        auto content = read_private_file(path, largest_key_file);
        if (!content && content.error().kind == ErrorKind::NotFound) return fail(ErrorKind::Unavailable, keys_moved);
        if (!content) return content.error();
        files.push_back({path.lexically_relative(folder.root).generic_string(), std::move(*content)});
    }
    return files;
}

bool are_same(const Files& some, const Files& others)
{
    return std::equal(some.begin(), some.end(), others.begin(), others.end(), [](const auto& one, const auto& other) {
        return one.name == other.name && one.content == other.content;
    });
}

/// Gone with the object, unless it got its name.
struct Temporary {
    std::filesystem::path path;
    ~Temporary() { ::unlink(path.c_str()); }
};

class Backup {
public:
    Backup(const HqFolder& folder, const std::filesystem::path& temporary, const std::string& passphrase,
           Stretching cost, const Clock& clock, Random& random)
        : folder_(folder), temporary_(temporary), passphrase_(passphrase), cost_(cost), clock_(clock), random_(random)
    {}

    Expected<BackedUp> write(Connection&);
    Expected<Done> read_back() const;

private:
    Expected<Done> write_all(Connection&, const Files& before);
    Expected<ArchivedFile> manifest(Connection&);
    Expected<Done> put_table(Connection&, ArchiveWriter&, const TableShape&);

    const HqFolder& folder_;
    const std::filesystem::path& temporary_;
    const std::string& passphrase_;
    Stretching cost_;
    const Clock& clock_;
    Random& random_;
    BackedUp done_;
};

Expected<BackedUp> Backup::write(Connection& connection)
{
    done_ = {};
    const auto before = files_of(folder_);
    if (!before) return before.error();
    auto written = connection.snapshot([&] { return write_all(connection, *before); });
    if (!written) return written.error();
    return done_;
}

/// The first query fixes the moment. Keys that were the same before and after it are the keys of that moment.
Expected<Done> Backup::write_all(Connection& connection, const Files& before)
{
    auto about = manifest(connection);
    if (!about) return about.error();
    const auto files = files_of(folder_);
    if (!files) return files.error();
    if (!are_same(before, *files)) return fail(ErrorKind::Unavailable, keys_moved);
    const auto tables = connection.tables();
    if (!tables) return tables.error();

    auto sealed = SealedWriter::create(temporary_, passphrase_, cost_, random_);
    if (!sealed) return sealed.error();
    ArchiveWriter archive{std::move(*sealed)};
    if (auto put = archive.put(*about); !put) return put;
    for (const auto& file : *files)
        if (auto put = archive.put(file); !put) return put;
    for (const auto& table : *tables)
        if (auto put = put_table(connection, archive, table); !put) return put;
    const auto size = archive.finish();
    if (!size) return size.error();
    done_.files = static_cast<std::int64_t>(files->size());
    done_.tables = static_cast<std::int64_t>(tables->size());
    done_.bytes = *size;
    return Done{};
}

Expected<ArchivedFile> Backup::manifest(Connection& connection)
{
    auto incarnation = connection.query("SELECT value FROM meta WHERE name = 'incarnation'");
    if (!incarnation) return incarnation.error();
    auto schema = connection.query("SELECT MAX(number) FROM migration");
    if (!schema) return schema.error();
    if (incarnation->empty()) return fail(ErrorKind::Corrupt, "hq.incarnation.broken");
    done_.incarnation = incarnation->front().text(0);
    const nlohmann::json json{{"format", 1},
                              {"incarnation", done_.incarnation},
                              {"schema", schema->front().integer(0)},
                              {"taken_ms", to_ms(clock_.now().at)}};
    const auto text = json.dump();
    return ArchivedFile{"manifest.json", {text.begin(), text.end()}};
}

Expected<Done> Backup::put_table(Connection& connection, ArchiveWriter& archive, const TableShape& table)
{
    if (auto put = archive.put(table); !put) return put;
    return connection.each("SELECT " + quoted(table.columns) + " FROM " + quoted({table.name}), {},
                           [&](const Row& row) -> Expected<Done> {
                               ++done_.rows;
                               return archive.put_row(row, table.columns.size());
                           });
}

/// A backup that cannot be read is none.
Expected<Done> Backup::read_back() const
{
    auto sealed = SealedReader::open(temporary_, passphrase_);
    if (!sealed) return sealed.error();
    ArchiveReader archive{std::move(*sealed)};
    std::int64_t rows = 0;
    while (true) {
        const auto item = archive.next();
        if (!item) return item.error();
        if (!*item) break;
        if (std::holds_alternative<ArchivedRow>(**item)) ++rows;
    }
    return rows == done_.rows ? Expected<Done>{Done{}} : fail(ErrorKind::Corrupt, "backup.unreadable");
}

} // namespace

Expected<BackedUp> back_up(const HqFolder& folder, const std::filesystem::path& into, const std::string& passphrase,
                           const Clock& clock, Random& random, Stretching cost)
{
    const auto phrase = language::normalised(passphrase);
    if (!phrase) return phrase.error();
    const auto config = read_config(folder);
    if (!config) return config.error();
    auto connection = connect(folder, *config, OpenMode::MustExist);
    if (!connection) return connection.error();

    const Temporary temporary{into.string() + "." + std::to_string(::getpid()) + ".new"};
    Backup backup{folder, temporary.path, *phrase, cost, clock, random};
    auto done = backup.write(**connection);
    for (int again = 0; again < 5 && !done && done.error().key == keys_moved; ++again)
        done = backup.write(**connection);
    if (!done) return done;
    if (auto sound = backup.read_back(); !sound) return sound.error();
    if (auto named = rename_durably(temporary.path, into); !named) return named.error();
    return done;
}

} // namespace adal::sync::hq
