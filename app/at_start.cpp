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
    if (!broken || broken->kind != ErrorKind::Corrupt) return std::nullopt;
    return Message{"kiosk.start.no_test", broken->key, broken->arguments};
}

} // namespace adal::app
