#include "sync/hq/archive.hpp"
#include "sync/hq/backup.hpp"
#include "sync/hq/journals.hpp"
#include "sync/hq/projections.hpp"
#include "sync/hq/rolled_back.hpp"
#include "sync/hq/schema.hpp"
#include "sync/hq/users.hpp"
#include "sync/journal/folder_lock.hpp"
#include "tests/support/terminal_folder.hpp"
#include "tests/sync/hq/headquarters.hpp"
#include <atomic>
#include <fstream>
#include <sys/stat.h>
#include <thread>

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

const Actor operator_{ConsoleUser{"shell:root"}};
const std::string passphrase = "тас қорғанда бір жыл";

/// A second database of the cluster, empty.
std::string empty_database(PostgresCluster& cluster)
{
    auto connection = connect_postgres(cluster.url()).value();
    REQUIRE(connection->script("DROP DATABASE IF EXISTS restored WITH (FORCE)"));
    REQUIRE(connection->script("CREATE DATABASE restored"));
    auto url = cluster.url();
    return url.replace(url.find("dbname=postgres"), 15, "dbname=restored");
}

/// An HQ out of a backup, with the clock and the chance of the one it was made from.
struct Reborn {
    Headquarters& before;
    support::TemporaryFolder root;
    hq::HqFolder folder{root.path() / "again"};
    hq::Restored restored;
    std::optional<hq::HqKeys> keys;
    hq::StorePool stores{[this] { return hq::open_store(folder); }};
    std::unique_ptr<hq::Intake> intake;

    Reborn(Headquarters& headquarters, const std::filesystem::path& file, const std::string& postgres = "")
        : before(headquarters)
    {
        auto done = hq::restore({folder, file, passphrase, postgres}, operator_, before.clock, before.random);
        REQUIRE_MESSAGE(done, done.error().message());
        restored = *done;
        keys.emplace(hq::open_keys(folder).value());
        intake = std::make_unique<hq::Intake>(stores, folder, *keys, before.clock, before.random);
    }

    hq::StorePool::Loan store() { return stores.borrow().value(); }
    std::int64_t count(const std::string& what)
    {
        return store()->db().query("SELECT COUNT(*) FROM " + what).value().at(0).integer(0);
    }
    std::string pages() { return hq::projected(*store()).value(); }
    void verify()
    {
        auto loan = store();
        for (const auto& [id, known] : hq::all_journals(*loan).value()) {
            const auto verified = hq::verify_journal(*loan, id, known);
            CHECK_MESSAGE(verified, verified.error().message());
        }
    }
};

std::filesystem::path backup_of(Headquarters& headquarters)
{
    const auto file = headquarters.root.path() / "hq.backup";
    const auto done =
        hq::back_up(headquarters.folder, file, passphrase, headquarters.clock, headquarters.random, least);
    REQUIRE_MESSAGE(done, done.error().message());
    CHECK(done->bytes == static_cast<std::int64_t>(std::filesystem::file_size(file)));
    return file;
}

Release current_release_of(Reborn& reborn)
{
    const auto envelope = hq::current_release(*reborn.store()).value().envelope;
    const auto opened = read_envelope(envelope);
    REQUIRE(opened);
    const auto json = message_in(*opened, Purpose::Release, reborn.keys->release.public_key());
    REQUIRE(json);
    return decode_release(*json).value();
}

std::vector<JournalRow> own_rows(Reborn& reborn)
{
    auto store = reborn.store();
    return hq::rows_of_branch(*store, {store->meta("journal").value()}, 0, 0, 100).value();
}

/// The same story into a folder, and into PostgreSQL where it is installed.
void into_both_stores(Headquarters& headquarters, const std::function<void(Reborn&)>& story)
{
    const auto file = backup_of(headquarters);
    {
        Reborn reborn{headquarters, file};
        CHECK(std::filesystem::exists(reborn.folder.database()));
        story(reborn);
    }
    if (auto* cluster = PostgresCluster::shared()) {
        const auto url = empty_database(*cluster);
        Reborn reborn{headquarters, file, url};
        CHECK_FALSE(std::filesystem::exists(reborn.folder.database()));
        CHECK(hq::read_config(reborn.folder).value().postgres == url);
        story(reborn);
    }
}

