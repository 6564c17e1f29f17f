#include "tests/support/terminal_folder.hpp"
#include "sync/link/succession.hpp"
#include "sync/duties/duties.hpp"
#include "sync/packs/builder.hpp"
#include <doctest/doctest.h>
#include <fstream>

namespace adal::support {
namespace {
using namespace sync;

const std::string incarnation = "1795600000-0123456789abcdef";

KeyPair key_of(std::uint8_t seed)
{
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return KeyPair::from_seed(bytes);
}

EnrolmentCode code_of(const PublicKey& root)
{
    static const auto fingerprint = root_fingerprint(root); // slow on purpose
    return {{1, 2, 3, 4, 5}, fingerprint};
}

void write(const std::filesystem::path& path, const std::string& text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << text;
}

std::string in_language(std::string text, Language language)
{
    for (auto at = text.find('@'); at != std::string::npos; at = text.find('@')) text.replace(at, 1, code(language));
    return text;
}

void write_in_three(const std::filesystem::path& folder, const std::string& extension, const std::string& text)
{
    for (const auto language : all_languages)
        write(folder / (std::string{code(language)} + extension), in_language(text, language));
}

const char* const document = R"(---
kind: document
id: code
version: 1
title: The Code @
number: No. 1
date: 2026-09-01
status: in force
amended by: none
approving act: Specimen
declaration: I, {name}, have read the Code @.
specimen: yes
---

## 1. First @

1.1 Paragraph one @.

1.2 Paragraph two @, see [2.1](code#2.1).

## 2. Second @

2.1 Paragraph three @.

## 3. Third @

3.1 Paragraph four @.
)";

const char* const lesson = R"(---
kind: module
id: speak-up
version: 1
title: Speak Up @
minutes: 4
summary: A summary @
specimen: yes
---

## One @

A paragraph @.

## Two @

What does she do @?

```check
::speak-up-m1::What does Ainur do @?{
=Reports it @#Right @.
~Says nothing @#Not quite @.
}
```

## Three @

The end @.
)";

const char* const bank_text = R"($CATEGORY: gifts

// [tag:easy] [tag:ref:code#1.1]
::gifts-01::Gift one @?{
=Right @
~Wrong @
~Worse @
}

// [tag:easy] [tag:ref:code#1.2]
::gifts-02::Gift two @?{
~%50%Right one @
~%50%Right two @
~%-100%Wrong @
}

$CATEGORY: conflict

// [tag:easy] [tag:ref:code#2.1]
::conflict-01::Conflict one @.{T}

// [tag:easy] [tag:ref:code#3.1]
::conflict-02::Conflict two @?{
=Right @
~Wrong @
}
)";

const char* const test_text =
    R"({"id":"probation","version":1,"title":{"kk":"Test kk","ru":"Test ru","en":"Test en"},"topics":[
{"id":"gifts","title":{"kk":"Gifts kk","ru":"Gifts ru","en":"Gifts en"},"draw":{"easy":2}},
{"id":"conflict","title":{"kk":"Conflict kk","ru":"Conflict ru","en":"Conflict en"},"draw":{"easy":2}}],
"time_limit_minutes":20,"navigation":"free","pass_mark":3,"attempts":2,"cooldown_days":3,"shuffle_choices":true})";

const char* const curriculum = R"({"version":1,"duties":[
{"id":"code","kind":"acknowledgement","object":"code","title":{"kk":"Code kk","ru":"Code ru","en":"Code en"},
 "reason":{"kk":"Why kk.","ru":"Why ru.","en":"Why en."},"who":{"classes":["employee","contractor"]},"due":{"days_after_start":10}},
{"id":"speak-up","kind":"module","object":"speak-up","title":{"kk":"Speak Up kk","ru":"Speak Up ru","en":"Speak Up en"},
 "reason":{"kk":"Why kk.","ru":"Why ru.","en":"Why en."},"who":{"classes":["employee"]},"due":{"days_after_start":21}},
{"id":"probation-test","kind":"test","object":"probation","title":{"kk":"Test kk","ru":"Test ru","en":"Test en"},
 "reason":{"kk":"Why kk.","ru":"Why ru.","en":"Why en."},"who":{"classes":["employee"],"on_probation":true},"due":{"days_before_probation_end":14}}]})";

