#include "tests/sync/journal/some_journal.hpp"
#include <doctest/doctest.h>

using namespace adal;
using namespace adal::sync;
using adal::tests::SomeJournal;

namespace {
const auto key = tests::terminal_key.public_key();

Expected<Batch> over_the_wire(const Batch& batch)
{
    auto received = decode_batch(encode(batch));
    return received ? checked(std::move(*received), key) : received;
}
} // namespace

TEST_CASE("a batch arrives as the rows that were written, proved by one signature")
{
    SomeJournal some;
    const auto journal = some.create_with_three_decisions();
    const auto received = over_the_wire(journal.batch_after(0, 100).value());
    REQUIRE(received);
    CHECK(received->journal == journal.id());
    REQUIRE(received->rows.size() == 5);
    CHECK(Head{5, received->rows.back().hash} == journal.head());
    CHECK(received->rows.back().signature.has_value());
    CHECK_FALSE(received->rows.front().signature.has_value());
}

TEST_CASE("a decision is never cut: not to fit the limit, and not when it alone exceeds it")
{
    SomeJournal some;
    const auto journal = some.create_with_three_decisions();
    const auto last_seq = [&](std::uint64_t seq, std::size_t limit) {
        return journal.batch_after(seq, limit)->rows.back().seq;
    };
    CHECK(last_seq(0, 2) == 2);
    CHECK(last_seq(0, 3) == 2);
    CHECK(last_seq(0, 4) == 4);
    CHECK(last_seq(2, 1) == 4);
    CHECK(journal.batch_after(5, 10)->rows.empty());
    CHECK(journal.batch_after(3, 10).error().key == "journal.no_such_head"); // inside a decision
    CHECK(journal.batch_after(6, 10).error().kind == ErrorKind::NotFound);
}

TEST_CASE("a batch goes on from where the last one ended, and only from there")
{
    SomeJournal some;
    const auto journal = some.create_with_three_decisions();
    auto batch = journal.batch_after(2, 100).value();
    CHECK(over_the_wire(batch));
    batch.after.hash[0] ^= 1U;
    CHECK_FALSE(over_the_wire(batch));
    batch = journal.batch_after(2, 100).value();
    batch.after.seq = 1;
    CHECK(over_the_wire(batch).error().message() == "batch.broken journal=" + journal.id().text + " seq=2");
}

TEST_CASE("a batch with a changed, missing, foreign or half decision is refused")
{
    SomeJournal some;
    const auto whole = some.create_with_three_decisions().batch_after(0, 100).value();
    const auto is_refused = [&](auto change) {
        auto batch = whole;
        change(batch);
        return !over_the_wire(batch);
    };
    CHECK_FALSE(is_refused([](Batch&) {}));
    CHECK(is_refused([](Batch& batch) { batch.rows[2].at_ms += 1; }));
    CHECK(is_refused([](Batch& batch) { batch.rows[0].body = "{}"; }));
    CHECK(is_refused([](Batch& batch) { batch.rows.erase(batch.rows.begin() + 1); }));
    CHECK(is_refused([](Batch& batch) { batch.rows.pop_back(); }));
    CHECK(is_refused([](Batch& batch) { batch.rows.resize(3); }));
    CHECK(is_refused([](Batch& batch) { batch.signature[9] ^= 1U; }));
    CHECK(is_refused([](Batch& batch) { batch.journal.text[0] = batch.journal.text[0] == 'a' ? 'b' : 'a'; }));
    CHECK(is_refused([](Batch& batch) { batch.rows[3].body += '\xff'; }));
    CHECK_FALSE(checked(whole, KeyPair::from_seed({9}).public_key()));
}

TEST_CASE("what is no batch is malformed, whatever it is")
{
    SomeJournal some;
    const auto good = encode(some.create_with_three_decisions().batch_after(4, 1).value());
    REQUIRE(decode_batch(good));
    const auto with = [&](const std::string& from, const std::string& to) {
        auto text = good;
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        return decode_batch(text.replace(at, from.size(), to));
    };
    for (auto text : {"", "{}", "[]", "null", "{\"rows\":1}", "\xff"})
        CHECK(decode_batch(text).error().key == "batch.malformed");
    CHECK_FALSE(with("\"seq\":5", "\"seq\":-5"));
    CHECK_FALSE(with("\"seq\":5", "\"seq\":5.5"));
    CHECK_FALSE(with("\"seq\":5", "\"seq\":18446744073709551615"));
    CHECK_FALSE(with("signed out", "signed\\u0000out"));
    CHECK_FALSE(with("\"journal\":\"", "\"journal\":\"X"));
}

TEST_CASE("a row that is not understood is still an event: nobody guesses")
{
    JournalRow row;
    row.kind = "from the future", row.body = "{}", row.actor = "person:p-1";
    CHECK(to_event(row).fact == Fact{UnknownFact{"from the future", "{}"}});
    row.actor = "robot:7", row.kind = "signed out", row.body = R"({"reason":"idle"})";
    CHECK(to_event(row).actor == Actor{Nobody{}});
    CHECK(std::holds_alternative<UnknownFact>(to_event(row).fact));
}

TEST_CASE("a batch that claims to begin at the beginning begins at zeros")
{
    SomeJournal some;
    auto batch = some.create_with_three_decisions().batch_after(0, 100).value();
    batch.after.hash[0] = 1;
    batch.journal.text = to_hex(hash_of(batch.after.hash, batch.rows.front())); // a name that would fit
    CHECK(checked(batch, key).error().message() == "batch.broken journal=" + batch.journal.text + " seq=1");
}

TEST_CASE("a number has one spelling on the wire: what wraps around or is no whole number is malformed")
{
    SomeJournal some;
    auto batch = some.create_with_three_decisions().batch_after(4, 100).value();
    batch.rows.front().at_ms = -1;
    const auto text = encode(batch);
    const auto at = text.find("\"at\":-1");
    REQUIRE(at != std::string::npos);
    REQUIRE(decode_batch(text));
    for (auto other : {"18446744073709551615", "9223372036854775808", "1e300", "1.0", "true", "null"}) {
        auto changed = text;
        CHECK(decode_batch(changed.replace(at + 5, 2, other)).error().key == "batch.malformed");
    }
}

TEST_CASE("damage in a long decision does not look as if there were nothing to send")
{
    SomeJournal some;
    const auto journal = some.create_with_three_decisions();
    auto raw = open_sqlite(some.path).value();
    REQUIRE(raw->script("DROP TRIGGER event_is_final; UPDATE event SET decision_end = 1 WHERE seq = 3"));
    CHECK(journal.batch_after(2, 1).error().key == "journal.broken");
}
