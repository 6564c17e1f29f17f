#pragma once
#include "app/digits.hpp"
#include "app/step.hpp"

namespace adal::app {

/// The way in: personnel number, her employer if two share the number, then her PIN; the first time a one-time code and
/// a PIN of her own, twice. The terminal learns nothing from an unknown number but says so calmly; wrong secrets are
/// facts, and their pauses survive a restart.
class SignIn : public Step {
public:
    explicit SignIn(Desk&);
    screens::State screen() const;
    std::string pulse() const; // what time alone changes
    void refresh();            // a new roster came

    Move on(const screens::TypeDigit&);
    Move on(const screens::EraseDigit&);
    Move on(const screens::ClearDigits&);
    Move on(const screens::Confirm&);
    Move on(const screens::ChooseEmployer&);
    Move on(const screens::CorrectNumber&);
    Move on(const screens::NotMe&);
    Move on(const screens::ShowStart&);

private:
    enum class Stage { Number, Employer, Secret, NewPin, RepeatPin };
    struct Candidate {
        sync::Person person;
        EmployerId employer;
        UnitId unit;
    };

    Stage stage_ = Stage::Number;
    Digits digits_;
    Digits new_pin_;
    std::string number_;
    std::vector<Candidate> candidates_; // current holders of the number
    std::size_t chosen_ = 0;

    const Candidate& candidate() const { return candidates_.at(chosen_); }
    const sync::Person& person() const { return candidate().person; }

    void find_candidates();
    Move take_number();
    Move take_secret();
    Move take_new_pin();
    Move take_repeated_pin();
    Move ask_secret(std::size_t chosen);
    Move refuse();
    Move come_in(sync::Identification);
    Move back_to_number();
    void ask(Stage, std::size_t digits);
    sync::SignedIn fact(sync::Identification) const;

    screens::NumberScreen number_screen() const;
    screens::EmployerScreen employer_screen() const;
    screens::SecretScreen secret_screen() const;
    std::optional<Message> secret_message(Proof, const Patience&) const;
};

} // namespace adal::app
