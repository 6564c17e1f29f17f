#include "app/at_start.hpp"

namespace adal::app {

AtStart::AtStart(Desk& desk, std::optional<Message> message) : Step(desk) { notice_ = std::move(message); }

screens::State AtStart::screen() const
{
    screens::StartScreen screen;
    screen.phone = desk_->say("kiosk.start.phone");
    screen.mail = desk_->say("kiosk.start.mail");
    screen.address = desk_->say("kiosk.start.address");
    screen.notice = desk_->in_words(notice_ ? notice_ : standing_message());
    return screen;
}

// What holds for everybody who comes: nobody is known yet, or the questions are damaged and only the test must wait.
std::optional<Message> AtStart::standing_message() const
{
    if (desk_->terminal.roster().people.empty()) return told("kiosk.start.empty_roster");
    const auto& broken = desk_->library().bank_trouble();
    if (!broken || broken->kind != ErrorKind::Corrupt) return succession_message();
    return Message{"kiosk.start.no_test", broken->key, broken->arguments};
}

// For the supervisor, as long as somebody may wonder: people notice nothing.
std::optional<Message> AtStart::succession_message() const
{
    const auto& since = desk_->terminal.succeeded_at();
    if (!since || desk_->time() - *since > std::chrono::days{7}) return std::nullopt;
    return told("kiosk.start.succeeded");
}

} // namespace adal::app
