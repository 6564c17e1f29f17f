#include "tests/sync/hq/headquarters.hpp"
#include "sync/hq/teaching.hpp"
#include "tests/support/terminal_folder.hpp"
#include <fstream>

namespace adal::tests {
namespace {

content::DutyRule rule(const char* id, content::DutyKind kind, const char* object, content::Due due, bool on_probation,
                       bool contractors)
{
    content::DutyRule result{
        .id = {id}, .kind = kind, .object = object, .title = {id, id, id}, .reason = {}, .who = {}, .due = due};
    result.who.classes = {content::PersonClass::Employee};
    if (contractors) result.who.classes.push_back(content::PersonClass::Contractor);
    result.who.on_probation = on_probation;
    return result;
}

} // namespace

Headquarters::Headquarters(const std::string& postgres)
{
    auto made = hq::found({.folder = folder, .config = {postgres}, .root_out = {}, .is_demo = true}, clock, random);
    REQUIRE_MESSAGE(made, made.error().message());
    founded = *made;
    auto opened = hq::open_keys(folder);
    REQUIRE_MESSAGE(opened, opened.error().message());
    keys.emplace(std::move(*opened));
    intake = std::make_unique<hq::Intake>(stores, folder, *keys, clock, random);
    teach();
}

void Headquarters::teach()
{
    teaching.release = 1;
    teaching.curriculum = {
        1,
        {rule("code", content::DutyKind::Acknowledgement, "anti-corruption-code", {10, std::nullopt}, false, true),
         rule("speak-up", content::DutyKind::Module, "speak-up", {21, std::nullopt}, false, false),
         rule("probation-test", content::DutyKind::Test, "probation", {std::nullopt, 14}, true, false)}};
    teaching.policies["probation"] = {3, 3};
    auto store = stores.borrow().value();
    REQUIRE(store->write([&](std::int64_t) { return hq::fold_duties(*store, teaching); }));
}

std::string Headquarters::invite(const std::string& site)
{
    auto store = stores.borrow().value();
    std::string code;
    REQUIRE(store->write([&](std::int64_t) -> Expected<Done> {
        code = to_text(hq::invite(*store, *keys, {{site}, {}}, clock.now().at, random).value().code);
        return Done{};
    }));
    return code;
}

std::int64_t Headquarters::count(const std::string& table)
{
    auto store = stores.borrow().value();
    return store->db().query("SELECT COUNT(*) FROM " + table).value().at(0).integer(0);
}

std::string Headquarters::pages()
{
    auto store = stores.borrow().value();
    return hq::projected(*store).value();
}

Terminal::Terminal(Headquarters& at) : headquarters(at)
{
    auto enrolled = sync::enrol(folder, at.invite(), "http://hq", *at.intake, at.clock, at.random);
    REQUIRE_MESSAGE(enrolled, enrolled.error().message());
    enrolment = *enrolled;
    open();
}

Terminal::Terminal(Terminal& cloned_disk, int)
    : headquarters(cloned_disk.headquarters), enrolment(cloned_disk.enrolment)
{
    cloned_disk.journal.reset();
    cloned_disk.beside.reset();
    std::filesystem::copy(cloned_disk.root.path(), root.path(),
                          std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    cloned_disk.open();
    open();
}

void Terminal::open()
{
    journal.reset();
    beside.reset();
    key = std::make_unique<sync::KeyPair>(*sync::KeyPair::open(folder.key()));
    auto opened = sync::Journal::open(folder.journal(), *key, headquarters.clock);
    REQUIRE_MESSAGE(opened, opened.error().message());
    journal = std::make_unique<sync::Journal>(std::move(*opened));
    auto kept = sync::Beside::open(folder.beside());
    REQUIRE_MESSAGE(kept, kept.error().message());
    beside = std::make_unique<sync::Beside>(std::move(*kept));
}

void Terminal::record(const PersonId& person, const std::vector<sync::Fact>& facts)
{
    headquarters.clock.advance(std::chrono::seconds{30});
    REQUIRE(journal->append(person, facts));
}

void Terminal::finish_module(const PersonId& person, int pages)
{
    for (int page = 1; page <= pages; ++page)
        record(person,
               {content::PageFinished{.module = {"speak-up"}, .version = 1, .page = page, .language = Language::kk}});
    record(person, {content::ModuleCompleted{.module = {"speak-up"}, .version = 1}});
}

void Terminal::pass_test(const PersonId& person, int points, bool passed)
{
    const AttemptId attempt{to_hex(headquarters.random.bytes(8))};
    quizzes::AttemptStarted started{.attempt = attempt,
                                    .test = {"probation"},
                                    .test_version = 1,
                                    .seed = 7,
                                    .time_limit = std::chrono::minutes{20},
                                    .pass_mark = 14,
                                    .items = {}};
    started.items.push_back({.item = {"gifts-01"}, .revision = "0011aabb", .choices = {{"A"}, {"B"}}});
    record(person, {started, quizzes::ItemPresented{attempt, {"gifts-01"}}});
    record(person, {quizzes::ResponseGiven{.attempt = attempt,
                                           .item = {"gifts-01"},
                                           .revision = "0011aabb",
                                           .response = {{"A"}},
                                           .language = Language::kk}});
    record(person, {quizzes::AttemptClosed{.attempt = attempt,
                                           .test = {"probation"},
                                           .reason = quizzes::CloseReason::Submitted,
                                           .score = {points, 20},
                                           .passed = passed,
                                           .topics = {{{"gifts"}, {points, 20}}},
                                           .time_used = std::chrono::minutes{9}}});
}

Expected<sync::Exchanged> Terminal::exchange(sync::Road& road, std::size_t batch_limit)
{
    return sync::exchange(folder, *journal, *beside, *key, enrolment, road, headquarters.clock, batch_limit);
}

sync::ExchangeRequest Terminal::request() const
{
    const auto receipt = sync::read_sync_state(*beside).receipt_of(journal->id());
    const auto after = receipt ? receipt->head : sync::Head{};
    return {.terminal = enrolment.certificate.terminal,
            .batch = journal->batch_after(after.seq, 500).value(),
            .first_row = {},
            .release = 0,
            .roster = 0,
            .terminal_time_ms = 0,
            .verifiers = {}};
}

Bytes Terminal::envelope(const sync::ExchangeRequest& request) const
{
    return sync::signed_message(sync::Purpose::Exchange, request.terminal.text, enrolment.certificate.incarnation,
                                encode(request), *key);
}

void publish(Headquarters& headquarters, const char* extra)
{
    support::TemporaryFolder folder;
    const auto sources = support::write_small_sources(folder.path());
    for (const auto language : all_languages)
        std::ofstream{sources.library / "modules" / "speak-up" / (std::string{code(language)} + ".md"), std::ios::app} << extra;
    auto store = headquarters.stores.borrow().value();
    const auto published = hq::publish(*store, headquarters.folder, *headquarters.keys, sources.library, sources.bank, Nobody{}, headquarters.clock, headquarters.random);
    REQUIRE_MESSAGE(published, published.error().message());
    REQUIRE(published->release);
}

} // namespace adal::tests
