#include "app/sign_in.hpp"

/// What the way in shows; what it does stands in sign_in.cpp.
namespace adal::app {

screens::State SignIn::screen() const
{
    if (stage_ == Stage::Number) return number_screen();
    if (stage_ == Stage::Employer) return employer_screen();
    return secret_screen();
}

screens::NumberScreen SignIn::number_screen() const
{
    return {digits_.text(), digits_.count() > 0, desk_->in_words(notice_)};
}

screens::EmployerScreen SignIn::employer_screen() const
{
    const auto& roster = desk_->terminal.roster();
    const auto name = [&](const auto& names, const auto& id) {
        const auto found = names.find(id);
        return found == names.end() ? id.text : found->second.in(desk_->visit.language);
    };
    screens::EmployerScreen screen{grouped(number_), {}, desk_->in_words(notice_)};
    for (const auto& each : candidates_)
        screen.rows.push_back({each.employer, name(roster.employers, each.employer), name(roster.units, each.unit)});
    return screen;
}

screens::SecretScreen SignIn::secret_screen() const
{
    using screens::SecretPurpose;
    screens::SecretScreen screen;
    screen.number = grouped(number_);
    screen.typed = digits_.count();
    screen.needed = digits_.needed();
    screen.can_confirm = digits_.is_full();
    screen.notice = desk_->in_words(notice_);
    screen.purpose = stage_ == Stage::NewPin ? SecretPurpose::NewPin : SecretPurpose::RepeatPin;
    if (stage_ != Stage::Secret) return screen;

    const auto proof = desk_->doorkeeper().proof_of(person());
    const auto patience = desk_->doorkeeper().patience(person());
    screen.purpose = proof == Proof::Pin ? SecretPurpose::Pin : SecretPurpose::OneTimeCode;
    screen.wait_seconds = patience.wait_seconds;
    screen.is_locked = patience.is_locked;
    screen.can_confirm &= patience.may_try() && (proof == Proof::Pin || proof == Proof::OneTimeCode);
    screen.notice = desk_->in_words(secret_message(proof, patience));
    return screen;
}

std::optional<Message> SignIn::secret_message(Proof proof, const Patience& patience) const
{
    if (proof == Proof::ExpiredCode) return told("kiosk.secret.code_expired");
    if (proof == Proof::Nothing) return told("kiosk.secret.no_code");
    if (patience.is_locked) return told("kiosk.secret.locked");
    return notice_;
}

std::string SignIn::pulse() const
{
    if (stage_ != Stage::Secret) return {};
    return std::to_string(desk_->doorkeeper().patience(person()).wait_seconds);
}

} // namespace adal::app
