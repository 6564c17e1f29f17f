#include "content/language/dates.hpp"
#include "sync/hq/pages.hpp"
#include "sync/hq/revocations.hpp"
#include "sync/hq/terminals.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace adal::sync::hq {
namespace {

constexpr int weeks_ahead = 13;

using Counts = std::map<DutyState, std::int64_t>;

std::int64_t of(const Counts& counts, std::initializer_list<DutyState> states)
{
    std::int64_t sum = 0;
    for (const auto state : states)
        if (const auto found = counts.find(state); found != counts.end()) sum += found->second;
    return sum;
}
std::int64_t all_of(const Counts& counts)
{
    std::int64_t sum = 0;
    for (const auto& [state, count] : counts) sum += count;
    return sum;
}
std::int64_t waiting(const Counts& counts) { return of(counts, {DutyState::Due, DutyState::InProgress}); }
std::int64_t late(const Counts& counts) { return of(counts, {DutyState::Overdue, DutyState::AttemptsUsedUp}); }

/// Pieces of a bar; the numbers stand beside it, so it may be looked past.
View bar(const Counts& counts)
{
    const auto whole = all_of(counts);
    View::List pieces;
    double at = 0;
    auto add = [&](const char* kind, std::int64_t part) {
        if (part == 0 || whole == 0) return;
        const double width = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
        pieces.push_back(
            View{{"kind", kind}, {"x", fmt::format("{:.2f}%", at)}, {"width", fmt::format("{:.2f}%", width)}});
        at += width;
    };
    add("done", of(counts, {DutyState::Done, DutyState::Waived}));
    add("busy", of(counts, {DutyState::InProgress}));
    add("due", of(counts, {DutyState::Due}));
    add("over", late(counts));
    return pieces;
}

View site_row(const PageContext& context, const std::string& name, const std::string& site, const std::string& rule,
              const Counts& counts)
{
    const auto& say = context.say;
    const auto done = of(counts, {DutyState::Done});
    const auto link = [&](const char* state) {
        return address(context, "/people", {{"site", site}, {"duty", rule}, {"state", state}}, {});
    };
    return View{{"name", name},
                {"address", address(context, "/people", {{"site", site}, {"duty", rule}}, {})},
                {"people", number_text(say, all_of(counts))},
                {"bar", bar(counts)},
                {"percent", percent_text(say, done, all_of(counts))},
                {"done", number_text(say, done)},
                {"busy", number_text(say, of(counts, {DutyState::InProgress}))},
                {"due", number_text(say, of(counts, {DutyState::Due}))},
                {"over", number_text(say, late(counts))},
                {"is_late", late(counts) > 0},
                {"over_address", link("overdue")}};
}

/// 1, 2, 5, 10, 20, 50 ...: a scale that people read without counting.
std::int64_t round_step(std::int64_t least)
{
    for (std::int64_t ten = 1;; ten *= 10)
        for (const auto factor : {1, 2, 5})
            if (ten * factor >= least) return ten * factor;
}

/// Bars of a chart as rectangles on a grid of 636 x 186; each has its number above it.
View probation_chart(const PageContext& context, const std::vector<ProbationWeek>& weeks)
{
    std::int64_t highest = 4;
    for (const auto& week : weeks) highest = std::max(highest, week.open + week.used_up);
    const auto step = round_step((highest + 3) / 4);
    const double left = 36, bottom = 158, height = 138, unit = height / static_cast<double>(step * 4),
                 pitch = 600.0 / static_cast<double>(weeks.size());
    View::List lines, bars;
    for (int i = 0; i <= 4; ++i) {
        const double y = bottom - unit * static_cast<double>(step * i);
        lines.push_back(View{{"y", fmt::format("{:.1f}", y)},
                             {"text_y", fmt::format("{:.1f}", y + 5)},
                             {"label", std::to_string(step * i)}});
    }
    for (std::size_t i = 0; i < weeks.size(); ++i) {
        const auto& week = weeks[i];
        const auto count = week.open + week.used_up;
        const double width = std::min(44.0, pitch * 0.62), middle = left + pitch * (static_cast<double>(i) + 0.5),
                     top = bottom - unit * static_cast<double>(count);
        const auto day = language::short_date(week.monday).substr(0, 5);
        bars.push_back(View{{"x", fmt::format("{:.1f}", middle - width / 2)},
                            {"width", fmt::format("{:.1f}", width)},
                            {"y", fmt::format("{:.1f}", top)},
                            {"height", fmt::format("{:.1f}", bottom - top)},
                            {"red_y", fmt::format("{:.1f}", bottom - unit * static_cast<double>(week.used_up))},
                            {"red_height", fmt::format("{:.1f}", unit * static_cast<double>(week.used_up))},
                            {"middle", fmt::format("{:.1f}", middle)},
                            {"label_y", fmt::format("{:.1f}", top - 6)},
                            {"count", std::to_string(count)},
                            {"shows", count > 0},
                            {"day", day},
                            {"has_day", i % 2 == 0}});
    }
    return View{
        {"lines", std::move(lines)}, {"bars", std::move(bars)}, {"label", context.say("hq.overview.probation")}};
}

/// The last duties done, of the people this user may see.
Expected<View> latest(const PageContext& context)
{
    View::List list;
    if (!may_see_people(context.session.user)) return View{std::move(list)};
    auto rows = duty_rows(context.store, {.state = "done", .only_units = seen_units(context), .limit = 4},
                          Order::LatestDone, context.today);
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
        const auto* rule = context.teaching.find(row.rule.text);
        if (!rule || !row.done) continue;
        const char* icon = rule->kind == content::DutyKind::Test     ? "test"
                           : rule->kind == content::DutyKind::Module ? "module"
                                                                     : "pen";
        list.push_back(View{{"pic", icon},
                            {"name", row.name},
                            {"address", "/people/" + row.person.text + "?duty=" + url_encoded(row.rule.text)},
                            {"duty", rule->title.in(context.say.language)},
                            {"when", language::date_and_time(*row.done, context.say.language)}});
    }
    return View{std::move(list)};
}

