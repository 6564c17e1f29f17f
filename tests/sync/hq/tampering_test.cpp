#include "sync/hq/bodies.hpp"
#include "sync/hq/verify.hpp"
#include "tests/sync/hq/asking.hpp"

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;

namespace {

/// Somebody with HQ's database in her hands. Each attempt is undone after its verdict.
struct Tampering {
    Headquarters& headquarters;
    Terminal terminal{headquarters};
    hq::StorePool::Loan loan = headquarters.stores.borrow().value();
    hq::Store& store = *loan;

    explicit Tampering(Headquarters& at) : headquarters(at)
    {
        terminal.finish_module(aigerim, 1);
        REQUIRE(terminal.exchange());
        terminal.pass_test(aigerim, 16, true);
        REQUIRE(terminal.exchange());
    }
    const JournalId& journal() const { return terminal.journal->id(); }

    void change(const std::string& sql, std::vector<Value> parameters = {})
    {
        const auto changed = store.db().execute(sql, parameters);
        REQUIRE_MESSAGE(changed, sql << ": " << changed.error().message());
        REQUIRE(*changed > 0);
    }
    std::string verdict()
    {
        const auto verified = hq::verify_everything(store, headquarters.teaching);
        return verified ? "whole" : verified.error().message();
    }
    std::string chain()
    {
        const auto known = hq::find_journal(store, journal()).value();
        const auto verified = hq::verify_journal(store, journal(), *known);
        return verified ? "whole" : verified.error().message();
    }
    template <class Crime> std::string undone(Crime crime, std::string (Tampering::*by)() = &Tampering::verdict)
    {
        std::string said;
        const auto undo = fail(ErrorKind::Conflict, "undo");
        const auto done = store.db().transaction([&]() -> Expected<Done> {
            crime();
            said = (this->*by)();
            return undo;
        });
        CHECK(done.error().key == undo.key);
        return said;
    }
    std::int64_t head() const { return static_cast<std::int64_t>(terminal.journal->head().seq); }
};

std::string broken_at(std::int64_t seq) { return "hq.journal.broken terminal=t-01 seq=" + std::to_string(seq); }

Value flipped_at(const Value& value, std::size_t at)
{
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer ^ (std::int64_t{1} << (8 * (at % 8)));
    if (const auto* text = std::get_if<std::string>(&value)) {
        auto changed = *text;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        return changed;
    }
    auto changed = std::get<Bytes>(value);
    changed[at] ^= 1U;
    return changed;
}

std::size_t bytes_in(const Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return text->size();
    if (const auto* bytes = std::get_if<Bytes>(&value)) return bytes->size();
    return value.index() == 1 ? 8 : 0;
}

} // namespace

TEST_CASE("a flipped bit in any byte of any column of any row at HQ is found, and the row is named")
{
    Headquarters headquarters;
    Tampering hand{headquarters};
    REQUIRE(hand.verdict() == "whole");
    for (std::int64_t seq = 1; seq <= hand.head(); ++seq)
        for (const char* column : {"at_ms", "boot", "uptime_ms", "actor", "kind", "body", "decision_end", "hash", "signature"}) {
            const std::vector<Value> which{hand.journal().text, seq};
            const auto before = hand.store.db().query(std::string{"SELECT "} + column + " FROM fact WHERE journal = $1 AND seq = $2", which).value()[0].value(0);
            for (std::size_t at = 0; at < bytes_in(before); at += 3) {
                const auto said = hand.undone(
                    [&] { hand.change(std::string{"UPDATE fact SET "} + column + " = $3 WHERE journal = $1 AND seq = $2", {which[0], which[1], flipped_at(before, at)}); },
                    &Tampering::chain);
                REQUIRE_MESSAGE(said == broken_at(seq), column << " byte " << at << " of row " << seq);
            }
        }
    CHECK(hand.verdict() == "whole");
}

