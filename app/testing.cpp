#include "app/testing.hpp"
#include <algorithm>
#include <fmt/core.h>

namespace adal::app {

using screens::TestDialog;

Expected<Testing> Testing::open(Desk& desk, const ToAttempt& wish)
{
    const auto* record = desk.terminal.history().attempt(wish.attempt);
    if (!record || record->closed) return fail(ErrorKind::NotFound, "trouble.attempt_is_gone");
    auto sitting = Sitting::replay(desk.library(), *record);
    if (!sitting) return sitting.error();
    return Testing{desk, wish.attempt, wish.is_resumed, std::move(*sitting)};
}

Elapsed Testing::used() const
{
    return Sittings{desk_->terminal, desk_->clock}.used(*desk_->terminal.history().attempt(attempt_));
}

Elapsed Testing::left() const { return session().time_limit() - used(); }

// First the disk, then the session, then the screen.
bool Testing::keep_each(const Expected<std::vector<quizzes::Fact>>& facts)
{
    if (!facts) return false; // not of this form: a late tap
    if (facts->empty()) return true;
    std::vector<sync::Fact> all;
    for (const auto& fact : *facts) std::visit([&](const auto& each) { all.emplace_back(each); }, fact);
    if (!keep(all)) return false;
    for (const auto& fact : *facts) session().apply(fact);
    return true;
}

bool Testing::time_is_over() { return left() <= Elapsed{0}; }

Move Testing::tick()
{
    if (session().closed() || !keep_each(session().expire(used()))) return Stay{};
    return session().closed() ? after_close() : Stay{};
}

Move Testing::after_close() const
{
    if (session().closed()->reason != quizzes::CloseReason::Interrupted) return ToResult{attempt_};
    return Leave{sync::SignOutReason::Asked, told("kiosk.test.left")};
}

Move Testing::on(const screens::SelectChoice& wish)
{
    if (wish.item != item().id || dialog_ != TestDialog::None) return Stay{};
    if (time_is_over()) return tick();
    keep_each(session().respond(wish.item, toggled(wish.choice), desk_->visit.language));
    return Stay{};
}

// Of one answer only, the new one replaces the old; of several, a second tap takes it back.
quizzes::Response Testing::toggled(const ChoiceId& choice) const
{
    if (item().kind != quizzes::ItemKind::MultipleChoice) return {choice.text};
    auto response = session().response_to(item().id);
    if (std::erase(response, choice.text) == 0) response.push_back(choice.text);
    return response;
}

Move Testing::on(const screens::FlagItem& wish)
{
    if (wish.item == item().id && dialog_ == TestDialog::None) keep_each(session().flag(wish.item, wish.flagged));
    return Stay{};
}

Move Testing::on(const screens::GoToItem& wish)
{
    const auto& items = session().started().items;
    if (wish.number < 1 || wish.number > static_cast<int>(items.size())) return Stay{};
    if (time_is_over()) return tick();
    if (keep_each(session().present(items[static_cast<std::size_t>(wish.number - 1)].item))) dialog_ = TestDialog::None;
    is_resumed_ = false;
    return Stay{};
}

Move Testing::on(const screens::AskToSubmit&)
{
    dialog_ = TestDialog::Submit;
    return Stay{};
}

Move Testing::on(const screens::AskToLeave&)
{
    dialog_ = TestDialog::Leave;
    return Stay{};
}

Move Testing::on(const screens::StayInTest&)
{
    dialog_ = TestDialog::None;
    return Stay{};
}

Move Testing::on(const screens::SubmitTest&)
{
    if (dialog_ != TestDialog::Submit || !keep_each(session().submit(used()))) return Stay{};
    return after_close();
}

Move Testing::on(const screens::LeaveTest&)
{
    if (dialog_ != TestDialog::Leave || !keep_each(session().interrupt(used()))) return Stay{};
    return after_close();
}

std::string Testing::pulse() const
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(left()).count();
    return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

Elapsed Testing::to_next_second() const
{
    const auto rest = left() % std::chrono::seconds{1};
    return rest > Elapsed{0} ? rest : Elapsed{1000};
}

// In words at five minutes, for a minute, and at the last one.
std::optional<Message> Testing::warning() const
{
    using std::chrono::minutes;
    if (left() <= minutes{1}) return told("kiosk.test.one_minute");
    if (left() <= minutes{5} && left() > minutes{4}) return told("kiosk.test.five_minutes");
    return std::nullopt;
}

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
    screen.is_multiple = item().kind == quizzes::ItemKind::MultipleChoice;
    screen.hint = desk_->say(screen.is_multiple ? "kiosk.test.hint.several" : "kiosk.test.hint.one");
    screen.is_flagged = session().is_flagged(item().id);
    screen.time_left = pulse();
    screen.warning = desk_->in_words(warning());
    screen.is_resumed = is_resumed_;
    screen.dialog = dialog_;
    screen.notice = desk_->in_words(notice_);
    add_options(screen);
    add_cells(screen);
    return screen;
}

void Testing::add_options(screens::ItemScreen& screen) const
{
    const auto response = session().response_to(item().id);
    for (const auto& id : session().started().items[session().current()].choices) {
        const auto choice =
            std::find_if(item().choices.begin(), item().choices.end(), [&](const auto& each) { return each.id == id; });
        if (choice == item().choices.end()) continue;
        const bool is_statement = item().kind == quizzes::ItemKind::TrueFalse;
        const auto text = is_statement ? desk_->say(id.text == "T" ? "kiosk.test.true" : "kiosk.test.false")
                                       : choice->text.in(desk_->visit.language);
        screen.options.push_back({id, text, std::find(response.begin(), response.end(), id.text) != response.end()});
    }
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
