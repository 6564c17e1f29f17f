#include "app/duty_cards.hpp"
#include "content/language/dates.hpp"
#include <algorithm>

namespace adal::app {
namespace {
using content::DutyKind;
using sync::DutyState;

std::string number(auto n) { return std::to_string(n); }

std::string_view word_of(DutyKind kind)
{
    switch (kind) {
    case DutyKind::Acknowledgement:
        return "acknowledgement";
    case DutyKind::Module:
        return "module";
    case DutyKind::Test:
        return "test";
    }
    return "";
}

std::string state_key(DutyState state)
{
    std::string key = "duty.state." + std::string{sync::code(state)};
    std::replace(key.begin(), key.end(), ' ', '_');
    return key;
}

long minutes_of(const Desk& desk, const content::DutyRule& rule)
{
    if (rule.kind == DutyKind::Module)
        if (const auto text = desk.library().module(ModuleId{rule.object}, desk.visit.language))
            return (*text)->minutes;
    if (rule.kind == DutyKind::Test)
        if (const auto test = desk.library().test(TestId{rule.object}))
            return std::chrono::duration_cast<std::chrono::minutes>(test->time_limit).count();
    return 0;
}

std::string note(const Desk& desk, const content::DutyRule& rule)
{
    const auto kind =
        desk.say("duty.kind." + std::string{word_of(rule.kind)}, {{"minutes", number(minutes_of(desk, rule))}});
    return kind + ". " + rule.reason.in(desk.visit.language);
}

bool is_closed(const sync::DutyView& view)
{
    return view.state == DutyState::Done || view.state == DutyState::Refused || view.state == DutyState::Waived;
}

std::string due(const Desk& desk, const sync::DutyView& view)
{
    if (!view.due || is_closed(view)) return {};
    const Arguments arguments{{"date", language::day_and_month(*view.due, desk.visit.language)},
                              {"days", number(std::abs(view.days_left))}};
    constexpr int soon = 14; // nearer dates are counted in days, too
    if (view.days_left < 0) return desk.say("duty.due.past", arguments);
    if (view.days_left == 0) return desk.say("duty.due.today", arguments);
    return desk.say(view.days_left <= soon ? "duty.due.soon" : "duty.due.later", arguments);
}

std::string test_evidence(const Desk& desk, const sync::DutyView& view)
{
    if (view.next_attempt_on)
        return desk.say("duty.evidence.next_attempt",
                        {{"date", language::day_and_month(*view.next_attempt_on, desk.visit.language)}});
    const auto test = desk.library().test(TestId{view.rule->object});
    if (!test) return desk.say("duty.evidence.no_test");
    const int left = std::max(0, test->attempts - view.achievement.attempts_counted);
    return desk.say("duty.evidence.test", {{"questions", number(test->item_count())}, {"attempts", number(left)}});
}

std::string evidence(const Desk& desk, const sync::DutyView& view)
{
    if (view.state == DutyState::Done)
        return evidence_text(desk, view.achievement.done_seq);
    if (view.state == DutyState::AttemptsUsedUp) return desk.say("duty.evidence.hr");
    if (view.rule->kind == DutyKind::Test) return test_evidence(desk, view);
    if (view.parts_done > 0) return desk.say("duty.evidence.saved");
    const auto key = view.rule->kind == DutyKind::Module ? "duty.evidence.pages" : "duty.evidence.sections";
    return desk.say(key, {{"parts", number(view.parts_total)}});
}

screens::DutyCard card(const Desk& desk, const sync::DutyView& view)
{
    screens::DutyCard card;
    card.duty = view.rule->id;
    card.kind = view.rule->kind;
    card.state = view.state;
    card.state_word = desk.say(state_key(view.state));
    card.title = view.rule->title.in(desk.visit.language);
    card.note = note(desk, *view.rule);
    card.parts_done = std::min(view.parts_done, view.parts_total);
    card.parts_total = view.parts_total;
    card.due = due(desk, view);
    card.evidence = evidence(desk, view);
    card.is_overdue = view.state == DutyState::Overdue;
    if (const auto& done = view.achievement.done; done && view.state == DutyState::Done) {
        card.done = desk.say("duty.done_on",
                             {{"date", language::day_and_month(language::date_of(*done), desk.visit.language)}});
        card.is_at_hq = desk.terminal.receipts().covers(view.achievement.done_seq);
    }
    return card;
}

// Something she can do now: neither done nor waiting for a date or for somebody else.
bool is_next_step(const sync::DutyView& view)
{
    const bool open =
        view.state == DutyState::Due || view.state == DutyState::InProgress || view.state == DutyState::Overdue;
    return open && !view.next_attempt_on;
}

std::string primary(const Desk& desk, const sync::DutyView& view)
{
    const bool begun = view.parts_done > 0 || view.achievement.open_attempt;
    const bool all_read = view.parts_total > 0 && view.parts_done >= view.parts_total;
    auto key = "duty.primary." + std::string{word_of(view.rule->kind)};
    if (all_read && view.rule->kind == DutyKind::Acknowledgement)
        key += ".sign";
    else if (begun)
        key += ".go_on";
    return desk.say(key);
}

std::string subtitle(const Desk& desk)
{
    std::optional<Date> end;
    for (const auto& each : desk.person().assignments)
        if (each.is_current(desk.today()) && each.probation_end && desk.today() <= *each.probation_end)
            end = end ? std::min(*end, *each.probation_end) : *each.probation_end;
    const auto today = language::day_and_month(desk.today(), desk.visit.language);
    if (!end) return desk.say("duty.today", {{"today", today}});
    return desk.say("duty.probation", {{"end", language::full_date(*end, desk.visit.language)}, {"today", today}});
}
} // namespace

std::vector<sync::DutyView> duties_of(const Desk& desk)
{
    const auto& library = desk.library();
    auto views = sync::duties_of(library.curriculum(), desk.person(), desk.history().achievements, desk.today(),
                                 library.policies());
    for (auto& view : views) view.parts_total = library.parts_of(*view.rule);
    return views;
}

std::optional<sync::DutyView> duty_of(const Desk& desk, const DutyId& id)
{
    for (auto& view : duties_of(desk))
        if (view.rule->id == id) return view;
    return std::nullopt;
}

std::string evidence_text(const Desk& desk, std::uint64_t place)
{
    if (place == 0) return desk.say("duty.evidence.elsewhere");
    const auto at_hq_since = desk.terminal.receipts().since(place);
    if (!at_hq_since) return desk.say("duty.evidence.later");
    return desk.say("duty.evidence.at_hq", {{"time", language::date_and_time(*at_hq_since, desk.visit.language)}});
}

screens::DutiesScreen duties_screen(const Desk& desk, bool all, const std::optional<screens::Notice>& notice)
{
    screens::DutiesScreen screen;
    screen.subtitle = subtitle(desk);
    screen.shows_all = all;
    screen.notice = notice;
    for (const auto& view : duties_of(desk)) {
        ++screen.all;
        if (!is_closed(view)) ++screen.left;
        auto shown = card(desk, view);
        if (screen.primary.empty() && is_next_step(view)) {
            shown.is_next = true;
            screen.primary = primary(desk, view);
            screen.primary_duty = view.rule->id;
        }
        if (all || !is_closed(view)) screen.cards.push_back(std::move(shown));
    }
    if (!screen.notice && desk.library().is_empty()) screen.notice = desk.in_words(told("kiosk.duties.no_release"));
    return screen;
}

} // namespace adal::app