bool is_bare(const std::filesystem::path& folder)
{
    return !std::filesystem::exists(folder) || std::filesystem::is_empty(folder);
}

Bytes bytes_in(const std::filesystem::path& file)
{
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}
void replace(const std::filesystem::path& file, BytesView bytes)
{
    std::ofstream{file, std::ios::binary | std::ios::trunc}.write(reinterpret_cast<const char*>(bytes.data()),
                                                                  static_cast<std::streamsize>(bytes.size()));
}

} // namespace

TEST_CASE("an HQ comes back from its backup with the same pages, from either store into either store")
{
    on_both_stores([](Headquarters& headquarters) {
        publish(headquarters);
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        terminal.pass_test(aigerim, 16, true);
        REQUIRE(terminal.exchange());
        const auto pages = headquarters.pages();
        const auto facts = headquarters.count("fact");
        into_both_stores(headquarters, [&](Reborn& reborn) {
            CHECK(reborn.pages() == pages);
            CHECK(reborn.count("fact") == facts + 3); // its new journal, "HQ restored", "release published"
            CHECK(reborn.count("person") == headquarters.count("person"));
            CHECK(reborn.count("pack") == headquarters.count("pack"));
            reborn.verify();
            for (const auto& entry : std::filesystem::directory_iterator{headquarters.folder.keys()})
                CHECK(bytes_in(reborn.folder.keys() / entry.path().filename()) == bytes_in(entry.path()));
        });
    });
}

TEST_CASE("a restored HQ lives a later life: its release is signed anew and its journal continues the old head")
{
    on_both_stores([](Headquarters& headquarters) {
        publish(headquarters);
        auto store = headquarters.stores.borrow().value();
        const auto old_journal = store->meta("journal").value();
        const auto head = hq::main_tip(*store, {old_journal}).value().head;
        REQUIRE(hq::open_session(*store, "admin", headquarters.clock.now().at, headquarters.random));
        headquarters.clock.step(-std::chrono::hours{24 * 400}); // its clock battery is gone
        into_both_stores(headquarters, [&](Reborn& reborn) {
            CHECK(reborn.restored.from == headquarters.founded.incarnation);
            CHECK(reborn.restored.to.second > reborn.restored.from.second);
            CHECK(reborn.store()->incarnation().value() == reborn.restored.to);
            CHECK(reborn.count("console_session") == 0);

            const auto release = current_release_of(reborn);
            CHECK(release.number == 2);
            CHECK(release.number == reborn.restored.release);
            CHECK(release.incarnation == to_text(reborn.restored.to));
            CHECK(release.packs.size() == 2);

            const auto rows = own_rows(reborn);
            REQUIRE(rows.size() == 3);
            const auto created = std::get<JournalCreated>(decode(rows[0].kind, rows[0].body));
            CHECK(created.continues == old_journal + " " + std::to_string(head.seq) + " " + to_hex(head.hash));
            const auto told = std::get<HqRestored>(decode(rows[1].kind, rows[1].body));
            CHECK(told == HqRestored{to_text(reborn.restored.from), to_text(reborn.restored.to), false});
            CHECK(rows[1].actor == "user:shell:root");
            CHECK(std::get<ReleasePublished>(decode(rows[2].kind, rows[2].body)).number == 2);
        });
    });
}

