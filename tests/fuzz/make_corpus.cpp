#include "sync/journal/beside.hpp"
#include "sync/journal/rows.hpp"
#include "sync/link/bundle.hpp"
#include "sync/packs/builder.hpp"
#include "sync/packs/delta.hpp"
#include "tests/fuzz/samples.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/sync/events/one_of_each.hpp"
#include <fstream>
#include <iostream>
#include <sstream>

/// Writes tests/fuzz/corpus anew, from real values; findings that were added by hand are named found-* and stay.
namespace adal::fuzz {
namespace {

using namespace sync;
namespace fs = std::filesystem;

const fs::path corpus = fs::path{ADAL_SOURCE} / "tests/fuzz/corpus";

void write(const fs::path& file, BytesView bytes)
{
    fs::create_directories(file.parent_path());
    std::ofstream{file, std::ios::binary}.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}
void write(const fs::path& file, std::string_view text) { write(file, bytes_of(text)); }

std::string read(const fs::path& file)
{
    std::ifstream in{file, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

void remove_old()
{
    for (const auto& entry : fs::recursive_directory_iterator(corpus))
        if (entry.is_regular_file() && !entry.path().filename().string().starts_with("found-")) fs::remove(entry.path());
}

void write_envelopes()
{
    constexpr const char* names[]{"exchange", "reply", "release", "enrolment", "blob"};
    const auto all = envelopes();
    for (std::size_t i = 0; i < all.size(); ++i) write(corpus / "envelope" / names[i], all[i]);
    write(corpus / "envelope/packed", pack(bytes_of(encode(roster()))));
    write(corpus / "envelope/unpacks-to-much", pack(Bytes(std::size_t{2} << 20, 'a')));
}

/// What 0.1.0 wrote: one key of each kind, not in an array.
std::string old_keys()
{
    const auto key = to_hex(hq_key.public_key());
    return R"({"list":{"identity":")" + key + R"(","number":1,"receipt":")" + key + R"(","release":")" + key + R"(","sealing":")" + key +
           R"("},"root":")" + to_hex(root_key.public_key()) + R"(","signature":")" + std::string(128, '0') + R"("})";
}

void write_messages()
{
    write(corpus / "keys/list", encode(key_list()));
    write(corpus / "keys/signed", encode(sign_keys(key_list(), root_key)));
    write(corpus / "keys/from-0.1.0", old_keys());
    write(corpus / "enrolment/request", encode(enrolment_request()));
    write(corpus / "enrolment/envelope", envelopes()[3]);
    write(corpus / "enrolment/code", to_text(EnrolmentCode{{1, 2, 3, 4, 5}, 0x0fedcba987654321}));
    write(corpus / "request/whole", encode(request()));
    write(corpus / "request/empty", encode(ExchangeRequest{.terminal = {"t-07"}, .batch = batch_of(1, 0), .first_row = {}, .verifiers = {}, .known = {}, .succession = {}}));
    write(corpus / "reply/whole", encode(reply()));
    write(corpus / "reply/empty", encode(ExchangeReply{.receipt = receipt(), .release = {}, .roster = {}, .keys = {}, .certificate = {}, .site_keys = {}, .feed = {}, .missing_bodies = {}}));
    write(corpus / "notices/receipt", encode(receipt()));
    write(corpus / "notices/certificate", encode(certificate()));
    write(corpus / "notices/revocation", encode(RevocationNotice{{"t-07"}, from_ms(1'795'309'200'000), true}));
    write(corpus / "notices/feed", encode_feed(aigerim, feed()));
    write(corpus / "roster/whole", encode(roster()));
    write(corpus / "roster/empty", encode(Roster{}));
    write(corpus / "release/whole", encode(release()));
    write(corpus / "release/empty", encode(Release{}));
}

