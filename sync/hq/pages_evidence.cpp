#include "sync/hq/pages_evidence.hpp"
#include "content/language/dates.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace adal::sync::hq {
namespace {

std::string number(std::int64_t n) { return std::to_string(n); }

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
        step("pen", say("hq.evidence.acknowledged", {{"version", number(reading.acknowledged->version)}}),
             say("hq.evidence.text_hash", {{"hash", short_hash(reading.acknowledged->text)}, {"languages", languages}}),
             time_of(evidence.ended.at)));
}

std::string by_a_clock(const Say& say, UtcTime at)
{
    return language::date_and_time(at, say.language);
}

std::string exactness(const Say& say, Elapsed uncertainty)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(uncertainty).count();
    const bool is_short = seconds < 120;
    return say(is_short ? "hq.evidence.clock.seconds" : "hq.evidence.clock.minutes", {{"n", number(is_short ? seconds : (seconds + 59) / 60)}});
}

/// Both times of the last fact: the one that the terminal wrote and signed, and the one that comparisons with our own clock make of it.
View clock_step(const Say& say, const FactPlace& place)
{
    const Arguments own{{"own", by_a_clock(say, place.recorded_at)}};
    if (!place.corrected) return step("clock", say("hq.evidence.clock"), say("hq.evidence.clock.never", own), "");
    auto both = own;
    both.emplace_back("at", by_a_clock(say, place.corrected->at));
    const bool is_known = place.corrected->uncertainty.has_value();
    if (is_known) both.emplace_back("within", exactness(say, *place.corrected->uncertainty));
    return step("clock", say("hq.evidence.clock"), say(is_known ? "hq.evidence.clock.within" : "hq.evidence.clock.unknown", both), "");
}

/// More attempts counted than the test allows.
void put_over_limit(const PageContext& context, const DutyView& duty, View::List& steps)
{
    const auto policy = context.teaching.policies.find(duty.rule->object);
    if (duty.rule->kind != content::DutyKind::Test || policy == context.teaching.policies.end()) return;
    const auto counted = duty.achievement.attempts_counted, allowed = policy->second.attempts;
    if (allowed <= 0 || counted <= allowed) return;
    steps.push_back(step("alert", context.say("hq.evidence.over_limit"),
                         context.say("hq.evidence.over_limit.how", {{"n", number(counted)}, {"allowed", number(allowed)}}), "", true));
}

View evidence_steps(const PageContext& context, const DutyView& duty, const Evidence& evidence, const std::string& place)
{
    const auto& say = context.say;
    const auto& rule = *duty.rule;
    View::List steps;
    const auto terminal = shown(evidence.begun.terminal);
    if (evidence.sign_in) {
        constexpr std::array keys{"hq.sign_in.code", "hq.sign_in.pin", "hq.sign_in.badge", "hq.sign_in.witnessed"};
        steps.push_back(step("badge", say(keys.at(static_cast<std::size_t>(evidence.signed_in->how))),
                             say("hq.evidence.terminal", {{"terminal", terminal}, {"place", place}}),
                             when_of(*evidence.sign_in)));
    }
    if (evidence.test) put_test_steps(context, *evidence.test, evidence, steps);
    if (evidence.reading)
        put_reading_steps(context, *evidence.reading, evidence, rule.kind == content::DutyKind::Module, steps);
    put_over_limit(context, duty, steps);
    steps.push_back(clock_step(say, evidence.ended));
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

} // namespace

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
            key = "hq.history.acknowledged", icon = "pen";
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
                            time_of(row->event.moment.at)));
    }
    if (!list.empty()) list.back().set("last", true);
    return list;
}

void put_evidence(const PageContext& context, const DutyView& duty, const std::optional<Evidence>& evidence,
                  const std::string& place, View& view)
{
    const auto& say = context.say;
    view.set("evidence_title", say("hq.evidence.title", {{"duty", duty.rule->title.in(say.language)}}))
        .set("has_evidence", evidence.has_value());
    if (!evidence) return;
    view.set("steps", evidence_steps(context, duty, *evidence, place));
    view.set("intact", evidence->check.fault
                           ? View{{"kind", "over"}, {"pic", "alert"}, {"word", say("hq.evidence.chip.broken")}}
                           : View{{"kind", "done"}, {"pic", "check"}, {"word", say("hq.evidence.chip.intact")}});
    const bool has_topics = evidence->test && evidence->test->closed && !evidence->test->closed->topics.empty();
    view.set("has_topics", has_topics);
    if (has_topics) view.set("topics", topic_bars(context, *evidence->test->closed));
}

} // namespace adal::sync::hq
