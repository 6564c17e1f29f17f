#include "app/at_duties.hpp"
#include "app/duty_cards.hpp"

namespace adal::app {

AtDuties::AtDuties(Desk& desk, std::optional<Message> message) : SignedInStep(desk) { notice_ = std::move(message); }

Move AtDuties::on(const screens::ShowAllDuties& wish)
{
    shows_all_ = wish.all;
    return Stay{};
}

Move AtDuties::on(const screens::Confirm&) const
{
    const auto shown = duties_screen(*desk_, shows_all_, {});
    return shown.primary.empty() ? Move{Stay{}} : on(screens::OpenDuty{shown.primary_duty});
}

// What is done opens, too: a text to read again, a test's result.
Move AtDuties::on(const screens::OpenDuty& wish) const
{
    const auto view = duty_of(*desk_, wish.duty);
    if (!view) return Stay{};
    switch (view->rule->kind) {
    case content::DutyKind::Acknowledgement:
        return ToDocument{DocumentId{view->rule->object}, {}, {}};
    case content::DutyKind::Module:
        return ToModule{ModuleId{view->rule->object}};
    case content::DutyKind::Test:
        break;
    }
    const auto& mine = view->achievement;
    const auto* open = desk_->terminal.history().open_attempt_of(desk_->person().id); // here: elsewhere it stays where it began
    if (open && open->test.text == view->rule->object) return ToAttempt{open->id, true};
    if (view->state == sync::DutyState::Done && mine.passing_result) return ToResult{mine.passing_result->attempt};
    return ToTest{wish.duty};
}

screens::State AtDuties::screen() const { return duties_screen(*desk_, shows_all_, desk_->in_words(notice_)); }

} // namespace adal::app