Person person(const char* id, const char* family, const char* given, Verifier verifier)
{
    return {PersonId{id}, family, given, "", std::nullopt, {}, std::move(verifier)};
}

Assignment assignment(const char* employer, const char* number, Date from, std::optional<Date> probation_end)
{
    return {EmployerId{employer},
            number,
            UnitId{"shop"},
            SiteId{"balkhash"},
            "worker",
            content::PersonClass::Employee,
            from,
            {},
            probation_end};
}

Verifier with_pin()
{
    static const auto hash = password_hash("284617", Effort::Test);
    Verifier verifier;
    verifier.pin = hash;
    verifier.counter = 1;
    return verifier;
}

Verifier with_code(UtcTime expires)
{
    static const auto hash = password_hash("11223344", Effort::Test);
    Verifier verifier;
    verifier.reset = 1;
    verifier.one_time_code = hash;
    verifier.code_expires = expires;
    return verifier;
}

Hash pack(const Expected<Building>& building)
{
    REQUIRE(building);
    for (const auto& finding : building->findings) MESSAGE(finding.file << ":" << finding.line << " " << finding.key);
    REQUIRE(building->built);
    return building->built->hash;
}

/// Enrolled once, copied by each test: the code's fingerprint is slow on purpose.
const std::filesystem::path& enrolled_once()
{
    static const TemporaryFolder folder;
    static const bool is_done = [] {
        const ManualClock clock;
        CountedRandom random;
        SmallHq hq{clock};
        const auto enrolled = enrol({folder.path()}, hq.code(), "http://127.0.0.1:9", hq, clock, random);
        REQUIRE_MESSAGE(enrolled, enrolled.error().message());
        return true;
    }();
    REQUIRE(is_done);
    return folder.path();
}
} // namespace

Roster small_roster(const ManualClock& clock)
{
    using std::chrono::days;
    const auto today = std::chrono::floor<days>(clock.now().at);
    const auto on_probation = today + days{80};
    auto aigerim = person("p-1", "Сәрсенова", "Айгерім", with_code(clock.now().at + days{3}));
    aigerim.assignments = {assignment("smelter", "204117", today - days{2}, on_probation)};
    auto marat = person("p-2", "Әлиев", "Марат", with_pin());
    marat.assignments = {assignment("smelter", "100200", today - days{5}, on_probation),
                         assignment("service", "300400", today - days{5}, on_probation)};
    auto olga = person("p-3", "Ким", "Ольга", with_pin());
    olga.assignments = {assignment("smelter", "555", today - days{5}, std::nullopt)};
    auto daniyar = person("p-4", "Ахметов", "Данияр", with_pin());
    daniyar.assignments = {assignment("service", "555", today - days{5}, std::nullopt)};
    Roster roster{1, clock.now().at, true, {aigerim, marat, olga, daniyar}, {}, {}, {}};
    roster.employers = {{EmployerId{"smelter"}, {"Зауыт", "Завод", "Smelter"}},
                        {EmployerId{"service"}, {"Сервис", "Сервис", "Service"}}};
    roster.units = {{UnitId{"shop"}, {"Цех", "Цех", "Shop"}}};
    roster.sites = {{SiteId{"balkhash"}, {"Балқаш", "Балхаш", "Balkhash"}}};
    return roster;
}

SmallSources write_small_sources(const std::filesystem::path& root)
{
    const SmallSources sources{root / "library", root / "bank"};
    write_in_three(sources.library / "documents" / "code", ".md", document);
    write_in_three(sources.library / "modules" / "speak-up", ".md", lesson);
    write(sources.library / "curriculum.json", curriculum);
    write_in_three(sources.bank, ".gift", bank_text);
    const std::string all = R"(["gifts-01","gifts-02","conflict-01","conflict-02"])";
    write(sources.bank / "items.json",
          R"({"reviewed":{"kk":)" + all + R"(,"ru":)" + all + R"(,"en":)" + all + R"(},"enemies":[]})");
    write(sources.bank / "tests" / "probation.json", test_text);
    return sources;
}

SmallHq::SmallHq(const ManualClock& clock)
    : roster(small_roster(clock)), clock_(clock), root_(key_of(7)), hq_(key_of(8))
{
    site_key_.fill(9);
}

