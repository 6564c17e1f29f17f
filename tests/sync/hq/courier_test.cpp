#include "sync/hq/bodies.hpp"
#include "sync/hq/courier.hpp"
#include "sync/hq/journals.hpp"
#include "sync/hq/key_ceremony.hpp"
#include "sync/hq/revocations.hpp"
#include "sync/hq/teaching.hpp"
#include "sync/link/succession.hpp"
#include "sync/link/terminal_courier.hpp"
#include "tests/support/faulty_medium.hpp"
#include "tests/support/terminal_folder.hpp"
#include "tests/sync/hq/headquarters.hpp"
#include <fstream>
#include <set>

using namespace adal;
using namespace adal::sync;
using namespace adal::tests;
using support::FaultyMedium;
namespace fs = std::filesystem;

namespace {


struct UsbStick {
    support::TemporaryFolder root;
    FaultyMedium medium;
    Stick stick{root.path(), medium};

    std::vector<std::string> files(Stick::Shelf shelf) const { return stick.names(shelf).value(); }
    fs::path up() const { return root.path() / "adal/up"; }
    fs::path down() const { return root.path() / "adal/down"; }
    fs::path only_part() const { return up() / files(Stick::Shelf::Up).at(0); }
    void copy_to(UsbStick& other) const { fs::copy(root.path(), other.root.path(), fs::copy_options::recursive | fs::copy_options::overwrite_existing); }
    void lose_shelf(const char* shelf) const { fs::remove_all(root.path() / "adal" / shelf); }
};

TerminalAtStick at(Terminal& terminal, UsbStick& usb)
{
    return {terminal.folder, *terminal.journal, *terminal.beside, *terminal.key, terminal.headquarters.clock, usb.stick};
}

WrittenOut carry_out(Terminal& terminal, UsbStick& usb)
{
    auto out = write_out(at(terminal, usb));
    REQUIRE_MESSAGE(out, out.error().message());
    if (out->stopped) FAIL(out->stopped->message());
    return *out;
}

Expected<TakenIn> try_take_in(Terminal& terminal, UsbStick& usb) { return take_in(at(terminal, usb)); }

TakenIn carry_in(Terminal& terminal, UsbStick& usb)
{
    auto in = try_take_in(terminal, usb);
    REQUIRE_MESSAGE(in, in.error().message());
    for (const auto& refused : in->refused) FAIL(refused.file << ": " << refused.reason.message());
    return *in;
}

hq::StickTaken try_hq_in(Headquarters& headquarters, UsbStick& usb)
{
    auto store = headquarters.stores.borrow().value();
    auto taken = hq::take_stick(*headquarters.intake, *store, *headquarters.keys, usb.stick, headquarters.clock.now().at);
    REQUIRE_MESSAGE(taken, taken.error().message());
    return *taken;
}

hq::StickTaken hq_in(Headquarters& headquarters, UsbStick& usb)
{
    auto taken = try_hq_in(headquarters, usb);
    for (const auto& refused : taken.refused) FAIL(refused.file << ": " << refused.reason.message());
    return taken;
}

Expected<hq::StickWritten> try_hq_out(Headquarters& headquarters, UsbStick& usb, const std::vector<TerminalId>& named = {})
{
    auto store = headquarters.stores.borrow().value();
    return hq::write_stick({*store, {headquarters.folder, *headquarters.keys, headquarters.clock, headquarters.random}}, usb.stick, named);
}

hq::StickWritten hq_out(Headquarters& headquarters, UsbStick& usb, const std::vector<TerminalId>& named = {})
{
    auto written = try_hq_out(headquarters, usb, named);
    REQUIRE_MESSAGE(written, written.error().message());
    if (written->stopped) FAIL(written->stopped->message());
    return *written;
}

/// There and back.
TakenIn round_trip(Terminal& terminal, UsbStick& usb)
{
    carry_out(terminal, usb);
    hq_in(terminal.headquarters, usb);
    hq_out(terminal.headquarters, usb);
    return carry_in(terminal, usb);
}

std::optional<Receipt> receipt_of(const Terminal& terminal) { return read_sync_state(*terminal.beside).receipt_of(terminal.journal->id()); }

/// HQ has every row, once, and the terminal knows it.
void check_all_at_hq(Terminal& terminal)
{
    auto store = terminal.headquarters.stores.borrow().value();
    const auto rows = store->db().query("SELECT COUNT(*), COUNT(DISTINCT seq), MAX(seq) FROM fact WHERE journal = $1", {terminal.journal->id().text}).value();
    const auto head = static_cast<std::int64_t>(terminal.journal->head().seq);
    CHECK(rows.at(0).integer(0) == head);
    CHECK(rows.at(0).integer(1) == head);
    CHECK(rows.at(0).integer(2) == head);
    const auto receipt = receipt_of(terminal);
    REQUIRE(receipt);
    CHECK(receipt->head == terminal.journal->head());
    CHECK_FALSE(read_sync_state(*terminal.beside).alarm);
}

void dispute(Terminal& terminal, const std::string& words)
{
    const auto hash = terminal.beside->keep_body(seal(terminal.enrolment.keys.list.sealing.front(), bytes_of(words))).value();
    terminal.record(aigerim, {quizzes::ResultDisputed{.attempt = {"a1"}, .words = hash}});
}

void flip(const fs::path& path, double where)
{
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    file.seekg(0, std::ios::end);
    const auto position = static_cast<std::streamoff>(static_cast<double>(file.tellg()) * where);
    file.seekg(position);
    const auto byte = static_cast<char>(file.get() ^ 1);
    file.seekp(position);
    file.put(byte);
}

} // namespace

