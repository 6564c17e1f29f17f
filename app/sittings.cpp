#include "app/sittings.hpp"
#include <algorithm>

namespace adal::app {

Expected<Sitting> Sitting::replay(const Library& library, const AttemptRecord& attempt)
{
    auto bank = library.bank();
    if (!bank) return bank.error();
    auto test = library.test(attempt.test);
    if (!test) return test.error();
    auto session = quizzes::TestSession::replay(*test, **bank, attempt.facts);
    if (!session) return session.error();
    return Sitting{*bank, *test, std::move(*session)};
}

quizzes::AttemptClosed interrupted_without_items(const AttemptRecord& attempt, Elapsed used)
{
    quizzes::AttemptClosed closed;
    closed.attempt = attempt.id;
    closed.test = attempt.test;
    closed.reason = quizzes::CloseReason::Interrupted;
    closed.time_used = used;
    if (const auto* started =
            attempt.facts.empty() ? nullptr : std::get_if<quizzes::AttemptStarted>(&attempt.facts.front()))
        closed.score.maximum = static_cast<int>(started->items.size());
    return closed;
}

Expected<Done> Sittings::begin()
{
    for (const auto* attempt : terminal_->history().open_attempts()) {
        if (attempt->clock.stands() || attempt->clock.runs_in(clock_->now().boot)) continue;
        const auto noted = terminal_->append(terminal_->id(), {quizzes::AttemptResumed{attempt->id, left(*attempt)}});
        if (!noted) return noted;
    }
    return Done{};
}

Elapsed Sittings::used(const AttemptRecord& attempt) const
{
    const auto now = clock_->now();
    std::optional<Moment> beat;
    if (!attempt.clock.stands() &&
        !attempt.clock.runs_in(now.boot)) // an earlier boot: the heartbeat knows how long it lasted
        if (const auto last = terminal_->beside().last_beat()) beat = Moment{{}, last->boot, last->uptime};
    return std::min(attempt.clock.used(now, beat), attempt.time_limit);
}

Expected<bool> Sittings::close_expired()
{
    bool any = false;
    for (const auto* attempt : terminal_->history().open_attempts()) {
        if (left(*attempt) > Elapsed{0}) continue;
        if (const auto closed = close(*attempt); !closed) return closed.error();
        any = true;
    }
    return any;
}

Expected<Done> Sittings::close(const AttemptRecord& attempt)
{
    const auto sitting = Sitting::replay(terminal_->library(), attempt);
    if (!sitting && sitting.error().kind != ErrorKind::Corrupt)
        return Done{}; // the bank may come again; the time does not run on
    std::vector<sync::Fact> facts;
    if (sitting)
        for (const auto& fact : sitting->session.expire(used(attempt)))
            std::visit([&](const auto& each) { facts.emplace_back(each); }, fact);
    else
        facts.emplace_back(interrupted_without_items(attempt, used(attempt)));
    return terminal_->append(attempt.person, facts);
}

bool Sittings::is_running() const
{
    const auto boot = clock_->now().boot;
    const auto open = terminal_->history().open_attempts();
    return std::any_of(open.begin(), open.end(), [&](const auto* attempt) { return attempt->clock.runs_in(boot); });
}

// A beat that could not be written costs at most the next half minute of somebody's time after a power cut.
void Sittings::beat()
{
    const auto now = clock_->now();
    if ((last_beat_ && now.uptime - *last_beat_ < beat_every) || !is_running()) return;
    static_cast<void>(terminal_->beside().beat({now.boot, now.uptime}));
    last_beat_ = now.uptime;
}

} // namespace adal::app
