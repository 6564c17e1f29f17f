#include "app/before_test.hpp"
#include "app/duty_cards.hpp"
#include "content/language/dates.hpp"
#include "quizzes/draw.hpp"

namespace adal::app {

Expected<BeforeTest> BeforeTest::open(Desk& desk, const ToTest& wish)
{
    const auto* rule = desk.library().rule(wish.duty);
    if (!rule) return fail(ErrorKind::NotFound, "trouble.duty_is_gone", {{"duty", wish.duty.text}});
    auto test = desk.library().test(TestId{rule->object});
    if (!test) return test.error();
    return BeforeTest{desk, wish.duty, std::move(*test)};
}

std::optional<sync::DutyView> BeforeTest::view() const { return duty_of(*desk_, duty_); }

std::optional<Message> BeforeTest::hindrance() const
{
    const auto mine = view();
    if (!mine) return told("kiosk.test.not_owed");
    if (mine->state == sync::DutyState::Done) return told("kiosk.test.done_already");
    if (mine->state == sync::DutyState::AttemptsUsedUp) return told("kiosk.test.attempts_used_up");
    if (mine->next_attempt_on)
        return told("kiosk.test.cooldown",
                    {{"date", language::day_and_month(*mine->next_attempt_on, desk_->visit.language)}});
    return std::nullopt;
}

// It stays where it began. She may start another one here; HQ is told by the facts themselves.
std::optional<Message> BeforeTest::begun_elsewhere() const
{
    for (const auto& id : desk_->history().open_elsewhere)
        if (const auto* attempt = desk_->terminal.history().attempt(id); attempt && attempt->test == test_.id)
            return told("kiosk.test.begun_elsewhere");
    return std::nullopt;
}

Move BeforeTest::on(const screens::StartTest& wish)
{
    if (wish.duty != duty_) return Stay{};
    return start();
}

Move BeforeTest::on(const screens::Confirm&) { return start(); }

Move BeforeTest::start()
{
    if (const auto* open = desk_->terminal.history().open_attempt_of(desk_->person().id))
        return ToAttempt{open->id, true};
    if (hindrance()) return Stay{};
    const auto bank = desk_->library().bank();
    if (!done_or_say(bank ? Expected<Done>{Done{}} : Expected<Done>{bank.error()})) return Stay{};
    const auto seed = random_seed();
    const quizzes::ToAvoid avoid{.seen = desk_->history().seen_items, .tired = desk_->terminal.history().tired_items(test_.id, test_.exposure_percent)};
    auto form = quizzes::draw(test_, **bank, seed, avoid);
    if (!form || form->empty()) {
        notice_ = refused(form ? fail(ErrorKind::NotFound, "trouble.empty_test") : form.error());
        return Stay{};
    }
    const auto attempt = new_attempt();
    const auto first = form->front().item;
    const quizzes::AttemptStarted started{attempt,          test_.id,        test_.version,   seed,
                                          test_.time_limit, test_.pass_mark, std::move(*form),
                                          topic_marks(test_),
                                          {avoid.seen.begin(), avoid.seen.end()}, {avoid.tired.begin(), avoid.tired.end()}};
    if (!keep({started, quizzes::ItemPresented{attempt, first}})) return Stay{};
    return ToAttempt{attempt};
}

std::uint32_t BeforeTest::random_seed() const
{
    std::uint32_t seed = 0;
    for (const auto byte : desk_->random.bytes(4)) seed = seed << 8U | byte;
    return seed;
}

AttemptId BeforeTest::new_attempt() const { return {to_hex(desk_->random.bytes(8))}; }

std::vector<std::string> BeforeTest::rules() const
{
    const auto number = [](auto n) { return std::to_string(n); };
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(test_.time_limit).count();
    const auto mine = view();
    const int counted = mine ? mine->achievement.attempts_counted : 0;
    std::vector<std::string> rules{
        desk_->say("kiosk.test.rule.questions",
                   {{"questions", number(test_.item_count())}, {"minutes", number(minutes)}}),
        desk_->say("kiosk.test.rule.pass_mark", {{"points", number(test_.pass_mark)}}),
        desk_->say("kiosk.test.rule.attempt",
                   {{"attempt", number(std::min(counted + 1, test_.attempts))}, {"attempts", number(test_.attempts)}}),
        desk_->say("kiosk.test.rule.change"),
        desk_->say("kiosk.test.rule.saved"),
        desk_->say("kiosk.test.rule.leave"),
    };
    if (test_.cooldown_days > 0)
        rules.push_back(desk_->say("kiosk.test.rule.cooldown", {{"days", number(test_.cooldown_days)}}));
    return rules;
}

screens::State BeforeTest::screen() const
{
    screens::TestIntroScreen screen;
    screen.duty = duty_;
    screen.title = test_.title.in(desk_->visit.language);
    screen.rules = rules();
    const auto hindered = hindrance();
    screen.can_start = !hindered;
    screen.notice = desk_->in_words(hindered ? hindered : notice_ ? notice_ : begun_elsewhere());
    return screen;
}

} // namespace adal::app