TEST_CASE("a stick brings facts and bodies to HQ, and receipt, people and materials home")
{
    on_both_stores([](Headquarters& headquarters) {
        publish(headquarters);
        Terminal terminal{headquarters};
        terminal.finish_module(aigerim);
        dispute(terminal, "I chose the other one");
        UsbStick usb;
        const auto out = carry_out(terminal, usb);
        CHECK(out.rows == terminal.journal->head().seq);
        CHECK(out.bodies == 1);
        const auto taken = hq_in(headquarters, usb);
        REQUIRE(taken.terminals.size() == 1);
        CHECK(taken.terminals[0].facts == terminal.journal->head().seq);
        CHECK(taken.terminals[0].bodies == 1);
        CHECK(headquarters.count("body") == 1);
        const auto written = hq_out(headquarters, usb);
        CHECK(written.packs.size() == 2);
        CHECK(usb.files(Stick::Shelf::Up).empty()); // what HQ has nobody need carry
        const auto in = carry_in(terminal, usb);
        CHECK(in.has_bundle);
        CHECK(in.exchanged.new_release == 1);
        CHECK(in.exchanged.new_roster);
        CHECK(read_roster(*terminal.beside, *terminal.key, terminal.enrolment)->find(aigerim));
        CHECK(read_release(*terminal.beside, terminal.enrolment)->packs.size() == 2);
        check_all_at_hq(terminal);
    });
}

TEST_CASE("a stick that is copied and brought twice changes nothing the second time")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    UsbStick usb, copy;
    carry_out(terminal, usb);
    usb.copy_to(copy);
    hq_in(headquarters, usb);
    const auto pages = headquarters.pages();
    const auto again = hq_in(headquarters, copy);
    CHECK(again.terminals.at(0).facts == 0);
    CHECK(headquarters.pages() == pages);
    hq_out(headquarters, copy);
    carry_in(terminal, copy);
    check_all_at_hq(terminal);
}

TEST_CASE("sticks arrive in any order: each begins at the last stored receipt and is complete")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    UsbStick first, second;
    terminal.finish_module(aigerim, 2);
    carry_out(terminal, first);
    terminal.finish_module(aigerim, 3);
    carry_out(terminal, second);
    CHECK(hq_in(headquarters, second).terminals.at(0).facts == terminal.journal->head().seq);
    CHECK(hq_in(headquarters, first).terminals.at(0).facts == 0);
    hq_out(headquarters, first);
    carry_in(terminal, first);
    check_all_at_hq(terminal);
}

TEST_CASE("a stick is lost: the next one carries the same again")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    {
        UsbStick lost;
        carry_out(terminal, lost);
    }
    UsbStick usb;
    round_trip(terminal, usb);
    check_all_at_hq(terminal);
}

TEST_CASE("a stick that comes home late, with old receipts, moves nothing back")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    UsbStick late, usb;
    carry_out(terminal, late);
    hq_in(headquarters, late);
    hq_out(headquarters, late);
    terminal.finish_module(aigerim);
    REQUIRE(terminal.exchange());
    const auto receipt = receipt_of(terminal);
    const auto in = carry_in(terminal, late);
    CHECK(in.receipts.empty());
    CHECK(receipt_of(terminal) == receipt);
    check_all_at_hq(terminal);
}

TEST_CASE("parts that are whole on the stick stay; of the rest nothing is there twice")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    const std::vector<Fact> much(100, quizzes::ItemPresented{.attempt = {std::string(1000, 'a')}, .item = {"gifts-01"}});
    for (int i = 0; i < 60; ++i) terminal.record(aigerim, much);
    UsbStick usb;
    const auto first = carry_out(terminal, usb);
    REQUIRE(first.written.size() >= 2);
    const auto kept_file = usb.up() / usb.files(Stick::Shelf::Up).at(0);
    const auto before = fs::last_write_time(kept_file);
    terminal.finish_module(aigerim);
    const auto second = carry_out(terminal, usb);
    CHECK(second.kept.size() == first.written.size() - 1);
    CHECK(second.written.size() == 1);
    CHECK(second.removed.size() == 1); // the last part, which was shorter
    CHECK(fs::last_write_time(kept_file) == before);

    flip(kept_file, 0.5);
    const auto third = carry_out(terminal, usb);
    CHECK(third.written.size() == 2); // a damaged one is written anew
    hq_in(headquarters, usb);
    hq_out(headquarters, usb);
    carry_in(terminal, usb);
    check_all_at_hq(terminal);
    CHECK(usb.files(Stick::Shelf::Up).empty());
}

TEST_CASE("whichever step of writing fails, in whichever manner, the next try puts it right, and what is whole counts meanwhile")
{
    using enum FaultyMedium::Manner;
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    for (const auto manner : {DidNotHappen, HappenedUnheard, TornInHalf})
        for (int step = 0;; ++step) {
            UsbStick usb;
            usb.medium.manner = manner;
            usb.medium.fails_at = step;
            const auto out = write_out(at(terminal, usb));
            if (out && !out->stopped) break; // it has fewer steps
            CHECK((out ? *out->stopped : out.error()).key == "stick.gone");
            usb.medium.fails_at.reset();
            try_hq_in(headquarters, usb); // whatever is there is whole or refused; nothing breaks
            carry_out(terminal, usb);
            hq_in(headquarters, usb);
        }
    UsbStick usb;
    hq_out(headquarters, usb);
    carry_in(terminal, usb);
    check_all_at_hq(terminal);
}

