#include "content/language/dates.hpp"
#include "sync/hq/fact_folds.hpp"
#include "sync/hq/histories.hpp"
#include "sync/hq/pages.hpp"
#include "sync/hq/revocations.hpp"
#include "sync/hq/terminals.hpp"

namespace adal::sync::hq {
namespace {

constexpr std::int64_t most_unread = 50; // shown; the count says how many there are

Expected<View> state_of(const PageContext& context, const TerminalRecord& terminal)
{
    auto revoked = revocation_of(context.store, terminal.id);
    if (!revoked) return revoked.error();
    if (*revoked) return View{{"kind", (*revoked)->stolen ? "due" : ""}, {"pic", "lock"}, {"word", context.say((*revoked)->stolen ? "hq.terminal.stolen" : "hq.terminal.withdrawn")}};
    if (is_silent(terminal, context.now)) return View{{"kind", "line"}, {"pic", "term"}, {"word", context.say("hq.terminal.silent")}};
    return View{{"kind", "done"}, {"pic", "sync"}, {"word", context.say("hq.terminal.heard")}};
}

/// Since when it is withdrawn, and what that means; no for one at work.
Expected<View> withdrawal_of(const PageContext& context, const TerminalId& id)
{
    auto revoked = revocation_of(context.store, id);
    if (!revoked) return revoked.error();
    if (!*revoked) return View{false};
    const auto time = language::date_and_time((*revoked)->at, context.say.language);
    return View{{"title", context.say((*revoked)->stolen ? "hq.withdrawn.stolen" : "hq.withdrawn.title", {{"time", time}})},
                {"codes", (*revoked)->stolen ? context.say("hq.withdrawn.codes") : ""}};
}

/// Names of sites and units, read once a page.
struct SitesAndUnits {
    std::vector<std::pair<SiteId, Text>> sites;
    std::vector<UnitRecord> units;
};
Expected<SitesAndUnits> sites_and_units(Store& store)
{
    auto sites = all_sites(store);
    auto units = all_units(store);
    if (!sites) return sites.error();
    if (!units) return units.error();
    return SitesAndUnits{std::move(*sites), std::move(*units)};
}

struct Whereabouts {
    std::string site, units;
};
Whereabouts whereabouts_of(const Say& say, const SitesAndUnits& names, const TerminalScope& scope)
{
    Whereabouts place{.site = scope.site.text, .units = scope.units.empty() ? say("hq.terminal.whole_site") : ""};
    for (const auto& [id, name] : names.sites)
        if (id == scope.site) place.site = name.in(say.language);
    for (const auto& known : names.units)
        if (scope.units.contains(known.id)) place.units += (place.units.empty() ? "" : ", ") + known.name.in(say.language);
    return place;
}

std::string seen_text(const Say& say, const TerminalRecord& terminal)
{
    return terminal.seen_at ? language::date_and_time(*terminal.seen_at, say.language) : say("hq.never");
}

std::string skew_text(const Say& say, const TerminalRecord& terminal) { return say("hq.terminal.skew", {{"n", std::to_string(terminal.skew_ms / 1000)}}); }

View::List fact_rows(const Say& say, const TerminalRecord& terminal, const Whereabouts& place)
{
    const auto row = [&](const char* label, const std::string& value) { return View{{"label", say(label)}, {"value", value}}; };
    return {row("hq.column.site", place.site), row("hq.column.unit", place.units), row("hq.column.seen", seen_text(say, terminal)),
            row("hq.column.release", std::to_string(terminal.release)), row("hq.terminal.clock", skew_text(say, terminal))};
}

std::int64_t waiting_in(const std::vector<Line>& lines)
{
    std::int64_t waiting = 0;
    for (const auto& line : lines) waiting += line.waiting;
    return waiting;
}

/// What somebody should look at, in a few words; empty when there is nothing.
Expected<std::string> notice_of(const PageContext& context, const TerminalRecord& terminal)
{
    auto lines = lines_of(context.store, terminal.id);
    if (!lines) return lines.error();
    auto unread = count_unread_facts(context.store, terminal.id);
    if (!unread) return unread.error();
    std::string text;
    auto add = [&](const std::string& part) { text += (text.empty() ? "" : " · ") + part; };
    if (continuity_of(*lines) == Continuity::Forked) add(context.say("hq.terminal.notice.forked"));
    if (continuity_of(*lines) == Continuity::Follows) add(context.say("hq.terminal.notice.follows"));
    if (const auto n = waiting_in(*lines)) add(context.say("hq.terminal.notice.waiting", {{"n", std::to_string(n)}}));
    if (*unread > 0) add(context.say("hq.terminal.notice.unread", {{"n", std::to_string(*unread)}}));
    return text;
}

std::string short_name(const std::string& journal) { return journal.substr(0, 8); }

/// Where a line of history comes from, in plain words.
std::string origin_of(const Say& say, const Line& line)
{
    if (line.branch != 0) return say("hq.history.branch", {{"seq", std::to_string(line.fork_seq)}});
    const auto before = continued_from(line.continues);
    if (!before) return say("hq.history.first");
    return say("hq.history.follows", {{"journal", short_name(before->journal.text)}, {"seq", std::to_string(before->head.seq)}});
}

View::List line_rows(const Say& say, const std::vector<Line>& lines)
{
    View::List rows;
    for (const auto& line : lines)
        rows.push_back(View{{"journal", short_name(line.journal.text)},
                            {"origin", origin_of(say, line)},
                            {"facts", number_text(say, line.facts)},
                            {"waits", line.waiting > 0 ? number_text(say, line.waiting) : ""},
                            {"head", number_text(say, static_cast<std::int64_t>(line.head_seq))},
                            {"since", language::date_and_time(line.since, say.language)}});
    return rows;
}

Expected<View::List> unread_rows(const PageContext& context, const TerminalId& terminal)
{
    auto unread = unread_facts(context.store, most_unread);
    if (!unread) return unread.error();
    View::List rows;
    for (const auto& fact : *unread) {
        if (fact.terminal != terminal) continue;
        rows.push_back(View{{"seq", std::to_string(fact.seq)},
                            {"kind", fact.kind},
                            {"journal", short_name(fact.journal.text)},
                            {"why", context.say(fact.why == Belief::NotTheirs ? "hq.unread.not_theirs" : "hq.unread.unknown")}});
    }
    return rows;
}

const char* sentence_of(Continuity continuity)
{
    switch (continuity) {
    case Continuity::None:
        return "hq.history.none";
    case Continuity::Whole:
        return "hq.history.whole";
    case Continuity::Follows:
        return "hq.history.put_back";
    case Continuity::Forked:
        break;
    }
    return "hq.history.forked";
}

/// Who it is, where, and what somebody should know first.
Expected<View> head_of(const PageContext& context, const TerminalRecord& terminal)
{
    auto state = state_of(context, terminal);
    auto alarm = alarm_of(context);
    auto withdrawal = withdrawal_of(context, terminal.id);
    auto names = sites_and_units(context.store);
    if (!state) return state.error();
    if (!alarm) return alarm.error();
    if (!withdrawal) return withdrawal.error();
    if (!names) return names.error();
    View view{{"title", shown(terminal.id)}, {"state", std::move(*state)}, {"alarm", std::move(*alarm)}, {"withdrawn", std::move(*withdrawal)}};
    view.set("facts_about", fact_rows(context.say, terminal, whereabouts_of(context.say, *names, terminal.scope)));
    return view;
}

void add_history(View& view, const Say& say, const TerminalId& id, const std::vector<Line>& lines)
{
    const auto continuity = continuity_of(lines);
    const auto waits = waiting_in(lines);
    view.set("sentence", say(sentence_of(continuity)))
        .set("is_whole", continuity == Continuity::Whole || continuity == Continuity::None)
        .set("is_forked", continuity == Continuity::Forked)
        .set("lines", line_rows(say, lines))
        .set("has_lines", !lines.empty())
        .set("has_waiting", waits > 0);
    if (waits > 0)
        view.set("waiting", View{{"text", say("hq.history.waiting", {{"n", std::to_string(waits)}})}, {"command", "adal-hq terminal accept " + id.text}});
}

} // namespace

Expected<View> terminal_page(const PageContext& context, const TerminalId& id)
{
    auto terminal = find_terminal(context.store, id);
    if (!terminal) return terminal.error();
    if (!*terminal) return fail(ErrorKind::NotFound, "hq.page.missing", {{"path", context.request.path}});
    auto view = head_of(context, **terminal);
    auto lines = lines_of(context.store, id);
    auto unread = unread_rows(context, id);
    if (!view) return view.error();
    if (!lines) return lines.error();
    if (!unread) return unread.error();
    add_history(*view, context.say, id, *lines);
    view->set("has_unread", !unread->empty()).set("unread", std::move(*unread));
    return view;
}

Expected<View> terminals_page(const PageContext& context)
{
    auto terminals = all_terminals(context.store);
    auto names = sites_and_units(context.store);
    if (!terminals) return terminals.error();
    if (!names) return names.error();
    const auto& say = context.say;
    View::List rows;
    for (const auto& terminal : *terminals) {
        const auto place = whereabouts_of(say, *names, terminal.scope);
        auto state = state_of(context, terminal);
        if (!state) return state.error();
        auto notice = notice_of(context, terminal);
        if (!notice) return notice.error();
        rows.push_back(View{
            {"id", shown(terminal.id)},
            {"address", "/terminals/" + url_encoded(terminal.id.text)},
            {"notice", *notice},
            {"site", place.site},
            {"unit", place.units},
            {"seen", seen_text(say, terminal)},
            {"release", std::to_string(terminal.release)},
            {"is_behind", terminal.release < context.teaching.release},
            {"skew", skew_text(say, terminal)},
            {"state", std::move(*state)}});
    }
    auto alarm = alarm_of(context);
    if (!alarm) return alarm.error();
    View view{{"title", say("hq.terminals.title")}, {"alarm", std::move(*alarm)}};
    view.set("empty", rows.empty())
        .set("rows", std::move(rows))
        .set("count", say("hq.terminals.count", {{"n", std::to_string(terminals->size())}}));
    view.set("current", context.teaching.release > 0
                            ? say("hq.terminals.release", {{"number", std::to_string(context.teaching.release)}})
                            : "");
    return view;
}

} // namespace adal::sync::hq