/// Of those at work: nobody waits for a terminal that was withdrawn.
Expected<View> silent_tile(const PageContext& context)
{
    auto terminals = all_terminals(context.store);
    auto revoked = all_revocations(context.store);
    if (!terminals) return terminals.error();
    if (!revoked) return revoked.error();
    for (const auto& each : *revoked) std::erase_if(*terminals, [&](const auto& terminal) { return terminal.id == each.terminal; });
    std::string names;
    std::int64_t count = 0;
    for (const auto& terminal : *terminals)
        if (is_silent(terminal, context.now)) {
            ++count;
            if (count <= 4) names += (names.empty() ? "" : ", ") + shown(terminal.id);
        }
    const auto note = count > 0 ? context.say("hq.overview.silent.which", {{"terminals", names}})
                                : context.say("hq.overview.silent.none", {{"n", std::to_string(terminals->size())}});
    return View{{"count", number_text(context.say, count)}, {"note", note}, {"calm", count == 0}};
}

std::string chosen_rule(const PageContext& context)
{
    const auto wanted = context.request.at("duty");
    if (context.teaching.find(wanted)) return wanted;
    return context.teaching.curriculum.duties.empty() ? "" : context.teaching.curriculum.duties.front().id.text;
}

const content::DutyRule* probation_rule(const Teaching& teaching)
{
    for (const auto& rule : teaching.curriculum.duties)
        if (rule.who.on_probation) return &rule;
    return nullptr;
}

} // namespace

Expected<View> overview_page(const PageContext& context)
{
    const auto& say = context.say;
    auto counts = counts_by_site(context.store, seen_units(context), context.today);
    auto sites = all_sites(context.store);
    auto silent = silent_tile(context);
    auto recent = latest(context);
    auto alarm = alarm_of(context);
    if (!counts) return counts.error();
    if (!sites) return sites.error();
    if (!silent) return silent.error();
    if (!recent) return recent.error();
    if (!alarm) return alarm.error();
    View view{{"title", say("hq.overview.title")}, {"alarm", std::move(*alarm)}};
    const auto rule = chosen_rule(context);
    const auto& total = (*counts)[SiteId{}].by_rule[rule];

    View::List tabs, rows;
    for (const auto& duty : context.teaching.curriculum.duties)
        tabs.push_back(View{{"title", duty.title.in(say.language)},
                            {"address", address(context, "/", {{"duty", duty.id.text}}, {})},
                            {"on", duty.id.text == rule}});
    for (const auto& [id, name] : *sites)
        rows.push_back(site_row(context, name.in(say.language), id.text, rule, (*counts)[id].by_rule[rule]));
    view.set("tabs", std::move(tabs))
        .set("rows", std::move(rows))
        .set("total", site_row(context, say("hq.overview.all_sites"), "", rule, total));
    view.set("done_percent", percent_text(say, of(total, {DutyState::Done}), all_of(total)));
    view.set("done_note", say("hq.overview.done.note", {{"done", std::to_string(of(total, {DutyState::Done}))},
                                                        {"n", std::to_string(all_of(total))}}));
    view.set("overdue", number_text(say, late(total)))
        .set("overdue_note", say("hq.overview.overdue.note", {{"n", std::to_string(waiting(total))}}));
    view.set("none_overdue", late(total) == 0).set("silent", std::move(*silent));

    const auto* probation = probation_rule(context.teaching);
    auto weeks = probation_weeks(context.store, probation ? probation->id.text : "", seen_units(context), context.today,
                                 weeks_ahead);
    if (!weeks) return weeks.error();
    std::int64_t soon = 0;
    for (std::size_t i = 0; i < 3 && i < weeks->size(); ++i) soon += (*weeks)[i].open + (*weeks)[i].used_up;
    view.set("soon", number_text(say, soon)).set("chart", probation_chart(context, *weeks));
    view.set("sees_people", may_see_people(context.session.user));
    view.set("has_recent", !std::get<View::List>(recent->value()).empty()).set("recent", std::move(*recent));
    return view;
}

} // namespace adal::sync::hq