TEST_CASE("terminals send a restored HQ what it lacks, and nothing is there twice")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters}, quiet{headquarters};
        terminal.finish_module(aigerim);
        quiet.finish_module({"p-000002"});
        REQUIRE(terminal.exchange());
        REQUIRE(quiet.exchange());
        into_both_stores(headquarters, [&](Reborn& reborn) {
            terminal.pass_test(aigerim, 16, true); // after the backup, and receipted by the HQ that was lost
            headquarters.clock.advance(std::chrono::hours{1});
            const auto was_there = terminal.exchange();
            if (was_there) // the second time round it already belongs to a later life
                CHECK(read_sync_state(*terminal.beside).receipt_of(terminal.journal->id())->head ==
                      terminal.journal->head());

            for (auto* one : {&terminal, &quiet}) {
                const auto exchanged = one->exchange(*reborn.intake);
                REQUIRE_MESSAGE(exchanged, exchanged.error().message());
                const auto receipt = read_sync_state(*one->beside).receipt_of(one->journal->id()).value();
                CHECK(receipt.incarnation == to_text(reborn.restored.to));
                CHECK(receipt.head == one->journal->head());
                CHECK(reborn.count("fact WHERE journal = '" + one->journal->id().text + "'") ==
                      static_cast<std::int64_t>(one->journal->head().seq));
                CHECK(reborn.count("branch WHERE journal = '" + one->journal->id().text + "'") == 1);
            }
            reborn.verify();
            CHECK(terminal.exchange().error().key == "link.incarnation_older"); // should the old machine come back
            headquarters.clock.advance(std::chrono::hours{1});                  // the next life is a later one
        });
    });
}

TEST_CASE("a terminal enrolled after a restore never gets the name of one that only the lost HQ knew")
{
    Headquarters headquarters;
    Terminal known{headquarters};
    const auto file = backup_of(headquarters);
    Terminal forgotten{headquarters};
    forgotten.finish_module(aigerim);
    CHECK(forgotten.enrolment.certificate.terminal.text == "t-02");
    Reborn reborn{headquarters, file};
    CHECK(forgotten.exchange(*reborn.intake).error().key == "hq.terminal.unknown");

    const auto now = headquarters.clock.now().at;
    std::string code;
    {
        auto store = reborn.store();
        REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
            const auto invited = hq::invite(*store, *reborn.keys, {{"balkhash"}, {}}, now, headquarters.random);
            if (!invited) return invited.error();
            code = to_text(invited->code);
            return Done{};
        }));
    }
    const support::TemporaryFolder another;
    const auto enrolled =
        sync::enrol({another.path()}, code, "http://hq", *reborn.intake, headquarters.clock, headquarters.random);
    REQUIRE_MESSAGE(enrolled, enrolled.error().message());
    CHECK(enrolled->certificate.terminal.text == "t-201");
}

/// HQ's keys are replaced while a backup begins: between its two looks at them.
struct MovingKeys final : Clock {
    MovingKeys(const std::filesystem::path& at, int times) : file(at), left(times) {}
    Moment now() const override
    {
        if (left-- > 0) std::ofstream{file} << "moved " << left;
        return {};
    }
    std::filesystem::path file;
    mutable int left;
};

TEST_CASE("keys that change while a backup is made: it begins again, so that keys and rows are of one moment")
{
    Headquarters headquarters;
    const auto key = headquarters.folder.keys() / "site-new.key", file = headquarters.root.path() / "file";
    const MovingKeys twice{key, 2}, restless{key, 1000};
    const auto made = hq::back_up(headquarters.folder, file, passphrase, twice, headquarters.random, least);
    REQUIRE_MESSAGE(made, made.error().message());
    const Reborn reborn{headquarters, file};
    CHECK(text_of(bytes_in(reborn.folder.keys() / "site-new.key")) == "moved 0");
    CHECK(hq::back_up(headquarters.folder, file, passphrase, restless, headquarters.random, least).error().key ==
          "backup.keys_moved");
}