TEST_CASE("whichever step of HQ's writing fails, in whichever manner, no terminal takes anything half")
{
    using enum FaultyMedium::Manner;
    Headquarters headquarters;
    publish(headquarters);
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    UsbStick first;
    carry_out(terminal, first);
    hq_in(headquarters, first);
    for (const auto manner : {DidNotHappen, HappenedUnheard, TornInHalf})
        for (int step = 0;; ++step) {
            UsbStick usb;
            usb.medium.manner = manner;
            usb.medium.fails_at = step;
            const auto written = try_hq_out(headquarters, usb);
            if (written && !written->stopped) break;
            usb.medium.fails_at.reset();
            const auto in = try_take_in(terminal, usb);
            REQUIRE(in);
            for (const auto& refused : in->refused) CHECK(refused.reason.key == "stick.no_pack");
            hq_out(headquarters, usb);
            carry_in(terminal, usb);
        }
    CHECK(read_release(*terminal.beside, terminal.enrolment)->number == 1);
    check_all_at_hq(terminal);
}

TEST_CASE("a stick without room says so; what was written whole is good")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    const std::vector<Fact> much(100, quizzes::ItemPresented{.attempt = {std::string(1000, 'a')}, .item = {"gifts-01"}});
    for (int i = 0; i < 60; ++i) terminal.record(aigerim, much);
    UsbStick usb, roomy;
    carry_out(terminal, roomy);
    usb.medium.room = fs::file_size(roomy.only_part()) + 100; // the first part and no more
    const auto out = write_out(at(terminal, usb));
    REQUIRE(out);
    REQUIRE(out->stopped);
    CHECK(out->stopped->key == "stick.full");
    CHECK(out->written.size() == usb.files(Stick::Shelf::Up).size());
    usb.medium.room.reset();
    hq_in(headquarters, usb);
    hq_out(headquarters, usb);
    CHECK(out->written.size() == 1);
    CHECK(carry_in(terminal, usb).receipts.size() == 1);
    round_trip(terminal, usb);
    check_all_at_hq(terminal);
}

TEST_CASE("a part that was flipped, cut, renamed or made by a stranger is refused by name, and the others are taken")
{
    Headquarters headquarters;
    Terminal terminal{headquarters}, other{headquarters};
    terminal.finish_module(aigerim);
    other.finish_module(aigerim);
    UsbStick whole;
    carry_out(terminal, whole);
    const auto name = whole.files(Stick::Shelf::Up).at(0);
    const auto spoilt = [&](auto spoil) {
        UsbStick usb;
        whole.copy_to(usb);
        spoil(usb.up() / name);
        carry_out(other, usb);
        const auto taken = try_hq_in(headquarters, usb);
        REQUIRE(taken.refused.size() == 1);
        CHECK(taken.refused[0].file == "up/" + name);
        CHECK(taken.parts == 1);
        CHECK(headquarters.count("fact WHERE journal = '" + terminal.journal->id().text + "'") == 0);
        return taken.refused[0].reason.key;
    };
    CHECK(spoilt([](const auto& path) { flip(path, 0.5); }) == "bundle.broken");
    CHECK(spoilt([](const auto& path) { flip(path, 0.999); }) == "link.signature");
    CHECK(spoilt([](const auto& path) { fs::resize_file(path, fs::file_size(path) / 2); }) == "bundle.broken");
    CHECK(spoilt([](const auto& path) { fs::resize_file(path, 0); }) == "bundle.broken");
    CHECK(spoilt([](const auto& path) { std::ofstream{path} << "MZ, a virus"; }) == "bundle.broken");
    CHECK(headquarters.count("fact WHERE journal = '" + other.journal->id().text + "'") == static_cast<std::int64_t>(other.journal->head().seq));
}

TEST_CASE("whoever is not enrolled, or speaks with a key that nobody vouched for, is not listened to")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    const auto stranger = KeyPair::from_seed({9});
    const auto part = [&](const std::string& sender, const Signer& signer, const std::vector<BundleItem>& items) {
        auto store = headquarters.stores.borrow().value();
        const auto bytes = make_bundle({sender, "", headquarters.keys->sealing.sealing_key(), 0}, items, signer);
        return hq::take_part(*headquarters.intake, *store, *headquarters.keys, bytes, headquarters.clock.now().at);
    };
    const auto& id = terminal.enrolment.certificate.terminal.text;
    const BundleItem body{BundleItem::Kind::Body, Bytes{1, 2, 3}};
    CHECK(part("t-99", stranger, {body}).error().key == "hq.terminal.unknown");
    CHECK(part(id, stranger, {body}).error().key == "link.signature");
    const BundleItem others{BundleItem::Kind::Exchange, terminal.envelope(terminal.request())};
    Terminal other{headquarters};
    CHECK(part(other.enrolment.certificate.terminal.text, *other.key, {others}).error().key == "bundle.other_sender");
    CHECK(headquarters.count("body") == 0);
    CHECK(headquarters.count("journal WHERE terminal <> 'hq'") == 0);
    CHECK(part(id, *terminal.key, {body, others})->facts == terminal.journal->head().seq);
}

