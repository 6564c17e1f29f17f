#pragma once
#include "sync/hq/store.hpp"
#include "sync/journal/beside.hpp"
#include "sync/people/roster.hpp"

/// Who works here, as HR's roster says. What they have done is in journals; these rows can be corrected or erased
/// without breaking one.
namespace adal::sync::hq {

struct UnitRecord {
    UnitId id;
    SiteId site;
    Text name;
};

/// All inside a write; `bump_roster` once at its end, so that terminals fetch the new one.
Expected<Done> put_site(Store&, const SiteId&, const Text&, int ordinal);
Expected<Done> put_unit(Store&, const UnitRecord&);
Expected<Done> put_employer(Store&, const EmployerId&, const Text&);
Expected<Done> put_person(Store&, const Person&); // with her assignments; replaces what was there; her verifier stays
Expected<Done> put_verifier(Store&, const PersonId&, const Verifier&);
Expected<Done> bump_roster(Store&, UtcTime now);

/// A PIN set at a terminal: the higher (reset, counter) wins. True if it was newer than ours.
Expected<bool> take_pin(Store&, const Beside::PinVerifier&);

Expected<std::vector<std::pair<SiteId, Text>>> all_sites(Store&);
Expected<std::vector<UnitRecord>> all_units(Store&);
Expected<std::map<EmployerId, Text>> all_employers(Store&);
Expected<std::optional<Person>> find_person(Store&, const PersonId&);
Expected<std::vector<Person>> people_of(Store&, const std::vector<PersonId>&);
Expected<std::vector<PersonId>> all_people(Store&);

/// What a terminal of this site needs: everybody with an assignment there, and what codes are called.
Expected<Roster> roster_of(Store&, const SiteId&);

/// Current holders of a number, at one employer or at all.
Expected<std::vector<Person>> holders_of(Store&, const std::string& number, const std::optional<EmployerId>&,
                                         Date today);

/// A one-time code of eight digits, good for fourteen days; told once and kept only as a verifier. Inside a write.
struct IssuedCode {
    std::string code;
    std::int64_t reset = 0;
    UtcTime expires;
};
Expected<IssuedCode> issue_code(Store&, const Person&, UtcTime now, Random&, Effort = Effort::Interactive);

} // namespace adal::sync::hq