void write_batches()
{
    const auto rows = journal_rows().size();
    write(corpus / "batch/none", encode(batch_of(1, 0)));
    write(corpus / "batch/first", encode(batch_of(1, 1)));
    write(corpus / "batch/whole", encode(batch_of(1, rows)));
    write(corpus / "batch/some", encode(batch_of(2, 5)));
    int number = 0;
    for (const auto& fact : tests::one_of_each()) write(corpus / "fact" / std::to_string(++number), kind_of(fact) + "\n" + encode(fact));
}

/// The seal is another one every time, and so are these bytes.
void write_bundles()
{
    const std::vector<BundleItem> items{{BundleItem::Kind::Exchange, envelopes().front()},
                                        {BundleItem::Kind::Body, {1, 2, 3}},
                                        {BundleItem::Kind::Reply, reply_item(17, envelopes()[1])},
                                        {BundleItem::Kind::PackKey, pack_key_item(Hash{}, SecretKey{})}};
    write(corpus / "bundle/up", make_bundle({.sender = "t-07", .incarnation = "", .to = hq_key.sealing_key(), .number = 0}, items, stranger));
    Bytes bare;
    for (const auto& item : items) {
        bare.insert(bare.end(), {static_cast<std::uint8_t>(item.kind), 0, 0, static_cast<std::uint8_t>(item.bytes.size() >> 8U), static_cast<std::uint8_t>(item.bytes.size())});
        bare.insert(bare.end(), item.bytes.begin(), item.bytes.end());
    }
    write(corpus / "bundle/items", bare);
}

void write_deltas()
{
    const auto base = encode(roster());
    auto other = roster();
    other.number = 8;
    write(corpus / "delta/near", make_delta(bytes_of(base), bytes_of(encode(other))));
    write(corpus / "delta/far", make_delta(bytes_of(base), bytes_of(encode(request()))));
}

void write_journal(const char* name, const std::vector<JournalRow>& rows)
{
    const auto file = corpus / "journal" / name;
    fs::create_directories(file.parent_path());
    auto database = open_sqlite(file, OpenMode::MustNotExist).value();
    assert(database->script(std::string{"PRAGMA journal_mode=DELETE; PRAGMA page_size=1024; VACUUM; "} + journal_schema));
    assert(insert(*database, rows));
    assert(update_checked(*database, {rows.back().seq, rows.back().hash}));
}

