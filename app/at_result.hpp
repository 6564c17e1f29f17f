#pragma once
#include "app/step.hpp"

namespace adal::app {

/// How an attempt ended: points by topic and the paragraphs to read again, never an item or its key, for her shift
/// mates come next.
class AtResult : public SignedInStep {
public:
    static Expected<AtResult> open(Desk&, const ToResult&);
    screens::State screen() const;

    using SignedInStep::on;
    Move on(const screens::Confirm&) const { return ToDuties{}; }
    Move on(const screens::OpenParagraph&) const;
    Move on(const screens::DisputeResult&);

private:
    AtResult(Desk& desk, AttemptId attempt) : SignedInStep(desk), attempt_(std::move(attempt)) {}

    AttemptId attempt_;

    const AttemptRecord& record() const { return *desk_->terminal.history().attempt(attempt_); }
    int attempt_number() const; // of those that count
    std::string identified() const;
    std::vector<screens::ResultScreen::Reading> read_again() const;
    std::string title(const screens::ResultScreen&) const;
    std::string next(const quizzes::AssessmentTest&) const;
    void add_test(screens::ResultScreen&) const;
};

} // namespace adal::app
