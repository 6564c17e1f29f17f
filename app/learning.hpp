#pragma once
#include "app/step.hpp"

namespace adal::app {

/// A module, page by page, with checks that explain. Each page finished is a fact; the last one completes the module.
class Learning : public SignedInStep {
public:
    /// At the first page she has not finished.
    static Expected<Learning> open(Desk&, const ToModule&);
    screens::State screen() const;

    using SignedInStep::on;
    Move on(const screens::GoToPage&);
    Move on(const screens::AnswerCheck&);
    Move on(const screens::Confirm&);
    Move on(const screens::OpenParagraph&) const;

private:
    Learning(Desk& desk, ModuleId module) : SignedInStep(desk), module_(std::move(module)) {}

    ModuleId module_;
    int page_ = 1;

    Expected<std::shared_ptr<const content::ModuleText>> text() const;
    const sync::Achievement* achievement(int version) const;
    int first_unfinished(const content::ModuleText&) const; // pages + 1 if all are
    const content::CheckAnswered* answer(const content::ModuleText&, const ItemId&) const;
    bool may_go_on(const content::ModuleText&) const;
    Move finish_page(const content::ModuleText&);
    screens::ModuleScreen::Check check_shown(const content::ModuleText&, const quizzes::Item&) const;
    void add_blocks(screens::ModuleScreen&, const content::ModuleText&) const;
};

} // namespace adal::app
