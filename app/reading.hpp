#pragma once
#include "app/step.hpp"

namespace adal::app {

/// A document, section by section. How long each was on the screen becomes a fact when she leaves it: evidence, never a
/// gate.
class Reading : public SignedInStep {
public:
    /// At the paragraph of `anchor`; without one, at the first section she has not read.
    static Expected<Reading> open(Desk&, const ToDocument&);
    screens::State screen() const;
    std::optional<Message> leave(); // before another step: what was not saved, if so
    void before_language_change();

    using SignedInStep::on;
    Move on(const screens::GoToSection&);
    Move on(const screens::ShowAcknowledgement&);
    Move on(const screens::OpenParagraph&);
    Move on(const screens::ShowDuties&) const;

private:
    Reading(Desk& desk, const ToDocument& wish) : SignedInStep(desk), document_(wish.document), back_(wish.back) {}

    DocumentId document_;
    int section_ = 1;
    std::string marked_anchor_;
    std::optional<AttemptId> back_;
    std::optional<Moment> since_; // this section is on the screen

    Expected<std::shared_ptr<const content::DocumentText>> text() const;
    const sync::Achievement* achievement(int version) const;
    int first_unread(const content::DocumentText&) const; // 0 if all are read
    bool close_section();
    void open_section(int number, const std::string& anchor = {});
    content::SectionRead section_read(int version) const;
};

/// "anti-corruption-code#4.2" -> document and anchor; without '#' the anchor is empty.
std::pair<DocumentId, std::string> split_reference(const std::string&);
/// The section an anchor stands in; 0 if nowhere.
int section_of(const content::DocumentText&, const std::string& anchor);
/// "Specimen, edition 1 of 1 September 2026, in force".
std::string edition_of(const Desk&, const content::DocumentText&);

} // namespace adal::app