SignedKeys SmallHq::signed_keys() const
{
    const std::vector key{hq_.public_key()};
    return sign_keys({1, key, key, key, {hq_.sealing_key()}, {}, {}}, root_);
}

std::optional<Expected<Bytes>> SmallHq::trouble() const
{
    if (is_down)
        return Expected<Bytes>{
            fail(ErrorKind::Unavailable, "link.unreachable", {{"url", "http://hq.test"}, {"reason", "test"}})};
    if (says) return Expected<Bytes>{*says};
    return std::nullopt;
}

Expected<Bytes> SmallHq::keys()
{
    const auto text = encode(signed_keys());
    return Bytes(text.begin(), text.end());
}

std::string SmallHq::code() const { return to_text(code_of(root_.public_key())); }

Expected<Bytes> SmallHq::enrol(BytesView sealed)
{
    const auto request = open_enrolment(sealed, hq_);
    if (!request) return request.error();
    terminal_ = request->key;
    const EnrolmentReply reply{TerminalId{"t-07"},
                               SiteId{"balkhash"},
                               {"Балқаш", "Балхаш", "Balkhash"},
                               {"механика цехы", "механический цех", "repair shop"},
                               terminal_,
                               incarnation,
                               {1, seal(request->sealing, site_key_)},
                               true};
    return signed_message(Purpose::Certificate, "hq", incarnation, encode(reply), hq_);
}

void SmallHq::tell(const PersonId& person, const Actor& actor, const Fact& fact, UtcTime at)
{
    const auto kind = kind_of(fact), body = encode(fact);
    feed_[person].push_back({sha256(bytes_of(kind + body + std::to_string(to_ms(at)))), to_ms(at), to_text(actor), kind, body});
    ++feed_position_;
}

void SmallHq::tell_back(const PersonId& person)
{
    for (const auto& [journal, held] : journals_)
        for (const auto& row : held.rows)
            if (row.actor == to_text(Actor{person}) && concerns_duties(decode(row.kind, row.body)))
                feed_[person].push_back({row.hash, row.at_ms, row.actor, row.kind, row.body});
    ++feed_position_;
}

FeedPage SmallHq::feed_after(std::int64_t cursor)
{
    FeedPage page{.upto = feed_position_};
    if (cursor >= feed_position_) return page;
    for (const auto& [person, facts] : feed_) page.people.push_back({person, lock_feed(person, facts, 1, site_key_, random_)});
    return page;
}

/// A journal is known by its first row; one under another key needs the word of a key that is known.
SmallHq::Held& SmallHq::held(const ExchangeRequest& request)
{
    const auto [found, is_new] = journals_.try_emplace(request.batch.journal);
    auto& held = found->second;
    if (!is_new) return held;
    order_.push_back(request.batch.journal);
    held.receipt.journal = request.batch.journal;
    const auto created = decode("journal created", request.first_row);
    REQUIRE(std::holds_alternative<JournalCreated>(created));
    held.key = hash_from_hex(std::get<JournalCreated>(created).key).value();
    if (held.key == terminal_) return held;
    REQUIRE(request.succession);
    CHECK(is_succession(*request.succession, request.first_row));
    const auto is_known = [&](const auto& each) { return each.second.key == request.succession->key; };
    CHECK((request.succession->key == terminal_ || std::any_of(journals_.begin(), journals_.end(), is_known)));
    return held;
}

void SmallHq::take(Held& held, const Batch& batch)
{
    if (batch.rows.empty()) return;
    const auto sound = checked(batch, held.key);
    REQUIRE_MESSAGE(sound, sound.error().message());
    for (const auto& row : sound->rows) {
        if (row.seq <= held.rows.size()) continue; // a repeat
        REQUIRE(row.seq == held.rows.size() + 1);
        held.rows.push_back(row);
    }
    held.receipt.head = {held.rows.back().seq, held.rows.back().hash};
    held.receipt.committed_at = clock_.now().at;
}

