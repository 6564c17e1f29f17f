#include "sync/journal/journal.hpp"
#include "tests/fuzz/database_mutator.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/samples.hpp"

namespace adal::fuzz {

using namespace sync;

namespace {

std::optional<PublicKey> key_in(const JournalRow& first)
{
    const auto fact = decode(first.kind, first.body);
    const auto* created = std::get_if<JournalCreated>(&fact);
    return created ? hash_from_hex(created->key) : std::nullopt;
}

void check_row(const JournalRow& row)
{
    must(encode(to_event(row).fact) == row.body, "a fact is passed on as it came");
}

/// What verifies here, HQ takes; and of what bears our key, only what we signed.
void check_verified(const Journal& journal)
{
    const auto rows = journal.rows_after(0, 1).value();
    const auto key = key_in(rows.front());
    must(key.has_value(), "row 1 names the key");
    must(*key != terminal_key.public_key() || journal.id() == journal_id(), "our key began one journal");
    Head after;
    while (after.seq < journal.head().seq) {
        const auto batch = journal.batch_after(after.seq, 3);
        must(batch && !batch->rows.empty(), "a journal that verifies can be sent");
        const auto judged = checked(*batch, *key);
        must(bool(judged), "what is sent is accepted");
        after = {judged->rows.back().seq, judged->rows.back().hash};
        if (*key == terminal_key.public_key()) must(after == head_before(after.seq + 1), "only what we signed verifies");
    }
    must(after == journal.head() && journal.contains(after), "it ends where it says");
}

} // namespace

void run(BytesView foreign)
{
    const ScratchFile file{foreign};
    const auto journal = Journal::read_only(file.path());
    if (!journal) return;
    if (const auto rows = journal->rows_after(0, 1000))
        for (const auto& row : *rows) check_row(row);
    static_cast<void>(journal->batch_after(0, 2));
    static_cast<void>(journal->batch_after(3, 2));
    static_cast<void>(journal->contains(journal->head()));
    const auto verified = journal->verify();
    if (verified) check_verified(*journal);
}

} // namespace adal::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    return adal::fuzz::mutate_database(data, size, most, seed);
}
