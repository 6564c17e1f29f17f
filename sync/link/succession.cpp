#include "sync/link/succession.hpp"
#include "sync/keys/private_file.hpp"
#include "sync/link/codecs.hpp"

namespace adal::sync {

namespace fs = std::filesystem;
using codecs::json;

namespace {

constexpr std::size_t largest_key = 1024;

// The new journal and its key until they take the names of the old ones.
fs::path unborn_journal(const TerminalFolder& folder) { return folder.root / "successor.db"; }
fs::path unborn_key(const TerminalFolder& folder) { return folder.root / "successor.key"; }

std::string name_of(const JournalId& journal) { return "succession." + journal.text; }

void remove_with_companions(const fs::path& path)
{
    std::error_code ignored;
    for (const auto* ending : {"", "-wal", "-shm", "-journal"}) fs::remove(path.string() + ending, ignored);
}

Expected<Done> make_folder(const fs::path& folder)
{
    std::error_code trouble;
    fs::create_directories(folder, trouble);
    if (!trouble) fs::permissions(folder, fs::perms::owner_all, trouble);
    if (trouble) return fail(ErrorKind::Unavailable, "link.folder", {{"path", folder.string()}});
    return sync_folder(folder);
}

// --- before the one step that counts: whatever an earlier try left is used if it fits, else made anew

Expected<KeyPair> new_key(const TerminalFolder& folder, const KeyPair& old, Random& random)
{
    auto key = KeyPair::open(unborn_key(folder));
    if (key && key->public_key() != old.public_key() && key->sealing_key() == old.sealing_key()) return key;
    if (!key && key.error().kind == ErrorKind::Unavailable) return key;
    std::error_code ignored;
    fs::remove(unborn_key(folder), ignored);
    return old.create_successor(unborn_key(folder), random);
}

bool is_next(const Journal& journal, const Continued& before, const KeyPair& key)
{
    return journal.continues() == before && journal.key() == key.public_key() && journal.head().seq == 1;
}

Expected<Journal> new_journal(const TerminalFolder& folder, const Journal& old, const KeyPair& key, const Clock& clock, Random& random)
{
    const Continued before{old.id(), old.head()};
    if (auto journal = Journal::open(unborn_journal(folder), key, clock); journal && is_next(*journal, before, key)) return journal;
    remove_with_companions(unborn_journal(folder)); // nobody has seen it
    return Journal::create(unborn_journal(folder), {.terminal = old.terminal(), .continues = to_text(before)}, key, clock, random);
}

Expected<Done> keep_succession(Beside& beside, const Journal& journal, const KeyPair& old_key)
{
    const auto first = journal.rows_after(0, 1);
    if (!first) return first.error();
    const auto succession = succeed(first->front().body, old_key);
    const json text{{"key", to_hex(succession.key)}, {"signature", to_hex(succession.signature)}};
    return beside.put(name_of(journal.id()), bytes_of(text.dump()));
}

Expected<Done> prepare(const TerminalFolder& folder, const Journal& old, const KeyPair& old_key, Beside& beside, const Clock& clock, Random& random)
{
    const auto key = new_key(folder, old_key, random);
    if (!key) return key.error();
    auto journal = new_journal(folder, old, *key, clock, random);
    if (!journal) return journal.error();
    if (auto kept = keep_succession(beside, *journal, old_key); !kept) return kept;
    return journal->fold_into_one_file(); // only the file itself is renamed
}

Expected<Done> copy_key(const fs::path& from, const fs::path& to)
{
    const auto bytes = read_private_file(from, largest_key);
    if (!bytes) return bytes.error();
    return write_private_file(to, *bytes);
}

// --- the step, and what follows from it

// Only a renaming that the disk did half leaves it under both names. Nothing else is overwritten.
Expected<Done> need_free_name(const fs::path& closed, const Journal& old)
{
    const auto taken = is_there(closed);
    if (!taken) return taken.error();
    if (!*taken) return Done{};
    const auto there = Journal::read_only(closed);
    if (!there || there->id() != old.id() || !old.contains(there->head()))
        return fail(ErrorKind::Conflict, "journal.exists", {{"path", closed.string()}});
    std::error_code ignored;
    fs::remove(closed, ignored);
    return Done{};
}

Expected<Done> close_for_good(const TerminalFolder& folder, const JournalFiles& closed)
{
    for (const auto* ending : {"-wal", "-shm"}) { // folded in: beside the next journal they would be read into that one
        std::error_code ignored;
        fs::remove(folder.journal().string() + ending, ignored);
    }
    if (auto durable = sync_folder(folder.root); !durable) return durable;
    if (auto renamed = rename_durably(folder.journal(), closed.journal); !renamed) return renamed;
    return sync_folder(folder.root);
}

} // namespace

JournalFiles files_of(const TerminalFolder& folder, const JournalId& closed)
{
    const auto stem = closed.text.substr(0, 16);
    return {folder.journals() / (stem + ".db"), folder.journals() / (stem + ".key")};
}

Expected<Done> begin_successor(const TerminalFolder& folder, Journal& old, const KeyPair& old_key, Beside& beside, const Clock& clock, Random& random)
{
    const auto closed = files_of(folder, old.id());
    if (auto is_free = need_free_name(closed.journal, old); !is_free) return is_free;
    const auto head = old.head();
    if (auto prepared = prepare(folder, old, old_key, beside, clock, random); !prepared) return prepared;
    if (auto made = make_folder(folder.journals()); !made) return made;
    if (auto copied = copy_key(folder.key(), closed.key); !copied) return copied;
    if (auto folded = old.fold_into_one_file(); !folded) return folded;
    if (old.head() != head) // a decision that was in doubt stands: the next try names it
        return fail(ErrorKind::Unavailable, "database.busy", {{"path", folder.journal().string()}});
    if (auto done = close_for_good(folder, closed); !done) return done;
    return complete_succession(folder);
}

namespace {

// The old journal was closed, and its successor has not yet its name. If the old one was taken away instead, that is no succession.
Expected<bool> is_cut_off(const TerminalFolder& folder)
{
    const auto has_journal = is_there(folder.journal()), has_next = is_there(unborn_journal(folder));
    for (const auto* answer : {&has_journal, &has_next})
        if (!*answer) return answer->error();
    if (*has_journal || !*has_next) return false;
    const auto next = Journal::read_only(unborn_journal(folder));
    if (!next) return next.error();
    if (!next->continues()) return false;
    return is_there(files_of(folder, next->continues()->journal).journal);
}

} // namespace

JournalFiles present_files(const TerminalFolder& folder)
{
    const auto cut_off = is_cut_off(folder);
    if (!cut_off || !*cut_off) return {folder.journal(), folder.key()};
    return {unborn_journal(folder), fs::exists(unborn_key(folder)) ? unborn_key(folder) : folder.key()};
}

Expected<Done> complete_succession(const TerminalFolder& folder)
{
    const auto cut_off = is_cut_off(folder), has_key = is_there(unborn_key(folder));
    for (const auto* answer : {&cut_off, &has_key})
        if (!*answer) return answer->error();
    if (!*cut_off) return Done{};
    if (*has_key)
        if (auto renamed = rename_durably(unborn_key(folder), folder.key()); !renamed) return renamed;
    return rename_durably(unborn_journal(folder), folder.journal());
}

std::optional<Succession> read_succession(const Beside& beside, const JournalId& journal)
{
    const auto bytes = beside.get(name_of(journal));
    if (!bytes) return std::nullopt;
    const auto succession = codecs::decoded<Succession>(text_of(*bytes), "succession", [](const json& from) {
        return Succession{.key = codecs::array_in<32>(from.at("key")), .signature = codecs::array_in<64>(from.at("signature"))};
    });
    return succession ? std::optional{*succession} : std::nullopt;
}

Expected<std::vector<Journal>> predecessors(const TerminalFolder& folder, const Journal& journal)
{
    std::vector<Journal> before;
    for (auto point = journal.continues(); point; point = before.back().continues()) {
        auto earlier = Journal::read_only(files_of(folder, point->journal).journal);
        if (!earlier && earlier.error().kind == ErrorKind::NotFound) break;
        if (!earlier) return earlier.error();
        const bool is_it = earlier->id() == point->journal && earlier->contains(point->head) && before.size() < 1000;
        if (!is_it) return fail(ErrorKind::Corrupt, "journal.unreadable", {{"path", files_of(folder, point->journal).journal.string()}});
        before.push_back(std::move(*earlier));
    }
    std::reverse(before.begin(), before.end());
    return before;
}

namespace {

// It lies beside the journal and may be lost; the old key is still here and says it again.
void restore_succession(const TerminalFolder& folder, const Journal& journal, Beside& beside)
{
    if (!journal.continues() || read_succession(beside, journal.id())) return;
    if (const auto key = KeyPair::open(files_of(folder, journal.continues()->journal).key))
        static_cast<void>(keep_succession(beside, journal, *key)); // HQ says so if it misses it
}

// A receipt of HQ's present life for the last row: nobody will ever write another.
bool has_all(const SyncState& state, const Journal& closed)
{
    const auto receipt = state.receipt_of(closed.id());
    return receipt && receipt->head == closed.head() && receipt->incarnation == state.incarnation;
}

} // namespace

void add(Exchanged& sum, const Exchanged& more)
{
    sum.sent += more.sent;
    sum.bodies += more.bodies;
    sum.requests += more.requests;
    sum.bytes_up += more.bytes_up;
    sum.bytes_down += more.bytes_down;
    sum.bytes_saved += more.bytes_saved;
    if (more.new_release) sum.new_release = more.new_release;
    if (more.new_roster) sum.new_roster = more.new_roster;
    if (more.new_keys) sum.new_keys = more.new_keys;
    sum.changed_people.insert(sum.changed_people.end(), more.changed_people.begin(), more.changed_people.end());
    if (more.clock && (!sum.clock || more.clock->uncertainty_ms < sum.clock->uncertainty_ms)) sum.clock = more.clock;
}

Expected<Exchanged> exchange_all(const TerminalFolder& folder, const Journal& present, Beside& beside, const KeyPair& present_key,
                                 const Enrolment& enrolment, Road& road, const Clock& clock, std::size_t batch_limit)
{
    auto closed = predecessors(folder, present);
    if (!closed) return closed.error();
    for (const auto& journal : *closed) restore_succession(folder, journal, beside);
    restore_succession(folder, present, beside);
    Exchanged sum;
    std::optional<Error> trouble;
    const auto send = [&](const Journal& journal, const KeyPair& key) -> Expected<Done> {
        const auto exchanged = exchange(folder, journal, beside, key, enrolment, road, clock, batch_limit);
        if (!exchanged) return exchanged.error();
        add(sum, *exchanged);
        return Done{};
    };
    const auto send_closed = [&]() -> Expected<Done> {
        for (const auto& journal : *closed) {
            if (has_all(read_sync_state(beside), journal)) continue;
            const auto key = KeyPair::open(files_of(folder, journal.id()).key);
            const auto sent = key ? send(journal, *key) : Expected<Done>{key.error()};
            if (!sent && (sent.error().kind == ErrorKind::Unavailable || read_revocation(beside))) return sent;
            if (!sent) trouble = sent.error();
        }
        return Done{};
    };
    if (auto sent = send_closed(); !sent) return sent.error();
    if (auto sent = send(present, present_key); !sent) return sent.error();
    if (auto sent = send_closed(); !sent) return sent.error(); // a restored HQ, of which the present one has just heard, lacks them again
    if (trouble) return *trouble;
    return sum;
}

} // namespace adal::sync
