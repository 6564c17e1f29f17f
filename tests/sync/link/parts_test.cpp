#include "sync/link/parts.hpp"
#include "quizzes/facts.hpp"
#include "sync/link/bundle.hpp"
#include "sync/link/carried.hpp"
#include "tests/sync/link/office.hpp"

using namespace adal;
using namespace adal::sync;
using support::Office;

namespace {

/// Decisions of a hundred facts, each of about a kilobyte.
void write_much(Office& office, int decisions)
{
    const std::vector<Fact> facts(100, quizzes::ItemPresented{.attempt = {std::string(1000, 'a')}, .item = {"gifts-01"}});
    for (int i = 0; i < decisions; ++i) REQUIRE(office.journal->append(PersonId{"p-1"}, facts));
}

std::uint64_t rows_in(const std::vector<Batch>& batches)
{
    std::uint64_t rows = 0;
    for (const auto& batch : batches) rows += batch.rows.size();
    return rows;
}

std::vector<PartPlan> planned(Office& office, const Head& after = {}, const std::vector<Hash>& asked_for = {})
{
    auto parts = plan_parts(*office.journal, *office.beside, after, asked_for);
    REQUIRE(parts);
    return *parts;
}

} // namespace

TEST_CASE("parts hold every row once, in order, and each is of bearable size")
{
    Office office;
    write_much(office, 90);
    const auto parts = planned(office);
    CHECK(parts.size() >= 2);
    Head at;
    std::uint64_t rows = 0;
    for (const auto& part : parts) {
        CHECK(part.after == at);
        const auto batches = batches_of(part, *office.journal);
        REQUIRE(batches);
        CHECK(batches->front().after == at);
        CHECK(checked(batches->back(), office.key->public_key()));
        rows += rows_in(*batches);
        at = part.last;
    }
    CHECK(at == office.journal->head());
    CHECK(rows == office.journal->head().seq);
}

TEST_CASE("what was cut before is cut in the same places when the journal has grown")
{
    Office office;
    write_much(office, 50);
    const auto before = planned(office);
    REQUIRE(before.size() >= 2);
    write_much(office, 10);
    const auto after = planned(office);
    for (std::size_t i = 0; i + 1 < before.size(); ++i) CHECK(name_of(before[i], *office.journal) == name_of(after[i], *office.journal));
    CHECK(rows_in(batches_of(before.back(), *office.journal).value()) == before.back().last.seq - before.back().after.seq); // planned before it grew
}

TEST_CASE("with nothing to say one part asks for news")
{
    Office office;
    const auto head = office.journal->head();
    const auto parts = planned(office, head);
    REQUIRE(parts.size() == 1);
    CHECK_FALSE(parts[0].has_rows());
    const auto name = name_of(parts[0], *office.journal);
    CHECK(name.first == head.seq + 1);
    CHECK(name.last == head.seq);
    const auto batches = batches_of(parts[0], *office.journal).value();
    REQUIRE(batches.size() == 1);
    CHECK(batches[0].rows.empty());
    CHECK(batches[0].after == head);
}

TEST_CASE("bodies go with the facts that name them, and those that HQ asked for go first; an erased one is passed over")
{
    Office office;
    const auto named = office.beside->keep_body(Bytes{1, 2, 3}).value(), asked_for = office.beside->keep_body(Bytes{4, 5, 6}).value();
    REQUIRE(office.journal->append(PersonId{"p-1"}, {quizzes::ResultDisputed{.attempt = {"a"}, .words = named}}));
    REQUIRE(office.journal->append(PersonId{"p-1"}, {quizzes::ResultDisputed{.attempt = {"b"}, .words = Hash{9}}})); // erased
    const auto parts = planned(office, {}, {asked_for});
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].bodies == std::vector{asked_for, named});
}