Receipt SmallHq::receipt_for(const Held& held, const ExchangeRequest& request) const
{
    auto receipt = held.receipt;
    receipt.incarnation = incarnation;
    const bool is_first = request.batch.journal == order_.front();
    receipt.forked = sees_a_fork && is_first;
    if (knows_more && is_first) receipt.head = {receipt.head.seq + 100, sha256(receipt.head.hash)};
    return signed_receipt(receipt, hq_);
}

Expected<Bytes> SmallHq::exchange(BytesView bytes)
{
    if (auto trouble = this->trouble()) return *trouble;
    const auto opened = read_envelope(bytes);
    REQUIRE(opened);
    if (has_withdrawn) {
        const RevocationNotice notice{TerminalId{"t-07"}, clock_.now().at, false};
        return signed_message(Purpose::Revocation, "hq", incarnation, encode(notice), hq_);
    }
    const auto text = unpack(opened->envelope.body, largest_message);
    REQUIRE(text);
    const auto request = decode_exchange_request(text_of(*text));
    REQUIRE(request);
    auto& held = this->held(*request);
    REQUIRE(message_in(*opened, Purpose::Exchange, held.key));
    take(held, request->batch);
    ExchangeReply reply;
    reply.receipt = receipt_for(held, *request);
    reply.hq_time_ms = to_ms(clock_.now().at + clock_ahead);
    reply.feed = feed_after(request->feed);
    if (release_.number > request->release)
        reply.release = signed_message(Purpose::Release, "hq", incarnation, encode(release_), hq_);
    if (roster.number > request->roster) reply.roster = lock_roster(roster, 1, site_key_, random_);
    return signed_message(Purpose::Reply, "hq", incarnation, encode(reply), hq_);
}

Expected<Done> SmallHq::fetch(const BlobQuestion& question, const Sink& sink)
{
    Bytes content;
    if (auto trouble = this->trouble()) {
        if (!*trouble) return trouble->error();
        content = **trouble;
    } else {
        std::ifstream file{packs_.path() / (to_hex(question.hash) + ".pack"), std::ios::binary};
        content.assign(std::istreambuf_iterator<char>{file}, {});
    }
    const auto from = std::min<std::uint64_t>(question.from, content.size());
    sink({.is_delta = false, .from = from}, BytesView{content}.subspan(from));
    return Done{};
}

Expected<Done> SmallHq::put_blob(const Hash& hash, BytesView bytes, const Bytes&)
{
    CHECK(sha256(bytes) == hash);
    bodies[hash] = {bytes.begin(), bytes.end()};
    return Done{};
}

Expected<Bytes> SmallHq::bundle(BytesView) { return fail(ErrorKind::NotFound, "link.not_there"); }

void SmallHq::publish(const std::filesystem::path& library, const std::filesystem::path& bank)
{
    release_.incarnation = incarnation;
    release_.published_at = clock_.now().at;
    release_.is_demo = true;
    ++release_.number;
    release_.packs.clear();
    for (const auto& [kind, hash] : {std::pair{"library", pack(build_library(library, packs_.path()))},
                                     {"bank", pack(build_bank(bank, library, packs_.path()))}}) {
        const auto size = std::filesystem::file_size(packs_.path() / (to_hex(hash) + ".pack"));
        release_.packs.push_back({kind, hash, static_cast<std::int64_t>(size)});
    }
}

TerminalFolder::TerminalFolder() : hq(clock)
{
    std::filesystem::copy(enrolled_once(), root_.path(), std::filesystem::copy_options::recursive);
    const auto key = KeyPair::open(folder().key());
    REQUIRE(key);
    hq.knows(key->public_key());
    const auto sources = write_small_sources(sources_.path());
    hq.publish(sources.library, sources.bank);
    exchange();
}

Expected<Exchanged> TerminalFolder::try_exchange()
{
    const auto key = KeyPair::open(folder().key());
    auto beside = Beside::open(folder().beside());
    REQUIRE(beside);
    const auto enrolment = read_enrolment(*beside);
    REQUIRE_MESSAGE(enrolment, enrolment.error().message());
    auto journal = Journal::read_only(folder().journal());
    REQUIRE(journal);
    return sync::exchange_all(folder(), *journal, *beside, *key, *enrolment, hq, clock);
}

void TerminalFolder::exchange()
{
    const auto done = try_exchange();
    REQUIRE_MESSAGE(done, done.error().message());
}

} // namespace adal::support