TEST_CASE("a bundle for another terminal, a damaged one and a stranger's are refused by name and change nothing")
{
    Headquarters headquarters;
    publish(headquarters);
    Terminal terminal{headquarters}, other{headquarters};
    UsbStick usb;
    carry_out(terminal, usb);
    carry_out(other, usb);
    hq_in(headquarters, usb);
    hq_out(headquarters, usb);
    const auto mine = usb.down() / down_name(terminal.enrolment.certificate.terminal), others = usb.down() / down_name(other.enrolment.certificate.terminal);
    const auto refusal = [&](auto spoil) {
        UsbStick spoilt;
        usb.copy_to(spoilt);
        spoil(spoilt.down() / mine.filename());
        const auto in = try_take_in(terminal, spoilt);
        REQUIRE(in);
        REQUIRE(in->refused.size() == 1);
        CHECK(in->refused[0].file == "down/" + mine.filename().string());
        CHECK_FALSE(receipt_of(terminal));
        CHECK(read_sync_state(*terminal.beside).release == 0);
        return in->refused[0].reason.key;
    };
    CHECK(refusal([&](const auto& path) { fs::copy_file(others, path, fs::copy_options::overwrite_existing); }) == "bundle.other_receiver");
    CHECK(refusal([](const auto& path) { flip(path, 0.5); }) == "bundle.broken");
    CHECK(refusal([](const auto& path) { flip(path, 0.9999); }) == "link.signature");
    CHECK(refusal([](const auto& path) { fs::resize_file(path, 100); }) == "bundle.broken");
    CHECK(refusal([&](const auto& path) {
              const auto stranger = KeyPair::from_seed({9});
              std::ofstream{path, std::ios::binary} << text_of(make_bundle({"hq", "", terminal.key->sealing_key(), 1}, {}, stranger));
          }) == "link.signature");
    carry_in(terminal, usb);
    check_all_at_hq(terminal);
}

TEST_CASE("materials that are missing or damaged on the stick keep nothing else back, and come with the next one")
{
    Headquarters headquarters;
    publish(headquarters);
    Terminal terminal{headquarters};
    UsbStick usb;
    carry_out(terminal, usb);
    hq_in(headquarters, usb);
    hq_out(headquarters, usb);
    const auto pack = usb.root.path() / "adal/packs" / usb.files(Stick::Shelf::Packs).at(0);
    flip(pack, 0.5);
    auto in = try_take_in(terminal, usb);
    REQUIRE(in);
    REQUIRE(in->refused.size() == 1);
    CHECK(in->refused[0].reason.key == "stick.pack_broken");
    check_all_at_hq(terminal);
    CHECK(in->exchanged.new_roster);
    fs::remove(pack);
    in = try_take_in(terminal, usb);
    CHECK(in->refused.at(0).reason.key == "stick.no_pack");
    CHECK(hq_out(headquarters, usb).packs.size() == 1);
    CHECK(carry_in(terminal, usb).exchanged.new_release == 1);
}

TEST_CASE("packs that are whole on a stick stay, and those of an older release go")
{
    Headquarters headquarters;
    publish(headquarters);
    Terminal terminal{headquarters};
    UsbStick usb;
    round_trip(terminal, usb);
    CHECK(hq_out(headquarters, usb).packs.empty());
    publish(headquarters, "\n## Four\n\nMore.\n");
    hq_out(headquarters, usb);
    CHECK(usb.files(Stick::Shelf::Packs).size() == 2);
    CHECK(carry_in(terminal, usb).exchanged.new_release == 2);
}

TEST_CASE("a neighbour with a network carries: its part goes up, HQ's answer waits for the next stick")
{
    Headquarters headquarters;
    Terminal far{headquarters}, near{headquarters};
    far.finish_module(aigerim);
    UsbStick usb;
    carry_out(far, usb);
    CHECK(carry_in(near, usb).carried == 1);
    CHECK(carry_in(near, usb).carried == 0); // the same again
    LossyRoad road{*headquarters.intake};
    road.replies_to_lose = 1;
    CHECK(forward_carried(*near.beside, road).error().kind == ErrorKind::Unavailable); // it happened, but the reply was lost
    const auto forwarded = forward_carried(*near.beside, road);
    REQUIRE(forwarded);
    CHECK(forwarded->parts == 1);
    CHECK(forward_carried(*near.beside, road)->parts == 0);
    UsbStick home;
    CHECK(carry_out(near, home).neighbours == 1);
    carry_in(far, home);
    check_all_at_hq(far);
}

TEST_CASE("a neighbour without a network carries, too: on its own next stick")
{
    Headquarters headquarters;
    Terminal far{headquarters}, near{headquarters};
    far.finish_module(aigerim);
    UsbStick usb, another;
    carry_out(far, usb);
    carry_in(near, usb);
    near.finish_module(aigerim);
    CHECK(carry_out(near, another).neighbours == 1);
    CHECK(hq_in(headquarters, another).terminals.size() == 2);
    hq_out(headquarters, another);
    carry_in(near, another);
    carry_in(far, another);
    check_all_at_hq(near);
    check_all_at_hq(far);
}

TEST_CASE("whoever answers for HQ, or refuses in its name, does not make a neighbour's part disappear unheard")
{
    struct Portal final : Road {
        Expected<Bytes> answer = Bytes{'<', 'h', 't', 'm', 'l', '>'};
        Expected<Bytes> keys() override { return answer; }
        Expected<Bytes> enrol(BytesView) override { return answer; }
        Expected<Bytes> exchange(BytesView) override { return answer; }
        Expected<Done> fetch(const BlobQuestion&, const Sink&) override { return Done{}; }
        Expected<Done> put_blob(const Hash&, BytesView, const Bytes&) override { return Done{}; }
        Expected<Bytes> bundle(BytesView) override { return answer; }
    } portal;
    Headquarters headquarters;
    Terminal far{headquarters}, near{headquarters};
    UsbStick usb;
    carry_out(far, usb);
    carry_in(near, usb);
    CHECK(forward_carried(*near.beside, portal).error().key == "link.foreign_answer");
    portal.answer = fail(ErrorKind::NotFound, "link.not_there"); // an HQ of before
    CHECK_FALSE(forward_carried(*near.beside, portal));
    CHECK(Carried{*near.beside}.entries()->size() == 1);
    CHECK(forward_carried(*near.beside, *headquarters.intake)->parts == 1);
}

