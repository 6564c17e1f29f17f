#include "tests/simulation/template.hpp"
#include "sync/hq/intake.hpp"
#include "sync/hq/setup.hpp"
#include "sync/link/terminal_link.hpp"
#include "tests/simulation/demand.hpp"
#include "tests/support/manual_clock.hpp"

namespace adal::simulation {

using namespace sync;

namespace {

content::DutyRule rule(const char* id, content::DutyKind kind, const char* object)
{
    content::DutyRule rule{.id = {id}, .kind = kind, .object = object, .title = {id, id, id}, .reason = {}, .who = {}, .due = {10, std::nullopt}};
    rule.who.classes = {content::PersonClass::Employee};
    return rule;
}

Person person(const PersonId& id, Date from)
{
    const Assignment work{.employer = {"smelter"}, .number = id.text.substr(2), .unit = {"shop"}, .site = {"balkhash"}, .position = "fitter",
                          .person_class = content::PersonClass::Employee, .from = from, .to = {}, .probation_end = from + std::chrono::days{90}};
    return {.id = id, .family_name = id.text, .given_name = "A", .patronymic = "", .language = Language::ru, .assignments = {work}, .verifier = {}};
}

Expected<Done> hire(hq::Store& store, UtcTime now)
{
    if (auto put = hq::put_site(store, {"balkhash"}, {"Балқаш", "Балхаш", "Balkhash"}, 0); !put) return put;
    if (auto put = hq::put_unit(store, {{"shop"}, {"balkhash"}, {"Цех", "Цех", "Shop"}}); !put) return put;
    if (auto put = hq::put_employer(store, {"smelter"}, {"Зауыт", "Завод", "Smelter"}); !put) return put;
    const auto today = std::chrono::floor<std::chrono::days>(now);
    for (const auto& id : people())
        if (auto put = hq::put_person(store, person(id, today - std::chrono::days{5})); !put) return put;
    if (auto folded = hq::fold_duties(store, teaching()); !folded) return folded;
    return hq::bump_roster(store, now);
}

std::string invitation(hq::Store& store, const hq::HqKeys& keys, UtcTime now, Random& random)
{
    std::string code;
    need(store.write([&](std::int64_t) -> Expected<Done> {
             auto invited = hq::invite(store, keys, {.site = {"balkhash"}, .units = {}}, now, random);
             if (!invited) return invited.error();
             code = to_text(invited->code);
             return Done{};
         }),
         "invite");
    return code;
}

} // namespace

hq::Teaching teaching()
{
    hq::Teaching teaching;
    teaching.release = 1;
    teaching.curriculum = {1, {rule("speak-up", content::DutyKind::Module, "speak-up"), rule("test", content::DutyKind::Test, "probation")}};
    teaching.policies["probation"] = {3, 3};
    return teaching;
}

Template::Template(const std::filesystem::path& at, int count) : folder(at)
{
    support::ManualClock clock;
    support::SeededRandom random{1};
    const hq::HqFolder hq_folder{folder / "hq"};
    need(hq::found({.folder = hq_folder, .config = {}, .root_out = {}, .is_demo = false}, clock, random), "found");
    const auto keys = need(hq::open_keys(hq_folder), "keys");
    hq::StorePool stores{[&] { return hq::open_store(hq_folder); }};
    hq::Intake intake{stores, hq_folder, keys, clock, random};
    std::vector<std::string> codes;
    {
        auto store = need(stores.borrow(), "store");
        need(store->write([&](std::int64_t) { return hire(*store, clock.now().at); }), "hire");
        for (int i = 0; i < count; ++i) codes.push_back(invitation(*store, keys, clock.now().at, random));
    }
    for (const auto& code : codes) {
        const auto name = "t-0" + std::to_string(terminals.size() + 1);
        need(sync::enrol(TerminalFolder{folder / name}, code, "http://hq", intake, clock, random), "enrol");
        terminals.push_back(name);
    }
}

} // namespace adal::simulation