TEST_CASE("a row deleted at HQ is missed where it was, also at the end, also together with the head that knew of it")
{
    on_both_stores([](Headquarters& headquarters) {
        Tampering hand{headquarters};
        for (std::int64_t seq = 1; seq <= hand.head(); ++seq)
            CHECK(hand.undone([&] { hand.change("DELETE FROM fact WHERE journal = $1 AND seq = $2", {hand.journal().text, seq}); }) == broken_at(seq));
        const auto cut = [&](bool with_receipts) {
            const auto receipt = hand.store.db().query("SELECT MIN(head_seq) FROM receipt WHERE journal = $1", {hand.journal().text}).value();
            const auto end = receipt[0].integer(0);
            REQUIRE(end < hand.head());
            hand.change("DELETE FROM fact WHERE journal = $1 AND seq > $2", {hand.journal().text, end});
            hand.change("UPDATE branch SET head_seq = $2, head_hash = (SELECT hash FROM fact WHERE journal = $1 AND seq = $2) WHERE journal = $1",
                        {hand.journal().text, end});
            if (with_receipts) hand.change("DELETE FROM receipt WHERE journal = $1 AND head_seq > $2", {hand.journal().text, end});
        };
        CHECK(hand.undone([&] { cut(false); }) == broken_at(hand.head()));

        // Without a trace here: the terminal has the receipt, and shows it.
        const auto known = read_sync_state(*hand.terminal.beside).receipt_of(hand.journal());
        REQUIRE(hand.store.db().transaction([&]() -> Expected<Done> {
            cut(true);
            return hq::rebuild(hand.store, headquarters.teaching);
        }));
        CHECK(hand.verdict() == "whole");
        REQUIRE(hand.terminal.exchange());
        CHECK(hand.verdict().starts_with("hq.rolled_back"));
        CHECK(hand.chain() == "whole"); // all of it came again
        CHECK(hq::is_here(hand.store, hand.journal(), known->head).value());
    });
}

TEST_CASE("rows at HQ that changed places, and rows that nobody sent, are found")
{
    on_both_stores([](Headquarters& headquarters) {
        Tampering hand{headquarters};
        const Value journal = hand.journal().text;
        CHECK(hand.undone([&] {
            hand.change("UPDATE fact SET seq = 999 WHERE journal = $1 AND seq = 2", {journal});
            hand.change("UPDATE fact SET seq = 2 WHERE journal = $1 AND seq = 4", {journal});
            hand.change("UPDATE fact SET seq = 4 WHERE journal = $1 AND seq = 999", {journal});
        }) == broken_at(2));
        const auto insert = [&](std::int64_t seq, std::int64_t branch) {
            hand.change("INSERT INTO fact (hash, position, journal, branch, seq, at_ms, boot, uptime_ms, actor, kind, body, decision_end, signature, quarantined) "
                        "SELECT $2, position, journal, $3, $4, at_ms, boot, uptime_ms, actor, kind, body, $4, signature, 0 FROM fact WHERE journal = $1 AND seq = 3",
                        {journal, Bytes(32, 7), branch, seq});
        };
        CHECK(hand.undone([&] { insert(hand.head() + 1, 0); }) == broken_at(hand.head() + 1));
        CHECK(hand.undone([&] { insert(0, 0); }) == broken_at(0));
        CHECK(hand.undone([&] { insert(3, 1); }) == broken_at(3)); // of no branch
        CHECK(hand.undone([&] {
            hand.change("UPDATE fact SET seq = seq + 1000 WHERE journal = $1 AND seq >= 3", {journal});
            hand.change("UPDATE fact SET seq = seq - 999 WHERE journal = $1 AND seq >= 1000", {journal});
            hand.change("INSERT INTO fact (hash, position, journal, branch, seq, at_ms, boot, uptime_ms, actor, kind, body, decision_end, signature, quarantined) "
                        "SELECT $2, position, journal, branch, 3, at_ms, boot, uptime_ms, actor, kind, body, 3, signature, 0 FROM fact WHERE journal = $1 AND seq = 4",
                        {journal, Bytes(32, 7)});
        }) == broken_at(3));
    });
}

