#include "sync/journal/journal.hpp"
#include "sync/journal/birth.hpp"
#include "sync/journal/inspection.hpp"
#include "sync/journal/rows.hpp"
#include <algorithm>

namespace adal::sync {
namespace {

constexpr int format_version = 1;
constexpr std::size_t salt_size = 16;
constexpr auto last_number = std::numeric_limits<std::int64_t>::max();

/// A number from outside may be any; beyond the last there is no row.
std::int64_t signed_number(std::uint64_t value) { return std::cmp_less(value, last_number) ? static_cast<std::int64_t>(value) : last_number; }
std::int64_t number_after(std::uint64_t seq) { return signed_number(std::max(seq, seq + 1)); }

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

Expected<std::unique_ptr<Connection>> connect(const std::filesystem::path& path, OpenMode mode)
{
    auto connection = open_sqlite(path, mode);
    if (!connection && connection.error().kind == ErrorKind::NotFound)
        return fail(ErrorKind::NotFound, "journal.missing", {{"path", path.string()}});
    if (!connection && connection.error().kind == ErrorKind::Corrupt) return unreadable(path);
    return connection;
}

/// Asked by statement: a table of the name pragma_user_version in the file would answer for the function.
Expected<std::int64_t> pragma(Connection& connection, const char* name)
{
    const auto found = connection.query(std::string{"PRAGMA "} + name);
    if (!found) return found.error();
    return found->front().integer(0);
}

Expected<Done> need_our_format(Connection& connection, const std::filesystem::path& path)
{
    const auto version = pragma(connection, "user_version"), application = pragma(connection, "application_id");
    if (!version || !application) return version ? application.error() : version.error();
    if (*version <= 0 || *application != journal_application) return unreadable(path); // empty, or not ours
    if (*version > format_version)
        return fail(ErrorKind::Conflict, "journal.newer", {{"path", path.string()}, {"version", std::to_string(*version)}});
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
    std::optional<Continued> continues;
    Head head;
    std::vector<JournalRow> in_doubt; // a decision whose writing failed, until the file has said whether it stands
    std::vector<Event> untold;        // what stands and no caller of `append` has heard of

    Expected<Done> read_origin();
    bool adopt();
    Expected<bool> settle();
    Inspection inspection() const { return {*connection, path, id, key}; }
    Expected<std::vector<JournalRow>> whole_decisions_after(std::uint64_t seq, std::size_t limit) const;
    Expected<std::vector<JournalRow>> decision_from(const JournalRow& first) const;
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
    continues = continued_from(created->continues);
    return Done{};
}

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

Expected<Journal> Journal::create(const std::filesystem::path& path, const Origin& origin, const Signer& signer,
                                  const Clock& clock, Random& random)
{
    const JournalCreated created{origin.terminal, to_hex(signer.public_key()), to_hex(random.bytes(salt_size)),
                                 origin.continues};
    auto first = rows_of({}, clock.now(), origin.terminal, {created}).front();
    first.signature = signer.sign(Purpose::JournalRow, signed_bytes({to_hex(first.hash)}, first.hash));

    if (auto born = give_birth(path, first); !born) return born.error();
    return open(path, signer, clock);
}

Expected<Journal> Journal::open_over(std::unique_ptr<Connection> connection, const std::filesystem::path& path,
                                     const Signer* signer, const Clock* clock)
{
    auto state = std::make_unique<State>();
    state->path = path;
    state->connection = std::move(connection);
    state->signer = signer;
    state->clock = clock;
    if (auto ours = need_our_format(*state->connection, path); !ours) return ours.error();
    if (auto read = state->read_origin(); !read) return read.error();
    return Journal{std::move(state)};
}

Expected<Journal> Journal::open(const std::filesystem::path& path, const Signer& signer, const Clock& clock)
{
    auto connection = connect(path, OpenMode::MustExist);
    if (!connection) return connection.error();
    return open(std::move(*connection), path, signer, clock);
}

Expected<Journal> Journal::open(std::unique_ptr<Connection> connection, const std::filesystem::path& path, const Signer& signer,
                                const Clock& clock)
{
    auto journal = open_over(std::move(connection), path, &signer, &clock);
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
    if (head->seq != start_seq)
        static_cast<void>(update_checked(*state.connection, *head)); // a cache: on a full disk the next start checks more, that is all
    return journal;
}

Expected<Journal> Journal::read_only(const std::filesystem::path& path)
{
    auto connection = connect(path, OpenMode::ReadOnly);
    if (!connection) return connection.error();
    auto journal = open_over(std::move(*connection), path, nullptr, nullptr);
    if (!journal) return journal;
    const auto last = select_last(*journal->state_->connection);
    if (!last) return last.error();
    journal->state_->head = {(*last)->seq, (*last)->hash};
    return journal;
}

Expected<std::vector<Event>> Journal::append(const Actor& actor, const std::vector<Fact>& facts)
{
    assert(state_->signer && !facts.empty());
    if (auto settled = state_->settle(); !settled) return settled.error();
    auto rows = rows_of(state_->head, state_->clock->now(), actor, facts);
    auto& last = rows.back();
    last.signature = state_->signer->sign(Purpose::JournalRow, signed_bytes(state_->id, last.hash));

    const auto written = insert(*state_->connection, rows);
    state_->in_doubt = std::move(rows);
    const auto stands = written ? Expected<bool>{state_->adopt()} : state_->settle();
    if (!stands || !*stands) return written.error();
    return std::exchange(state_->untold, {});
}

/// The decision in doubt stands: it is our history from now on.
bool Journal::State::adopt()
{
    head = {in_doubt.back().seq, in_doubt.back().hash};
    for (const auto& row : std::exchange(in_doubt, {})) untold.push_back(to_event(row));
    return true;
}

/// A write that failed may have happened: only the file knows. It is asked in a transaction of its own, so that rows of one that
/// could not even be rolled back never count. While the file does not answer, the doubt stays and nothing is appended.
Expected<bool> Journal::State::settle()
{
    if (in_doubt.empty()) return false;
    Expected<std::optional<JournalRow>> last = std::optional<JournalRow>{};
    const auto asked = connection->transaction([&]() -> Expected<Done> {
        last = select_last(*connection);
        return last ? Expected<Done>{Done{}} : last.error();
    });
    if (!asked) return asked.error();
    const auto& ours = in_doubt.back();
    const auto& found = *last;
    if (found && found->seq == ours.seq && found->hash == ours.hash && found->signature == ours.signature) return adopt();
    in_doubt.clear();
    return false;
}

Expected<std::vector<JournalRow>> Journal::rows_after(std::uint64_t seq, std::size_t limit) const
{
    return select(*state_->connection, {number_after(seq), last_number, limit});
}

Expected<std::vector<Event>> Journal::read_after(std::uint64_t seq, std::size_t limit) const
{
    const auto rows = rows_after(seq, limit);
    if (!rows) return rows.error();
    std::vector<Event> events;
    for (const auto& row : *rows) events.push_back(to_event(row));
    return events;
}

/// Damage must not look as if there were nothing more to send.
Expected<std::vector<JournalRow>> Journal::State::decision_from(const JournalRow& first) const
{
    auto rows = select(*connection, {signed_number(first.seq), signed_number(first.decision_end), std::numeric_limits<int>::max()});
    if (rows && (rows->empty() || rows->back().seq != first.decision_end)) return broken_journal(path, first.seq);
    return rows;
}

/// Cuts back to the last complete decision; a first decision longer than the limit comes whole.
Expected<std::vector<JournalRow>> Journal::State::whole_decisions_after(std::uint64_t seq, std::size_t limit) const
{
    const auto from = number_after(seq);
    auto rows = select(*connection, {from, last_number, std::max<std::size_t>(limit, 1)});
    if (!rows || rows->empty()) return rows;
    const auto end =
        std::find_if(rows->rbegin(), rows->rend(), [](const JournalRow& row) { return row.seq == row.decision_end; });
    if (end == rows->rend()) return decision_from(rows->front());
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

bool Journal::contains(const Head& point) const
{
    if (point == Head{}) return true;
    if (point.seq == 0) return false;
    const auto rows = select(*state_->connection, {signed_number(point.seq), signed_number(point.seq), 1});
    return rows && rows->size() == 1 && rows->front().hash == point.hash;
}

const Head& Journal::head() const { return state_->head; }
const JournalId& Journal::id() const { return state_->id; }
const TerminalId& Journal::terminal() const { return state_->terminal; }
const PublicKey& Journal::key() const { return state_->key; }
const std::optional<Continued>& Journal::continues() const { return state_->continues; }

Expected<Done> Journal::fold_into_one_file()
{
    if (auto settled = state_->settle(); !settled) return settled.error();
    return adal::sync::fold_into_one_file(*state_->connection, state_->path);
}

Expected<Done> Journal::verify() const
{
    const auto head = state_->inspection().check_after(std::nullopt, true);
    if (!head) return head.error();
    return Done{};
}

} // namespace adal::sync
