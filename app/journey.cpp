#include "app/journey.hpp"

namespace adal::app {

Journey::Journey(Desk& desk) : desk_(desk), step_(AtStart{desk, {}}) { library_changed(); }

template <class Step, class Wish> Move Journey::answer(Step& step, const Wish& wish)
{
    if constexpr (requires { step.on(wish); })
        return step.on(wish);
    else if constexpr (requires { look(wish); })
        look(wish);
    return Stay{}; // it does not fit the screen of the moment
}

void Journey::handle(const screens::Intent& intent)
{
    follow(std::visit([this](auto& step, const auto& wish) { return answer(step, wish); }, step_, intent));
}

// --- how it is shown: answered at every step

void Journey::look(const screens::ChooseLanguage& wish)
{
    if (wish.language != desk_.visit.language)
        std::visit(
            [](auto& step) {
                if constexpr (requires { step.before_language_change(); }) step.before_language_change();
            },
            step_);
    desk_.visit.language = wish.language;
    desk_.visit.has_chosen_language = true;
}

void Journey::look(const screens::ChooseTextSize& wish)
{
    if (wish.size >= 1 && wish.size <= 3) desk_.visit.text_size = wish.size;
}

void Journey::look(const screens::ChooseTheme& wish) { desk_.visit.is_dark = wish.dark; }

// --- from one step to the next

void Journey::follow(const Move& move)
{
    if (std::holds_alternative<Stay>(move)) return;
    const auto unsaved = leave_step();
    const Move& where = move;
    if (const auto* duties = std::get_if<ToDuties>(&where); duties && unsaved)
        go(ToDuties{unsaved});
    else
        std::visit([this](const auto& each) { go(each); }, where);
}

std::optional<Message> Journey::leave_step()
{
    return std::visit(
        [](auto& step) -> std::optional<Message> {
            if constexpr (requires { step.leave(); })
                return step.leave();
            else
                return std::nullopt;
        },
        step_);
}

template <class Step, class Where> void Journey::open(const Where& where)
{
    auto opened = Step::open(desk_, where);
    if (!opened) return go(ToDuties{refused(opened.error())});
    step_ = std::move(*opened);
}

void Journey::go(const ToStart& where)
{
    step_ = AtStart{desk_, where.message};
    library_changed();
}

void Journey::go(const ToSignIn&) { step_ = SignIn{desk_}; }

void Journey::go(const ToDuties& where) { step_ = AtDuties{desk_, where.message}; }

// She is back: in the attempt she left open, before a result she has not seen, or at her duties.
void Journey::go(const Arrive&)
{
    desk_.terminal.unite(desk_.person().id);
    const auto& mine = desk_.history();
    const auto* open_attempt = desk_.terminal.history().open_attempt_of(desk_.person().id);
    if (open_attempt)
        go(ToAttempt{open_attempt->id, true});
    else if (mine.unseen_result)
        go(ToResult{*mine.unseen_result});
    else
        go(ToDuties{});
}

void Journey::go(const ToAttempt& where)
{
    const auto* record = desk_.terminal.history().attempt(where.attempt);
    const Sittings sittings{desk_.terminal, desk_.clock};
    const auto left = record ? sittings.left(*record) : Elapsed{0};
    auto testing = Testing::open(desk_, where);
    if (!testing && testing.error().kind == ErrorKind::Corrupt && record) return give_up(where.attempt);
    if (!testing) return go(ToDuties{refused(testing.error())});
    if (where.is_resumed && left > Elapsed{0}) {
        const auto resumed = desk_.record({quizzes::AttemptResumed{where.attempt, left}});
        if (!resumed) return go(ToDuties{refused(resumed.error())});
    }
    step_ = std::move(*testing);
    tick(); // the time may have run out meanwhile
}

// The questions have been renewed since: this attempt cannot go on and is not counted.
void Journey::give_up(const AttemptId& attempt)
{
    const auto& record = *desk_.terminal.history().attempt(attempt);
    const auto used = Sittings{desk_.terminal, desk_.clock}.used(record);
    const auto closed = desk_.record({interrupted_without_items(record, used)});
    go(ToDuties{closed ? told("kiosk.test.renewed") : refused(closed.error())});
}

// Signing out always works, even when the disk refuses to note it: nobody stays signed in against her will.
void Journey::go(const Leave& where)
{
    const auto noted = desk_.record({sync::SignedOut{where.reason}});
    desk_.visit = Visit{desk_.usual};
    const auto farewell = where.message ? *where.message : told("kiosk.start.signed_out");
    go(ToStart{noted ? farewell : refused(noted.error())});
}

// --- from outside

void Journey::tick()
{
    const auto move = std::visit(
        [](auto& step) -> Move {
            if constexpr (requires { step.tick(); })
                return step.tick();
            else
                return Stay{};
        },
        step_);
    follow(move);
}

void Journey::library_changed()
{
    if (is_stopped_) return;
    const auto& trouble = desk_.library().trouble();
    if (trouble && !desk_.visit.person)
        step_ = InTrouble{desk_, *trouble};
    else if (!trouble && std::holds_alternative<InTrouble>(step_))
        step_ = AtStart{desk_, {}};
}

void Journey::person_changed()
{
    if (auto* sign_in = std::get_if<SignIn>(&step_)) sign_in->refresh();
    if (!desk_.visit.person) return;
    desk_.terminal.unite(desk_.person().id);
    if (const auto* person = desk_.terminal.roster().find(desk_.person().id)) desk_.visit.person = *person;
}

void Journey::stop(Error error)
{
    is_stopped_ = true;
    step_ = InTrouble{desk_, std::move(error)};
}

screens::State Journey::screen() const
{
    return std::visit([](const auto& step) { return step.screen(); }, step_);
}

std::string Journey::pulse() const
{
    return std::visit(
        [](const auto& step) -> std::string {
            if constexpr (requires { step.pulse(); })
                return step.pulse();
            else
                return {};
        },
        step_);
}

bool Journey::is_counting() const
{
    if (std::holds_alternative<Testing>(step_)) return true;
    const auto pulse = this->pulse();
    return !pulse.empty() && pulse != "0";
}

Elapsed Journey::to_next_second() const
{
    const auto* testing = std::get_if<Testing>(&step_);
    return testing ? testing->to_next_second() : Elapsed{1000};
}

bool Journey::is_between() const
{
    return std::holds_alternative<AtStart>(step_) || std::holds_alternative<SignIn>(step_) ||
           std::holds_alternative<AtDuties>(step_) || std::holds_alternative<InTrouble>(step_);
}

} // namespace adal::app