TEST_CASE("whoever rewrites a journal at HQ and signs it with a key of his own does not match its first row")
{
    on_both_stores([](Headquarters& headquarters) {
        Tampering hand{headquarters};
        const auto stranger = KeyPair::create(hand.terminal.root.path() / "stranger.key", headquarters.random).value();
        auto rows = hq::rows_of_branch(hand.store, hand.journal(), 0, 0, 1000).value();
        const auto said = hand.undone([&] {
            auto previous = rows[0].hash;
            for (std::size_t i = 1; i < rows.size(); ++i) {
                auto& row = rows[i];
                if (i == 1) row.actor = "person:p-000002";
                const auto hash = hash_of(previous, row);
                const auto signature = stranger.sign(Purpose::JournalRow, signed_bytes(hand.journal(), hash));
                hand.change("UPDATE fact SET hash = $3, actor = $4, signature = $5 WHERE journal = $1 AND seq = $2",
                            {hand.journal().text, static_cast<std::int64_t>(row.seq), blob(hash), row.actor, blob(signature)});
                for (const char* table : {"branch", "receipt"})
                    REQUIRE(hand.store.db().execute(std::string{"UPDATE "} + table + " SET head_hash = $3 WHERE journal = $1 AND head_seq = $2",
                                                    {hand.journal().text, static_cast<std::int64_t>(row.seq), blob(hash)}));
                previous = hash;
            }
            hand.change("UPDATE fact SET signature = $2 WHERE journal = $1 AND seq = 1",
                        {hand.journal().text, blob(stranger.sign(Purpose::JournalRow, signed_bytes(hand.journal(), rows[0].hash)))});
            hand.change("UPDATE journal SET public_key = $2 WHERE id = $1", {hand.journal().text, to_hex(stranger.public_key())});
            REQUIRE(hq::rebuild(hand.store, headquarters.teaching));
        });
        CHECK(said == broken_at(1));
    });
}

TEST_CASE("what a journal continues, and whose it is, stands in its first row and nowhere else")
{
    Headquarters headquarters;
    Tampering hand{headquarters};
    CHECK(hand.undone([&] { hand.change("UPDATE journal SET continues = $2 WHERE id = $1", {hand.journal().text, hand.journal().text + " 1 " + hand.journal().text}); }) ==
          broken_at(1));
    CHECK(hand.undone([&] { hand.change("UPDATE journal SET terminal = 't-02' WHERE id = $1", {hand.journal().text}); }) ==
          "hq.journal.broken terminal=t-02 seq=1");
}

TEST_CASE("a sealed body that was changed at HQ is found by its name")
{
    on_both_stores([](Headquarters& headquarters) {
        Tampering hand{headquarters};
        const Bytes content{1, 2, 3};
        REQUIRE(hand.store.write([&](std::int64_t) { return hq::keep_body(hand.store, sha256(content), content, {"t-01"}, headquarters.clock.now().at); }));
        CHECK(hand.verdict() == "whole");
        CHECK(hand.undone([&] { hand.change("UPDATE body SET content = $1", {Bytes{1, 2, 4}}); }) == "hq.body.changed hash=" + to_hex(sha256(content)));
    });
}

TEST_CASE("another terminal's batch sent under one's own name is refused, whatever is signed anew, and leaves nothing")
{
    on_both_stores([](Headquarters& headquarters) {
        Terminal victim{headquarters}, thief{headquarters};
        victim.finish_module(aigerim);
        const auto before = headquarters.count("fact");
        auto stolen = victim.request();
        stolen.terminal = thief.enrolment.certificate.terminal;
        CHECK(headquarters.intake->exchange(thief.envelope(stolen)).error().key == "hq.journal.foreign"); // HQ has none of it yet
        CHECK(headquarters.count("fact") == before);
        REQUIRE(victim.exchange());
        CHECK(headquarters.intake->exchange(thief.envelope(stolen)).error().key == "hq.journal.foreign");

        victim.pass_test(aigerim, 16, true);
        auto middle = victim.request(); // from the middle, under the thief's signatures
        middle.terminal = thief.enrolment.certificate.terminal;
        CHECK(headquarters.intake->exchange(thief.envelope(middle)).error().key == "hq.journal.foreign");
        auto rows = thief.request(); // the victim's rows as a continuation of the thief's own journal
        rows.batch.rows = middle.batch.rows;
        rows.batch.signature = middle.batch.signature;
        rows.first_row.clear();
        const auto refused = headquarters.intake->exchange(thief.envelope(rows));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::Corrupt);
        CHECK(headquarters.count("fact WHERE journal = '" + thief.journal->id().text + "'") == 0);
        REQUIRE(victim.exchange()); // and the owner is heard as ever
        CHECK(headquarters.count("fact WHERE journal = '" + victim.journal->id().text + "'") == static_cast<std::int64_t>(victim.journal->head().seq));
    });
}