TEST_CASE("a stick from before HQ was restored is recognised for what it is, and everything goes up again")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    UsbStick before, after;
    carry_out(terminal, before);
    hq_in(headquarters, before);
    hq_out(headquarters, before);
    { // a backup of before the stick: the rows are gone, and it is a later life
        auto store = headquarters.stores.borrow().value();
        REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
            for (const auto* table : {"fact", "branch", "receipt", "journal"})
                if (auto gone = store->db().execute(std::string{"DELETE FROM "} + table + (std::string{table} == "journal" ? " WHERE id = $1" : " WHERE journal = $1"),
                                                    {terminal.journal->id().text});
                    !gone)
                    return gone.error();
            return store->put_meta("incarnation", to_text({.second = 4'000'000'000, .random = 1}));
        }));
    }
    round_trip(terminal, after);
    check_all_at_hq(terminal);
    const auto receipt = receipt_of(terminal);
    const auto late = try_take_in(terminal, before);
    REQUIRE(late);
    REQUIRE(late->refused.size() == 1);
    CHECK(late->refused[0].reason.key == "link.before_restore");
    CHECK(receipt_of(terminal) == receipt);
    CHECK_FALSE(read_sync_state(*terminal.beside).alarm);
}

TEST_CASE("a terminal whose receipts are of an earlier life begins again from what HQ still has")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    UsbStick usb;
    terminal.finish_module(aigerim);
    round_trip(terminal, usb);
    const auto kept = terminal.journal->head().seq;
    terminal.finish_module(aigerim);
    round_trip(terminal, usb);
    {
        auto store = headquarters.stores.borrow().value();
        REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
            const std::vector<Value> after{terminal.journal->id().text, static_cast<std::int64_t>(kept)};
            for (const auto* sql : {"DELETE FROM fact WHERE journal = $1 AND seq > $2", "DELETE FROM receipt WHERE journal = $1 AND head_seq > $2",
                                    "UPDATE branch SET head_seq = $2, head_hash = (SELECT hash FROM fact WHERE journal = $1 AND seq = $2) WHERE journal = $1"})
                if (auto done = store->db().execute(sql, after); !done) return done.error();
            return store->put_meta("incarnation", to_text({.second = 4'000'000'000, .random = 1}));
        }));
    }
    terminal.finish_module(aigerim);
    carry_out(terminal, usb);
    const auto gap = try_hq_in(headquarters, usb);
    CHECK(gap.refused.at(0).reason.key == "bundle.gap");
    hq_out(headquarters, usb);
    carry_in(terminal, usb);
    CHECK(receipt_of(terminal)->head.seq == kept);
    round_trip(terminal, usb);
    check_all_at_hq(terminal);
}

TEST_CASE("an HQ that was restored to before it heard of this terminal's journals gets them from the first row on")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    UsbStick usb;
    terminal.finish_module(aigerim);
    round_trip(terminal, usb);
    REQUIRE(begin_successor(terminal.folder, *terminal.journal, *terminal.key, *terminal.beside, headquarters.clock, headquarters.random));
    terminal.open();
    terminal.finish_module(aigerim);
    round_trip(terminal, usb);
    check_all_at_hq(terminal);
    const auto facts = headquarters.count("fact");
    {
        auto store = headquarters.stores.borrow().value();
        REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
            for (const auto* sql : {"DELETE FROM fact WHERE journal IN (SELECT id FROM journal WHERE terminal <> 'hq')", "DELETE FROM receipt", "DELETE FROM said",
                                    "DELETE FROM branch WHERE journal IN (SELECT id FROM journal WHERE terminal <> 'hq')", "DELETE FROM journal WHERE terminal <> 'hq'"})
                if (auto gone = store->db().execute(sql, {}); !gone) return gone.error();
            return store->put_meta("incarnation", to_text({.second = 4'000'000'000, .random = 1}));
        }));
    }
    carry_out(terminal, usb);
    try_hq_in(headquarters, usb); // nothing of it is proven
    hq_out(headquarters, usb);
    carry_in(terminal, usb);
    round_trip(terminal, usb);
    check_all_at_hq(terminal);
    CHECK(headquarters.count("fact") == facts);
}

namespace {

const std::set<hq::KeyRole> every_role{hq::KeyRole::Receipt, hq::KeyRole::Release, hq::KeyRole::Identity, hq::KeyRole::Sealing};

void change_keys(Headquarters& headquarters, const hq::KeyWishes& wishes, const Signer& root, const std::optional<PublicKey>& next_root = {})
{
    auto store = headquarters.stores.borrow().value();
    const auto request = hq::request_keys(headquarters.folder, wishes, headquarters.random).value();
    REQUIRE(hq::install_keys(*store, headquarters.folder, hq::sign_request(request, root, next_root).value(), Nobody{}, headquarters.clock, headquarters.random));
    headquarters.keys.emplace(hq::open_keys(headquarters.folder).value());
    headquarters.intake = std::make_unique<hq::Intake>(headquarters.stores, headquarters.folder, *headquarters.keys, headquarters.clock, headquarters.random);
}

KeyPair root_of(const Headquarters& headquarters) { return KeyPair::open(headquarters.founded.root_key).value(); }

void withdraw_at_hq(Headquarters& headquarters, const Terminal& terminal)
{
    auto store = headquarters.stores.borrow().value();
    REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
        auto heads = hq::revoke(*store, terminal.journal->terminal(), false, headquarters.clock.now().at);
        if (!heads) return heads.error();
        return Done{};
    }));
}

} // namespace