TEST_CASE("a backup taken while terminals send is of one moment")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal terminal{headquarters};
        std::vector<std::filesystem::path> files;
        std::atomic<bool> is_over = false, has_failed = false;
        std::atomic<int> exchanges = 0;
        std::vector<Bytes> envelopes; // made before: the clock and the dice are not for two threads
        for (int i = 0; i < 60; ++i) {
            terminal.record(aigerim,
                            {content::PageFinished{
                                .module = {"speak-up"}, .version = 1, .page = 1 + i % 3, .language = Language::kk}});
            auto request = terminal.request();
            envelopes.push_back(terminal.envelope(request)); // each with all that the one before it had, and one more
        }
        support::CountedRandom random;
        hq::Intake intake{headquarters.stores, headquarters.folder, *headquarters.keys, headquarters.clock, random};
        std::thread sender{[&] {
            for (const auto& envelope : envelopes) {
                if (!intake.exchange(envelope)) has_failed = true;
                ++exchanges;
            }
            is_over = true;
        }};
        std::set<std::int64_t> moments;
        while (!is_over && files.size() < 4) {
            const auto file = headquarters.root.path() / ("backup-" + std::to_string(files.size()));
            const auto done =
                hq::back_up(headquarters.folder, file, passphrase, headquarters.clock, headquarters.random, least);
            CHECK_MESSAGE(done, done.error().message());
            files.push_back(file);
        }
        sender.join();
        CHECK_FALSE(has_failed);
        CHECK(exchanges == 60);
        REQUIRE_FALSE(files.empty());
        for (const auto& file : files) {
            Reborn reborn{headquarters, file};
            reborn.verify();
            const auto pages = reborn.pages();
            auto store = reborn.store();
            REQUIRE(store->write([&](std::int64_t) { return hq::rebuild(*store, headquarters.teaching); }));
            CHECK(reborn.pages() == pages);
            const auto journal = terminal.journal->id().text;
            const auto facts = reborn.count("fact WHERE journal = '" + journal + "'");
            CHECK(reborn.count("fact WHERE journal = '" + journal + "' AND seq > " + std::to_string(facts)) == 0);
            moments.insert(facts);
            REQUIRE(terminal.exchange(*reborn.intake)); // and the rest comes after it
            CHECK(reborn.count("fact WHERE journal = '" + journal + "'") ==
                  static_cast<std::int64_t>(terminal.journal->head().seq));
            headquarters.clock.advance(std::chrono::seconds{5});
        }
        MESSAGE("backups: " << files.size() << ", of different moments: " << moments.size());
    });
}

TEST_CASE("a wrong passphrase, a changed byte or a cut: refused whole, and nothing is left behind")
{
    Headquarters headquarters;
    const auto file = backup_of(headquarters);
    const auto sound = bytes_in(file);
    const support::TemporaryFolder elsewhere;
    const hq::HqFolder folder{elsewhere.path() / "hq"};
    const auto key_of_refusal = [&](const std::string& phrase = passphrase) -> std::string {
        const auto done = hq::restore({folder, file, phrase, ""}, operator_, headquarters.clock, headquarters.random);
        CHECK_FALSE(std::filesystem::exists(folder.root));
        return done ? "" : done.error().key;
    };
    CHECK(key_of_refusal("another passphrase") == "sealed.passphrase");
    CHECK(key_of_refusal("") == "sealed.passphrase");

    const std::set<std::string> refusals{"sealed.passphrase", "sealed.damaged", "sealed.foreign"};
    for (std::size_t at = 0; at < sound.size(); at += at < 80 ? 1 : 1 + sound.size() / 150) {
        INFO("byte ", at, " of ", sound.size());
        auto changed = sound;
        changed[at] ^= 0x10U;
        replace(file, changed);
        CHECK(refusals.contains(key_of_refusal()));
    }
    for (std::size_t size = 0; size < sound.size(); size += size < 80 ? 7 : 1 + sound.size() / 60) {
        INFO("cut at ", size, " of ", sound.size());
        replace(file, BytesView{sound}.first(size));
        CHECK(refusals.contains(key_of_refusal()));
    }
    replace(file, sound);
    CHECK(key_of_refusal("another passphrase") == "sealed.passphrase");
    CHECK(hq::restore({folder, file, passphrase, ""}, operator_, headquarters.clock, headquarters.random));
    CHECK_FALSE(std::filesystem::exists(folder.root / "restoring"));
    struct stat mode {};
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder.root}) {
        if (!entry.is_regular_file()) continue;
        REQUIRE(::stat(entry.path().c_str(), &mode) == 0);
        CHECK_MESSAGE((mode.st_mode & 077U) == 0, entry.path().string());
    }
}

