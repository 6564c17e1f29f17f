#include "app/at_start.hpp"

namespace adal::app {

AtStart::AtStart(Desk& desk, std::optional<Notice> notice) : Step(desk) { notice_ = std::move(notice); }

screens::State AtStart::screen() const
{
    screens::StartScreen screen;
    screen.phone = desk_->say("kiosk.start.phone");
    screen.mail = desk_->say("kiosk.start.mail");
    screen.address = desk_->say("kiosk.start.address");
    screen.notice = notice_ ? notice_ : standing_notice();
    return screen;
}

// What holds for everybody who comes: nobody is known yet, or the questions are damaged and only the test must wait.
std::optional<Notice> AtStart::standing_notice() const
{
    if (desk_->terminal.roster().people.empty()) return desk_->notice("kiosk.start.empty_roster");
    const auto& broken = desk_->library().bank_trouble();
    if (!broken || broken->kind != ErrorKind::Corrupt) return std::nullopt;
    return Notice{desk_->say("kiosk.start.no_test"), desk_->strings.say(desk_->visit.language, *broken), false};
}

} // namespace adal::app