TEST_CASE("keys that were exchanged meanwhile come home on the stick, and judge it")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    UsbStick usb;
    carry_out(terminal, usb);
    change_keys(headquarters, {every_role, {}, {}}, root_of(headquarters));
    hq_in(headquarters, usb); // sealed to the old key
    hq_out(headquarters, usb);
    CHECK(carry_in(terminal, usb).exchanged.new_keys == 2);
    CHECK(read_enrolment(*terminal.beside)->keys.list.number == 2);
    check_all_at_hq(terminal);
    terminal.finish_module(aigerim);
    round_trip(terminal, usb);
    check_all_at_hq(terminal);
}

TEST_CASE("a terminal that never got anything to HQ takes keys that were dropped and replaced, and what it writes then is read")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    UsbStick usb;
    carry_out(terminal, usb);
    change_keys(headquarters, {{}, every_role, {}}, root_of(headquarters));
    CHECK(try_hq_in(headquarters, usb).refused.at(0).reason.key == "bundle.other_receiver");
    hq_out(headquarters, usb);
    CHECK(carry_in(terminal, usb).exchanged.new_keys == 2);
    round_trip(terminal, usb);
    check_all_at_hq(terminal);
}

TEST_CASE("a neighbour brings new keys home to a terminal whose part HQ cannot open any more")
{
    Headquarters headquarters;
    Terminal far{headquarters}, near{headquarters};
    UsbStick usb;
    carry_out(far, usb);
    change_keys(headquarters, {{}, every_role, {}}, root_of(headquarters));
    for (int journey = 0; journey < 2; ++journey) { // the keys, and then the facts
        carry_in(near, usb);
        REQUIRE(near.exchange());
        CHECK(forward_carried(*near.beside, *headquarters.intake)->parts == 1);
        carry_out(near, usb);
        carry_in(far, usb);
        carry_out(far, usb);
    }
    check_all_at_hq(far);
}

TEST_CASE("a withdrawn terminal that has missed two root keys believes the notice all the same, by either road")
{
    for (const bool by_stick : {true, false}) {
        Headquarters headquarters;
        Terminal terminal{headquarters};
        UsbStick usb;
        round_trip(terminal, usb);
        const auto first = root_of(headquarters), second = KeyPair::from_seed({2}), third = KeyPair::from_seed({3});
        change_keys(headquarters, {every_role, {}, {}}, first, second.public_key());
        change_keys(headquarters, {every_role, {}, {}}, second, third.public_key());
        change_keys(headquarters, {{}, every_role, {}}, third);
        withdraw_at_hq(headquarters, terminal);
        hq_out(headquarters, usb, {terminal.journal->terminal()});
        CHECK((by_stick ? try_take_in(terminal, usb).error().key : terminal.exchange().error().key) == "link.revoked");
        CHECK(read_revocation(*terminal.beside));
    }
}

TEST_CASE("a terminal that is withdrawn learns of it by stick, keeps its journal and holds nothing else")
{
    Headquarters headquarters;
    publish(headquarters);
    Terminal terminal{headquarters}, other{headquarters};
    UsbStick usb;
    round_trip(terminal, usb);
    withdraw_at_hq(headquarters, terminal);
    usb.lose_shelf("down");
    for (const auto& id : hq_out(headquarters, usb).terminals) CHECK(id != terminal.journal->terminal());
    CHECK_FALSE(carry_in(terminal, usb).has_bundle);
    hq_out(headquarters, usb, {terminal.journal->terminal()});
    CHECK(try_take_in(terminal, usb).error().key == "link.revoked");
    CHECK(read_revocation(*terminal.beside));
    CHECK_FALSE(read_roster(*terminal.beside, *terminal.key, terminal.enrolment));
    CHECK(terminal.journal->verify());
    CHECK(write_out(at(terminal, usb)).error().key == "link.revoked");
}

TEST_CASE("a copied disk and its original write on the same stick: nothing is overwritten, both are kept, the copy learns of it")
{
    Headquarters headquarters;
    Terminal original{headquarters};
    original.finish_module(aigerim);
    UsbStick usb;
    round_trip(original, usb);
    Terminal copy{original, 0};
    original.finish_module(aigerim, 2);
    copy.pass_test(aigerim, 17, true);
    carry_out(original, usb);
    carry_out(copy, usb);
    CHECK(usb.files(Stick::Shelf::Up).size() == 2);
    hq_in(headquarters, usb);
    hq_out(headquarters, usb);
    carry_in(original, usb);
    carry_in(copy, usb);
    CHECK(receipt_of(original)->head == original.journal->head());
    CHECK(receipt_of(copy)->head == copy.journal->head());
    CHECK(read_sync_state(*original.beside).forked.has_value() != read_sync_state(*copy.beside).forked.has_value());
    auto& told = read_sync_state(*original.beside).forked ? original : copy;

    REQUIRE(begin_successor(told.folder, *told.journal, *told.key, *told.beside, headquarters.clock, headquarters.random));
    REQUIRE(clear_forked(*told.beside));
    told.open();
    told.finish_module(aigerim);
    round_trip(told, usb); // a new journal under a new key, vouched for in the part itself
    check_all_at_hq(told);
}

