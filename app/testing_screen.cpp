#include "app/answering.hpp"
#include "app/testing.hpp"
#include "quizzes/response.hpp"
#include <algorithm>

/// What the kiosk shows of an attempt.
namespace adal::app {

screens::State Testing::screen() const
{
    const auto& items = session().started().items;
    screens::ItemScreen screen;
    screen.test_title = sitting_.test.title.in(desk_->visit.language);
    screen.item = item().id;
    screen.number = static_cast<int>(session().current()) + 1;
    screen.total = static_cast<int>(items.size());
    screen.progress = desk_->say("kiosk.test.progress",
                                 {{"number", std::to_string(screen.number)}, {"total", std::to_string(screen.total)}});
    screen.stem = item().stem.in(desk_->visit.language);
    if (const auto story = sitting_.bank->scenarios.find(item().scenario); story != sitting_.bank->scenarios.end())
        screen.story = story->second.text.in(desk_->visit.language);
    screen.is_multiple = item().kind == quizzes::ItemKind::MultipleChoice;
    screen.is_answered = !session().response_to(item().id).empty();
    screen.goes_only_forward = sitting_.test.navigation == quizzes::Navigation::Linear;
    screen.hint = hint();
    screen.is_flagged = session().is_flagged(item().id);
    screen.time_left = pulse();
    screen.warning = desk_->in_words(warning());
    screen.is_resumed = is_resumed_;
    screen.dialog = dialog_;
    screen.notice = desk_->in_words(notice_);
    add_answers(screen);
    add_cells(screen);
    return screen;
}

namespace {

screens::Answering answering(quizzes::ItemKind kind)
{
    switch (kind) {
    case quizzes::ItemKind::Match:
        return screens::Answering::Match;
    case quizzes::ItemKind::Order:
        return screens::Answering::Order;
    case quizzes::ItemKind::Numeric:
        return screens::Answering::Number;
    case quizzes::ItemKind::TextEntry:
        return screens::Answering::Words;
    default:
        return screens::Answering::Choose;
    }
}

const quizzes::Choice* find(const quizzes::Item& item, const ChoiceId& id)
{
    const auto found = std::find_if(item.choices.begin(), item.choices.end(), [&](const auto& each) { return each.id == id; });
    return found == item.choices.end() ? nullptr : &*found;
}

} // namespace

/// Of a match it says the next tap.
std::string Testing::hint() const
{
    const auto language = desk_->visit.language;
    switch (answering(item().kind)) {
    case screens::Answering::Match:
        if (const auto* source = find(item(), active_)) return desk_->say("kiosk.test.hint.match_next", {{"source", source->text.in(language)}});
        return desk_->say("kiosk.test.hint.match_done");
    case screens::Answering::Order:
        return desk_->say("kiosk.test.hint.order");
    case screens::Answering::Number:
        return desk_->say("kiosk.test.hint.number");
    case screens::Answering::Words:
        return desk_->say("kiosk.test.hint.words");
    case screens::Answering::Choose:
        break;
    }
    return desk_->say(item().kind == quizzes::ItemKind::MultipleChoice ? "kiosk.test.hint.several" : "kiosk.test.hint.one");
}

void Testing::add_answers(screens::ItemScreen& screen) const
{
    screen.answering = answering(item().kind);
    screen.active = active_;
    add_choices(screen);
    for (const auto& id : drawn().targets)
        for (const auto& target : item().targets)
            if (target.id == id) screen.targets.push_back({id, target.text.in(desk_->visit.language)});
    add_typed(screen);
}

void Testing::add_choices(screens::ItemScreen& screen) const
{
    const auto response = session().response_to(item().id);
    const bool is_order = screen.answering == screens::Answering::Order;
    for (const auto& id : is_order ? order_shown(drawn(), response) : drawn().choices) {
        const auto* choice = find(item(), id);
        if (!choice) continue;
        const bool is_statement = item().kind == quizzes::ItemKind::TrueFalse;
        const auto text = is_statement ? desk_->say(id.text == "T" ? "kiosk.test.true" : "kiosk.test.false")
                                       : choice->text.in(desk_->visit.language);
        screen.options.push_back({id, text, std::find(response.begin(), response.end(), id.text) != response.end(), partner_of(response, id)});
    }
}

void Testing::add_typed(screens::ItemScreen& screen) const
{
    const auto response = session().response_to(item().id);
    if (screen.answering != screens::Answering::Number && screen.answering != screens::Answering::Words) return;
    screen.typed = draft_ ? *draft_ : response.empty() ? "" : response.front();
    const auto typed = quizzes::normalised(item(), drawn(), {screen.typed});
    screen.takes_typed = screen.typed.empty() || typed;
    screen.is_answered = !response.empty() && typed && *typed == response; // what stands in the field is what is saved
}

void Testing::add_cells(screens::ItemScreen& screen) const
{
    for (const auto& drawn : session().started().items) {
        const bool is_answered = !session().response_to(drawn.item).empty(),
                   is_flagged = session().is_flagged(drawn.item);
        screen.cells.push_back({is_answered, is_flagged});
        screen.unanswered += is_answered ? 0 : 1;
        screen.flagged += is_flagged ? 1 : 0;
    }
}

} // namespace adal::app