TEST_CASE("damage found only after much was restored leaves nothing in PostgreSQL either")
{
    auto* cluster = PostgresCluster::shared();
    if (!cluster) return;
    Headquarters headquarters;
    {
        auto store = headquarters.stores.borrow().value();
        for (int i = 0; i < 8; ++i) // more than one piece, that does not pack
            REQUIRE(store->db().execute("INSERT INTO pack (hash, kind, content) VALUES ($1, 'bank', $2)",
                                        {Bytes{static_cast<std::uint8_t>(i)}, SystemRandom{}.bytes(100'000)}));
    }
    const auto file = backup_of(headquarters);
    auto changed = bytes_in(file);
    changed[changed.size() - 10] ^= 1U;
    replace(file, changed);
    const auto url = empty_database(*cluster);
    const support::TemporaryFolder elsewhere;
    const hq::HqFolder folder{elsewhere.path() / "hq"};
    const auto done = hq::restore({folder, file, passphrase, url}, operator_, headquarters.clock, headquarters.random);
    CHECK(done.error().key == "sealed.damaged");
    CHECK(connect_postgres(url).value()->tables().value().empty());
    CHECK_FALSE(std::filesystem::exists(folder.root));
}

TEST_CASE("a backup goes into an empty place only")
{
    Headquarters headquarters;
    const auto file = backup_of(headquarters);
    const auto into = [&](const hq::HqFolder& folder, const std::string& postgres) {
        return hq::restore({folder, file, passphrase, postgres}, operator_, headquarters.clock, headquarters.random);
    };
    const auto pages = headquarters.pages();
    CHECK(into(headquarters.folder, "").error().key == "hq.folder.exists");
    CHECK(headquarters.pages() == pages);
    CHECK(hq::open_keys(headquarters.folder));

    const support::TemporaryFolder elsewhere;
    const hq::HqFolder folder{elsewhere.path()};
    {
        const auto lock = lock_folder(elsewhere.path()).value();
        CHECK(into(folder, "").error().key == "folder.locked");
    }
    if (auto* cluster = PostgresCluster::shared()) {
        const auto url = empty_database(*cluster);
        REQUIRE(connect_postgres(url).value()->script("CREATE TABLE somebodys (id BIGINT)"));
        CHECK(into(folder, url).error().key == "backup.database_not_empty");
        CHECK(connect_postgres(url).value()->tables().value().size() == 1);
    }
    std::filesystem::create_directories(elsewhere.path() / "restoring" / "keys"); // of one that was killed
    std::ofstream{elsewhere.path() / "restoring" / "hq.db"} << "half";
    CHECK(into(folder, ""));
    CHECK(hq::open_store(folder));
}

TEST_CASE("a backup that cannot be written leaves what stood there")
{
    Headquarters headquarters;
    const auto file = backup_of(headquarters);
    const auto sound = bytes_in(file);
    const auto again = [&](const std::filesystem::path& into, const std::string& phrase) {
        return hq::back_up(headquarters.folder, into, phrase, headquarters.clock, headquarters.random, least);
    };
    CHECK(again(file, "short").error().key == "sealed.short");
    CHECK(again(file, "").error().key == "sealed.short");
    CHECK(bytes_in(file) == sound);
    CHECK(again(headquarters.root.path() / "nowhere" / "file", passphrase).error().kind == ErrorKind::NotFound);
    CHECK(hq::back_up({headquarters.root.path() / "nowhere"}, file, passphrase, headquarters.clock, headquarters.random,
                      least)
              .error()
              .key == "hq.folder.missing");
    CHECK(again(file, "another passphrase").value().rows > 0); // replaced in one step
    CHECK(bytes_in(file) != sound);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator{headquarters.root.path()})
        files += entry.is_regular_file() ? 1 : 0;
    CHECK(files == 1); // no temporary one
}

TEST_CASE("a machine that was rolled back begins a later life in place")
{
    on_both_stores([](Headquarters& headquarters) {
        publish(headquarters);
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        REQUIRE(terminal.exchange());
        const auto pages = headquarters.pages();
        const auto facts = headquarters.count("fact");
        {
            auto store = headquarters.stores.borrow().value();
            // a terminal showed a receipt of a life that this copy knows nothing of, and of which the clock knows
            // nothing either
            REQUIRE(
                store->put_meta("rolled back", terminal.journal->id().text + " 41 9000000000-00000000000000ff 1 t-01"));
            REQUIRE(hq::rolled_back(*store).value());
        }
        const auto restore = [&] {
            return hq::restore_in_place(headquarters.folder, operator_, headquarters.clock, headquarters.random);
        };
        {
            const auto serving = lock_folder(headquarters.folder.root).value();
            CHECK(restore().error().key == "folder.locked");
        }
        const auto done = restore();
        REQUIRE_MESSAGE(done, done.error().message());
        CHECK(done->from == headquarters.founded.incarnation);
        CHECK(done->to.second == 9'000'000'001);
        CHECK(done->release == 2);
        CHECK(headquarters.pages() == pages);
        CHECK(headquarters.count("fact") == facts + 3);
        CHECK(headquarters.count("fact WHERE kind = 'HQ restored' AND body LIKE '%\"in_place\":true%'") == 1);
        {
            auto store = headquarters.stores.borrow().value();
            CHECK_FALSE(hq::rolled_back(*store).value());
        }
        const auto exchanged = terminal.exchange();
        REQUIRE_MESSAGE(exchanged, exchanged.error().message());
        CHECK(exchanged->new_release == 2);
        CHECK(read_sync_state(*terminal.beside).receipt_of(terminal.journal->id())->incarnation == to_text(done->to));
        CHECK(restore().value().from == done->to); // and once more, in the very same second
    });
    const support::TemporaryFolder nowhere;
    const support::ManualClock clock;
    support::CountedRandom random;
    CHECK(hq::restore_in_place({nowhere.path()}, operator_, clock, random).error().key == "hq.folder.missing");
    CHECK(is_bare(nowhere.path()));
}

TEST_CASE("a backup from before the schema grew comes back whole; one from a newer program is not guessed at")
{
    Headquarters headquarters; // its keys and its configuration, over a database of long ago
    std::filesystem::remove(headquarters.folder.database());
    {
        auto db = open_sqlite(headquarters.folder.database()).value();
        REQUIRE(db->migrate({hq::migrations().begin(), hq::migrations().begin() + 2}));
        REQUIRE(db->execute("INSERT INTO meta VALUES ('incarnation', '1700000000-0123456789abcdef'), ('demo', 'yes')"));
        REQUIRE(db->execute("INSERT INTO unit VALUES ('shop', 'balkhash', 'Цех', 'Цех', 'Shop')"));
    }
    Reborn reborn{headquarters, backup_of(headquarters)};
    CHECK(reborn.restored.from.second == 1'700'000'000);
    CHECK(reborn.count("unit") == 1);
    CHECK(reborn.count("console_user") == 0);
    CHECK(reborn.count("migration") == static_cast<std::int64_t>(hq::migrations().size()));

    const auto written = [&](const std::string& manifest, const hq::ArchivedFile& file) {
        hq::ArchiveWriter archive{
            SealedWriter::create(headquarters.root.path() / "odd", passphrase, least, headquarters.random).value()};
        const auto bytes = bytes_of(manifest);
        REQUIRE(archive.put(hq::ArchivedFile{"manifest.json", {bytes.begin(), bytes.end()}}));
        REQUIRE(archive.put(file));
        REQUIRE(archive.finish());
        const support::TemporaryFolder elsewhere;
        const auto done = hq::restore({{elsewhere.path() / "hq"}, headquarters.root.path() / "odd", passphrase, ""},
                                      operator_, headquarters.clock, headquarters.random);
        CHECK(is_bare(elsewhere.path()));
        return done.error().key;
    };
    CHECK(written(R"({"format":2,"schema":1})", {"keys/x", {}}) == "backup.newer");
    CHECK(written(R"({"format":1,"schema":999})", {"keys/x", {}}) == "backup.newer");
    CHECK(written(R"({"format":1,"schema":1})", {"keys/x", {}}) == "backup.unreadable"); // its tables are missing
    CHECK(written(R"({"schema":1})", {"keys/x", {}}) == "backup.unreadable");
    for (const char* name : {"../evil", "keys/../../evil", "/etc/evil", "keys", "hq.db", "keys/"})
        CHECK(written(R"({"format":1,"schema":1})", {name, {}}) == "backup.unreadable");
}
