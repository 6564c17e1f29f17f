#pragma once
#include "app/desk.hpp"
#include "app/screens/states.hpp"

namespace adal::app {

/// Her duties today, the next step first, with sections and pages counted.
std::vector<sync::DutyView> duties_of(const Desk&);
std::optional<sync::DutyView> duty_of(const Desk&, const DutyId&); // nothing if she does not owe it

/// The duties in words; only what is left to do unless `all`.
screens::DutiesScreen duties_screen(const Desk&, bool all, const std::optional<screens::Notice>&);

/// "saved here, goes to HQ later", "at HQ since 20 November, 08:12", or, of a fact from elsewhere (place 0), that HQ has it.
std::string evidence_text(const Desk&, std::uint64_t place);

} // namespace adal::app
