#include "content/language/dates.hpp"
#include "sync/hq/pages_evidence.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace adal::sync::hq {
namespace {

std::string number(std::int64_t n) { return std::to_string(n); }

std::string name_of(const std::vector<std::pair<std::string, Text>>& names, const std::string& id, Language language)
{
    for (const auto& [known, name] : names)
        if (known == id) return name.in(language);
    return id;
}

struct Codes { // what sites, units and employers are called
    std::vector<std::pair<std::string, Text>> sites, units, employers;
};
Expected<Codes> read_codes(Store& store)
{
    auto sites = all_sites(store);
    auto units = all_units(store);
    auto employers = all_employers(store);
    if (!sites) return sites.error();
    if (!units) return units.error();
    if (!employers) return employers.error();
    Codes codes;
    for (const auto& [id, name] : *sites) codes.sites.emplace_back(id.text, name);
    for (const auto& unit : *units) codes.units.emplace_back(unit.id.text, unit.name);
    for (const auto& [id, name] : *employers) codes.employers.emplace_back(id.text, name);
    return codes;
}

const Assignment* main_assignment(const Person& person, Date today)
{
    for (const auto& assignment : person.assignments)
        if (assignment.is_current(today)) return &assignment;
    return person.assignments.empty() ? nullptr : &person.assignments.back();
}

View fact(const std::string& label, const std::string& value) { return View{{"label", label}, {"value", value}}; }

View facts_card(const PageContext& context, const Person& person, const Codes& codes)
{
    const auto& say = context.say;
    View::List list;
    for (const auto& assignment : person.assignments)
        if (assignment.is_current(context.today) || &assignment == main_assignment(person, context.today))
            list.push_back(
                fact(say("hq.person.number"), grouped(assignment.number) + ", " +
                                                  name_of(codes.employers, assignment.employer.text, say.language)));
    if (const auto* main = main_assignment(person, context.today)) {
        list.push_back(fact(say("hq.person.position"), main->position));
        list.push_back(fact(say("hq.person.hired"), language::full_date(main->from, say.language)));
        const bool is_over = main->probation_end && *main->probation_end < context.today;
        if (main->probation_end && !is_over)
            list.push_back(
                fact(say("hq.person.probation"),
                     say("hq.person.until", {{"date", language::full_date(*main->probation_end, say.language)}})));
        list.push_back(fact(
            say("hq.person.class"),
            say(main->person_class == content::PersonClass::Contractor ? "hq.class.contractor" : "hq.class.employee")));
    }
    if (person.language)
        list.push_back(fact(say("hq.person.language"), say("hq.speaks." + std::string{code(*person.language)})));
    list.push_back(fact(say("hq.person.as_of"), language::date_and_time(context.now, say.language)));
    return list;
}

std::string evidence_words(const Say& say, const DutyView& duty, const std::optional<Evidence>& evidence)
{
    if (!evidence) return say("hq.evidence.none");
    const Arguments facts{{"n", number(evidence->facts)}};
    if (duty.rule->kind == content::DutyKind::Module && duty.parts_total > 0)
        return say("hq.evidence.pages", {{"done", number(duty.parts_done)}, {"total", number(duty.parts_total)}});
    if (evidence->reading && evidence->reading->acknowledged) return say("hq.evidence.signed", facts);
    return say("hq.evidence.facts", facts);
}

std::string state_detail(const Say& say, const DutyView& duty)
{
    const auto& result = duty.achievement.passing_result;
    if (duty.state == DutyState::Done && result)
        return say("hq.chip.passed",
                   {{"points", number(result->score.points)}, {"maximum", number(result->score.maximum)}});
    if (duty.state == DutyState::Overdue) return say("hq.chip.overdue", {{"days", number(-duty.days_left)}});
    return {};
}

/// The duty whose evidence is on show: asked for, else the test once begun, else whatever was begun.
const DutyView* chosen(const PageContext& context, const std::vector<DutyView>& duties)
{
    const auto wanted = context.request.at("duty");
    for (const auto& duty : duties)
        if (duty.rule->id.text == wanted) return &duty;
    for (const auto& duty : duties)
        if (duty.rule->kind == content::DutyKind::Test && duty.achievement.started) return &duty;
    for (const auto& duty : duties)
        if (duty.achievement.started) return &duty;
    return duties.empty() ? nullptr : &duties.front();
}

} // namespace

Expected<View> person_page(const PageContext& context, const PersonId& id)
{
    const auto& say = context.say;
    auto found = find_person(context.store, id);
    auto codes = read_codes(context.store);
    auto rows = rows_of_actor(context.store, id);
    if (!found) return found.error();
    if (!codes) return codes.error();
    if (!rows) return rows.error();
    const bool is_unknown = !*found && !rows->empty() && seen_units(context).empty(); // facts, but nobody in the roster
    if (!is_unknown && (!*found || !is_seen(context, **found)))
        return fail(ErrorKind::NotFound, "hq.person.missing", {{"person", id.text}});
    const auto person = found->value_or(Person{.id = id,
                                               .family_name = id.text,
                                               .given_name = {},
                                               .patronymic = {},
                                               .language = {},
                                               .assignments = {},
                                               .verifier = {}});
    Achievements achievements;
    for (const auto& stored : *rows) achievements.apply(stored.event);
    auto duties =
        duties_of(context.teaching.curriculum, person, achievements, context.today, context.teaching.policies);

    View view{{"title", is_unknown ? id.text : person.full_name()},
              {"is_unknown", is_unknown},
              {"facts", facts_card(context, person, *codes)}};
    const auto* main = main_assignment(person, context.today);
    const auto site = main ? name_of(codes->sites, main->site.text, say.language) : "",
               unit = main ? name_of(codes->units, main->unit.text, say.language) : "";
    view.set("site", site)
        .set("unit", unit)
        .set("site_address", main ? address(context, "/people", {{"site", main->site.text}}, {}) : "/people");
    view.set("unit_address",
             main ? address(context, "/people", {{"site", main->site.text}, {"unit", main->unit.text}}, {})
                  : "/people");
    const auto* shown = chosen(context, duties);
    View::List lines;
    for (auto& duty : duties) {
        const auto parts = context.teaching.parts.find(duty.rule->object);
        duty.parts_total = parts == context.teaching.parts.end() ? 0 : parts->second;
        auto evidence = evidence_of(context.store, *rows, *duty.rule);
        if (!evidence) return evidence.error();
        if (&duty == shown && *evidence)
            if (auto walked = check_chain(context.store, **evidence); !walked) return walked.error();
        if (&duty == shown) put_evidence(context, duty, *evidence, site, view);
        lines.push_back(View{{"duty", duty.rule->title.in(say.language)},
                             {"reason", duty.rule->reason.in(say.language)},
                             {"on", &duty == shown},
                             {"chip", chip(say, duty.state, state_detail(say, duty))},
                             {"due", duty.due ? language::short_date(*duty.due) : ""},
                             {"evidence", evidence_words(say, duty, *evidence)},
                             {"has_facts", evidence->has_value()},
                             {"address", address(context, "/people/" + id.text, {{"duty", duty.rule->id.text}}, {})}});
    }
    view.set("count", say("hq.person.rules", {{"n", number(static_cast<std::int64_t>(lines.size()))}}))
        .set("owes_nothing", lines.empty())
        .set("duties", std::move(lines));
    auto past = history(context, *rows);
    view.set("has_history", !rows->empty()).set("history", std::move(past));
    return view;
}

} // namespace adal::sync::hq
