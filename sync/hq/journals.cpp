#include "sync/hq/journals.hpp"
#include <algorithm>
#include <limits>

namespace adal::sync::hq {
namespace {

Bytes as_bytes(const Hash& hash) { return {hash.begin(), hash.end()}; }

struct Place {
    std::int64_t branch = 0;
    std::uint64_t seq = 0;
};

Expected<std::optional<Place>> place_of(Store& store, const JournalId& journal, const Hash& hash)
{
    auto rows = store.db().query("SELECT branch, seq FROM fact WHERE hash = $1 AND journal = $2",
                                 {as_bytes(hash), journal.text});
    if (!rows) return rows.error();
    if (rows->empty()) return std::optional<Place>{};
    return std::optional{Place{rows->at(0).integer(0), static_cast<std::uint64_t>(rows->at(0).integer(1))}};
}

Expected<std::optional<Tip>> tip_of(Store& store, const JournalId& journal, std::int64_t branch)
{
    auto rows =
        store.db().query("SELECT head_seq, head_hash, committed_ms FROM branch WHERE journal = $1 AND number = $2",
                         {journal.text, branch});
    if (!rows) return rows.error();
    if (rows->empty()) return std::optional<Tip>{};
    const auto& row = rows->at(0);
    return std::optional{
        Tip{branch, {static_cast<std::uint64_t>(row.integer(0)), hash_in(row, 1)}, from_ms(row.integer(2))}};
}

Expected<std::int64_t> next_branch(Store& store, const JournalId& journal)
{
    auto rows = store.db().query("SELECT COALESCE(MAX(number) + 1, 0) FROM branch WHERE journal = $1", {journal.text});
    if (!rows) return rows.error();
    return rows->at(0).integer(0);
}

Expected<Done> insert(Store& store, const JournalId& journal, std::int64_t branch, std::int64_t position,
                      const JournalRow& row, Standing standing)
{
    const Value signature = row.signature ? blob(*row.signature) : Value{};
    auto done = store.db().execute("INSERT INTO fact (hash, position, journal, branch, seq, at_ms, boot, uptime_ms, "
                                   "actor, kind, body, decision_end, signature, quarantined) "
                                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                                   {as_bytes(row.hash), position, journal.text, branch,
                                    static_cast<std::int64_t>(row.seq), row.at_ms, row.boot, row.uptime_ms, row.actor,
                                    row.kind, row.body, static_cast<std::int64_t>(row.decision_end), signature,
                                    std::int64_t{standing == Standing::Quarantined}});
    if (!done) return done.error();
    return Done{};
}

/// Moves a branch's head and notes the receipt that goes with it. `from` is where a new branch grows.
Expected<Done> advance(Store& store, const JournalId& journal, const Tip& tip, const Place& from, std::int64_t position)
{
    const auto seq = static_cast<std::int64_t>(tip.head.seq);
    auto moved =
        store.db().execute("INSERT INTO branch (journal, number, parent, fork_seq, head_seq, head_hash, committed_ms) "
                           "VALUES ($1, $2, $3, $4, $5, $6, $7) "
                           "ON CONFLICT (journal, number) DO UPDATE SET head_seq = excluded.head_seq, "
                           "head_hash = excluded.head_hash, committed_ms = excluded.committed_ms",
                           {journal.text, tip.branch, from.branch, static_cast<std::int64_t>(from.seq), seq,
                            as_bytes(tip.head.hash), to_ms(tip.committed_at)});
    if (!moved) return moved.error();
    auto noted =
        store.db().execute("INSERT INTO receipt (position, journal, branch, head_seq, head_hash, committed_ms) VALUES "
                           "($1, $2, $3, $4, $5, $6)",
                           {position, journal.text, tip.branch, seq, as_bytes(tip.head.hash), to_ms(tip.committed_at)});
    if (!noted) return noted.error();
    return Done{};
}

Expected<Done> keep_journal(Store& store, const Batch& batch, const KnownJournal& known)
{
    const auto first = decode(batch.rows.front().kind, batch.rows.front().body);
    const auto* created = std::get_if<JournalCreated>(&first);
    auto done = store.db().execute(
        "INSERT INTO journal (id, terminal, public_key, continues) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
        {batch.journal.text, known.terminal.text, to_hex(known.key), created ? created->continues : ""});
    if (!done) return done.error();
    return Done{};
}

/// Where the batch's first new row stands: the last row that is here already, or `after` itself.
struct Join {
    std::optional<Place> place; // none: before the first row
    std::size_t known = 0;      // rows of the batch that are here
};
Expected<std::optional<Join>> join_of(Store& store, const Batch& batch)
{
    Join join;
    if (batch.after.seq > 0) {
        auto after = place_of(store, batch.journal, batch.after.hash);
        if (!after) return after.error();
        if (!*after || (*after)->seq != batch.after.seq) return std::optional<Join>{};
        join.place = **after;
    }
    for (const auto& row : batch.rows) {
        auto place = place_of(store, batch.journal, row.hash);
        if (!place) return place.error();
        if (!*place) break;
        join.place = **place;
        ++join.known;
    }
    return std::optional{join};
}

/// What is here up to a row, and since when: the receipt that was given for it, or the first one that covers it.
Expected<Tip> covered(Store& store, const JournalId& journal, const Place& place, const Hash& hash)
{
    const auto seq = static_cast<std::int64_t>(place.seq);
    auto rows = store.db().query("SELECT committed_ms FROM receipt WHERE journal = $1 AND branch = $2 AND head_seq >= "
                                 "$3 ORDER BY head_seq LIMIT 1",
                                 {journal.text, place.branch, seq});
    if (!rows) return rows.error();
    if (rows->empty())
        return fail(ErrorKind::Corrupt, "hq.journal.broken", {{"terminal", ""}, {"seq", std::to_string(seq)}});
    return Tip{place.branch, {place.seq, hash}, from_ms(rows->front().integer(0))};
}

} // namespace

const char* const row_columns = "seq, at_ms, boot, uptime_ms, actor, kind, body, decision_end, hash, signature";

Hash hash_in(const Row& row, std::size_t column)
{
    Hash hash{};
    const auto& bytes = row.bytes(column);
    if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

JournalRow journal_row_from(const Row& row, std::size_t at)
{
    JournalRow result{.seq = static_cast<std::uint64_t>(row.integer(at)),
                      .at_ms = row.integer(at + 1),
                      .boot = row.text(at + 2),
                      .uptime_ms = row.integer(at + 3),
                      .actor = row.text(at + 4),
                      .kind = row.text(at + 5),
                      .body = row.text(at + 6),
                      .decision_end = static_cast<std::uint64_t>(row.integer(at + 7)),
                      .hash = hash_in(row, at + 8),
                      .signature = {}};
    if (!row.is_null(at + 9) && row.bytes(at + 9).size() == 64) {
        Signature signature{};
        std::copy(row.bytes(at + 9).begin(), row.bytes(at + 9).end(), signature.begin());
        result.signature = signature;
    }
    return result;
}

Expected<std::optional<KnownJournal>> find_journal(Store& store, const JournalId& id)
{
    auto rows = store.db().query("SELECT terminal, public_key, continues FROM journal WHERE id = $1", {id.text});
    if (!rows) return rows.error();
    if (rows->empty()) return std::optional<KnownJournal>{};
    const auto& row = rows->front();
    return std::optional{
        KnownJournal{{row.text(0)}, hash_from_hex(row.text(1)).value_or(PublicKey{}), row.text(2)}};
}

Expected<bool> is_here(Store& store, const JournalId& journal, const Head& head)
{
    if (head == Head{}) return true;
    auto place = place_of(store, journal, head.hash);
    if (!place) return place.error();
    return *place && (*place)->seq == head.seq;
}

Expected<Tip> main_tip(Store& store, const JournalId& journal)
{
    auto tip = tip_of(store, journal, 0);
    if (!tip) return tip.error();
    return tip->value_or(Tip{});
}

Expected<std::optional<Tip>> tip_up_to(Store& store, const JournalId& journal, const Head& head)
{
    const auto place = place_of(store, journal, head.hash);
    if (!place) return place.error();
    if (!*place || (*place)->seq != head.seq) return std::optional<Tip>{};
    auto tip = covered(store, journal, **place, head.hash);
    if (!tip) return tip.error();
    return std::optional{*tip};
}

Expected<Stored> store_batch(Store& store, const Batch& batch, const KnownJournal& known, std::int64_t position,
                             UtcTime now, Standing standing)
{
    auto join = join_of(store, batch);
    if (!join) return join.error();
    if (!*join || batch.rows.empty()) {
        auto tip = main_tip(store, batch.journal);
        if (*join && (*join)->place && tip) {
            auto own = tip_of(store, batch.journal, (*join)->place->branch);
            if (!own) return own.error();
            if (*own) return Stored{**own, {}};
        }
        if (!tip) return tip.error();
        return Stored{*tip, {}, !*join};
    }
    Stored stored;
    const auto& place = (*join)->place;
    if (place) {
        auto tip = tip_of(store, batch.journal, place->branch);
        if (!tip) return tip.error();
        assert(*tip);
        stored.tip = **tip;
    }
    stored.added.assign(batch.rows.begin() + static_cast<std::ptrdiff_t>((*join)->known), batch.rows.end());
    if (stored.added.empty()) { // a repeat: the same receipt, whatever came after it
        auto again = covered(store, batch.journal, *place, batch.rows.back().hash);
        if (!again) return again.error();
        return Stored{*again, {}};
    }

    auto next = next_branch(store, batch.journal);
    if (!next) return next.error();
    if (!place || stored.tip.head.seq != place->seq)
        stored.tip.branch = *next; // a journal's first row, or a second history
    if (!place)
        if (auto kept = keep_journal(store, batch, known); !kept) return kept.error();
    for (const auto& row : stored.added)
        if (auto done = insert(store, batch.journal, stored.tip.branch, position, row, standing); !done) return done.error();
    stored.tip.head = {stored.added.back().seq, stored.added.back().hash};
    stored.tip.committed_at = now;
    if (auto moved = advance(store, batch.journal, stored.tip, place.value_or(Place{}), position); !moved) return moved.error();
    return stored;
}

Expected<Done> end_own_journal(Store& store)
{
    const auto own = store.meta("journal");
    if (!own) return own.error();
    if (own->empty()) return Done{};
    const auto tip = main_tip(store, {*own});
    if (!tip) return tip.error();
    if (auto put = store.put_meta("continues", to_text(Continued{{*own}, tip->head})); !put) return put;
    return store.put_meta("journal", "");
}

namespace {

/// A journal has one key: under another one a new journal follows it. Empty: none yet.
Expected<std::string> own_journal(Store& store, const KeyPair& identity)
{
    auto own = store.meta("journal");
    if (!own || own->empty()) return own;
    const auto known = find_journal(store, {*own});
    if (!known) return known.error();
    if (*known && (*known)->key == identity.public_key()) return own;
    if (auto ended = end_own_journal(store); !ended) return ended.error();
    return std::string{};
}

} // namespace

Expected<Done> record(Store& store, const KeyPair& identity, const Actor& actor, const std::vector<Fact>& facts,
                      std::int64_t position, const Moment& now, Random& random)
{
    auto own = own_journal(store, identity);
    if (!own) return own.error();
    Batch batch{.journal = {*own}, .after = {}, .rows = {}, .signature = {}};
    std::vector<std::pair<Actor, Fact>> all;
    const TerminalId hq{"hq"};
    if (own->empty()) {
        auto continues = store.meta("continues"); // of a restored HQ: the head of the journal before
        if (!continues) return continues.error();
        all.emplace_back(hq, JournalCreated{hq, to_hex(identity.public_key()), to_hex(random.bytes(16)), *continues});
    } else {
        auto tip = main_tip(store, batch.journal);
        if (!tip) return tip.error();
        batch.after = tip->head;
    }
    for (const auto& fact : facts) all.emplace_back(actor, fact);

    auto previous = batch.after;
    for (const auto& [who, fact] : all) {
        JournalRow row{.seq = previous.seq + 1,
                       .at_ms = to_ms(now.at),
                       .boot = now.boot,
                       .uptime_ms = now.uptime.count(),
                       .actor = to_text(who),
                       .kind = kind_of(fact),
                       .body = encode(fact),
                       .decision_end = batch.after.seq + all.size(),
                       .hash = {},
                       .signature = {}};
        row.hash = hash_of(previous.hash, row);
        previous = {row.seq, row.hash};
        if (batch.journal.empty()) {
            batch.journal = {to_hex(row.hash)};
            if (auto put = store.put_meta("journal", batch.journal.text); !put) return put;
        }
        batch.rows.push_back(std::move(row));
    }
    batch.rows.back().signature = identity.sign(Purpose::JournalRow, signed_bytes(batch.journal, previous.hash));
    auto stored = store_batch(store, batch, {hq, identity.public_key()}, position, now.at);
    if (!stored) return stored.error();
    return Done{};
}

namespace {

Expected<std::vector<JournalRow>> select(Store& store, const JournalId& journal, std::int64_t branch, std::uint64_t after,
                                         std::int64_t limit, const std::string& condition)
{
    auto rows = store.db().query(std::string{"SELECT "} + row_columns + " FROM fact WHERE journal = $1 AND branch = $2 AND seq > $3" +
                                     condition + " ORDER BY seq LIMIT $4",
                                 {journal.text, branch, static_cast<std::int64_t>(after), limit});
    if (!rows) return rows.error();
    std::vector<JournalRow> result;
    for (const auto& row : *rows) result.push_back(journal_row_from(row, 0));
    return result;
}

} // namespace

Expected<std::vector<JournalRow>> rows_of_branch(Store& store, const JournalId& journal, std::int64_t branch, std::uint64_t after,
                                                 std::int64_t limit)
{
    return select(store, journal, branch, after, limit, "");
}

Expected<std::vector<JournalRow>> believed_rows(Store& store, const JournalId& journal, std::int64_t branch, std::uint64_t after,
                                                std::int64_t limit)
{
    return select(store, journal, branch, after, limit, " AND quarantined = 0");
}

Expected<std::vector<Stretch>> history_of(Store& store, const JournalId& journal, std::int64_t branch)
{
    std::vector<Stretch> history{{branch, std::numeric_limits<std::int64_t>::max()}};
    while (history.back().branch != 0) {
        auto rows = store.db().query("SELECT parent, fork_seq FROM branch WHERE journal = $1 AND number = $2",
                                     {journal.text, history.back().branch});
        if (!rows) return rows.error();
        if (rows->empty() || rows->front().integer(0) >= history.back().branch || rows->front().integer(1) == 0) break;
        history.push_back({rows->front().integer(0), static_cast<std::uint64_t>(rows->front().integer(1))});
    }
    std::reverse(history.begin(), history.end());
    return history;
}

Expected<std::vector<std::pair<JournalId, KnownJournal>>> all_journals(Store& store)
{
    auto rows = store.db().query("SELECT id, terminal, public_key, continues FROM journal ORDER BY terminal, id");
    if (!rows) return rows.error();
    std::vector<std::pair<JournalId, KnownJournal>> result;
    for (const auto& row : *rows)
        result.push_back({{row.text(0)}, {{row.text(1)}, hash_from_hex(row.text(2)).value_or(PublicKey{}), row.text(3)}});
    return result;
}

} // namespace adal::sync::hq
