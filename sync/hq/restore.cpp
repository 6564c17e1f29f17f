#include "content/language/letters.hpp"
#include "sync/hq/archive.hpp"
#include "sync/hq/backup.hpp"
#include "sync/hq/journals.hpp"
#include "sync/hq/rolled_back.hpp"
#include "sync/hq/schema.hpp"
#include "sync/hq/setup.hpp"
#include "sync/hq/stage.hpp"
#include "sync/hq/teaching.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace adal::sync::hq {
namespace {

// ---- What follows from restoring, out of a file or in place

/// A terminal may have shown that there was a later life than the one at hand.
Expected<Incarnation> latest_known(Store& store, const Incarnation& at_hand)
{
    const auto alarm = rolled_back(store);
    if (!alarm) return alarm.error();
    const auto shown = *alarm ? incarnation_from((*alarm)->incarnation) : std::nullopt;
    return shown ? std::max(*shown, at_hand) : at_hand;
}

/// The life that was lost may have enrolled more terminals than it is known here: none gets a name that one of them
/// has.
Expected<Done> leave_out_names(Store& store)
{
    const auto last = store.number("terminals");
    if (!last) return last.error();
    return store.put_meta("terminals", std::to_string((*last + 99) / 100 * 100 + 100));
}

Expected<Done> begin_again(Store& store, const HqKeys& keys, bool in_place, const Actor& actor, std::int64_t position,
                           const Moment& now, Random& random, Restored& restored)
{
    const auto from = store.incarnation();
    if (!from) return from.error();
    const auto latest = latest_known(store, *from);
    if (!latest) return latest.error();
    restored.from = *from;
    restored.to = new_incarnation(now.at, random, *latest);
    if (auto put = store.put_meta("incarnation", to_text(restored.to)); !put) return put;
    if (auto put = store.put_meta("rolled back", ""); !put) return put;
    if (auto gone = store.db().execute("DELETE FROM console_session"); !gone) return gone.error();
    if (auto left_out = leave_out_names(store); !left_out) return left_out;
    if (auto ended = end_own_journal(store); !ended) return ended;

    std::vector<Fact> facts{HqRestored{to_text(restored.from), to_text(restored.to), in_place}};
    const auto release = sign_release_again(store, keys, now.at);
    if (!release) return release.error();
    if (*release) {
        restored.release = (*release)->number;
        facts.push_back(ReleasePublished{(*release)->number, sha256(bytes_of(encode(**release)))});
    }
    return record(store, keys.identity, actor, facts, position, now, random);
}

Expected<Done> begin_again(Store& store, const HqKeys& keys, bool in_place, const Actor& actor, const Clock& clock,
                           Random& random, Restored& restored)
{
    return store.write([&](std::int64_t position) {
        return begin_again(store, keys, in_place, actor, position, clock.now(), random, restored);
    });
}

// ---- Out of a file

Error unreadable() { return fail(ErrorKind::Corrupt, "backup.unreadable"); }

/// The number of the last change of the schema that the backup was made from.
Expected<int> schema_in(const std::optional<ArchivedItem>& manifest)
{
    const auto* file = manifest ? std::get_if<ArchivedFile>(&*manifest) : nullptr;
    if (!file || file->name != "manifest.json") return unreadable();
    const auto json = nlohmann::json::parse(file->content, nullptr, false);
    if (!json.is_object()) return unreadable();
    const auto format = json.find("format"), schema = json.find("schema");
    if (format == json.end() || schema == json.end() || !schema->is_number_integer()) return unreadable();
    if (*format != 1 || *schema > migrations().back().number) return fail(ErrorKind::Conflict, "backup.newer");
    return schema->get<int>();
}

/// Takes one item after another into the stage and into the database: first the schema as it was, then the rows, then
/// what this program has changed since.
class Filling {
public:
    Filling(Connection& db, Stage& stage, const std::string& postgres) : db_(db), stage_(stage), postgres_(postgres) {}

    Expected<Done> from(ArchiveReader&, int schema);
    std::int64_t rows() const { return rows_; }

private:
    Expected<Done> begin(int schema);
    Expected<Done> take(const ArchivedFile& file) { return stage_.put(file, postgres_); }
    Expected<Done> take(const ArchivedTable&);
    Expected<Done> take(const ArchivedRow&);

