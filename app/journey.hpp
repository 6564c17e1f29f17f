#pragma once
#include "app/acknowledging.hpp"
#include "app/at_duties.hpp"
#include "app/at_result.hpp"
#include "app/at_start.hpp"
#include "app/before_test.hpp"
#include "app/learning.hpp"
#include "app/reading.hpp"
#include "app/sign_in.hpp"
#include "app/testing.hpp"
#include "app/trouble.hpp"

namespace adal::app {

/// The step a person is at, and the ways from one to the next. The only place that builds steps.
class Journey {
public:
    explicit Journey(Desk&);

    void handle(const screens::Intent&);
    void tick();            // the step's own end, as when a test's time is over
    void library_changed(); // into trouble, or out of it
    void person_changed();  // a new roster, or news of her from elsewhere
    void stop(Error);       // nothing goes on here, whatever comes

    screens::State screen() const;
    std::string pulse() const; // what time alone changes on the screen
    bool is_counting() const;  // every second changes it
    Elapsed to_next_second() const;
    bool is_between() const; // no text and no test is open: the library may be renewed

private:
    using Current = std::variant<AtStart, SignIn, AtDuties, Reading, Acknowledging, Learning, BeforeTest, Testing,
                                 AtResult, InTrouble>;

    Desk& desk_;
    Current step_;
    bool is_stopped_ = false;

    template <class Step, class Wish> Move answer(Step&, const Wish&);
    void look(const screens::ChooseLanguage&);
    void look(const screens::ChooseTextSize&);
    void look(const screens::ChooseTheme&);

    void follow(const Move&);
    std::optional<Message> leave_step();
    void go(const Stay&) {}
    void go(const ToStart&);
    void go(const ToSignIn&);
    void go(const Arrive&);
    void go(const Leave&);
    void go(const ToDuties&);
    void go(const ToDocument& where) { open<Reading>(where); }
    void go(const ToAcknowledgement& where) { open<Acknowledging>(where); }
    void go(const ToModule& where) { open<Learning>(where); }
    void go(const ToTest& where) { open<BeforeTest>(where); }
    void go(const ToAttempt&);
    void go(const ToResult& where) { open<AtResult>(where); }
    template <class Step, class Where> void open(const Where&);
    void give_up(const AttemptId&);
};

} // namespace adal::app
