#include "content/language/dates.hpp"
#include "sync/hq/evidence.hpp"
#include "sync/hq/pages.hpp"
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

bool is_seen(const PageContext& context, const Person& person)
{
    const auto units = seen_units(context);
    return units.empty() ||
           std::any_of(person.assignments.begin(), person.assignments.end(), [&](const Assignment& assignment) {
               return assignment.is_current(context.today) &&
                      std::find(units.begin(), units.end(), assignment.unit) != units.end();
           });
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

View step(const char* icon, const std::string& title, const std::string& detail, const std::string& when,
          bool is_grave = false)
{
    return View{{"pic", icon},  {"step", title},     {"detail", detail}, {"has_detail", !detail.empty()},
                {"when", when}, {"grave", is_grave}, {"last", false}};
}

std::string when_of(const FactPlace& place)
{
    return language::short_date(language::date_of(place.at)).substr(0, 5) + ", " + language::clock_text(place.at);
}
std::string time_of(UtcTime at)
{
    return language::short_date(language::date_of(at)).substr(0, 5) + ", " + language::clock_text(at);
}

std::string languages_of(const Say& say, const std::map<Language, int>& read_in)
{
    std::string text;
    for (const auto& [language, count] : read_in)
        text += (text.empty() ? "" : ", ") + say("hq.speaks." + std::string{code(language)}) + " " + number(count);
    return text;
}

std::string short_hash(const Hash& hash)
{
    const auto hex = to_hex(hash);
    return hex.substr(0, 4) + " " + hex.substr(4, 4) + " … " + hex.substr(60);
}

void put_test_steps(const PageContext& context, const TestEvidence& test, const Evidence& evidence, View::List& steps)
{
    const auto& say = context.say;
    const auto at_fact = [&](std::uint64_t seq) {
        return say("hq.evidence.fact", {{"seq", number(static_cast<std::int64_t>(seq))}});
    };
    std::set<TopicId> topics;
    const auto known = context.teaching.tests.find(test.started.test.text);
    const auto topic_count = known == context.teaching.tests.end() ? std::size_t{0} : known->second.topics.size();
    steps.push_back(
        step("test", say("hq.evidence.attempt", {{"n", number(test.attempt)}}),
             say("hq.evidence.form",
                 {{"topics", number(static_cast<std::int64_t>(topic_count))},
                  {"items", number(static_cast<std::int64_t>(test.started.items.size()))},
                  {"seed", fmt::format("{:04x} {:04x}", test.started.seed >> 16U, test.started.seed & 0xFFFFU)}}),
             at_fact(evidence.begun.seq)));
    if (test.answered > 0)
        steps.push_back(
            step("list", say("hq.evidence.answers", {{"n", number(test.answered)}}),
                 say("hq.evidence.answers.how",
                     {{"languages", languages_of(say, test.read_in)}, {"seconds", number(test.median_seconds)}}),
                 say("hq.evidence.fact_range", {{"first", number(static_cast<std::int64_t>(test.first_answer))},
                                                {"last", number(static_cast<std::int64_t>(test.last_answer))}})));
    if (!test.closed) return;
    const char* reason = test.closed->reason == quizzes::CloseReason::Submitted     ? "hq.evidence.submitted"
                         : test.closed->reason == quizzes::CloseReason::TimeExpired ? "hq.evidence.time_expired"
                                                                                    : "hq.evidence.interrupted";
    steps.push_back(step("flag", say(reason),
                         say("hq.evidence.score", {{"points", number(test.closed->score.points)},
                                                   {"maximum", number(test.closed->score.maximum)},
                                                   {"pass_mark", number(test.started.pass_mark)}}),
                         at_fact(evidence.ended.seq)));
}

void put_reading_steps(const PageContext& context, const ReadingEvidence& reading, const Evidence& evidence,
                       bool is_module, View::List& steps)
{
    const auto& say = context.say;
    const auto range = say("hq.evidence.fact_range", {{"first", number(static_cast<std::int64_t>(reading.first))},
                                                      {"last", number(static_cast<std::int64_t>(reading.last))}});
    if (is_module) {
        steps.push_back(
            step("module", say("hq.evidence.pages_finished", {{"n", number(reading.parts)}}),
                 say("hq.evidence.checks", {{"right", number(reading.right_checks)}, {"n", number(reading.checks)}}),
                 range));
        if (reading.is_completed)
            steps.push_back(step("flag", say("hq.evidence.completed"), "", time_of(evidence.ended.at)));
        return;
    }
    if (reading.parts > 0)
        steps.push_back(step("book", say("hq.evidence.sections", {{"n", number(reading.parts)}}),
                             say("hq.evidence.reading_time", {{"minutes", number((reading.seconds + 59) / 60)}}),
                             range));
    if (!reading.acknowledged) return;
    std::string languages;
    for (const auto language : reading.acknowledged->read_in)
        languages += (languages.empty() ? "" : ", ") + say("hq.speaks." + std::string{code(language)});
    steps.push_back(
        step("seal", say("hq.evidence.acknowledged", {{"version", number(reading.acknowledged->version)}}),
             say("hq.evidence.text_hash", {{"hash", short_hash(reading.acknowledged->text)}, {"languages", languages}}),
             time_of(evidence.ended.at)));
}

View evidence_steps(const PageContext& context, const content::DutyRule& rule, const Evidence& evidence,
                    const std::string& place)
{
    const auto& say = context.say;
    View::List steps;
    const auto& terminal = evidence.begun.terminal.text;
    if (evidence.sign_in) {
        constexpr std::array keys{"hq.sign_in.code", "hq.sign_in.pin", "hq.sign_in.badge", "hq.sign_in.witnessed"};
        steps.push_back(step("badge", say(keys.at(static_cast<std::size_t>(evidence.signed_in->how))),
                             say("hq.evidence.terminal", {{"terminal", terminal}, {"place", place}}),
                             when_of(*evidence.sign_in)));
    }
    if (evidence.test) put_test_steps(context, *evidence.test, evidence, steps);
    if (evidence.reading)
        put_reading_steps(context, *evidence.reading, evidence, rule.kind == content::DutyKind::Module, steps);
    steps.push_back(step("key", say("hq.evidence.key"),
                         say("hq.evidence.key.how", {{"hash", short_hash(*evidence.signed_hash)}}),
                         language::clock_text(evidence.ended.at)));
    if (evidence.arrival)
        steps.push_back(
            step("hq", say("hq.evidence.received"),
                 say("hq.evidence.receipt", {{"number", number(evidence.arrival->receipt)},
                                             {"seq", number(static_cast<std::int64_t>(evidence.arrival->head_seq))}}),
                 time_of(evidence.arrival->at)));
    if (evidence.check.fault)
        steps.push_back(
            step("alert", say("hq.evidence.broken"), say(*evidence.check.fault), time_of(context.now), true));
    else
        steps.push_back(step("link", say("hq.evidence.verified"),
                             say(evidence.check.branches > 1 ? "hq.evidence.chain.branches" : "hq.evidence.chain",
                                 {{"terminal", terminal},
                                  {"n", number(static_cast<std::int64_t>(evidence.check.rows))},
                                  {"branches", number(evidence.check.branches)}}),
                             time_of(context.now)));
    if (!steps.empty()) steps.back().set("last", true);
    return steps;
}

/// One segment a point: topics without items and keys, because shift mates come next.
View topic_bars(const PageContext& context, const quizzes::AttemptClosed& closed)
{
    View::List topics;
    const auto test = context.teaching.tests.find(closed.test.text);
    for (const auto& scored : closed.topics) {
        std::string title = scored.topic.text;
        if (test != context.teaching.tests.end())
            for (const auto& topic : test->second.topics)
                if (topic.topic == scored.topic) title = topic.title.in(context.say.language);
        View::List segments;
        const int maximum = std::max(1, scored.score.maximum);
        const double pitch = 153.0 / maximum;
        for (int i = 0; i < scored.score.maximum; ++i)
            segments.push_back(View{{"x", fmt::format("{:.1f}", i * pitch + 1)},
                                    {"width", fmt::format("{:.1f}", pitch - 5)},
                                    {"full", i < scored.score.points}});
        topics.push_back(View{{"topic", title},
                              {"segments", std::move(segments)},
                              {"score", context.say("hq.topic.score", {{"points", number(scored.score.points)},
                                                                       {"maximum", number(scored.score.maximum)}})}});
    }
    return topics;
}

/// What she did last, the plainest facts only.
View history(const PageContext& context, const std::vector<StoredRow>& rows)
{
    const auto& say = context.say;
    View::List list;
    for (auto row = rows.rbegin(); row != rows.rend() && list.size() < 6; ++row) {
        const auto fact = decode(row->row.kind, row->row.body);
        const char *key = nullptr, *icon = nullptr;
        if (std::holds_alternative<PinSet>(fact))
            key = "hq.history.pin_set", icon = "lock";
        else if (std::holds_alternative<SignedIn>(fact))
            key = "hq.history.signed_in", icon = "badge";
        else if (std::holds_alternative<content::DocumentAcknowledged>(fact))
            key = "hq.history.acknowledged", icon = "seal";
        else if (std::holds_alternative<content::ModuleCompleted>(fact))
            key = "hq.history.module", icon = "module";
        else if (std::holds_alternative<quizzes::AttemptStarted>(fact))
            key = "hq.history.attempt", icon = "test";
        else if (std::holds_alternative<quizzes::AttemptClosed>(fact))
            key = "hq.history.attempt_closed", icon = "flag";
        else if (std::holds_alternative<UnknownFact>(fact))
            key = "hq.history.unknown", icon = "info";
        if (!key) continue;
        list.push_back(step(icon, say(key, {{"kind", row->row.kind}}),
                            say("hq.evidence.fact", {{"seq", number(static_cast<std::int64_t>(row->row.seq))}}),
                            time_of(from_ms(row->row.at_ms))));
    }
    if (!list.empty()) list.back().set("last", true);
    return list;
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

void put_evidence(const PageContext& context, const DutyView& duty, const std::optional<Evidence>& evidence,
                  const std::string& place, View& view)
{
    const auto& say = context.say;
    view.set("evidence_title", say("hq.evidence.title", {{"duty", duty.rule->title.in(say.language)}}))
        .set("has_evidence", evidence.has_value());
    if (!evidence) return;
    view.set("steps", evidence_steps(context, *duty.rule, *evidence, place));
    view.set("intact", evidence->check.fault
                           ? View{{"kind", "over"}, {"pic", "alert"}, {"word", say("hq.evidence.chip.broken")}}
                           : View{{"kind", "done"}, {"pic", "check"}, {"word", say("hq.evidence.chip.intact")}});
    const bool has_topics = evidence->test && evidence->test->closed && !evidence->test->closed->topics.empty();
    view.set("has_topics", has_topics);
    if (has_topics) view.set("topics", topic_bars(context, *evidence->test->closed));
}

} // namespace

Expected<View> person_page(const PageContext& context, const PersonId& id)
{
    const auto& say = context.say;
    auto person = find_person(context.store, id);
    if (!person) return person.error();
    if (!*person || !is_seen(context, **person))
        return fail(ErrorKind::NotFound, "hq.person.missing", {{"person", id.text}});
    auto codes = read_codes(context.store);
    auto rows = rows_of_actor(context.store, id);
    if (!codes) return codes.error();
    if (!rows) return rows.error();
    Achievements achievements;
    for (const auto& stored : *rows) achievements.apply(to_event(stored.row));
    auto duties =
        duties_of(context.teaching.curriculum, **person, achievements, context.today, context.teaching.policies);

    View view{{"title", (*person)->full_name()}, {"facts", facts_card(context, **person, *codes)}};
    const auto* main = main_assignment(**person, context.today);
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