    Connection& db_;
    Stage& stage_;
    const std::string& postgres_;
    std::vector<TableShape> shapes_;
    std::set<std::string> filled_;
    std::string insert_; // empty: these rows are here already
    std::int64_t rows_ = 0;
};

Expected<Done> Filling::from(ArchiveReader& archive, int schema)
{
    if (auto begun = begin(schema); !begun) return begun;
    while (true) {
        const auto item = archive.next();
        if (!item) return item.error();
        if (!*item) break;
        auto taken = std::visit([&](const auto& one) { return take(one); }, **item);
        if (!taken) return taken;
    }
    for (const auto& shape : shapes_)
        if (!filled_.contains(shape.name)) return unreadable();
    return db_.migrate(migrations());
}

Expected<Done> Filling::begin(int schema)
{
    auto then = migrations();
    std::erase_if(then, [&](const Migration& migration) { return migration.number > schema; });
    if (auto made = db_.migrate(then); !made) return made;
    auto shapes = db_.tables();
    if (!shapes) return shapes.error();
    shapes_ = std::move(*shapes);
    return Done{};
}

Expected<Done> Filling::take(const ArchivedTable& table)
{
    const auto shape =
        std::find_if(shapes_.begin(), shapes_.end(), [&](const auto& one) { return one.name == table.name; });
    if (shape == shapes_.end() ||
        !std::is_permutation(shape->columns.begin(), shape->columns.end(), table.columns.begin(), table.columns.end()))
        return unreadable();
    filled_.insert(table.name);
    insert_.clear();
    if (table.name == "migration") return Done{};
    std::string places;
    for (std::size_t i = 1; i <= table.columns.size(); ++i) places += (i == 1 ? "$" : ", $") + std::to_string(i);
    insert_ = "INSERT INTO " + quoted({table.name}) + " (" + quoted(table.columns) + ") VALUES (" + places + ")";
    auto emptied = db_.execute("DELETE FROM " + quoted({table.name})); // of what a migration puts there
    if (!emptied) return emptied.error();
    return Done{};
}

Expected<Done> Filling::take(const ArchivedRow& row)
{
    if (filled_.empty()) return unreadable(); // of which table?
    ++rows_;
    if (insert_.empty()) return Done{};
    auto inserted = db_.execute(insert_, row);
    if (!inserted) return inserted.error();
    return Done{};
}

Expected<Done> need_empty(Connection& db, const std::string& postgres)
{
    const auto tables = db.tables();
    if (!tables) return tables.error();
    if (!tables->empty()) return fail(ErrorKind::Conflict, "backup.database_not_empty", {{"path", postgres}});
    return Done{};
}

/// One transaction: whatever fails, the database is as empty as before.
Expected<Done> fill(Store& store, Stage& stage, ArchiveReader& archive, int schema, const std::string& postgres,
                    const std::function<Expected<Done>(const HqKeys&, std::int64_t rows)>& then)
{
    return store.db().transaction([&]() -> Expected<Done> {
        if (auto empty = need_empty(store.db(), postgres); !empty) return empty;
        Filling filling{store.db(), stage, postgres};
        if (auto filled = filling.from(archive, schema); !filled) return filled;
        const auto keys = open_keys(stage.folder());
        if (!keys) return keys.error();
        if (auto done = then(*keys, filling.rows()); !done) return done;
        return postgres.empty() ? Expected<Done>{Done{}} : stage.move_in(); // a server keeps nothing if this fails
    });
}

} // namespace

Expected<Restored> restore(const Restoring& restoring, const Actor& actor, const Clock& clock, Random& random)
{
    const auto phrase = language::normalised(restoring.passphrase);
    if (!phrase) return phrase.error();
    auto sealed = SealedReader::open(restoring.file, *phrase);
    if (!sealed) return sealed.error();
    ArchiveReader archive{std::move(*sealed)};
    const auto manifest = archive.next();
    if (!manifest) return manifest.error();
    const auto schema = schema_in(*manifest);
    if (!schema) return schema.error();

    auto stage = Stage::in(restoring.folder);
    if (!stage) return stage.error();
    Restored restored;
    {
        auto connection = connect((*stage)->folder(), {restoring.postgres}, OpenMode::MustNotExist);
        if (!connection) return connection.error();
        Store store{std::move(*connection)};
        auto filled =
            fill(store, **stage, archive, *schema, restoring.postgres, [&](const HqKeys& keys, std::int64_t rows) {
                restored.rows = rows;
                return begin_again(store, keys, false, actor, clock, random, restored);
            });
        if (!filled) return filled.error();
    }
    if (restoring.postgres.empty())
        if (auto moved = (*stage)->move_in(); !moved) return moved.error();
    (*stage)->keep();
    return restored;
}

Expected<Restored> restore_in_place(const HqFolder& folder, const Actor& actor, const Clock& clock, Random& random)
{
    if (const auto is_hq = read_config(folder); !is_hq) return is_hq.error();
    const auto lock = lock_folder(folder.root);
    if (!lock) return lock.error();
    auto store = open_store(folder);
    if (!store) return store.error();
    const auto keys = open_keys(folder);
    if (!keys) return keys.error();
    Restored restored;
    if (auto begun = begin_again(*store, *keys, true, actor, clock, random, restored); !begun) return begun.error();
    return restored;
}

} // namespace adal::sync::hq
