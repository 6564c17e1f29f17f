#include "app/testing.hpp"
#include "app/answering.hpp"
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
    Testing testing{desk, wish.attempt, wish.is_resumed, std::move(*sitting)};
    testing.begin_item();
    return testing;
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

// What was typed before the time was over counts: it becomes durable within a second, and before anything else happens.
Move Testing::tick()
{
    if (session().closed()) return Stay{};
    keep_draft();
    if (!keep_each(session().expire(used()))) return Stay{};
    return session().closed() ? after_close() : Stay{};
}

Move Testing::after_close() const
{
    if (session().closed()->reason != quizzes::CloseReason::Interrupted) return ToResult{attempt_};
    return Leave{sync::SignOutReason::Asked, told("kiosk.test.left")};
}

bool Testing::is_open_for(const ItemId& wanted) const { return wanted == item().id && dialog_ == TestDialog::None; }

Move Testing::respond(quizzes::Response response)
{
    if (time_is_over()) return tick();
    keep_each(session().respond(item().id, std::move(response), desk_->visit.language));
    return Stay{};
}

// Of a match: a free source waits for its partner, a paired one is freed and waits again.
Move Testing::on(const screens::SelectChoice& wish)
{
    if (!is_open_for(wish.item)) return Stay{};
    const auto response = session().response_to(wish.item);
    switch (item().kind) {
    case quizzes::ItemKind::SingleChoice:
    case quizzes::ItemKind::MultipleChoice:
    case quizzes::ItemKind::TrueFalse:
        return respond(toggled(item(), response, wish.choice));
    case quizzes::ItemKind::Match:
        active_ = wish.choice;
        return partner_of(response, wish.choice).empty() ? Move{Stay{}} : respond(paired(response, wish.choice, {}));
    default:
        return Stay{};
    }
}

Move Testing::on(const screens::SelectTarget& wish)
{
    if (!is_open_for(wish.item) || item().kind != quizzes::ItemKind::Match || active_.empty()) return Stay{};
    const auto before = session().response_to(wish.item);
    auto move = respond(paired(before, active_, wish.target));
    if (session().response_to(wish.item) != before) active_ = next_unpaired(drawn(), session().response_to(wish.item), active_);
    return move;
}

Move Testing::on(const screens::ClearResponse& wish)
{
    if (!is_open_for(wish.item)) return Stay{};
    draft_.reset();
    auto move = respond({});
    begin_item();
    return move;
}

Move Testing::on(const screens::MoveChoice& wish)
{
    if (!is_open_for(wish.item) || item().kind != quizzes::ItemKind::Order) return Stay{};
    return respond(moved(drawn(), session().response_to(wish.item), wish.choice, wish.by));
}

Move Testing::on(const screens::TypeResponse& wish)
{
    const bool is_typed = item().kind == quizzes::ItemKind::Numeric || item().kind == quizzes::ItemKind::TextEntry;
    if (!is_open_for(wish.item) || !is_typed) return Stay{};
    if (time_is_over()) return tick();
    draft_ = wish.text;
    return Stay{};
}

/// What cannot be an answer (half a number) is none, and stays in the field.
bool Testing::keep_draft()
{
    if (!draft_) return true;
    const quizzes::Response given = draft_->empty() ? quizzes::Response{} : quizzes::Response{*draft_};
    auto facts = session().respond(item().id, given, desk_->visit.language);
    if (!facts) facts = session().respond(item().id, {}, desk_->visit.language);
    return keep_each(facts);
}

void Testing::begin_item()
{
    draft_.reset();
    active_ = item().kind == quizzes::ItemKind::Match ? next_unpaired(drawn(), session().response_to(item().id), {}) : ChoiceId{};
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
    if (!keep_draft()) return Stay{};
    if (keep_each(session().present(items[static_cast<std::size_t>(wish.number - 1)].item))) {
        dialog_ = TestDialog::None;
        begin_item();
    }
    is_resumed_ = false;
    return Stay{};
}

Move Testing::on(const screens::AskToSubmit&)
{
    if (keep_draft()) dialog_ = TestDialog::Submit;
    return Stay{};
}

Move Testing::on(const screens::AskToLeave&)
{
    if (keep_draft()) dialog_ = TestDialog::Leave;
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

} // namespace adal::app
