#include "sync/journal/journal.hpp"
#include "sync/journal/inspection.hpp"
#include "sync/journal/rows.hpp"
#include "sync/keys/private_file.hpp"
#include <algorithm>

namespace adal::sync {
namespace {

constexpr int format_version = 1;
constexpr std::size_t salt_size = 16;

std::int64_t signed_number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

Error unreadable(const std::filesystem::path& path)
{
    return fail(ErrorKind::Corrupt, "journal.unreadable", {{"path", path.string()}});
}

/// A decision as it will stand in the table.
std::vector<JournalRow> rows_of(const Head& after, const Moment& moment, const Actor& actor,
                                const std::vector<Fact>& facts)
{
    std::vector<JournalRow> rows;
    auto previous = after.hash;
    for (const auto& fact : facts) {
        JournalRow row{after.seq + rows.size() + 1,
                       to_ms(moment.at),
                       moment.boot,
                       moment.uptime.count(),
                       to_text(actor),
                       kind_of(fact),
                       encode(fact),
                       after.seq + facts.size(),
                       {},
                       std::nullopt};
        row.hash = previous = hash_of(previous, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

void remove_leftovers(const std::filesystem::path& path)
{
    std::error_code ignored;
    for (auto ending : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + ending, ignored);
}

/// A whole journal of one row under a temporary name: the real name never belongs to a half-born one.
Expected<Done> write_first_row(const std::filesystem::path& path, const JournalRow& row)
{
    remove_leftovers(path);
    auto connection = open_sqlite(path, OpenMode::MustNotExist);
    if (!connection) return connection.error();
    if (auto made = (*connection)->script(journal_schema); !made) return made;
    return insert(**connection, row); // closing the only connection folds the WAL into the file and syncs it
}

Expected<Done> need_our_format(Connection& connection, const std::filesystem::path& path)
{
    const auto found = connection.query("SELECT user_version FROM pragma_user_version");
    if (!found) return found.error();
    const auto version = found->front().integer(0);
    if (version == 0) return unreadable(path); // an empty file, or not ours
    if (version > format_version)
        return fail(ErrorKind::Conflict, "journal.newer",
                    {{"path", path.string()}, {"version", std::to_string(version)}});
    return Done{};
}

} // namespace

struct Journal::State {
    std::filesystem::path path;
    std::unique_ptr<Connection> connection;
    const Signer* signer = nullptr; // none when read only
    const Clock* clock = nullptr;
    JournalId id;
    PublicKey key{};
    TerminalId terminal;
    Head head;

    Expected<Done> read_origin();
    Inspection inspection() const { return {*connection, path, id, key}; }
    Expected<std::vector<JournalRow>> whole_decisions_after(std::uint64_t seq, std::size_t limit) const;
    Expected<Hash> hash_at(std::uint64_t seq) const;
};

/// Row 1 says whose journal this is; its hash is the journal's name.
Expected<Done> Journal::State::read_origin()
{
    auto rows = select(*connection, {1, 1, 1});
    if (!rows) return rows.error();
    if (rows->empty()) return unreadable(path);
    const auto& row = rows->front();
    const auto fact = decode(row.kind, row.body);
    const auto* created = std::get_if<JournalCreated>(&fact);
    const auto public_key = created ? hash_from_hex(created->key) : std::nullopt;
    if (!public_key || hash_of(Hash{}, row) != row.hash) return broken_journal(path, 1);
    id = {to_hex(row.hash)};
    key = *public_key;
    terminal = created->terminal;
    return Done{};
}

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

Expected<Journal> Journal::create(const std::filesystem::path& path, const Origin& origin, const Signer& signer,
                                  const Clock& clock, Random& random)
{
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
        return fail(ErrorKind::Conflict, "journal.exists", {{"path", path.string()}});
    const JournalCreated created{origin.terminal, to_hex(signer.public_key()), to_hex(random.bytes(salt_size)),
                                 origin.continues};
    auto first = rows_of({}, clock.now(), origin.terminal, {created}).front();
    first.signature = signer.sign(Purpose::JournalRow, signed_bytes({to_hex(first.hash)}, first.hash));

    auto unborn = path;
    unborn += ".new";
    auto written = write_first_row(unborn, first);
    if (written) written = rename_durably(unborn, path);
    if (!written) {
        remove_leftovers(unborn);
        return written.error();
    }
    return open(path, signer, clock);
}

Expected<Journal> Journal::open_as(const std::filesystem::path& path, const Signer* signer, const Clock* clock)
{
    auto state = std::make_unique<State>();
    auto connection = open_sqlite(path, signer ? OpenMode::MustExist : OpenMode::ReadOnly);
    if (!connection && connection.error().kind == ErrorKind::NotFound)
        return fail(ErrorKind::NotFound, "journal.missing", {{"path", path.string()}});
    if (!connection && connection.error().kind == ErrorKind::Corrupt) return unreadable(path);
    if (!connection) return connection.error();
    state->path = path;
    state->connection = std::move(*connection);
    state->signer = signer;
    state->clock = clock;
    if (auto ours = need_our_format(*state->connection, path); !ours) return ours.error();
    if (auto read = state->read_origin(); !read) return read.error();
    return Journal{std::move(state)};
}

Expected<Journal> Journal::open(const std::filesystem::path& path, const Signer& signer, const Clock& clock)
{
    auto journal = open_as(path, &signer, &clock);
    if (!journal) return journal;
    auto& state = *journal->state_;
    if (state.key != signer.public_key())
        return fail(ErrorKind::Conflict, "journal.foreign_key", {{"path", path.string()}});
    auto start = state.inspection().last_checked_row();
    if (!start) return start.error();
    const auto start_seq = *start ? (*start)->seq : 0;
    const auto head = state.inspection().check_after(std::move(*start), false);
    if (!head) return head.error();
    state.head = *head;
    if (head->seq == start_seq) return journal;
    if (auto noted = update_checked(*state.connection, *head); !noted) return noted.error();
    return journal;
}

Expected<Journal> Journal::read_only(const std::filesystem::path& path)
{
    auto journal = open_as(path, nullptr, nullptr);
    if (!journal) return journal;
    const auto last = select_last(*journal->state_->connection);
    if (!last) return last.error();
    journal->state_->head = {(*last)->seq, (*last)->hash};
    return journal;
}

Expected<std::vector<Event>> Journal::append(const Actor& actor, const std::vector<Fact>& facts)
{
    assert(state_->signer && !facts.empty());
    auto rows = rows_of(state_->head, state_->clock->now(), actor, facts);
    auto& last = rows.back();
    last.signature = state_->signer->sign(Purpose::JournalRow, signed_bytes(state_->id, last.hash));

    const auto written = state_->connection->transaction([&]() -> Expected<Done> {
        for (const auto& row : rows)
            if (auto inserted = insert(*state_->connection, row); !inserted) return inserted;
        return Done{};
    });
    if (!written) return written.error();
    state_->head = {last.seq, last.hash};

    std::vector<Event> events;
    for (const auto& row : rows) events.push_back(to_event(row));
    return events;
}

Expected<std::vector<JournalRow>> Journal::rows_after(std::uint64_t seq, std::size_t limit) const
{
    return select(*state_->connection, {signed_number(seq) + 1, std::numeric_limits<std::int64_t>::max(), limit});
}

Expected<std::vector<Event>> Journal::read_after(std::uint64_t seq, std::size_t limit) const
{
    const auto rows = rows_after(seq, limit);
    if (!rows) return rows.error();
    std::vector<Event> events;
    for (const auto& row : *rows) events.push_back(to_event(row));
    return events;
}

/// Cuts back to the last complete decision; a first decision longer than the limit comes whole.
Expected<std::vector<JournalRow>> Journal::State::whole_decisions_after(std::uint64_t seq, std::size_t limit) const
{
    const auto from = signed_number(seq) + 1;
    auto rows = select(*connection, {from, std::numeric_limits<std::int64_t>::max(), std::max<std::size_t>(limit, 1)});
    if (!rows || rows->empty()) return rows;
    const auto end =
        std::find_if(rows->rbegin(), rows->rend(), [](const JournalRow& row) { return row.seq == row.decision_end; });
    if (end == rows->rend())
        return select(*connection, {from, signed_number(rows->front().decision_end),
                                    static_cast<std::size_t>(rows->front().decision_end - seq)});
    rows->erase(end.base(), rows->end());
    return rows;
}

Expected<Hash> Journal::State::hash_at(std::uint64_t seq) const
{
    if (seq == 0) return Hash{};
    const auto rows = select(*connection, {signed_number(seq), signed_number(seq), 1});
    if (!rows) return rows.error();
    if (rows->size() == 1 && rows->front().decision_end == seq) return rows->front().hash;
    return fail(ErrorKind::NotFound, "journal.no_such_head", {{"journal", id.text}, {"seq", std::to_string(seq)}});
}

Expected<Batch> Journal::batch_after(std::uint64_t seq, std::size_t limit) const
{
    const auto hash = state_->hash_at(seq);
    if (!hash) return hash.error();
    auto rows = state_->whole_decisions_after(seq, limit);
    if (!rows) return rows.error();
    Batch batch{state_->id, {seq, *hash}, std::move(*rows), {}};
    if (batch.rows.empty()) return batch;
    if (!batch.rows.back().signature) return broken_journal(state_->path, batch.rows.back().seq);
    batch.signature = *batch.rows.back().signature;
    return batch;
}

bool Journal::can_append() const { return state_->signer != nullptr; }

bool Journal::contains(const Head& point) const
{
    if (point == Head{}) return true;
    if (point.seq == 0 || point.seq > state_->head.seq) return false;
    const auto rows = select(*state_->connection, {signed_number(point.seq), signed_number(point.seq), 1});
    return rows && rows->size() == 1 && rows->front().hash == point.hash;
}

const Head& Journal::head() const { return state_->head; }
const JournalId& Journal::id() const { return state_->id; }
const TerminalId& Journal::terminal() const { return state_->terminal; }

Expected<Done> Journal::verify() const
{
    const auto head = state_->inspection().check_after(std::nullopt, true);
    if (!head) return head.error();
    return Done{};
}

} // namespace adal::sync
