#pragma once
#include "app/step.hpp"

namespace adal::app {

/// What she should know before an attempt, and its beginning: a form drawn by a random seed.
class BeforeTest : public SignedInStep {
public:
    static Expected<BeforeTest> open(Desk&, const ToTest&);
    screens::State screen() const;

    using SignedInStep::on;
    Move on(const screens::StartTest&);
    Move on(const screens::Confirm&);

private:
    BeforeTest(Desk& desk, DutyId duty, quizzes::AssessmentTest test)
        : SignedInStep(desk), duty_(std::move(duty)), test_(std::move(test))
    {}

    DutyId duty_;
    quizzes::AssessmentTest test_;

    std::optional<sync::DutyView> view() const; // nothing if she does not owe it any more
    std::optional<Message> begun_elsewhere() const;
    std::optional<Message> hindrance() const;
    std::vector<std::string> rules() const;
    std::uint32_t random_seed() const;
    AttemptId new_attempt() const;
    Move start();
};

} // namespace adal::app