void write_databases()
{
    write_journal("ours", journal_rows());
    auto foreign = journal_rows();
    foreign.resize(5);
    const auto ours = to_hex(terminal_key.public_key());
    foreign.front().body.replace(foreign.front().body.find(ours), ours.size(), to_hex(stranger.public_key()));
    sign_again(foreign, 0, stranger);
    write_journal("strangers", foreign);
    foreign[3].body = "{}";
    write_journal("broken", foreign);

    const support::TemporaryFolder folder;
    auto beside = Beside::open(folder.path() / "beside.db").value();
    assert(beside.beat({"b7e1a7f0", Elapsed{60'000}}));
    assert(beside.put("receipt", bytes_of(encode(receipt()))));
    assert(beside.put(Beside::PinVerifier{aigerim, 1, 2, "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA"}));
    auto raw = open_sqlite(folder.path() / "beside.db").value();
    assert(raw->script("PRAGMA page_size=1024; VACUUM INTO '" + (folder.path() / "small.db").string() + "'"));
    write(corpus / "beside/some", read(folder.path() / "small.db"));
}

// ---- Authored texts, small ones with everything that may stand in them

const std::string document = R"(---
kind: document
id: speak-up-code
version: 2
title: Code
number: KZ-1
date: 2026-08-01
status: in force
amended by: 13
approving act: 12
declaration: I, {name}, know it.
specimen: yes
---

## 1. First

1.1 Some **bold** and *italic* words, and [another paragraph](speak-up-code#2.1).

> A call-out.

## 2. Second

2.1 Words.
)";

const std::string check = "::speak-up-check-1:: Whom may she tell? {\n=Anybody #Yes.\n~Nobody #No\\: anybody.\n}\n";

const std::string module = "---\nkind: module\nid: speak-up\nversion: 1\ntitle: Speak Up\nminutes: 5\nsummary: How.\nspecimen: yes\n---\n\n## One\n\nWords.\n\n"
                           "- A bullet\n- Another\n\n![A mark](mark.svg)\n\n## Two\n\nWords.\n\n```check\n" + check + "```\n";

const std::string bank = "$CATEGORY: gifts\n\n// [tag:easy] [tag:ref:speak-up-code#1.1]\n::gifts-one:: May she? {TRUE}\n\n// [tag:medium] [tag:ref:speak-up-code#2.1]\n"
                         "::gifts-two:: What \\{may\\} she?\n{\n=This\n~That\n~Neither\n}\n\n// [tag:hard] [tag:ref:speak-up-code#2.1]\n"
                         "::gifts-three:: Which?\n{\n~%50%One\n~%50%Two\n~%-100%Three\n}\n";

const std::string reviewed = R"(["gifts-one","gifts-two","gifts-three"])";
const std::string items = R"({"enemies":[["gifts-one","gifts-three"]],"reviewed":{"en":)" + reviewed + R"(,"kk":)" + reviewed + R"(,"ru":)" + reviewed + "}}";

const std::string text = R"({"kk":"а","ru":"б","en":"c"})";
const std::string test = R"({"id":"probation","version":1,"title":)" + text + R"(,"topics":[{"id":"gifts","title":)" + text +
                         R"(,"draw":{"easy":1,"medium":1}}],"time_limit_minutes":20,"navigation":"free","pass_mark":1,"attempts":3,"cooldown_days":3,"shuffle_choices":true})";

const std::string curriculum = R"({"version":1,"duties":[{"id":"code","kind":"acknowledgement","object":"speak-up-code","title":)" + text + R"(,"reason":)" + text +
                               R"(,"who":{"classes":["employee","contractor"]},"due":{"days_after_start":10}},{"id":"test","kind":"test","object":"probation","title":)" + text +
                               R"(,"reason":)" + text + R"(,"who":{"classes":["employee"],"on_probation":true},"due":{"days_before_probation_end":7}}]})";

void write_texts()
{
    write(corpus / "document/document", document);
    write(corpus / "document/module", module);
    write(corpus / "document/curriculum", curriculum);
    write(corpus / "gift/bank", bank);
    write(corpus / "gift/check", check);
    write(corpus / "gift/true", "::a:: B {F#no#yes}\n");
    write(corpus / "gift/test", test);
}

fs::path built(const Expected<Building>& building)
{
    for (const auto& finding : building.value().findings) std::cerr << finding.file << ":" << finding.line << " " << finding.key << "\n";
    return building->built.value().file;
}

void write_packs()
{
    const support::TemporaryFolder folder;
    const auto library = folder.path() / "library", questions = folder.path() / "bank";
    for (const std::string language : {"kk", "ru", "en"}) {
        write(library / "documents/speak-up-code" / (language + ".md"), document);
        write(library / "modules/speak-up" / (language + ".md"), module);
        write(questions / (language + ".gift"), bank);
    }
    write(library / "modules/speak-up/mark.svg", R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 1"><rect width="20" height="1" fill="#f00"/></svg>)");
    write(library / "curriculum.json", curriculum);
    write(questions / "items.json", items);
    write(questions / "tests/probation.json", test);
    write(corpus / "pack/library", read(built(build_library(library, folder.path()))));
    write(corpus / "pack/bank", read(built(build_bank(questions, library, folder.path()))));
}

} // namespace
} // namespace adal::fuzz

int main()
{
    using namespace adal::fuzz;
    remove_old();
    write_envelopes();
    write_messages();
    write_batches();
    write_bundles();
    write_deltas();
    write_databases();
    write_texts();
    write_packs();
}
