// What HQ's intake costs with all its checks and folds, beside bare SQLite inserting the very same rows into the same table in the same run; and what the
// facts weigh on the wire, beside zstd of their bare text. Prints one JSON line. Never a test: only the ratios say something about us.
#include "sync/hq/intake.hpp"
#include "sync/hq/journals.hpp"
#include "sync/hq/setup.hpp"
#include "sync/link/terminal_link.hpp"
#include "tests/bench/fact_mix.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <iostream>
#include <sqlite3.h>

namespace {
using namespace adal;
using namespace adal::sync;
namespace fs = std::filesystem;
using Milliseconds = std::chrono::duration<double, std::milli>;

template <class T> T must(Expected<T> expected)
{
    if (expected) return std::move(expected).value();
    std::cerr << expected.error().message() << '\n';
    std::exit(1);
}

double timed(const std::function<void()>& act)
{
    const auto start = std::chrono::steady_clock::now();
    act();
    return Milliseconds(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

/// HQ in the same process. Keeps what goes up, and how long HQ took for it.
class TimedRoad final : public Road {
public:
    explicit TimedRoad(Road& hq) : hq_(hq) {}
    Expected<Bytes> keys() override { return hq_.keys(); }
    Expected<Bytes> enrol(BytesView request) override { return hq_.enrol(request); }
    Expected<Bytes> exchange(BytesView envelope) override
    {
        envelopes.emplace_back(envelope.begin(), envelope.end());
        std::optional<Expected<Bytes>> answer;
        took += timed([&] { answer = hq_.exchange(envelope); });
        return *answer;
    }
    Expected<Done> fetch(const BlobQuestion& question, const Sink& sink) override { return hq_.fetch(question, sink); }
    Expected<Done> put_blob(const Hash& hash, BytesView bytes, const Bytes& authorisation) override { return hq_.put_blob(hash, bytes, authorisation); }
    Expected<Bytes> bundle(BytesView part) override { return hq_.bundle(part); }

    double took = 0;
    std::vector<Bytes> envelopes;

private:
    Road& hq_;
};

/// An HQ and a terminal enrolled there, in one folder that is copied before each round.
struct Place {
    explicit Place(fs::path where) : root(std::move(where)) {}
    fs::path root;
    hq::HqFolder hq{root / "hq"};
    TerminalFolder terminal{root / "terminal"};
    SystemClock clock;
    SystemRandom random;
};

/// Both ends at work.
struct Ends {
    explicit Ends(Place& at)
        : place(at), keys(must(hq::open_keys(at.hq))), intake(stores, at.hq, keys, at.clock, at.random), road(intake),
          key(must(KeyPair::open(at.terminal.key()))), journal(must(Journal::read_only(at.terminal.journal()))),
          beside(must(Beside::open(at.terminal.beside()))), enrolment(must(read_enrolment(beside)))
    {}
    Exchanged exchange(std::size_t batch) { return must(sync::exchange(place.terminal, journal, beside, key, enrolment, road, place.clock, batch)); }

    Place& place;
    hq::HqKeys keys;
    hq::StorePool stores{[this] { return hq::open_store(place.hq); }};
    hq::Intake intake;
    TimedRoad road;
    KeyPair key;
    Journal journal;
    Beside beside;
    Enrolment enrolment;
};

void enrol(Place& place)
{
    must(hq::found({.folder = place.hq, .config = {}, .root_out = {}, .is_demo = true}, place.clock, place.random));
    const auto keys = must(hq::open_keys(place.hq));
    hq::StorePool stores{[&] { return hq::open_store(place.hq); }};
    hq::Intake intake{stores, place.hq, keys, place.clock, place.random};
    std::string code;
    auto store = must(stores.borrow());
    must(store->write([&](std::int64_t) -> Expected<Done> {
        auto invitation = hq::invite(*store, keys, {{"balkhash"}, {}}, place.clock.now().at, place.random);
        if (invitation) code = to_text(invitation->code);
        return invitation ? Expected<Done>{Done{}} : invitation.error();
    }));
    must(sync::enrol(place.terminal, code, "http://hq", intake, place.clock, place.random));
    Ends{place}.exchange(1);
}

void record(Place& place, std::uint64_t facts)
{
    const auto key = must(KeyPair::open(place.terminal.key()));
    bench::WorkingClock clock;
    auto journal = must(Journal::open(place.terminal.journal(), key, clock));
    auto beside = must(Beside::open(place.terminal.beside()));
    std::vector<PersonId> people;
    for (const auto& person : must(read_roster(beside, key, must(read_enrolment(beside)))).people) people.push_back(person.id);
    must(bench::FactMix{journal, clock, people, place.clock.now().at}.write(facts));
}

void copy(const Place& from, const Place& to)
{
    fs::remove_all(to.root);
    fs::copy(from.root, to.root, fs::copy_options::recursive);
}

// --- bare SQLite

void run(sqlite3* database, const std::string& sql)
{
    char* problem = nullptr;
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &problem) == SQLITE_OK) return;
    std::cerr << problem << '\n';
    std::exit(1);
}

void put(sqlite3_stmt* insert, int index, std::string_view text)
{
    sqlite3_bind_text(insert, index, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}
void put(sqlite3_stmt* insert, int index, std::uint64_t number) { sqlite3_bind_int64(insert, index, static_cast<sqlite3_int64>(number)); }

void insert_row(sqlite3_stmt* insert, const JournalId& journal, const JournalRow& row, std::uint64_t position)
{
    sqlite3_bind_blob(insert, 1, row.hash.data(), static_cast<int>(row.hash.size()), SQLITE_STATIC);
    put(insert, 2, position);
    put(insert, 3, journal.text);
    put(insert, 4, std::uint64_t{0});
    put(insert, 5, row.seq);
    put(insert, 6, static_cast<std::uint64_t>(row.at_ms));
    put(insert, 7, row.boot);
    put(insert, 8, static_cast<std::uint64_t>(row.uptime_ms));
    put(insert, 9, row.actor);
    put(insert, 10, row.kind);
    put(insert, 11, row.body);
    put(insert, 12, row.decision_end);
    if (sqlite3_step(insert) != SQLITE_DONE) std::cerr << "a row was not taken\n", std::exit(1);
    sqlite3_reset(insert);
}

/// The table `fact` as HQ makes it. With its indexes, or with its primary key alone.
std::string schema_of_fact(hq::Store& store, bool with_indexes)
{
    std::string sql;
    for (const auto& row : must(store.db().query("SELECT sql FROM sqlite_master WHERE tbl_name = 'fact' AND sql IS NOT NULL ORDER BY rowid")))
        if (with_indexes || row.text(0).starts_with("CREATE TABLE")) sql += row.text(0) + ";";
    return sql;
}

/// One statement prepared once, as durable as HQ's store, one transaction for as many rows as a batch has.
double bare_insert(const fs::path& path, const std::string& schema, const JournalId& journal, const std::vector<JournalRow>& rows, std::size_t batch)
{
    sqlite3* database = nullptr;
    sqlite3_open(path.c_str(), &database);
    run(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;" + schema);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(database, "INSERT INTO fact (hash, position, journal, branch, seq, at_ms, boot, uptime_ms, actor, kind, body, decision_end) "
                                 "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", -1, &insert, nullptr);
    const auto took = timed([&] {
        for (std::size_t from = 0; from < rows.size(); from += batch) {
            run(database, "BEGIN IMMEDIATE");
            for (auto i = from; i < std::min(from + batch, rows.size()); ++i) insert_row(insert, journal, rows[i], from / batch + 1);
            run(database, "COMMIT");
        }
    });
    sqlite3_finalize(insert);
    sqlite3_close(database);
    fs::remove(path);
    return took;
}

// --- where HQ's time goes: the same envelopes through the parts of intake that stand alone

struct Parts {
    double reading = 0, checking = 0, storing = 0;
};

Parts parts_of(Place& place, const std::vector<Bytes>& envelopes)
{
    Ends ends{place};
    auto store = must(ends.stores.borrow());
    Parts parts;
    for (const auto& envelope : envelopes) {
        std::optional<ExchangeRequest> request;
        parts.reading += timed([&] { request = must(decode_exchange_request(must(message_in(must(read_envelope(envelope)), Purpose::Exchange, ends.key.public_key())))); });
        std::optional<Batch> batch;
        parts.checking += timed([&] { batch = must(checked(request->batch, ends.key.public_key())); });
        parts.storing += timed([&] {
            must(store->write([&](std::int64_t position) -> Expected<Done> {
                auto stored = hq::store_batch(*store, *batch, {ends.journal.terminal(), ends.key.public_key()}, position, place.clock.now().at);
                return stored ? Expected<Done>{Done{}} : stored.error();
            }));
        });
    }
    return parts;
}

// --- the wire

/// What the rows say, without hashes and signatures: a JSON line for each, the body as it is.
std::string text_of_rows(const std::vector<JournalRow>& rows)
{
    std::string text;
    for (const auto& row : rows)
        text += fmt::format(R"({{"actor":"{}","at":{},"body":{},"boot":"{}","decision_end":{},"kind":"{}","seq":{},"uptime_ms":{}}})" "\n", row.actor, row.at_ms,
                            row.body, row.boot, row.decision_end, row.kind, row.seq, row.uptime_ms);
    return text;
}

std::size_t total(const std::vector<Bytes>& envelopes)
{
    std::size_t sum = 0;
    for (const auto& envelope : envelopes) sum += envelope.size();
    return sum;
}

int measure(const fs::path& folder, std::uint64_t facts, std::size_t batch, int rounds)
{
    Place first{folder / "first"}, round{folder / "round"};
    enrol(first);
    record(first, facts);
    std::vector<double> whole, same_table, key_only, reading, checking, storing;
    std::vector<JournalRow> rows;
    std::size_t bytes = 0, requests = 0, empty = 0;
    for (int i = 0; i < rounds; ++i) { // in turns, so that all see the same disk
        copy(first, round);
        std::vector<Bytes> envelopes;
        {
            Ends ends{round};
            const auto receipt = read_sync_state(ends.beside).receipt_of(ends.journal.id());
            rows = must(ends.journal.rows_after(receipt ? receipt->head.seq : 0, facts * 2));
            ends.exchange(batch);
            whole.push_back(ends.road.took);
            envelopes = ends.road.envelopes;
            ends.road.envelopes.clear();
            ends.exchange(batch);
            empty = total(ends.road.envelopes);
            auto store = must(ends.stores.borrow());
            const auto& journal = ends.journal.id();
            same_table.push_back(bare_insert(folder / "bare.db", schema_of_fact(*store, true), journal, rows, batch));
            key_only.push_back(bare_insert(folder / "bare.db", schema_of_fact(*store, false), journal, rows, batch));
        }
        bytes = total(envelopes);
        requests = envelopes.size();
        copy(first, round);
        const auto parts = parts_of(round, envelopes);
        reading.push_back(parts.reading);
        checking.push_back(parts.checking);
        storing.push_back(parts.storing);
    }
    const auto text = text_of_rows(rows);
    fmt::print(R"({{"facts":{},"requests":{},"hq_ms":{:.1f},"same_table_ms":{:.1f},"key_only_ms":{:.1f},"reading_ms":{:.1f},"checking_ms":{:.1f},"storing_ms":{:.1f},)"
               R"("wire_bytes":{},"empty_question_bytes":{},"text_bytes":{},"zstd_bytes":{}}})" "\n",
               rows.size(), requests, median(whole), median(same_table), median(key_only), median(reading), median(checking), median(storing), bytes, empty,
               text.size(), pack(bytes_of(text)).size());
    return 0;
}
} // namespace

int main(int count, char** arguments)
{
    if (count != 4) {
        std::cerr << "usage: ingest_bench FOLDER FACTS ROWS_A_BATCH\n";
        return 2;
    }
    return measure(arguments[1], std::stoull(arguments[2]), std::stoull(arguments[3]), 5);
}
