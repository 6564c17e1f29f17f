#include "sync/hq/verify.hpp"
#include "sync/hq/projections.hpp"
#include "sync/hq/rolled_back.hpp"
#include "sync/hq/terminals.hpp"

namespace adal::sync::hq {
namespace {

constexpr std::int64_t page = 1000;

struct Branch {
    std::int64_t number = 0;
    std::uint64_t fork_seq = 0;
    Head head;
};

Expected<std::vector<Branch>> branches_of(Store& store, const JournalId& journal)
{
    auto rows = store.db().query(
        "SELECT number, fork_seq, head_seq, head_hash FROM branch WHERE journal = $1 ORDER BY number", {journal.text});
    if (!rows) return rows.error();
    std::vector<Branch> result;
    for (const auto& row : *rows) {
        Hash hash{};
        std::copy(row.bytes(3).begin(), row.bytes(3).end(), hash.begin());
        result.push_back({row.integer(0),
                          static_cast<std::uint64_t>(row.integer(1)),
                          {static_cast<std::uint64_t>(row.integer(2)), hash}});
    }
    return result;
}

Error broken(const KnownJournal& known, std::uint64_t seq)
{
    return fail(ErrorKind::Corrupt, "hq.journal.broken",
                {{"terminal", known.terminal.text}, {"seq", std::to_string(seq)}});
}

/// The row a branch grows from, whichever branch it stands on.
Expected<Hash> hash_at_fork(Store& store, const JournalId& journal, const Branch& branch, const KnownJournal& known)
{
    if (branch.fork_seq == 0) return Hash{};
    auto first = rows_of_branch(store, journal, branch.number, branch.fork_seq, 1);
    if (!first) return first.error();
    auto candidates = store.db().query("SELECT hash FROM fact WHERE journal = $1 AND seq = $2",
                                       {journal.text, static_cast<std::int64_t>(branch.fork_seq)});
    if (!candidates) return candidates.error();
    for (const auto& candidate : *candidates) {
        Hash hash{};
        std::copy(candidate.bytes(0).begin(), candidate.bytes(0).end(), hash.begin());
        if (!first->empty() && hash_of(hash, first->front()) == first->front().hash) return hash;
    }
    return broken(known, branch.fork_seq + 1);
}

bool is_signed(const JournalRow& row, const JournalId& journal, const PublicKey& key)
{
    return row.signature && verify(key, Purpose::JournalRow, signed_bytes(journal, row.hash), *row.signature);
}

bool continues(const JournalRow& row, const Head& previous)
{
    return row.seq == previous.seq + 1 && hash_of(previous.hash, row) == row.hash && row.decision_end >= row.seq;
}

/// Row 1 names owner and key: whoever writes other ones beside the journal, and signs anew what he has changed, does not match it. One of a later version
/// says it in words we do not know; then the key is the enrolled one.
Expected<bool> is_born_so(Store& store, const JournalRow& first, const KnownJournal& known)
{
    const auto fact = decode(first.kind, first.body);
    if (const auto* created = std::get_if<JournalCreated>(&fact))
        return created->terminal == known.terminal && created->key == to_hex(known.key) && created->continues == known.continues;
    const auto terminal = find_terminal(store, known.terminal);
    if (!terminal) return terminal.error();
    return *terminal && (*terminal)->key == known.key;
}

Expected<std::uint64_t> verify_branch(Store& store, const JournalId& journal, const KnownJournal& known,
                                      const Branch& branch, Signatures wanted)
{
    auto start = hash_at_fork(store, journal, branch, known);
    if (!start) return start.error();
    Head head{branch.fork_seq, *start};
    std::uint64_t rows = 0;
    bool is_sealed = false; // the branch's head was met and its signature holds
    while (true) {
        auto next = rows_of_branch(store, journal, branch.number, head.seq, page);
        if (!next) return next.error();
        for (const auto& row : *next) {
            if (!continues(row, head) || (row.seq == 1 && to_hex(row.hash) != journal.text)) return broken(known, head.seq + 1);
            if (row.seq == 1)
                if (const auto born = is_born_so(store, row, known); !born || !*born) return born ? broken(known, 1) : born.error();
            head = {row.seq, row.hash};
            const bool is_last = head == branch.head;
            if ((wanted == Signatures::Every && row.signature) || is_last)
                if (!is_signed(row, journal, known.key)) return broken(known, head.seq);
            is_sealed = is_last;
            ++rows;
        }
        if (next->size() < page) break;
    }
    if (head.seq < branch.head.seq) return broken(known, head.seq + 1); // cut off
    if (!is_sealed || !(head == branch.head)) return broken(known, head.seq);
    return rows;
}

} // namespace

Expected<Verified> verify_journal(Store& store, const JournalId& journal, const KnownJournal& known, Signatures wanted)
{
    auto branches = branches_of(store, journal);
    if (!branches) return branches.error();
    Verified result;
    for (const auto& branch : *branches) {
        auto rows = verify_branch(store, journal, known, branch, wanted);
        if (!rows) return rows.error();
        result.rows += *rows;
        ++result.branches;
    }
    return result;
}

namespace {

/// A row that stands in no branch was put here by nobody who may.
Expected<Done> find_strays(Store& store)
{
    auto rows = store.db().query("SELECT COALESCE(j.terminal, ''), f.seq FROM fact f LEFT JOIN journal j ON j.id = f.journal "
                                 "LEFT JOIN branch b ON b.journal = f.journal AND b.number = f.branch "
                                 "WHERE j.id IS NULL OR b.number IS NULL OR f.seq <= b.fork_seq OR f.seq > b.head_seq "
                                 "ORDER BY 1, f.seq LIMIT 1");
    if (!rows) return rows.error();
    return rows->empty() ? Expected<Done>{Done{}} : broken({{rows->front().text(0)}}, static_cast<std::uint64_t>(rows->front().integer(1)));
}

/// What HQ has promised by a receipt: a tail that was cut off together with the head that knew of it is missed here.
Expected<Done> keep_promises(Store& store)
{
    auto rows = store.db().query("SELECT COALESCE(j.terminal, ''), r.head_seq FROM receipt r LEFT JOIN journal j ON j.id = r.journal "
                                 "LEFT JOIN fact f ON f.hash = r.head_hash AND f.journal = r.journal AND f.seq = r.head_seq "
                                 "WHERE f.hash IS NULL ORDER BY 1, r.head_seq LIMIT 1");
    if (!rows) return rows.error();
    return rows->empty() ? Expected<Done>{Done{}} : broken({{rows->front().text(0)}}, static_cast<std::uint64_t>(rows->front().integer(1)));
}

/// A body has the name of its own bytes.
Expected<Done> verify_bodies(Store& store)
{
    return store.db().each("SELECT hash, content FROM body ORDER BY hash", {}, [](const Row& row) -> Expected<Done> {
        const auto hash = hash_in(row, 0);
        return sha256(row.bytes(1)) == hash ? Expected<Done>{Done{}} : fail(ErrorKind::Corrupt, "hq.body.changed", {{"hash", to_hex(hash)}});
    });
}

/// Folded anew and taken back: verifying changes nothing.
Expected<std::string> folded_anew(Store& store, const Teaching& teaching)
{
    std::string pages;
    const auto undo = fail(ErrorKind::Conflict, "hq.verify.undo");
    auto done = store.write([&](std::int64_t) -> Expected<Done> {
        if (auto rebuilt = rebuild(store, teaching); !rebuilt) return rebuilt;
        auto text = projected(store);
        if (!text) return text.error();
        pages = std::move(*text);
        return undo;
    });
    if (!done && done.error().key != undo.key) return done.error();
    return pages;
}

} // namespace

Expected<Verification> verify_everything(Store& store, const Teaching& teaching)
{
    auto journals = all_journals(store);
    if (!journals) return journals.error();
    Verification result{.journals = journals->size(), .facts = 0};
    for (const auto& [id, known] : *journals) {
        auto verified = verify_journal(store, id, known);
        if (!verified) return verified.error();
        result.facts += verified->rows;
    }
    if (auto none = find_strays(store); !none) return none.error();
    if (auto kept = keep_promises(store); !kept) return kept.error();
    if (auto whole = verify_bodies(store); !whole) return whole.error();
    auto before = projected(store);
    if (!before) return before.error();
    auto after = folded_anew(store, teaching);
    if (!after) return after.error();
    if (*before != *after) return fail(ErrorKind::Corrupt, "hq.verify.projection");
    auto alarm = rolled_back(store);
    if (!alarm) return alarm.error();
    if (*alarm) return told(**alarm);
    return result;
}

} // namespace adal::sync::hq
