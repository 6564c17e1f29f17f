#pragma once
#include "app/digits.hpp"
#include "app/step.hpp"

namespace adal::app {

/// The declaration and her PIN, which counts as her signature. The fact holds the exact text by its SHA-256.
class Acknowledging : public SignedInStep {
public:
    static Expected<Acknowledging> open(Desk&, const ToAcknowledgement&);
    screens::State screen() const;
    std::string pulse() const { return std::to_string(desk_->doorkeeper().patience(desk_->person()).wait_seconds); }

    using SignedInStep::on;
    Move on(const screens::TypeDigit&);
    Move on(const screens::EraseDigit&);
    Move on(const screens::ClearDigits&);
    Move on(const screens::Confirm&);
    Move on(const screens::OpenParagraph&) const; // back to the text

private:
    Acknowledging(Desk& desk, DocumentId document) : SignedInStep(desk), document_(std::move(document)) {}

    DocumentId document_;
    Digits digits_{6};

    Expected<std::shared_ptr<const content::DocumentText>> text() const;
    const ReadingTime* reading_time(int version) const;
    Move accept();
    Move refuse();
    std::string languages(const content::DocumentText&) const;
    std::string time(const content::DocumentText&) const;
    std::string fingerprint() const;
};

} // namespace adal::app