TEST_CASE("many bodies make parts of their own, and their names differ")
{
    Office office;
    std::vector<Hash> asked_for;
    for (std::uint8_t i = 0; i < 10; ++i) asked_for.push_back(office.beside->keep_body(Bytes(std::size_t{1} << 20, i)).value());
    const auto parts = planned(office, office.journal->head(), asked_for);
    CHECK(parts.size() == 3);
    CHECK(name_of(parts[0], *office.journal) != name_of(parts[1], *office.journal));
}

// --- what is carried for neighbours

namespace {

PartName part_of(const char* terminal, std::uint64_t first, std::uint64_t last) { return part_name({terminal}, {std::string(64, 'a')}, first, {last, {7}}); }

std::vector<std::string> names(const Carried& carried)
{
    std::vector<std::string> all;
    const auto entries = carried.entries();
    REQUIRE(entries);
    for (const auto& entry : *entries) all.push_back(entry.name);
    return all;
}

Bytes down_bundle(std::uint64_t number, const char* incarnation = "1795600000-0123456789abcdef")
{
    const auto hq = KeyPair::from_seed({1});
    return make_bundle({"hq", incarnation, hq.sealing_key(), number}, {}, hq);
}

} // namespace

TEST_CASE("a neighbour's part is carried once, with its bytes, over a restart")
{
    Office office;
    Carried carried{*office.beside};
    CHECK(carried.keep_part(part_of("t-01", 1, 5), Bytes{1, 2})->is_new);
    CHECK_FALSE(carried.keep_part(part_of("t-01", 1, 5), Bytes{1, 2})->is_new);
    office.open();
    Carried again{*office.beside};
    const auto entries = again.entries().value();
    REQUIRE(entries.size() == 1);
    CHECK(again.content(entries[0]).value() == Bytes{1, 2});
    REQUIRE(again.drop(entries[0]));
    CHECK(names(again).empty());
    CHECK_FALSE(again.content(entries[0]));
}

TEST_CASE("a part that begins later says that HQ has receipted what was before it")
{
    Office office;
    Carried carried{*office.beside};
    REQUIRE(carried.keep_part(part_of("t-01", 1, 5), Bytes{1}));
    REQUIRE(carried.keep_part(part_of("t-01", 6, 9), Bytes{2}));
    REQUIRE(carried.keep_part(part_of("t-02", 6, 9), Bytes{3}));
    CHECK(names(carried) == std::vector{to_text(part_of("t-01", 6, 9)), to_text(part_of("t-02", 6, 9))});
    REQUIRE(carried.keep_part(part_of("t-01", 6, 12), Bytes{4})); // the same beginning: both stay, for a stick may bring either
    CHECK(names(carried).size() == 3);
}

TEST_CASE("what is carried is bounded: what has lain longest goes, and is named")
{
    Office office;
    Carried carried{*office.beside};
    const Bytes large(std::size_t{15} << 20);
    for (const auto* terminal : {"t-01", "t-02", "t-03", "t-04"}) CHECK(carried.keep_part(part_of(terminal, 1, 5), large)->forgotten.empty());
    const auto kept = carried.keep_part(part_of("t-05", 1, 5), large);
    REQUIRE(kept);
    REQUIRE(kept->forgotten.size() == 1);
    CHECK(kept->forgotten[0].name == to_text(part_of("t-01", 1, 5)));
    CHECK(names(carried).size() == 4);
}

TEST_CASE("of HQ's bundles for a neighbour the newest is kept, whenever it came")
{
    Office office;
    Carried carried{*office.beside};
    REQUIRE(carried.keep_down("t-01.adal", down_bundle(5)));
    REQUIRE(carried.keep_down("t-01.adal", down_bundle(4)));
    CHECK(read_bundle(carried.content(carried.entries()->front()).value())->label.number == 5);
    REQUIRE(carried.keep_down("t-01.adal", down_bundle(1, "1795600001-0123456789abcdef"))); // of a later life
    CHECK(read_bundle(carried.content(carried.entries()->front()).value())->label.number == 1);
    CHECK(names(carried).size() == 1);
}
