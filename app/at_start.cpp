#include "app/at_start.hpp"

namespace adal::app {

AtStart::AtStart(Desk& desk, std::optional<Notice> notice) : Step(desk) { notice_ = std::move(notice); }

screens::State AtStart::screen() const
{
    screens::StartScreen screen;
    screen.phone = desk_->say("kiosk.start.phone");
    screen.mail = desk_->say("kiosk.start.mail");
    screen.address = desk_->say("kiosk.start.address");
    screen.notice = notice_;
    if (!screen.notice && desk_->terminal.roster().people.empty()) screen.notice = desk_->notice("kiosk.start.empty_roster");
    return screen;
}

} // namespace adal::app
