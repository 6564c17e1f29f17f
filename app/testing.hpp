#pragma once
#include "app/sittings.hpp"
#include "app/step.hpp"

namespace adal::app {

/// An attempt on the screen. Every answer is durable before it shows as saved; the way out is to submit, to leave, or
/// to let the time run out. Intents name their item, and only an open dialog can end an attempt: a late tap answers or
/// ends nothing.
class Testing : public Step {
public:
    static Expected<Testing> open(Desk&, const ToAttempt&);
    screens::State screen() const;
    std::string pulse() const; // the timer's text and its warning
    Elapsed to_next_second() const;
    Move tick(); // the end, when the time is over

    Move on(const screens::SelectChoice&);
    Move on(const screens::SelectTarget&);
    Move on(const screens::ClearResponse&);
    Move on(const screens::MoveChoice&);
    Move on(const screens::TypeResponse&);
    Move on(const screens::FlagItem&);
    Move on(const screens::GoToItem&);
    Move on(const screens::AskToSubmit&);
    Move on(const screens::AskToLeave&);
    Move on(const screens::StayInTest&);
    Move on(const screens::SubmitTest&);
    Move on(const screens::LeaveTest&);

    const AttemptId& attempt() const { return attempt_; }

private:
    Testing(Desk& desk, AttemptId attempt, bool is_resumed, Sitting sitting)
        : Step(desk), attempt_(std::move(attempt)), is_resumed_(is_resumed), sitting_(std::move(sitting))
    {}

    AttemptId attempt_;
    bool is_resumed_;
    Sitting sitting_;
    screens::TestDialog dialog_{};
    ChoiceId active_;                    // of a match: the source whose partner is asked for
    std::optional<std::string> draft_{}; // typed and not yet durable: at the next tick, or when she goes on

    quizzes::TestSession& session() { return sitting_.session; }
    const quizzes::TestSession& session() const { return sitting_.session; }
    const quizzes::Item& item() const { return session().item(session().current()); }
    Elapsed used() const;
    Elapsed left() const;

    bool keep_each(const Expected<std::vector<quizzes::Fact>>&);
    bool time_is_over();
    const quizzes::DrawnItem& drawn() const { return session().started().items[session().current()]; }
    bool is_open_for(const ItemId&) const;
    Move respond(quizzes::Response);
    bool keep_draft();
    void begin_item();
    Move after_close() const;
    std::optional<Message> warning() const;
    std::string hint() const;
    void add_answers(screens::ItemScreen&) const;
    void add_choices(screens::ItemScreen&) const;
    void add_typed(screens::ItemScreen&) const;
    void add_cells(screens::ItemScreen&) const;
};

} // namespace adal::app
