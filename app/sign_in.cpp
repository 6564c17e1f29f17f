#include "app/sign_in.hpp"
#include "app/weak_pin.hpp"
#include <set>

namespace adal::app {
namespace {
constexpr std::size_t number_digits = 12, code_digits = 8, pin_digits = 6;
} // namespace

SignIn::SignIn(Desk& desk) : Step(desk), digits_(number_digits), new_pin_(pin_digits) {}

Move SignIn::on(const screens::TypeDigit& typed)
{
    digits_.add(typed.digit);
    if (digits_.count() == 1) notice_.reset(); // she has read it and begins anew
    return Stay{};
}

Move SignIn::on(const screens::EraseDigit&)
{
    digits_.erase();
    return Stay{};
}

Move SignIn::on(const screens::ClearDigits&)
{
    digits_.clear();
    return Stay{};
}

Move SignIn::on(const screens::Confirm&)
{
    switch (stage_) {
    case Stage::Number:
        return take_number();
    case Stage::Employer:
        return Stay{};
    case Stage::Secret:
        return take_secret();
    case Stage::NewPin:
        return take_new_pin();
    case Stage::RepeatPin:
        return take_repeated_pin();
    }
    return Stay{};
}

Move SignIn::take_number()
{
    if (digits_.count() == 0) return Stay{};
    number_ = digits_.text();
    find_candidates();
    if (candidates_.empty()) {
        const bool nobody = desk_->terminal.roster().people.empty();
        notice_ = told(nobody ? "kiosk.start.empty_roster" : "kiosk.number.unknown", {{"number", grouped(number_)}});
        digits_.clear();
        return Stay{};
    }
    std::set<PersonId> people;
    for (const auto& each : candidates_) people.insert(each.person.id);
    if (people.size() == 1) return ask_secret(0); // whichever of her employers: her duties are the same
    ask(Stage::Employer, 0);
    return Stay{};
}

void SignIn::find_candidates()
{
    candidates_.clear();
    std::set<PersonId> found;
    for (const auto* person : desk_->terminal.roster().holders(number_, desk_->today())) {
        if (!found.insert(person->id).second) continue;
        for (const auto& each : person->assignments)
            if (each.number == number_ && each.is_current(desk_->today()))
                candidates_.push_back({*person, each.employer, each.unit});
    }
}

Move SignIn::on(const screens::ChooseEmployer& wanted)
{
    if (stage_ != Stage::Employer) return Stay{};
    for (std::size_t i = 0; i < candidates_.size(); ++i)
        if (candidates_[i].employer == wanted.employer) return ask_secret(i);
    return Stay{};
}

Move SignIn::ask_secret(std::size_t chosen)
{
    chosen_ = chosen;
    const bool wants_pin = desk_->doorkeeper().proof_of(person()) == Proof::Pin;
    ask(Stage::Secret, wants_pin ? pin_digits : code_digits);
    return Stay{};
}

void SignIn::ask(Stage stage, std::size_t digits)
{
    stage_ = stage;
    digits_ = Digits{digits};
    notice_.reset();
}

Move SignIn::take_secret()
{
    auto doorkeeper = desk_->doorkeeper();
    if (!digits_.is_full() || !doorkeeper.patience(person()).may_try()) return Stay{};
    const auto proof = doorkeeper.proof_of(person());
    const bool is_right = doorkeeper.accepts(person(), digits_.text());
    digits_.clear();
    if (proof != Proof::Pin && proof != Proof::OneTimeCode) return Stay{};
    if (!is_right) return refuse();
    if (proof == Proof::Pin) return come_in(sync::Identification::Pin);
    ask(Stage::NewPin, pin_digits);
    return Stay{};
}

Move SignIn::refuse()
{
    if (done_or_say(desk_->doorkeeper().refuse(person()))) {
        const auto tries = desk_->doorkeeper().patience(person()).tries_left;
        const bool was_pin = digits_.needed() == static_cast<int>(pin_digits);
        notice_ =
            told(was_pin ? "kiosk.secret.wrong_pin" : "kiosk.secret.wrong_code", {{"tries", std::to_string(tries)}});
    }
    return Stay{};
}

Move SignIn::take_new_pin()
{
    if (!digits_.is_full()) return Stay{};
    if (is_weak_pin(digits_.text(), number_)) {
        digits_.clear();
        notice_ = told("kiosk.secret.weak_pin");
        return Stay{};
    }
    new_pin_ = digits_;
    ask(Stage::RepeatPin, pin_digits);
    return Stay{};
}

Move SignIn::take_repeated_pin()
{
    if (!digits_.is_full()) return Stay{};
    if (digits_.text() != new_pin_.text()) {
        new_pin_.clear();
        ask(Stage::NewPin, pin_digits);
        notice_ = told("kiosk.secret.pins_differ");
        return Stay{};
    }
    return come_in(sync::Identification::OneTimeCode);
}

Move SignIn::come_in(sync::Identification how)
{
    const auto sign_in = fact(how);
    const bool is_first = how == sync::Identification::OneTimeCode;
    const auto kept = is_first ? desk_->doorkeeper().set_pin(person(), new_pin_.text(), sign_in)
                               : desk_->terminal.append(person().id, {sign_in});
    if (!done_or_say(kept)) return Stay{};
    new_pin_.clear();
    digits_.clear();
    auto& visit = desk_->visit;
    visit.person = person();
    visit.identified = how;
    visit.language = sign_in.language;
    return Arrive{};
}

// Her own language, unless she has just chosen one on the start screen.
sync::SignedIn SignIn::fact(sync::Identification how) const
{
    const auto& visit = desk_->visit;
    return {candidate().employer, how,
            visit.has_chosen_language ? visit.language : person().language.value_or(visit.language)};
}

Move SignIn::on(const screens::CorrectNumber&) { return back_to_number(); }

Move SignIn::on(const screens::NotMe&) { return back_to_number(); }

Move SignIn::back_to_number()
{
    new_pin_.clear();
    candidates_.clear();
    ask(Stage::Number, number_digits);
    return Stay{};
}

Move SignIn::on(const screens::ShowStart&) { return ToStart{}; }

// Somebody may have been removed, or given a new code, while she was typing.
void SignIn::refresh()
{
    if (stage_ != Stage::Secret && stage_ != Stage::Employer) return;
    const auto before = candidates_.empty() ? std::optional<PersonId>{} : std::optional{person().id};
    const bool wanted_pin = digits_.needed() == static_cast<int>(pin_digits);
    find_candidates();
    if (chosen_ >= candidates_.size() || person().id != before)
        back_to_number();
    else if (stage_ == Stage::Secret && wanted_pin != (desk_->doorkeeper().proof_of(person()) == Proof::Pin))
        ask_secret(chosen_);
}

} // namespace adal::app
