#include "content/language/dates.hpp"
#include "sync/hq/fact_folds.hpp"
#include "sync/hq/histories.hpp"
#include "sync/hq/pages.hpp"
#include "sync/hq/revocations.hpp"
#include "sync/hq/rolled_back.hpp"
#include "sync/hq/terminals.hpp"

namespace adal::sync::hq {
namespace {

constexpr std::int64_t most_unread = 50; // shown; the count says how many there are

/// A machine that was put back without a word: on the page that the administrator opens first.
Expected<View> alarm_of(const PageContext& context)
{
    auto found = rolled_back(context.store);
    if (!found) return found.error();
    if (!*found) return View{false};
    const auto& alarm = **found;
    return View{{"text", context.say("hq.alarm.rolled_back", {{"terminal", shown(alarm.terminal)},
                                                               {"seq", std::to_string(alarm.seq)},
                                                               {"time", language::date_and_time(alarm.noticed_at, context.say.language)}})}};
}

Expected<View> state_of(const PageContext& context, const TerminalRecord& terminal)
{
    auto revoked = revocation_of(context.store, terminal.id);
    if (!revoked) return revoked.error();
    if (*revoked) return View{{"kind", "late"}, {"pic", "term"}, {"word", context.say((*revoked)->stolen ? "hq.terminal.stolen" : "hq.terminal.revoked")}};
    if (is_silent(terminal, context.now)) return View{{"kind", "line"}, {"pic", "term"}, {"word", context.say("hq.terminal.silent")}};
    return View{{"kind", "done"}, {"pic", "sync"}, {"word", context.say("hq.terminal.heard")}};
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
                            {"waiting", line.waiting > 0 ? number_text(say, line.waiting) : ""},
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

} // namespace

Expected<View> terminal_page(const PageContext& context, const TerminalId& id)
{
    auto terminal = find_terminal(context.store, id);
    if (!terminal) return terminal.error();
    if (!*terminal) return fail(ErrorKind::NotFound, "hq.page.missing", {{"path", context.request.path}});
    auto lines = lines_of(context.store, id);
    auto state = state_of(context, **terminal);
    auto unread = unread_rows(context, id);
    auto alarm = alarm_of(context);
    if (!lines) return lines.error();
    if (!state) return state.error();
    if (!unread) return unread.error();
    if (!alarm) return alarm.error();
    const auto& say = context.say;
    const auto continuity = continuity_of(*lines);
    View view{{"title", shown(id)}, {"state", std::move(*state)}, {"alarm", std::move(*alarm)}};
    view.set("sentence", say(sentence_of(continuity)))
        .set("is_whole", continuity == Continuity::Whole || continuity == Continuity::None)
        .set("lines", line_rows(say, *lines))
        .set("has_lines", !lines->empty())
        .set("waiting", waiting_in(*lines) > 0 ? say("hq.history.waiting", {{"n", std::to_string(waiting_in(*lines))}, {"terminal", id.text}}) : "")
        .set("has_unread", !unread->empty())
        .set("unread", std::move(*unread));
    return view;
}

Expected<View> terminals_page(const PageContext& context)
{
    auto terminals = all_terminals(context.store);
    auto sites = all_sites(context.store);
    auto units = all_units(context.store);
    if (!terminals) return terminals.error();
    if (!sites) return sites.error();
    if (!units) return units.error();
    const auto& say = context.say;
    View::List rows;
    for (const auto& terminal : *terminals) {
        std::string site = terminal.scope.site.text, unit;
        for (const auto& [id, name] : *sites)
            if (id == terminal.scope.site) site = name.in(say.language);
        for (const auto& known : *units)
            if (terminal.scope.units.contains(known.id)) unit += (unit.empty() ? "" : ", ") + known.name.in(say.language);
        auto state = state_of(context, terminal);
        if (!state) return state.error();
        auto notice = notice_of(context, terminal);
        if (!notice) return notice.error();
        rows.push_back(View{
            {"id", shown(terminal.id)},
            {"address", "/terminals/" + url_encoded(terminal.id.text)},
            {"notice", *notice},
            {"site", site},
            {"unit", unit},
            {"seen", terminal.seen_at ? language::date_and_time(*terminal.seen_at, say.language) : say("hq.never")},
            {"release", std::to_string(terminal.release)},
            {"is_behind", terminal.release < context.teaching.release},
            {"skew", say("hq.terminal.skew", {{"n", std::to_string(terminal.skew_ms / 1000)}})},
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