TEST_CASE("a journal that was closed where its copy went on is receipted to its last row, and nobody is warned twice")
{
    Headquarters headquarters;
    Terminal original{headquarters};
    original.finish_module(aigerim);
    UsbStick usb;
    Terminal copy{original, 0};
    original.finish_module(aigerim, 2);
    round_trip(original, usb);
    CHECK(try_take_in(copy, usb)->refused.at(0).reason.key == "link.receipt_unknown_head");
    const auto closed = copy.journal->id();
    const auto head = copy.journal->head();
    REQUIRE(begin_successor(copy.folder, *copy.journal, *copy.key, *copy.beside, headquarters.clock, headquarters.random));
    REQUIRE(clear_forked(*copy.beside));
    copy.open();
    CHECK(carry_in(copy, usb).refused.empty()); // the same stick, from before HQ heard of the new journal
    CHECK_FALSE(read_sync_state(*copy.beside).alarm);
    round_trip(copy, usb);
    CHECK(read_sync_state(*copy.beside).receipt_of(closed)->head == head);
    CHECK(carry_out(copy, usb).rows == 0);
    check_all_at_hq(copy);
}

TEST_CASE("what a closed journal still had goes up with the new one, whichever part is read first")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    UsbStick usb;
    round_trip(terminal, usb);
    terminal.finish_module(aigerim);
    const auto closed = terminal.journal->id();
    const auto rows = terminal.journal->head().seq;
    REQUIRE(begin_successor(terminal.folder, *terminal.journal, *terminal.key, *terminal.beside, headquarters.clock, headquarters.random));
    terminal.open();
    terminal.finish_module(aigerim);
    carry_out(terminal, usb);
    CHECK(usb.files(Stick::Shelf::Up).size() == 2);
    for (const bool new_first : {true, false}) {
        UsbStick one, other;
        usb.copy_to(one);
        usb.copy_to(other);
        for (const auto& name : usb.files(Stick::Shelf::Up)) {
            const bool is_new = part_name_from(name)->journal == terminal.journal->id().text.substr(0, 16);
            fs::remove((is_new == new_first ? other : one).up() / name);
        }
        hq_in(headquarters, one);
        hq_in(headquarters, other);
    }
    hq_out(headquarters, usb);
    CHECK(carry_in(terminal, usb).receipts.size() == 2);
    check_all_at_hq(terminal);
    CHECK(headquarters.count("fact WHERE journal = '" + closed.text + "'") == static_cast<std::int64_t>(rows));
    CHECK(read_sync_state(*terminal.beside).receipt_of(closed)->head.seq == rows);
}

TEST_CASE("bodies that HQ lost are asked for on the stick and come with the next")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    dispute(terminal, "I chose the other one");
    UsbStick usb;
    round_trip(terminal, usb);
    CHECK(headquarters.count("body") == 1);
    {
        auto store = headquarters.stores.borrow().value();
        REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
            auto gone = store->db().execute("DELETE FROM body", {});
            if (!gone) return gone.error();
            return Done{};
        }));
    }
    hq_out(headquarters, usb);
    carry_in(terminal, usb);
    CHECK(carry_out(terminal, usb).bodies == 1);
    hq_in(headquarters, usb);
    CHECK(headquarters.count("body") == 1);
    hq_out(headquarters, usb);
    carry_in(terminal, usb);
    CHECK(carry_out(terminal, usb).bodies == 0);
}

TEST_CASE("what HQ changed while a stick was lost comes with the one after it")
{
    Headquarters headquarters;
    Terminal terminal{headquarters}, other{headquarters};
    UsbStick usb;
    round_trip(terminal, usb);
    other.finish_module(aigerim);
    REQUIRE(other.exchange());
    {
        UsbStick lost;
        carry_out(terminal, lost);
        hq_in(headquarters, lost);
        hq_out(headquarters, lost);
    }
    const auto in = round_trip(terminal, usb);
    const auto& changed = in.exchanged.changed_people;
    CHECK(std::find(changed.begin(), changed.end(), aigerim) != changed.end());
    CHECK(round_trip(terminal, usb).exchanged.changed_people.empty());
}

TEST_CASE("a page of the feed that goes on from where this terminal never was is not taken for the whole")
{
    Headquarters headquarters;
    Terminal terminal{headquarters}, other{headquarters};
    UsbStick usb;
    other.finish_module(aigerim);
    REQUIRE(other.exchange());
    round_trip(terminal, usb);
    carry_out(terminal, usb); // says how far it is
    hq_in(headquarters, usb);
    hq_out(headquarters, usb);
    REQUIRE(change_sync_state(*terminal.beside, [](SyncState& state) { state.feed = 0; })); // beside.db was lost meanwhile
    carry_in(terminal, usb);
    CHECK(read_sync_state(*terminal.beside).feed == 0);
    round_trip(terminal, usb);
    CHECK(read_sync_state(*terminal.beside).feed > 0);
}

TEST_CASE("what was heard by stick was heard when the stick was written, and its clock is not compared")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    UsbStick usb;
    carry_out(terminal, usb);
    const auto written = headquarters.clock.now().at;
    headquarters.clock.advance(std::chrono::hours{72});
    hq_in(headquarters, usb);
    auto store = headquarters.stores.borrow().value();
    const auto record = hq::find_terminal(*store, terminal.journal->terminal()).value();
    CHECK(record->seen_at == written);
    CHECK(record->skew_ms == 0);
    hq_out(headquarters, usb);
    headquarters.clock.advance(std::chrono::hours{24});
    carry_in(terminal, usb);
    CHECK_FALSE(read_sync_state(*terminal.beside).clock);
}

TEST_CASE("files of others on the stick, and those not ours, are named and left where they are")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    UsbStick usb;
    carry_out(terminal, usb);
    fs::copy_file(usb.only_part(), usb.up() / "t-77-aaaaaaaaaaaaaaaa-1-2-00000000.adal");
    std::ofstream{usb.up() / "letter.adal"} << "not ours";
    std::ofstream{usb.up() / "holiday.jpg"} << "not ours";
    const auto in = try_take_in(terminal, usb);
    REQUIRE(in);
    REQUIRE(in->refused.size() == 2);
    for (const auto& refused : in->refused) CHECK(refused.reason.key == "stick.foreign_file");
    CHECK(in->carried == 0);
    CHECK(fs::exists(usb.up() / "holiday.jpg"));
}

TEST_CASE("a body that HQ cannot keep holds up no fact beside it")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    dispute(terminal, std::string(hq::largest_body, 'x'));
    terminal.finish_module(aigerim);
    UsbStick usb;
    round_trip(terminal, usb);
    check_all_at_hq(terminal);
    CHECK(headquarters.count("body") == 0); // and is missed by name
    auto store = headquarters.stores.borrow().value();
    CHECK(hq::missing_bodies(*store, terminal.journal->id())->size() == 1);
}

TEST_CASE("a part stays on the stick while HQ lacks a body in it, whatever HQ has of its rows")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    dispute(terminal, "I chose the other one");
    UsbStick usb, brought_late;
    carry_out(terminal, usb);
    usb.copy_to(brought_late);
    hq_in(headquarters, usb);
    {
        auto store = headquarters.stores.borrow().value();
        REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
            auto gone = store->db().execute("DELETE FROM body", {});
            if (!gone) return gone.error();
            return Done{};
        }));
    }
    CHECK(hq_out(headquarters, brought_late).removed.empty());
    CHECK(hq_in(headquarters, brought_late).terminals.at(0).bodies == 1);
    CHECK(hq_out(headquarters, brought_late).removed.size() == 1);
}

TEST_CASE("a copied disk's later rows do not pass for taken while its earlier ones are missing")
{
    Headquarters headquarters;
    Terminal terminal{headquarters};
    terminal.finish_module(aigerim);
    UsbStick common;
    round_trip(terminal, common);
    Terminal copy{terminal, 0};
    UsbStick lost, late, home;
    copy.finish_module(aigerim);
    carry_out(copy, lost);
    const auto answered = copy.exchange(); // by network once: then HQ forgets it again
    REQUIRE(answered);
    copy.finish_module(PersonId{"p-000002"});
    carry_out(copy, late);
    {
        auto store = headquarters.stores.borrow().value();
        const auto end = static_cast<std::int64_t>(receipt_of(terminal)->head.seq);
        REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
            for (const char* sql : {"DELETE FROM fact WHERE journal = $1 AND seq > $2", "DELETE FROM receipt WHERE journal = $1 AND head_seq > $2",
                                    "UPDATE branch SET head_seq = $2, head_hash = (SELECT hash FROM fact WHERE journal = $1 AND seq = $2) WHERE journal = $1"})
                if (auto done = store->db().execute(sql, {terminal.journal->id().text, end}); !done) return done.error();
            return Done{};
        }));
    }
    terminal.finish_module(PersonId{"p-000003"}, 20); // the original has gone on, and further
    REQUIRE(terminal.journal->head().seq > copy.journal->head().seq);
    UsbStick original;
    round_trip(terminal, original);
    const auto taken = try_hq_in(headquarters, late);
    REQUIRE(taken.refused.size() == 1);
    CHECK(taken.refused[0].reason.key == "bundle.gap");
    CHECK(taken.parts == 0);
}

TEST_CASE("a neighbour's part that HQ cannot read stands in nobody's way")
{
    Headquarters headquarters;
    Terminal far{headquarters}, near{headquarters};
    far.finish_module(aigerim);
    UsbStick usb;
    carry_out(far, usb);
    const auto name = part_name(far.journal->terminal(), JournalId{std::string(64, '0')}, 1, {.seq = 5, .hash = {1}});
    const BundleLabel label{.sender = far.journal->terminal().text, .incarnation = "", .to = headquarters.keys->sealing.sealing_key(), .number = 0};
    auto poison = make_bundle(label, {{BundleItem::Kind::Body, Bytes{1}}}, *near.key);
    poison.at(poison.size() - 70) ^= 1; // whole for who only carries it
    REQUIRE(usb.stick.write(Stick::Shelf::Up, to_text(name), poison));
    REQUIRE(carry_in(near, usb).carried == 2);
    const auto forwarded = forward_carried(*near.beside, *headquarters.intake);
    REQUIRE_MESSAGE(forwarded, forwarded.error().message());
    CHECK(forwarded->parts == 1);
    REQUIRE(forwarded->refused.size() == 1);
    CHECK(forwarded->refused[0].reason.key == "bundle.broken");
    CHECK(forward_carried(*near.beside, *headquarters.intake)->refused.empty());
}
